// What a file says of itself in its first bytes: which kind of picture, how large when
// upright, how it is turned, and whether it broke off. It decodes nothing.

/**
 * `{ type, width, height, isCut }`, for a JPEG also `orientation` (EXIF, 1 to 8) and
 * `isProgressive`. Width and height are upright; 0 where they are not known. Null for
 * what is no photo.
 */
export function readHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (text, at = 0) => [...text].every((c, i) => bytes[at + i] === c.charCodeAt(0));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return readJpeg(bytes, view);
  if (starts("\x89PNG\r\n\x1a\n") && bytes.length >= 24) {
    const end = [0x49, 0x45, 0x4e, 0x44];
    return {
      type: "image/png",
      width: view.getUint32(16),
      height: view.getUint32(20),
      isCut: lastIndexOf(bytes, end) < 0,
    };
  }
  if (starts("RIFF") && starts("WEBP", 8)) {
    return { type: "image/webp", ...webpSize(bytes, view), isCut: bytes.length < 20 || view.getUint32(4, true) + 8 > bytes.length };
  }
  if (starts("ftyp", 4) && ["heic", "heix", "hevc", "mif1", "msf1"].some((brand) => starts(brand, 8))) {
    return { type: "image/heic", width: 0, height: 0, isCut: false };
  }
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

/** Walks the segments to the frame header and on to the end of the picture. */
function readJpeg(bytes, view) {
  const found = { type: "image/jpeg", width: 0, height: 0, orientation: 1, isProgressive: false, isCut: true };
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return found;
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) break;
    const length = view.getUint16(at + 2);
    if (length < 2) return found;
    const body = at + 4;
    if (marker === 0xe1) {
      found.orientation = readOrientation(bytes, view, body, at + 2 + length) || found.orientation;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && body + 5 <= bytes.length) {
      found.height = view.getUint16(body + 1);
      found.width = view.getUint16(body + 3);
      found.isProgressive = [0xc2, 0xc6, 0xca, 0xce].includes(marker);
      if (found.orientation >= 5) [found.width, found.height] = [found.height, found.width];
    }
    at += 2 + length;
    if (marker === 0xda) at = afterScan(bytes, at);
  }
  // Phones append what they like after the end of the picture.
  found.isCut = !(bytes[at] === 0xff && bytes[at + 1] === 0xd9);
  return found;
}

/** The first marker after compressed data that is not part of it. */
function afterScan(bytes, from) {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return bytes.length;
    const next = bytes[at + 1];
    if (next === 0xff) at += 1;
    else if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at += 2;
    else return at;
  }
}

/** EXIF tag 0x0112, 1 to 8; 0 when there is none. */
function readOrientation(bytes, view, from, until) {
  if (until > bytes.length || view.getUint32(from) !== 0x45786966) return 0;
  const tiff = from + 6;
  if (tiff + 8 > until) return 0;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > until) return 0;
  const entries = view.getUint16(directory, little);
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > until) return 0;
    if (view.getUint16(entry, little) === 0x0112) {
      const value = view.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : 0;
    }
  }
  return 0;
}

function lastIndexOf(bytes, wanted) {
  for (let at = bytes.length - wanted.length; at >= 0; at--) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}
