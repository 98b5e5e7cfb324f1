// What a file says of itself before anything is decoded: which kind of picture, of how
// many pixels, and whether it broke off. For limits alone: how a picture is turned and
// what shape it has is known from what the browser decodes.

/**
 * `{ type, width, height, isCut }`, for a JPEG also `isProgressive` and `applications`,
 * the places of its segments of application data 1. Width and height are those of the
 * stored picture, not turned; 0 where they are not known. Null for what is no kind of
 * picture that is known here.
 */
export function readHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (text, at = 0) => [...text].every((c, i) => bytes[at + i] === c.charCodeAt(0));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return readJpeg(bytes, view);
  if (starts("\x89PNG\r\n\x1a\n") && bytes.length >= 24) {
    // The name of the end chunk, and behind it its checksum.
    const end = lastIndexOf(bytes, [0x49, 0x45, 0x4e, 0x44]);
    return {
      type: "image/png",
      width: view.getUint32(16),
      height: view.getUint32(20),
      isCut: end < 0 || end + 8 > bytes.length,
    };
  }
  if (starts("RIFF") && starts("WEBP", 8)) {
    return { type: "image/webp", ...webpSize(bytes, view), isCut: bytes.length < 20 || view.getUint32(4, true) + 8 > bytes.length };
  }
  if (starts("ftyp", 4)) return readHeif(bytes, view);
  if ((starts("GIF87a") || starts("GIF89a")) && bytes.length >= 10) {
    const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
    return { type: "image/gif", width, height, isCut: bytes[bytes.length - 1] !== 0x3b };
  }
  if (starts("BM") && bytes.length >= 26 && view.getUint32(6) === 0) {
    // The height is negative where the first row is the topmost.
    const [width, height] = [view.getUint32(18, true), Math.abs(view.getInt32(22, true))];
    return { type: "image/bmp", width, height, isCut: view.getUint32(2, true) > bytes.length };
  }
  const unmeasured = { width: 0, height: 0, isCut: false };
  if (starts("II*\0") || starts("MM\0*")) return { type: "image/tiff", ...unmeasured };
  if (starts("\xff\x0a") || starts("\0\0\0\x0cJXL ")) return { type: "image/jxl", ...unmeasured };
  return null;
}

function webpSize(bytes, view) {
  const kind = String.fromCharCode(...bytes.subarray(12, 16));
  if (bytes.length < 30) return { width: 0, height: 0 };
  if (kind === "VP8X") {
    return { width: 1 + (view.getUint32(24, true) & 0xffffff), height: 1 + (view.getUint32(26, true) >>> 8) };
  }
  if (kind === "VP8 ") {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  const bits = view.getUint32(21, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}

/** HEIC and AVIF: by the brand, or, where that is a general one, by the compatible ones. */
function readHeif(bytes, view) {
  const brand = (at) => String.fromCharCode(...bytes.subarray(at, at + 4));
  const typeOf = (name) => {
    if (["heic", "heix", "heim", "heis", "hevc", "hevx"].includes(name)) return "image/heic";
    return ["avif", "avis"].includes(name) ? "image/avif" : null;
  };
  let type = typeOf(brand(8));
  if (!type) {
    if (!["mif1", "msf1"].includes(brand(8))) return null;
    const end = Math.min(view.getUint32(0), bytes.length);
    for (let at = 16; at + 4 <= end && !type; at += 4) type = typeOf(brand(at));
  }
  return { type: type ?? "image/heic", ...heifSize(bytes, view), isCut: false };
}

/** The largest of the sizes that stand in the first kilobytes: the others are of tiles. */
function heifSize(bytes, view) {
  const NAME = [0x69, 0x73, 0x70, 0x65];
  const end = Math.min(bytes.length - 16, 65_536);
  let size = { width: 0, height: 0 };
  for (let at = bytes.indexOf(NAME[0], 8); at >= 0 && at < end; at = bytes.indexOf(NAME[0], at + 1)) {
    if (!NAME.every((byte, i) => bytes[at + i] === byte)) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (width * height > size.width * size.height) size = { width, height };
  }
  return size;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;

/** Walks the segments to the end of the picture. What follows it is left alone. */
function readJpeg(bytes, view) {
  const found = { type: "image/jpeg", width: 0, height: 0, isProgressive: false, isCut: true, applications: [] };
  let isBeforeScans = true;
  let at = 2;
  for (;;) {
    const code = nextMarker(bytes, at);
    const marker = bytes[code];
    if (code < 0 || marker === SOI) return found;
    if (marker === EOI) return { ...found, isCut: false };
    at = code + 1;
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) continue;
    if (at + 2 > bytes.length) return found;
    const length = view.getUint16(at);
    if (length < 2) return found;
    if (marker === SOS) isBeforeScans = false;
    if (marker === APP1 && isBeforeScans) found.applications.push([code - 1, at + length]);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && at + 7 <= bytes.length) {
      found.height = view.getUint16(at + 3);
      found.width = view.getUint16(at + 5);
      found.isProgressive = [0xc2, 0xc6, 0xca, 0xce].includes(marker);
    }
    at += length;
  }
}

/**
 * Where the code of the next marker stands; -1 when there is none. Compressed data, stray
 * bytes and fill bytes before it are passed over, as every decoder does.
 */
function nextMarker(bytes, from) {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return -1;
    while (bytes[at] === 0xff) at += 1;
    if (at >= bytes.length) return -1;
    if (bytes[at] !== 0) return at;
  }
}

function lastIndexOf(bytes, wanted) {
  for (let at = bytes.length - wanted.length; at >= 0; at--) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}
