// Makes a photo fit to be kept and sent: looks at its header first, shrinks it with
// the browser's own decoder, writes it as a JPEG without EXIF, and checks that what
// came out is a picture. It keeps nothing and talks to nobody but the app.
//
// in   { id, bytes }                    the file, an ArrayBuffer
// out  { id, bytes, hash, width, height, thumb }
// or   { id, error, … }                 not_a_photo | unsupported | damaged | too_large |
//                                       too_many_pixels | blank
//
// Every picture the browser can decode is written anew, whatever its format, also a small
// one: the picker's file may carry a position that the inspector never meant to send.
// HEIC that it cannot decode is kept as it is; whether it is sound is for the app to say.
//
// The shape of a picture, and how it is turned, is what the browser makes of it, never
// what another reader of the file would. The decoder is asked for one side at most.

import { readHeader } from "./photo-header.js";

const LONGEST = 2048;
const THUMB = 320;
const QUALITY = 0.82;
const THUMB_QUALITY = 0.7;
/** Bytes read from a picker; and of what is kept as it is, the server's limit. */
const MAX_READ = 40 * 1024 * 1024;
const MAX_KEPT = 25 * 1024 * 1024;
/** The largest sensors have 200 megapixels. */
const MAX_PIXELS = 210_000_000;
/** Four bytes each: more than this decoded at once is more than a small phone has. */
const MAX_AT_ONCE = 36_000_000;
/** Photos of the phones whose browsers cannot be told to decode them smaller. */
const MAX_UNTOLD = 50_000_000;

self.addEventListener("message", async ({ data: { id, bytes } }) => {
  try {
    const made = await make(bytes);
    self.postMessage({ id, ...made }, [made.bytes, ...(made.thumb ? [made.thumb] : [])]);
  } catch (error) {
    self.postMessage(error instanceof Refused ? { id, ...error.answer } : { id, error: "failed" });
  }
});

class Refused extends Error {
  constructor(error, facts = {}) {
    super(error);
    this.answer = { error, ...facts };
  }
}

async function make(bytes) {
  if (bytes.byteLength > MAX_READ) {
    throw new Refused("too_large", { length: bytes.byteLength, most: MAX_READ });
  }
  const header = readHeader(new Uint8Array(bytes));
  if (header && header.width * header.height > mostPixels(header)) {
    throw new Refused("too_many_pixels", { width: header.width, height: header.height });
  }
  if (header?.isCut) throw new Refused("damaged");
  const decoded = await (canShrink(header) ? decodeShrunk : decode)(bytes, header);
  if (!decoded) return keepAsItIs(bytes, header);
  const { width, height } = fitted(decoded, LONGEST);
  const written = await write(decoded, width, height, QUALITY);
  const small = fitted(decoded, THUMB);
  const thumb = await write(decoded, small.width, small.height, THUMB_QUALITY);
  decoded.close();
  await check(written, width, height);
  const out = await written.arrayBuffer();
  return { bytes: out, hash: await hashOf(out), width, height, thumb: await thumb.arrayBuffer() };
}

/** The size of `picture` with its longest side at most `longest`. */
function fitted(picture, longest) {
  const share = Math.min(1, longest / Math.max(picture.width, picture.height));
  return { width: whole(picture.width * share), height: whole(picture.height * share) };
}

/** A JPEG in one pass can be decoded at eighths of its size, without ever being whole. */
const canShrink = (header) =>
  header?.type === "image/jpeg" && !header.isProgressive && header.width * header.height > MAX_AT_ONCE && "ImageDecoder" in self;

function mostPixels(header) {
  if (canShrink(header)) return MAX_PIXELS;
  // An iPhone has 48 megapixels, and its own way to decode them.
  return header.type === "image/jpeg" && !header.isProgressive ? MAX_UNTOLD : MAX_AT_ONCE;
}

