//! TOML with the line of every value. A block that cannot be parsed costs only
//! itself.

use std::borrow::Cow;

use toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
};

use super::{
    fault::FaultKind,
    findings::Findings,
    text::{Text, number},
    value::{Entries, Entry, Value, shorten},
};

/// The whole document. Where it has faults of syntax they are noted, what could be
/// read is returned, and the second value is false.
pub(super) fn document<'t>(text: &Text<'t>, findings: &Findings) -> (Entries<'t>, bool) {
    let (table, errors) = DeTable::parse_recoverable(text.text);
    errors.iter().for_each(|error| note(text, error, 0, findings));
    let line_of = |offset| text.line_of(offset);
    (entries(table.into_inner(), &line_of), errors.is_empty())
}

/// The entries of an array of tables (`[[name]]`), block by block.
pub(super) struct Blocks<'t> {
    /// Each block's line and content.
    pub tables: Vec<(u32, Entries<'t>)>,
    /// Whether every block could be parsed.
    pub whole: bool,
}

/// Reads the blocks of `names`; whatever else the document holds is an unknown key.
pub(super) fn blocks<'t, const N: usize>(
    text: &Text<'t>,
    names: [&str; N],
    findings: &Findings,
) -> [Blocks<'t>; N] {
    let mut found = [(); N].map(|()| Blocks { tables: Vec::new(), whole: true });
    let unknown = |line, key: &str| {
        findings.fault(text.file, Some(line), FaultKind::UnknownKey(key.into()));
    };
    for (first_line, part) in parts(text, &names) {
        let inner = Text::new(text.file, part);
        let line_of = |offset| inner.line_of(offset).saturating_add(first_line);
        let (table, errors) = DeTable::parse_recoverable(part);
        // The others only follow from the first.
        if let Some(error) = errors.first() {
            note(&inner, error, first_line, findings);
            let header = part.trim_start();
            for (name, blocks) in names.iter().zip(&mut found) {
                blocks.whole &= header_of(header) != Some(*name);
            }
            continue;
        }
        for (key, entry) in entries(table.into_inner(), &line_of) {
            let wanted = names.iter().position(|name| *name == key);
            let blocks = wanted.and_then(|index| found.get_mut(index));
            let (Some(blocks), Value::List(items)) = (blocks, entry.value) else {
                unknown(entry.line, &key);
                continue;
            };
            for item in items {
                match item.value {
                    Value::Table(table) => blocks.tables.push((item.line, table)),
                    _ => unknown(item.line, &key),
                }
            }
        }
    }
    found
}

/// The document cut before each `[[name]]` line, with the number of lines before.
fn parts<'t>(text: &Text<'t>, names: &[&str]) -> Vec<(u32, &'t str)> {
    let mut parts = Vec::new();
    let (mut begin, mut begin_line, mut at) = (0, 0, 0);
    for (line, content) in text.text.split_inclusive('\n').enumerate() {
        if header_of(content).is_some_and(|name| names.contains(&name)) {
            parts.push((number(begin_line), text.text.get(begin..at).unwrap_or_default()));
            (begin, begin_line) = (at, line);
        }
        at += content.len();
    }
    parts.push((number(begin_line), text.text.get(begin..).unwrap_or_default()));
    parts
}

/// `rule` of a line that begins `[[rule]]`.
fn header_of(line: &str) -> Option<&str> {
    let (name, _) = line.trim_start().strip_prefix("[[")?.split_once("]]")?;
    Some(name.trim())
}

fn note(text: &Text<'_>, error: &Error, lines_before: u32, findings: &Findings) {
    let offset = error.span().map_or(0, |span| span.start);
    let line = text.line_of(offset).saturating_add(lines_before);
    let detail = error.message().trim().lines().next().unwrap_or_default();
    findings.fault(text.file, Some(line), FaultKind::Syntax(shorten(detail)));
}

fn entries<'t>(table: DeTable<'t>, line_of: &impl Fn(usize) -> u32) -> Entries<'t> {
    let entry =
        |(key, value): (Spanned<Cow<'t, str>>, _)| (key.into_inner(), entry(value, line_of));
    table.into_iter().map(entry).collect()
}

fn entry<'t>(value: Spanned<DeValue<'t>>, line_of: &impl Fn(usize) -> u32) -> Entry<'t> {
    let line = line_of(value.span().start);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Boolean(truth) => Value::Truth(truth),
        DeValue::Datetime(date) => Value::Text(date.to_string().into()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(whole) => Value::Whole(whole),
            Err(_) => Value::Other(number.as_str().to_owned().into()),
        },
        DeValue::Float(number) => Value::Other(number.as_str().to_owned().into()),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| entry(item, line_of)).collect())
        }
        DeValue::Table(table) => Value::Table(entries(table, line_of)),
    };
    Entry { value, line }
}
