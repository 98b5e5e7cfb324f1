//! The functions of a module, each beside the ones most like it.
//!
//! What the compiler makes of one generic function for many types is alike, and lies far
//! apart. Brotli says "as there, so many bytes back", and a short way back is cheaper to
//! say: a phone downloads 3 % less. What the module does stays the same; only the numbers
//! of its functions change.

use std::collections::HashMap;

use anyhow::Result;

use crate::renumber::{self, functions};

/// Functions are alike for the runs of so many bytes that they share.
const RUN: usize = 5;

/// A run that stands in more functions than this says nothing about any of them.
const COMMON: usize = 1000;

/// Shared runs count less in functions that are short: they save little.
const SHORT: f64 = 20.0;

/// The same module with its functions in that order.
pub fn ordered(module: &[u8]) -> Result<Vec<u8>> {
    let (imported, bodies) = functions(module)?;
    let order = chain(&bodies.iter().map(|body| body.as_bytes()).collect::<Vec<_>>());
    let mut places = vec![0; order.len()];
    for (place, old) in (imported..).zip(&order) {
        places[*old] = place;
    }
    renumber::renumbered(module, imported, places, order)
}

/// From the largest on, always to the one most like the last; where nothing is like it,
/// to the largest that is left.
fn chain(bodies: &[&[u8]]) -> Vec<usize> {
    let mut with_run: HashMap<&[u8], Vec<usize>> = HashMap::new();
    let mut runs = vec![0.0; bodies.len()];
    for (number, body) in bodies.iter().enumerate() {
        for run in body.windows(RUN) {
            let numbers = with_run.entry(run).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
                runs[number] += 1.0;
            }
        }
    }
    with_run.retain(|_, numbers| (2..=COMMON).contains(&numbers.len()));

    let mut by_size: Vec<usize> = (0..bodies.len()).collect();
    by_size.sort_by_key(|number| std::cmp::Reverse(bodies[*number].len()));
    let mut by_size = by_size.into_iter();
    let mut is_left = vec![true; bodies.len()];
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = None;
    while let Some(last) = next.or_else(|| by_size.find(|number| is_left[*number])) {
        is_left[last] = false;
        order.push(last);
        let mut shared: HashMap<usize, f64> = HashMap::new();
        for run in bodies[last].windows(RUN) {
            for other in with_run.get(run).into_iter().flatten().filter(|it| is_left[**it]) {
                *shared.entry(*other).or_default() += 1.0;
            }
        }
        let likeness = |other: usize, shared: f64| {
            let shared = shared.min(runs[other]).min(runs[last]);
            shared / (runs[last] + runs[other] - shared + SHORT)
        };
        next = shared
            .into_iter()
            .map(|(other, shared)| (likeness(other, shared), other))
            // Of two that are as like, always the same: builds are to be repeatable.
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            .map(|(_, other)| other);
    }
    order
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, Module, TypeSection,
        ValType,
    };
    use wasmparser::{Parser, Payload};

    use super::*;

    /// Three exported functions: two alike with something else between them, and the last
    /// calls the first.
    fn module() -> Vec<u8> {
        let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
        types.ty().function([], [ValType::I64]);
        let (mut exports, mut code) = (ExportSection::new(), CodeSection::new());
        let long = |start: i64, call: bool| {
            let mut body = Function::new([]);
            let mut sink = body.instructions();
            if call {
                sink.call(0).drop();
            }
            sink.i64_const(start);
            for step in 0..100 {
                sink.i64_const(1_000_000 + step).i64_add();
            }
            sink.end();
            body
        };
        let mut other = Function::new([]);
        other.instructions().i64_const(7).end();
        for (number, (name, body)) in
            (0..).zip([("a", long(1, false)), ("other", other), ("b", long(2, true))])
        {
            functions.function(0);
            exports.export(name, ExportKind::Func, number);
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn like_comes_beside_like_and_calls_still_reach_what_they_called() {
        let new = ordered(&module()).unwrap();
        let (_, bodies) = functions(&new).unwrap();
        let lengths: Vec<_> = bodies.iter().map(|body| body.as_bytes().len()).collect();
        assert!(lengths[0] > 500 && lengths[1] > 500 && lengths[2] < 10, "{lengths:?}");
        // The larger one calls, and is first; what it calls follows it.
        let [_, 0x10, called, ..] = bodies[0].as_bytes() else { panic!("no call") };
        assert_eq!(*called, 1);
        let exported: Vec<_> = Parser::new(0)
            .parse_all(&new)
            .filter_map(|payload| match payload.unwrap() {
                Payload::ExportSection(section) => Some(section),
                _ => None,
            })
            .flatten()
            .map(|export| export.map(|export| (export.name, export.index)).unwrap())
            .collect();
        assert_eq!(exported, [("a", 1), ("other", 2), ("b", 0)]);
        // Again it changes nothing.
        assert_eq!(ordered(&new).unwrap(), new);
    }
}