/** As `decode`, in memory for the small picture alone. */
async function decodeShrunk(data, { type, width, height, applications }) {
  // An eighth of 200 megapixels lacks a few pixels of the longest side: never mind.
  const eighths = Math.min(8, Math.ceil((8 * LONGEST) / Math.max(width, height) - 0.1));
  const size = (pixels) => Math.ceil((pixels * eighths) / 8);
  // Frames are decoded as they are stored: this is their own shape.
  const decoder = new ImageDecoder({ type, data, desiredWidth: size(width), desiredHeight: size(height) });
  try {
    const orientation = await orientationOf(data, applications);
    const { image } = await decoder.decode();
    const { width, height } = fitted({ width: image.displayWidth, height: image.displayHeight }, LONGEST);
    const canvas = drawTurned(image, width, height, orientation);
    image.close();
    return canvas.transferToImageBitmap();
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

/**
 * How the browser turns a JPEG with these segments of application data, as an EXIF
 * orientation: it is shown a small picture of four colours that has the same segments.
 */
async function orientationOf(data, applications) {
  const [WIDTH, HEIGHT] = [32, 16];
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext("2d", { alpha: false });
  for (const [index, colour] of ["#f00", "#0f0", "#00f", "#ff0"].entries()) {
    context.fillStyle = colour;
    context.fillRect((WIDTH / 2) * (index % 2), (HEIGHT / 2) * (index >> 1), WIDTH / 2, HEIGHT / 2);
  }
  const plain = await (await canvas.convertToBlob({ type: "image/jpeg", quality: 1 })).arrayBuffer();
  const segments = applications.map(([from, until]) => data.slice(from, until));
  const asked = new Blob([plain.slice(0, 2), ...segments, plain.slice(2)], { type: "image/jpeg" });
  const shown = await createImageBitmap(asked, { imageOrientation: "from-image" });
  const { width, height } = shown;
  const pixels = draw(shown, width, height).getContext("2d").getImageData(0, 0, width, height).data;
  shown.close();
  const colourAt = (x, y) => {
    const [red, green] = [0, 1].map((channel) => pixels[4 * (y * width + x) + channel] > 127);
    return red ? (green ? "y" : "r") : green ? "g" : "b";
  };
  const top = [width >> 2, width - (width >> 2)].map((x) => colourAt(x, height >> 2)).join("");
  return 1 + ["rg", "gr", "yb", "by", "rb", "br", "yg", "gy"].indexOf(top) || 1;
}

/**
 * Draws a frame upright; `width` and `height` are those it has. Some browsers' frames know
 * how they are turned, and are drawn upright by themselves.
 */
function drawTurned(frame, width, height, orientation) {
  if (orientation === 1 || frame.rotation || frame.flip) return draw(frame, width, height);
  const [across, down] = orientation >= 5 ? [height, width] : [width, height];
  const canvas = new OffscreenCanvas(across, down);
  const context = canvas.getContext("2d", { alpha: false });
  context.imageSmoothingQuality = "high";
  context.setTransform(...TURNS[orientation](across, down));
  context.drawImage(frame, 0, 0, width, height);
  return canvas;
}

/** EXIF orientation: from the picture as stored to the upright one of `w` × `h`. */
const TURNS = {
  2: (w) => [-1, 0, 0, 1, w, 0],
  3: (w, h) => [-1, 0, 0, -1, w, h],
  4: (w, h) => [1, 0, 0, -1, 0, h],
  5: () => [0, 1, 1, 0, 0, 0],
  6: (w) => [0, 1, -1, 0, w, 0],
  7: (w, h) => [0, -1, -1, 0, w, h],
  8: (w, h) => [0, -1, 1, 0, 0, h],
};

/** The picture, upright, in about the size it is kept in; null: not decodable here. */
async function decode(bytes, header) {
  const options = { imageOrientation: "from-image" };
  if (header && Math.max(header.width, header.height) > LONGEST) {
    // Shrunk while it is decoded: a full-size canvas renders black on some phones. One
    // side alone, so that the other follows from the shape that the browser sees. The
    // longer one is meant; a picture that is turned comes a little larger.
    options[header.width < header.height ? "resizeHeight" : "resizeWidth"] = LONGEST;
    options.resizeQuality = "high";
  }
  return createImageBitmap(new Blob([bytes], { type: header?.type ?? "" }), options).catch(() => null);
}

async function keepAsItIs(bytes, header) {
  if (!header) throw new Refused("not_a_photo");
  if (header.type !== "image/heic") {
    throw new Refused((await isDecodedHere(header.type)) ? "damaged" : "unsupported");
  }
  if (bytes.byteLength > MAX_KEPT) {
    throw new Refused("too_large", { length: bytes.byteLength, most: MAX_KEPT });
  }
  return { bytes, hash: await hashOf(bytes), width: 0, height: 0 };
}

/** Whether a picture of this type that did not decode must be broken. */
async function isDecodedHere(type) {
  if (["image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"].includes(type)) return true;
  return "ImageDecoder" in self && ImageDecoder.isTypeSupported(type);
}

function draw(image, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: false });
  context.imageSmoothingQuality = "high";
  // A transparent PNG on white, not on black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

function write(image, width, height, quality) {
  return draw(image, width, height).convertToBlob({ type: "image/jpeg", quality });
}

/** What was written decodes, has its size and shows something. */
async function check(blob, width, height) {
  const SIDE = 32;
  const back = await createImageBitmap(blob).catch(() => null);
  if (!back || back.width !== width || back.height !== height || blob.type !== "image/jpeg") {
    throw new Refused("damaged");
  }
  const canvas = draw(back, SIDE, SIDE);
  back.close();
  const { data } = canvas.getContext("2d").getImageData(0, 0, SIDE, SIDE);
  const least = [255, 255, 255];
  const most = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4) {
    for (let channel = 0; channel < 3; channel++) {
      least[channel] = Math.min(least[channel], data[at + channel]);
      most[channel] = Math.max(most[channel], data[at + channel]);
    }
  }
  // A photo of a white wall at noon or of a street at night still differs by more.
  if (most.every((value, channel) => value - least[channel] <= 1)) throw new Refused("blank");
}

async function hashOf(bytes) {
  if (!self.crypto?.subtle) return "";
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const whole = (size) => Math.max(1, Math.round(size));
