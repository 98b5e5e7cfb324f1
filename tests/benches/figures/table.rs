//! Measuring a thing for a while, and a table of what was measured.

use std::{
    fmt,
    time::{Duration, Instant},
};

/// Rows in the order they were measured, and what no rate says.
#[derive(Default)]
pub struct Table {
    rows: Vec<Measurement>,
    notes: Vec<String>,
}

struct Measurement {
    what: String,
    a_second: f64,
    /// How many times as fast as what it is compared with, and that.
    against: Option<(f64, &'static str)>,
}

impl Table {
    pub fn add(&mut self, what: impl Into<String>, a_second: f64) {
        self.rows.push(Measurement { what: what.into(), a_second, against: None });
    }

    /// A sentence below the table.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    pub fn compare(
        &mut self,
        what: impl Into<String>,
        a_second: f64,
        other: f64,
        name: &'static str,
    ) {
        let against = Some((a_second / other, name));
        self.rows.push(Measurement { what: what.into(), a_second, against });
    }
}

/// Runs `once` again and again for about `span`; how often a second.
pub fn rate(span: Duration, mut once: impl FnMut()) -> f64 {
    once();
    let start = Instant::now();
    let mut times = 0_u32;
    while start.elapsed() < span {
        once();
        times += 1;
    }
    f64::from(times) / start.elapsed().as_secs_f64()
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | a second | each | ratio in this run |")?;
        writeln!(f, "|---|---:|---:|---|")?;
        for row in &self.rows {
            let each = Duration::from_secs_f64(1.0 / row.a_second);
            let ratio = match row.against {
                Some((times, name)) => format!("{times:.1} × {name}"),
                None => String::new(),
            };
            writeln!(f, "| {} | {:.1} | {each:.1?} | {ratio} |", row.what, row.a_second)?;
        }
        for note in &self.notes {
            writeln!(f, "\n{note}")?;
        }
        Ok(())
    }
}
