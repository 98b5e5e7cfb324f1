//! A module taken apart for its way to a phone: operators beside operators, numbers of
//! locals beside numbers of locals. What is alike stands together, and brotli says all of it
//! in a seventh less. `public/together.js` puts it together again, to the byte.
//!
//! The parts: `start`, the number of functions, the length of each stream; the first `start`
//! bytes of the module; the streams; the rest of the module. Numbers are LEB128, here and in
//! the streams, as the module has them. The size of a function is not there: it is known once
//! the function is.

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{Parser, Payload};

const STREAMS: usize = 0x404;
/// What stands behind an operator has that operator's stream, but for these: constants have
/// one for each operator that takes them, and those to add, and where is loaded from, one for
/// each operator before.
const CONST: usize = 0x100;
const ADDED: usize = 0x200;
const LOADED: usize = 0x300;
const OPS: usize = 0x400;
const LOCALS: usize = 0x401;
const ALIGN: usize = 0x402;
/// An offset's bytes but the first.
const FURTHER: usize = 0x403;
const SET: usize = 0x21;
const STORE: usize = 0x36;
const ADD: u8 = 0x6a;
/// `local.get` of 0, 1, 2 and 3 is one byte: an operator that no module has.
const GET: u8 = 0xe0;

/// Fails for a module that could not be put together again.
pub fn apart(module: &[u8]) -> Result<Vec<u8>> {
    let mut parts = Parts { streams: vec![Vec::new(); STREAMS] };
    let (mut start, mut at, mut functions) = (None, 0, 0);
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::CodeSectionStart { count, range, .. } => {
                functions = usize::try_from(count)?;
                at = range.start + leb128(functions).len();
                start = Some(at);
            }
            Payload::CodeSectionEntry(body) => {
                let range = body.range();
                let is_short = module[at..range.start] == leb128(range.len());
                ensure!(is_short, "a size written longer than need be, at {at}");
                at = range.end;
                parts.take(&module[range]).with_context(|| format!("the function until {at}"))?;
            }
            _ => {}
        }
    }
    let start = start.context("a module without code")?;
    let mut all = [leb128(start), leb128(functions)].concat();
    all.extend(parts.streams.iter().flat_map(|stream| leb128(stream.len())));
    all.extend(&module[..start]);
    all.extend(parts.streams.concat());
    all.extend(&module[at..]);
    Ok(all)
}

/// Where the operators begin and end, and where the rest of the module begins.
pub fn seams(parts: &[u8]) -> Result<Vec<usize>> {
    let mut head = Reader { left: parts, taken: Vec::new() };
    let mut given = || Ok(usize::try_from(head.number()?)?);
    let (start, _functions) = (given()?, given()?);
    let lengths = (0..STREAMS).map(|_| given()).collect::<Result<Vec<usize>>>()?;
    let first = head.taken.len() + start;
    Ok([OPS, OPS + 1, STREAMS].map(|to| first + lengths[..to].iter().sum::<usize>()).into())
}

struct Parts {
    streams: Vec<Vec<u8>>,
}

impl Parts {
    fn take(&mut self, body: &[u8]) -> Result<()> {
        let mut body = Reader { left: body, taken: Vec::new() };
        for _ in 0..body.number()? {
            body.number()?;
            body.number()?;
        }
        self.put(LOCALS, &mut body);
        while !body.left.is_empty() {
            self.take_operator(&mut body)?;
        }
        Ok(())
    }

    fn take_operator(&mut self, body: &mut Reader<'_>) -> Result<()> {
        let op = body.operator()?;
        let before = self.streams[OPS].last().copied().unwrap_or(0);
        self.streams[OPS].push(op);
        let stream = usize::from(op);
        match op {
            0x21..=0x22 => {
                body.number()?;
                self.put(SET, body);
            }
            0x28..=0x3e => {
                body.number()?;
                self.put(ALIGN, body);
                body.number()?;
                let further = body.taken.split_off(1);
                let loaded = LOADED + usize::from(before);
                self.put(if stream < STORE { loaded } else { STORE }, body);
                self.streams[FURTHER].extend(further);
            }
            0x41 => {
                body.number()?;
                let by = Reader { left: body.left, taken: Vec::new() }.operator()?;
                let added = ADDED + usize::from(before);
                self.put(if by == ADD { added } else { CONST + usize::from(by) }, body);
            }
            0x43 => body.bytes(4)?,
            0x44 => body.bytes(8)?,
            // As many numbers as the first one says; of targets there is one more.
            0x0e | 0x1c => {
                let count = body.number()? + u64::from(op == 0x0e);
                (0..count).try_for_each(|_| body.number().map(drop))?;
            }
            0xfc => {
                let count = match body.number()? {
                    0..=7 => 0,
                    8 | 10 | 12 | 14 => 2,
                    9 | 11 | 13 | 15..=17 => 1,
                    other => bail!("an operator 0xfc {other}"),
                };
                (0..count).try_for_each(|_| body.number().map(drop))?;
            }
            0x02..=0x04
            | 0x0c
            | 0x0d
            | 0x10
            | 0x20
            | 0x23..=0x26
            | 0x3f
            | 0x40
            | 0x42
            | 0xd0
            | 0xd2 => {
                body.number()?;
            }
            0x11 => {
                body.number()?;
                body.number()?;
            }
            // Nothing stands behind these.
            0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
            GET..0xe4 => {}
            other => bail!("an operator {other:#x}"),
        }
        self.put(stream, body);
        Ok(())
    }

