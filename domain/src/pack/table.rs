//! CSV tables: a header with known columns in any order, then rows with the line
//! on which they begin.

use std::collections::HashSet;

use super::{
    PackFiles,
    fault::{FaultKind, Thing},
    fields::Fields,
    findings::Findings,
    text::{Text, text_of},
    value::{Entries, Entry, Value},
};

/// What a table is made of.
pub(super) struct Table {
    pub file: &'static str,
    /// Columns whose cells must not be empty; these must be there.
    pub required: &'static [&'static str],
    /// Columns that may be left out.
    pub optional: &'static [&'static str],
    /// What its rows define, and by which column.
    pub defines: Option<(Thing, &'static str)>,
}

impl Table {
    /// Hands every row that is not blank to `row`.
    pub(super) fn read<T>(
        &self,
        files: &PackFiles,
        findings: &Findings,
        mut row: impl FnMut(Fields<'_, '_>) -> T,
    ) -> Vec<T> {
        let defines: Vec<Thing> = self.defines.iter().map(|(what, _)| *what).collect();
        let Some(text) = text_of(files, self.file, &defines, findings) else { return Vec::new() };
        let mut records = records(&text);
        let header = records.next();
        let header_line = header.as_ref().map_or(1, |(line, _)| *line);
        let header = header.map(|(_, cells)| cells).unwrap_or_default();
        let columns = self.columns(&header, header_line, findings);
        let absent: HashSet<&'static str> =
            self.required.iter().copied().filter(|name| !columns.contains(&Some(*name))).collect();
        for name in self.required.iter().filter(|name| absent.contains(*name)) {
            findings.fault(self.file, Some(header_line), FaultKind::MissingColumn((*name).into()));
        }
        if let Some((what, column)) = self.defines
            && absent.contains(column)
        {
            findings.unreadable(what);
        }
        records
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
            .map(|(line, cells)| row(self.fields(&cells, line, &columns, &absent, findings)))
            .collect()
    }

    /// The known name of each column, `None` for those that have none or stand twice.
    fn columns(
        &self,
        header: &csv::StringRecord,
        line: u32,
        findings: &Findings,
    ) -> Vec<Option<&'static str>> {
        let mut columns = Vec::new();
        // Spreadsheets leave empty columns at the right.
        let named = (1..).zip(header).filter(|(_, cell)| !cell.is_empty()).map(|(at, _)| at).max();
        for cell in header.iter().take(named.unwrap_or(0)) {
            let known = self.required.iter().chain(self.optional).find(|name| **name == cell);
            let fault = match known {
                Some(name) if columns.contains(&Some(*name)) => {
                    Some(FaultKind::RepeatedColumn(cell.into()))
                }
                Some(name) => {
                    columns.push(Some(*name));
                    continue;
                }
                None => Some(FaultKind::UnknownColumn(cell.into())),
            };
            columns.push(None);
            if let Some(kind) = fault {
                findings.fault(self.file, Some(line), kind);
            }
        }
        columns
    }

    fn fields<'f>(
        &self,
        cells: &csv::StringRecord,
        line: u32,
        columns: &[Option<&'static str>],
        absent: &'f HashSet<&'static str>,
        findings: &'f Findings,
    ) -> Fields<'f, 'static> {
        let mut entries = Entries::new();
        for (cell, column) in cells.iter().zip(columns) {
            if let Some(name) = column
                && !cell.is_empty()
            {
                let value = Value::Cell(cell.to_owned().into());
                entries.insert((*name).into(), Entry { value, line });
            }
        }
        let surplus = cells.iter().skip(columns.len()).any(|cell| !cell.is_empty());
        let miscounted = surplus || cells.len() < columns.len();
        let fields = Fields::new(findings, self.file, line, entries);
        if miscounted {
            let (expected, found) = (columns.len(), cells.len());
            fields.fault(line, FaultKind::CellCount { expected, found });
            // A quotation mark left open swallows the rows below it.
            if let Some((what, _)) = self.defines
                && cells.iter().any(|cell| cell.contains('\n'))
            {
                findings.unreadable(what);
            }
        }
        Fields { absent: Some(absent), muted: miscounted, ..fields }
    }
}

/// The records of a table and the lines they begin on. The csv crate's own line is
/// that of the end of the record before; blank lines and CRLF lie between.
fn records<'t>(text: &'t Text<'t>) -> impl Iterator<Item = (u32, csv::StringRecord)> {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.text.as_bytes());
    // Text is checked and there is nothing else to fail on.
    reader.into_records().filter_map(Result::ok).map(|record| {
        let end_of_last = record.position().map_or(0, csv::Position::byte);
        let offset = usize::try_from(end_of_last).unwrap_or(usize::MAX);
        let rest = text.text.get(offset..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        (text.line_of(offset.saturating_add(blank)), record)
    })
}
