//! A module in which what says the same is written the same.
//!
//! Two functions that do the same differ in what the compiler happened to choose: the
//! numbers of their locals, a hint at an alignment. Written one way they are found again by
//! brotli, or are one function. What the module does stays the same.

use std::collections::HashMap;
use std::convert::Infallible;

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, Function, Instruction, MemArg, Module};
use wasmparser::{FunctionBody, Operator, Parser, Payload, ValType};

use crate::renumber::{self, functions};

pub fn plain(module: &[u8]) -> Result<Vec<u8>> {
    let own = signatures(module)?.into_iter();
    let mut new = Module::new();
    Plain { parameters: own.map(|(_, parameters)| parameters), locals: Vec::new() }
        .parse_core_module(&mut new, Parser::new(0), module)
        .context("writing the module anew")?;
    let mut module = new.finish();
    // Two that call two that are the same are the same when those have become one.
    while let Some(fewer) = without_twins(&module)? {
        module = fewer;
    }
    Ok(module)
}

/// Of each function that is not imported: the number of its type, and how many parameters
/// it has.
fn signatures(module: &[u8]) -> Result<Vec<(u32, u32)>> {
    let (mut types, mut own) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::TypeSection(section) => {
                for ty in section.into_iter_err_on_gc_types() {
                    types.push(u32::try_from(ty?.params().len())?);
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    let ty = ty?;
                    own.push((ty, types[usize::try_from(ty)?]));
                }
            }
            _ => {}
        }
    }
    Ok(own)
}

/// The module with one of each kind of functions that are the same, or `None` when there are
/// no such.
fn without_twins(module: &[u8]) -> Result<Option<Vec<u8>>> {
    let (imported, bodies) = functions(module)?;
    let mut places = Vec::with_capacity(bodies.len());
    let mut order = Vec::new();
    let mut known = HashMap::new();
    for (old, (body, signature)) in bodies.iter().zip(signatures(module)?).enumerate() {
        let place = known.entry((signature, body.as_bytes())).or_insert_with(|| {
            order.push(old);
            imported + order.len() as u32 - 1
        });
        places.push(*place);
    }
    if order.len() == bodies.len() {
        return Ok(None);
    }
    renumber::renumbered(module, imported, places, order).map(Some)
}

struct Plain<P> {
    /// How many parameters the functions have that are still to come.
    parameters: P,
    /// Of the function that is written: the new number of each local.
    locals: Vec<u32>,
}

impl<P: Iterator<Item = u32>> Reencode for Plain<P> {
    type Error = Infallible;

    /// A hint that changes nothing but what a processor might do first. Byte by byte is
    /// never wrong, and engines do not look at it.
    fn mem_arg(&mut self, arg: wasmparser::MemArg) -> Result<MemArg, Error<Infallible>> {
        Ok(MemArg { offset: arg.offset, align: 0, memory_index: self.memory_index(arg.memory)? })
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let parameters = self.parameters.next().unwrap_or_default();
        let types;
        (self.locals, types) = locals(parameters, &body)?;
        let mut types_anew = Vec::with_capacity(types.len());
        for ty in types {
            types_anew.push(self.val_type(ty)?);
        }
        let mut function = Function::new_with_locals_types(types_anew);
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            function.instruction(&self.parse_instruction(&mut reader)?);
        }
        code.function(&function);
        Ok(())
    }

    fn instruction<'a>(
        &mut self,
        operator: Operator<'a>,
    ) -> Result<Instruction<'a>, Error<Infallible>> {
        let place = |local: u32| self.locals[local as usize];
        Ok(match operator {
            Operator::LocalGet { local_index } => Instruction::LocalGet(place(local_index)),
            Operator::LocalSet { local_index } => Instruction::LocalSet(place(local_index)),
            Operator::LocalTee { local_index } => Instruction::LocalTee(place(local_index)),
            other => wasm_encoder::reencode::utils::instruction(self, other)?,
        })
    }
}

