//! A WASM module put together from the parts that the app's build takes it apart into, as
//! `public/together.js` does it: for whoever changes a module and has to know its digest.
//! What the parts are says `xtask/src/apart.rs`.

use anyhow::{Context as _, Result, bail};

const STREAMS: usize = 0x404;
const CONST: usize = 0x100;
const ADDED: usize = 0x200;
const LOADED: usize = 0x300;
const OPS: usize = 0x400;
const LOCALS: usize = 0x401;
const ALIGN: usize = 0x402;
const FURTHER: usize = 0x403;
const SET: usize = 0x21;
const STORE: usize = 0x36;
const ADD: u8 = 0x6a;
const GET: u8 = 0xe0;

pub fn together(parts: &[u8]) -> Result<Vec<u8>> {
    let mut head = Together { streams: vec![parts], module: Vec::new(), before: 0 };
    let mut given = || head.number(0, 0).map(|number| number as usize);
    let (start, functions) = (given()?, given()?);
    let lengths = (0..STREAMS).map(|_| given()).collect::<Result<Vec<usize>>>()?;
    let (first, mut rest) = head.streams[0].split_at_checked(start).context("no start")?;
    let mut streams = Vec::with_capacity(STREAMS);
    for length in lengths {
        let (stream, behind) = rest.split_at_checked(length).context("a stream too long")?;
        streams.push(stream);
        rest = behind;
    }
    let mut module = first.to_vec();
    let mut body = Together { streams, module: Vec::new(), before: 0 };
    for _ in 0..functions {
        body.function()?;
        leb128(body.module.len(), &mut module);
        module.append(&mut body.module);
    }
    module.extend(rest);
    Ok(module)
}

struct Together<'p> {
    /// What is left of each.
    streams: Vec<&'p [u8]>,
    module: Vec<u8>,
    /// The operator before.
    before: u8,
}

impl Together<'_> {
    fn function(&mut self) -> Result<()> {
        let groups = self.number(LOCALS, LOCALS)?;
        self.numbers(2 * groups, LOCALS)?;
        let mut depth = 1;
        while depth > 0 {
            let op = self.byte(OPS)?;
            let own = usize::from(op);
            match op {
                GET..0xe4 => {
                    self.module.pop();
                    self.module.extend([0x20, op - GET]);
                }
                0x21 | 0x22 => self.numbers(1, SET)?,
                0x28..=0x3e => {
                    self.numbers(1, ALIGN)?;
                    let loaded = LOADED + usize::from(self.before);
                    self.number(if own < STORE { loaded } else { STORE }, FURTHER)?;
                }
                0x41 => {
                    let by = *self.streams[OPS].first().context("no operator")?;
                    let added = ADDED + usize::from(self.before);
                    self.numbers(1, if by == ADD { added } else { CONST + usize::from(by) })?;
                }
                0x43 | 0x44 => {
                    for _ in 0..if op == 0x43 { 4 } else { 8 } {
                        self.byte(own)?;
                    }
                }
                0x0e => {
                    let targets = self.number(own, own)?;
                    self.numbers(targets + 1, own)?;
                }
                0x1c => {
                    let types = self.number(own, own)?;
                    self.numbers(types, own)?;
                }
                0xfc => {
                    let count = match self.number(own, own)? {
                        0..=7 => 0,
                        8 | 10 | 12 | 14 => 2,
                        9 | 11 | 13 | 15..=17 => 1,
                        other => bail!("an operator 0xfc {other}"),
                    };
                    self.numbers(count, own)?;
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
                | 0xd2 => self.numbers(1, own)?,
                0x11 => self.numbers(2, own)?,
                _ => {}
            }
            self.before = op;
            depth += i32::from((2..=4).contains(&op)) - i32::from(op == 0x0b);
        }
        Ok(())
    }

    fn numbers(&mut self, count: u64, stream: usize) -> Result<()> {
        (0..count).try_for_each(|_| self.number(stream, stream).map(drop))
    }

    /// Its bytes but the first may stand elsewhere.
    fn number(&mut self, stream: usize, further: usize) -> Result<u64> {
        let (mut number, mut shift, mut from) = (0, 0, stream);
        loop {
            let byte = self.byte(from)?;
            number |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            if byte < 0x80 {
                return Ok(number);
            }
            (shift, from) = (shift + 7, further);
        }
    }

    fn byte(&mut self, stream: usize) -> Result<u8> {
        let (byte, rest) = self.streams[stream].split_first().context("a stream too short")?;
        self.streams[stream] = rest;
        self.module.push(*byte);
        Ok(*byte)
    }
}

fn leb128(mut number: usize, into: &mut Vec<u8>) {
    while number > 0x7f {
        into.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}
