//! What a trial measured, as a table for people.

use std::fmt;

#[derive(Debug, Default)]
pub struct Figures {
    title: String,
    rows: Vec<(String, String)>,
}

impl Figures {
    pub fn of(title: impl Into<String>) -> Self {
        Self { title: title.into(), rows: Vec::new() }
    }

    pub fn add(&mut self, what: impl Into<String>, figure: impl fmt::Display) {
        self.rows.push((what.into(), figure.to_string()));
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = self.rows.iter().map(|(what, _)| what.chars().count()).max().unwrap_or(0);
        writeln!(f, "{}", self.title)?;
        for (what, figure) in &self.rows {
            let space = " ".repeat(wide - what.chars().count());
            writeln!(f, "  {what}{space}  {figure}")?;
        }
        Ok(())
    }
}
