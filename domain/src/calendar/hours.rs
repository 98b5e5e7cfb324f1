//! Hours of a day: when is worked, when a stall is permitted, when a rule applies.
//!
//! Never: which day. A span past midnight belongs to the day on which it begins.

use std::{fmt, str::FromStr};

use jiff::civil::Time;
use serde::Serialize;

/// Minutes of a day; the latest end, written `24:00`.
pub(crate) const MINUTES_PER_DAY: u16 = 24 * 60;

/// Hours of a day in district time, as minutes since midnight; `end < start` runs
/// past midnight. Written `18:00-22:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayHours {
    pub start: u16,
    pub end: u16,
}

impl DayHours {
    /// From `start` up to, not including, `end`. Hours past midnight hold the late
    /// and the early part of a day: whether the early part counts on *this* day is
    /// decided by the day before, and is the caller's to ask.
    #[must_use]
    pub fn contains(self, time: Time) -> bool {
        let minute = minute_of(time);
        if self.runs_past_midnight() {
            minute >= self.start || minute < self.end
        } else {
            self.start <= minute && minute < self.end
        }
    }

    #[must_use]
    pub const fn runs_past_midnight(self) -> bool {
        self.end < self.start
    }
}

/// Whole minutes since midnight.
fn minute_of(time: Time) -> u16 {
    let hour = u16::from(time.hour().unsigned_abs());
    hour * 60 + u16::from(time.minute().unsigned_abs())
}

/// Why a text is not hours of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadHours {
    /// Not `HH:MM-HH:MM`, with `24:00` as the latest end.
    Unreadable,
    /// Begins when it ends: no time at all, or the whole day? `00:00-24:00` says so.
    Empty,
}

impl FromStr for DayHours {
    type Err = BadHours;

    fn from_str(text: &str) -> Result<Self, BadHours> {
        // Spreadsheets turn the hyphen into a dash.
        let (start, end) = text.split_once(['-', '–', '—', '~']).ok_or(BadHours::Unreadable)?;
        let start = minutes(start.trim()).ok_or(BadHours::Unreadable)?;
        let end = minutes(end.trim()).ok_or(BadHours::Unreadable)?;
        match () {
            () if start == MINUTES_PER_DAY => Err(BadHours::Unreadable),
            () if start == end => Err(BadHours::Empty),
            () => Ok(Self { start, end }),
        }
    }
}

/// `08:30` or `8:30` as minutes since midnight, up to `24:00`.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once([':', '：'])?;
    let digits = |text: &str, most: usize| {
        let plain = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2).filter(|_| minutes.len() == 2)?);
    let whole = hours * 60 + minutes;
    (minutes < 60 && whole <= MINUTES_PER_DAY).then_some(whole)
}

impl fmt::Display for DayHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.start, self.end);
        write!(f, "{:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60)
    }
}

impl fmt::Display for BadHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "not hours such as 18:00-22:00",
            Self::Empty => "hours that begin when they end",
        })
    }
}

impl std::error::Error for BadHours {}

impl Serialize for DayHours {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

crate::text_form::deserialize_from_str!(DayHours, "not hours such as 18:00-22:00");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_they_are_written() {
        for (text, start, end) in [
            ("18:00-22:00", 1080, 1320),
            ("22:00-02:00", 1320, 120),
            ("00:00-24:00", 0, 1440),
            ("18:00-00:00", 1080, 0),
        ] {
            let hours = DayHours { start, end };
            assert_eq!(text.parse(), Ok(hours), "{text}");
            let json = serde_json::to_string(&hours).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<DayHours>(&json).unwrap(), hours);
        }
        assert_eq!(" 8:30 – 12:00 ".parse(), Ok(DayHours { start: 510, end: 720 }));
    }

    #[test]
    fn what_is_not_hours_is_refused() {
        for text in [
            "",
            "-",
            "18:00",
            "18-22",
            "18:00-24:01",
            "24:00-02:00",
            "18:60-19:00",
            "+8:00-9:00",
            "18:0-19:00",
            "018:00-19:00",
            "18:00-19:00-20:00",
            "六点-七点",
            "18:00:00-19:00",
        ] {
            assert_eq!(text.parse::<DayHours>(), Err(BadHours::Unreadable), "{text}");
        }
        assert_eq!("18:00-18:00".parse::<DayHours>(), Err(BadHours::Empty));
    }

    #[test]
    fn hours_end_before_their_end() {
        let (evening, night) = ("18:00-22:00".parse::<DayHours>(), "22:00-02:00".parse());
        let (evening, night): (DayHours, DayHours) = (evening.unwrap(), night.unwrap());
        for (hour, minute, in_evening, in_night) in [
            (17, 59, false, false),
            (18, 0, true, false),
            (21, 59, true, false),
            (22, 0, false, true),
            (1, 59, false, true),
            (2, 0, false, false),
        ] {
            let time = Time::constant(hour, minute, 59, 0);
            assert_eq!((evening.contains(time), night.contains(time)), (in_evening, in_night));
        }
    }
}
