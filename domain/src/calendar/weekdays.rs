//! A set of weekdays.

use std::borrow::Cow;
use std::{fmt, str::FromStr};

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

/// A set of weekdays. Written as a list of `mon` … `sun`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Weekdays {
    pub const NONE: Self = Self(0);
    pub const ALL: Self = Self(0b111_1111);
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);

    #[must_use]
    pub const fn with(self, day: Weekday) -> Self {
        Self(self.0 | bit(day))
    }

    #[must_use]
    pub const fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many days of a week.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// From a list of names, as a pack writes it.
    ///
    /// # Errors
    /// The first name that is not one of `mon` … `sun`.
    pub fn from_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, BadWeekday> {
        names.into_iter().try_fold(Self::NONE, |days, name| {
            let index = NAMES.iter().position(|known| *known == name);
            let index = index.ok_or_else(|| BadWeekday(name.into()))?;
            Ok(Self(days.0 | 1 << index))
        })
    }

    fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES.into_iter().enumerate().filter(move |(i, _)| self.0 & 1 << i != 0).map(|(_, n)| n)
    }
}

const fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

/// A name that is none of `mon` … `sun`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadWeekday(pub Box<str>);

/// Names separated by spaces, as in a cell of a table.
impl FromStr for Weekdays {
    type Err = BadWeekday;

    fn from_str(text: &str) -> Result<Self, BadWeekday> {
        Self::from_names(text.split_whitespace())
    }
}

impl fmt::Display for BadWeekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not one of mon, tue, wed, thu, fri, sat, sun", self.0)
    }
}

impl std::error::Error for BadWeekday {}

crate::text_form::schema_as!(Weekdays, Vec<String>);

impl Serialize for Weekdays {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.names())
    }
}

impl<'de> Deserialize<'de> for Weekdays {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Vec::<Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_names(names.iter().map(AsRef::as_ref))
            .map_err(|_| serde::de::Error::custom("not a list of weekdays such as mon"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_read_as_they_are_written() {
        for (json, days) in [
            (r#"["mon","tue","wed","thu","fri"]"#, Weekdays::MONDAY_TO_FRIDAY),
            (r#"["mon","tue","wed","thu","fri","sat","sun"]"#, Weekdays::ALL),
            (r#"["sun"]"#, Weekdays::NONE.with(Weekday::Sunday)),
            ("[]", Weekdays::NONE),
        ] {
            assert_eq!(serde_json::from_str::<Weekdays>(json).unwrap(), days, "{json}");
            assert_eq!(serde_json::to_string(&days).unwrap(), json);
        }
        assert_eq!("mon sat".parse::<Weekdays>().unwrap().count(), 2);
        assert_eq!("mon Monday".parse::<Weekdays>(), Err(BadWeekday("Monday".into())));
        assert!(serde_json::from_str::<Weekdays>(r#"["MON"]"#).is_err());
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let weekend = Weekdays::NONE.with(Weekday::Saturday).with(Weekday::Sunday);
        for offset in 0..7 {
            let day = Weekday::from_monday_zero_offset(offset).unwrap();
            assert_eq!(weekend.contains(day), offset >= 5);
            assert_ne!(weekend.contains(day), Weekdays::MONDAY_TO_FRIDAY.contains(day));
        }
    }
}
