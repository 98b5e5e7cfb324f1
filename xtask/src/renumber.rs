//! The functions of a module under other numbers.

use std::convert::Infallible;

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef,
};

/// How many functions are imported, and the others.
pub fn functions(module: &[u8]) -> Result<(u32, Vec<FunctionBody<'_>>)> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload.context("not a module")? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    Ok((imported, bodies))
}

/// The same module with these of its own functions, by their old numbers; `places` has the
/// new number of each, also of one that another now stands for.
pub fn renumbered(
    module: &[u8],
    imported: u32,
    places: Vec<u32>,
    order: Vec<usize>,
) -> Result<Vec<u8>> {
    let mut new = Module::new();
    Renumber { imported, places, order }
        .parse_core_module(&mut new, Parser::new(0), module)
        .context("writing the module anew")?;
    Ok(new.finish())
}

struct Renumber {
    imported: u32,
    /// Of each function by its old number, imported ones left out: its new number.
    places: Vec<u32>,
    order: Vec<usize>,
}

impl Reencode for Renumber {
    type Error = Infallible;

    fn function_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        let own = index.checked_sub(self.imported);
        let place = own.and_then(|own| self.places.get(usize::try_from(own).ok()?));
        Ok(place.copied().unwrap_or(index))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for old in &self.order {
            functions.function(types[*old]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for old in self.order.clone() {
            self.parse_function_body(code, bodies[old].clone())?;
        }
        Ok(())
    }
}
