// Puts a WASM module together that was taken apart for its way to the phone. In its parts like
// stands by like: brotli says them in a seventh less. `xtask/src/apart.rs` takes apart, and has
// the same numbers.
//
// For the page and for the worker: a classic script. It never fetches. Of bytes that are no
// parts it makes no module, or throws; it always ends.

self.together = (() => {
  const STREAMS = 0x404;
  /** Constants by the operator that takes them, those to add by the operator before. */
  const CONST = 0x100;
  const ADDED = 0x200;
  /** Where is loaded from, by the operator before. */
  const LOADED = 0x300;
  const OPS = 0x400;
  const LOCALS = 0x401;
  const ALIGN = 0x402;
  /** An offset's bytes but the first. */
  const FURTHER = 0x403;
  /** `local.get` of 0, 1, 2 and 3 is one byte. */
  const GET = 0xe0;
  /** How many numbers stand behind an operator, where nothing is said about it below. */
  const NUMBERS = new Uint8Array(256);
  for (const op of [2, 3, 4, 0x0c, 0x0d, 0x10, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x42, 0xd0, 0xd2]) NUMBERS[op] = 1;
  NUMBERS[0x11] = 2;
  /** The same behind 0xfc 0, 1, 2… */
  const OF_FC = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

  /** Bytes of the module that these parts are of. */
  return (parts) => {
    let at = 0;
    const given = () => {
      for (let number = 0, shift = 0; ; shift += 7) {
        const byte = parts[at++];
        number |= (byte & 127) << shift;
        if (!(byte > 127)) return number;
      }
    };
    const start = given();
    const functions = given();
    const lengths = Array.from({ length: STREAMS }, given);
    /** Where each stream goes on. */
    const next = new Uint32Array(STREAMS);
    let from = at + start;
    lengths.forEach((length, stream) => {
      next[stream] = from;
      from += length;
    });

    const module = new Uint8Array(4 * parts.length);
    module.set(parts.subarray(at, at + start));
    let end = start;
    const byte = (stream) => {
      if (end >= module.length) throw new Error("no parts of a module");
      return (module[end++] = parts[next[stream]++]);
    };
    const number = (stream, further = stream) => {
      let last = byte(stream);
      let value = last & 127;
      for (let shift = 7; last > 127; shift += 7) {
        last = byte(further);
        value |= (last & 127) << shift;
      }
      return value;
    };
    const numbers = (count, stream) => {
      while (count-- > 0) number(stream);
    };
    const bytes = (count, stream) => {
      while (count-- > 0) byte(stream);
    };

    const taker = (before) => {
      const by = parts[next[OPS]];
      return by === 0x6a ? ADDED + before : CONST + by;
    };
    let before = 0;
    for (let left = functions; left > 0; left--) {
      const body = end;
      numbers(2 * number(LOCALS), LOCALS);
      for (let depth = 1; depth > 0; ) {
        const op = byte(OPS);
        if (op >= GET && op < GET + 4) {
          module[end - 1] = 0x20;
          module[end++] = op - GET;
        } else if (op >= 0x20 && op <= 0x22) number(op === 0x20 ? op : 0x21);
        else if (op >= 0x28 && op <= 0x3e) {
          number(ALIGN);
          number(op < 0x36 ? LOADED + before : 0x36, FURTHER);
        } else if (op === 0x41) number(taker(before));
        else if (op === 0x0e) numbers(number(op) + 1, op);
        else if (op === 0x1c) numbers(number(op), op);
        else if (op === 0x43) bytes(4, op);
        else if (op === 0x44) bytes(8, op);
        else if (op === 0xfc) numbers(OF_FC[number(op)], op);
        else numbers(NUMBERS[op], op);
        if (op >= 0x02 && op <= 0x04) depth++;
        if (op === 0x0b) depth--;
        before = op;
      }
      // Its size stands before it, and is known only now.
      const size = [];
      let rest = end - body;
      for (; rest > 127; rest >>= 7) size.push((rest & 127) | 128);
      size.push(rest);
      module.copyWithin(body + size.length, body, end);
      module.set(size, body);
      end += size.length;
    }
    const tail = parts.subarray(from);
    module.set(tail, end);
    return module.subarray(0, end + tail.length);
  };
})();