    fn put(&mut self, stream: usize, from: &mut Reader<'_>) {
        self.streams[stream].append(&mut from.taken);
    }
}

struct Reader<'m> {
    left: &'m [u8],
    /// Read, and not put anywhere yet.
    taken: Vec<u8>,
}

impl Reader<'_> {
    /// The operator's byte; one for both where it is `local.get` of a low number.
    fn operator(&mut self) -> Result<u8> {
        let (op, behind) = self.left.split_first().context("no operator")?;
        self.left = behind;
        match (op, behind.split_first()) {
            (GET..0xe4, _) => bail!("an operator {op:#x}"),
            (0x20, Some((local @ 0..4, behind))) => {
                self.left = behind;
                Ok(GET + local)
            }
            _ => Ok(*op),
        }
    }

    fn number(&mut self) -> Result<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte < 0x80 {
                return Ok(number);
            }
        }
    }

    fn bytes(&mut self, count: usize) -> Result<()> {
        (0..count).try_for_each(|_| self.byte().map(drop))
    }

    fn byte(&mut self) -> Result<u8> {
        let (byte, behind) = self.left.split_first().context("the function ends too early")?;
        self.left = behind;
        self.taken.push(*byte);
        Ok(*byte)
    }
}

fn leb128(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, Function, FunctionSection, MemArg, Module, TypeSection};

    use super::*;

    fn module(write: impl FnOnce(&mut Function)) -> Vec<u8> {
        let (mut types, mut list) = (TypeSection::new(), FunctionSection::new());
        types.ty().function([], []);
        list.function(0);
        let mut function = Function::new([(9, wasm_encoder::ValType::I32)]);
        write(&mut function);
        let mut code = CodeSection::new();
        code.function(&function);
        let mut module = Module::new();
        module.section(&types).section(&list).section(&code);
        module.finish()
    }

    /// The first bytes of the module, and the streams that are not empty.
    fn read(parts: &[u8]) -> (Vec<u8>, Vec<(usize, Vec<u8>)>) {
        let mut head = Reader { left: parts, taken: Vec::new() };
        let mut given = || usize::try_from(head.number().unwrap()).unwrap();
        let (start, functions) = (given(), given());
        let lengths: Vec<usize> = (0..STREAMS).map(|_| given()).collect();
        assert_eq!(functions, 1);
        let (first, mut rest) = head.left.split_at(start);
        let mut streams = Vec::new();
        for (number, length) in lengths.into_iter().enumerate().filter(|(_, length)| *length > 0) {
            let (stream, behind) = rest.split_at(length);
            streams.push((number, stream.to_vec()));
            rest = behind;
        }
        assert!(rest.is_empty(), "nothing stands behind the code");
        (first.to_vec(), streams)
    }

    #[test]
    fn like_stands_by_like() {
        let whole = module(|function| {
            let mut sink = function.instructions();
            sink.local_get(3).i32_const(300).i32_add().local_get(7).i32_const(1).i32_sub();
            sink.i32_load(MemArg { offset: 300, align: 2, memory_index: 0 }).local_tee(5);
            sink.i32_store8(MemArg { offset: 0, align: 0, memory_index: 0 });
            sink.br_table([1, 2], 3).f32_const(0.0.into()).drop().memory_copy(0, 0).end();
        });
        let parts = apart(&whole).unwrap();
        let (first, streams) = read(&parts);
        assert!(whole.starts_with(&first));
        // The size of the function, its locals, what stands behind them.
        assert_eq!(whole[first.len() + 1..][..3], [1, 9, 0x7f]);
        let operators =
            [0xe3, 0x41, ADD, 0x20, 0x41, 0x6b, 0x28, 0x22, 0x3a, 0x0e, 0x43, 0x1a, 0xfc, 0x0b];
        let expected: Vec<(usize, Vec<u8>)> = vec![
            (0x0e, vec![2, 1, 2, 3]),
            (0x20, vec![7]),
            (SET, vec![5]),
            (STORE, vec![0]),
            (0x43, vec![0; 4]),
            (0xfc, vec![10, 0, 0]),
            (CONST + 0x6b, vec![1]),
            (ADDED + 0xe3, vec![0xac, 2]),
            (LOADED + 0x6b, vec![0xac]),
            (OPS, operators.to_vec()),
            (LOCALS, vec![1, 9, 0x7f]),
            (ALIGN, vec![2, 0]),
            (FURTHER, vec![2]),
        ];
        assert_eq!(streams, expected);
        let [ops, behind, rest] = seams(&parts).unwrap()[..] else { panic!("three seams") };
        assert_eq!((&parts[ops..behind], rest), (&operators[..], parts.len()));
    }

    #[test]
    fn what_could_not_be_put_together_again_is_said() {
        for (what, bytes) in [
            ("an operator 0xfd", vec![0xfd, 0x0c]),
            ("an operator 0xe0", vec![0xe0]),
            ("an operator 0xfc 18", vec![0xfc, 18]),
            ("the function ends too early", vec![0x41]),
        ] {
            let spoilt = module(|function| {
                function.raw(bytes);
            });
            let error = apart(&spoilt).unwrap_err();
            assert!(format!("{error:#}").contains(what), "{error:#}");
        }
        assert!(apart(b"\0asm\x01\0\0\0").is_err(), "no code");
    }
}
