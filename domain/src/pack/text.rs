//! From bytes to text, and from offsets to line numbers.

use super::{
    PackFiles,
    fault::{FaultKind, Thing},
    findings::Findings,
};

/// The text of a file, and where its lines begin.
#[derive(Debug)]
pub(super) struct Text<'t> {
    pub file: &'static str,
    pub text: &'t str,
    newlines: Vec<usize>,
}

/// The text of a file without its byte-order mark. `None` after a fault was noted;
/// what the file would have defined is then not known.
pub(super) fn text_of<'t>(
    files: &'t PackFiles,
    file: &'static str,
    defines: &[Thing],
    findings: &Findings,
) -> Option<Text<'t>> {
    let fault = |line, kind| {
        findings.fault(file, line, kind);
        defines.iter().for_each(|what| findings.unreadable(*what));
    };
    let Some(bytes) = files.get(file) else {
        fault(None, FaultKind::MissingFile);
        return None;
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Text::new(file, text.strip_prefix('\u{feff}').unwrap_or(text))),
        Err(error) => {
            let readable = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let newlines = readable.iter().filter(|byte| **byte == b'\n').count();
            fault(Some(number(newlines + 1)), FaultKind::NotUtf8);
            None
        }
    }
}

impl<'t> Text<'t> {
    pub(super) fn new(file: &'static str, text: &'t str) -> Self {
        Self { file, text, newlines: text.match_indices('\n').map(|(at, _)| at).collect() }
    }

    /// The line, counted from 1, that the byte at `offset` stands in.
    pub(super) fn line_of(&self, offset: usize) -> u32 {
        number(self.newlines.partition_point(|newline| *newline < offset) + 1)
    }
}

/// A line number; what is beyond four thousand million lines counts as the last.
pub(super) fn number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