/// The new number of each local, parameters included, and the types of those that are none:
/// by type, in a type by how often they are used, then by which is used first. Those that
/// are not used are not there.
fn locals(
    parameters: u32,
    body: &FunctionBody<'_>,
) -> Result<(Vec<u32>, Vec<ValType>), Error<Infallible>> {
    let first = parameters as usize;
    let mut types = Vec::new();
    for group in body.get_locals_reader()? {
        let (count, ty) = group?;
        types.extend(std::iter::repeat_n(ty, count as usize));
    }
    let mut uses: HashMap<usize, (usize, usize)> = HashMap::new();
    for (at, operator) in body.get_operators_reader()?.into_iter().enumerate() {
        if let Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index } = operator?
        {
            uses.entry(local_index as usize).or_insert((0, at)).0 += 1;
        }
    }
    let mut order: Vec<usize> = uses.keys().copied().filter(|local| *local >= first).collect();
    order.sort_by_key(|local| {
        let (count, at) = uses[local];
        (rank(types[local - first]), std::cmp::Reverse(count), at)
    });
    let mut places: Vec<u32> = (0..parameters).collect();
    places.resize(first + types.len(), 0);
    for (place, old) in (parameters..).zip(&order) {
        places[*old] = place;
    }
    Ok((places, order.into_iter().map(|local| types[local - first]).collect()))
}

fn rank(ty: ValType) -> u8 {
    match ty {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, FunctionSection, MemorySection, MemoryType,
        TypeSection, ValType,
    };

    use super::*;

    /// Exported functions that load by their parameter, each with its own numbers of locals
    /// and hint; those that call call the one before.
    fn module(functions: &[(&str, [u32; 2], u32, Option<u32>)]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], [ValType::I32]);
        let (mut list, mut exports) = (FunctionSection::new(), ExportSection::new());
        let (mut memories, mut code) = (MemorySection::new(), CodeSection::new());
        let memory64 = false;
        let memory =
            MemoryType { minimum: 1, maximum: None, memory64, shared: false, page_size_log2: None };
        memories.memory(memory);
        for (number, (name, [often, once], align, call)) in (0..).zip(functions) {
            list.function(0);
            exports.export(name, ExportKind::Func, number);
            let mut body = Function::new([(1, ValType::I64), (3, ValType::I32)]);
            let mut sink = body.instructions();
            sink.local_get(0).i32_load(MemArg { offset: 8, align: *align, memory_index: 0 });
            sink.local_set(*once).local_get(0).local_set(*often).local_get(*often);
            if let Some(called) = call {
                sink.call(*called);
            }
            sink.end();
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&list).section(&memories).section(&exports).section(&code);
        module.finish()
    }

    fn exported(module: &[u8]) -> Vec<u32> {
        let of = |payload| match payload {
            Payload::ExportSection(section) => Some(section),
            _ => None,
        };
        let sections = Parser::new(0).parse_all(module).filter_map(|it| of(it.unwrap()));
        sections.flatten().map(|export| export.unwrap().index).collect()
    }

    #[test]
    fn what_does_the_same_is_one_function_and_what_does_not_is_not() {
        for (others, expected) in [
            // The same under other numbers and with another hint.
            ([("b", [4, 3], 0, None), ("c", [2, 4], 1, None)], [0, 0, 0]),
            // The same in another place of the callee's number: twins that call twins.
            ([("b", [4, 3], 0, None), ("c", [2, 4], 1, Some(0))], [0, 0, 1]),
        ] {
            let all = [&[("a", [2, 3], 2, None)], &others[..]].concat();
            let new = plain(&module(&all)).unwrap();
            assert_eq!(exported(&new), expected);
            let (_, bodies) = functions(&new).unwrap();
            // No local of the type that none of them uses.
            let groups = |body: &FunctionBody<'_>| {
                body.get_locals_reader().unwrap().into_iter().map(Result::unwrap).collect()
            };
            let groups: Vec<Vec<_>> = bodies.iter().map(groups).collect();
            assert!(groups.iter().all(|it| *it == [(2, wasmparser::ValType::I32)]), "{groups:?}");
            assert_eq!(plain(&new).unwrap(), new);
        }
        let calling = [("a", [2, 3], 2, None), ("b", [2, 3], 2, None)];
        let calling = calling
            .into_iter()
            .chain([("over a", [2, 3], 2, Some(0)), ("over b", [3, 4], 0, Some(1))]);
        let new = plain(&module(&calling.collect::<Vec<_>>())).unwrap();
        assert_eq!(exported(&new), [0, 0, 1, 1]);
    }
}
