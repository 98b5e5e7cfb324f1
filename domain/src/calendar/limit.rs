//! A limit (处置时限): an amount and the clock it runs on. Written `2 urgent hours`,
//! `4 working hours`, `5 working days`, `10 calendar days`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Which hours and days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// 紧急工作时: round the clock.
    UrgentHours,
    /// 工作时: hours inside the district's working hours.
    WorkingHours,
    /// 工作日: ends with the last working hour of the day.
    WorkingDays,
    /// 自然日: ends with the day.
    CalendarDays,
}

/// At least one of its clock's unit, at most [`Limit::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    amount: u32,
    clock: Clock,
}

impl Limit {
    /// Ten years of days; what is longer is a typing error.
    pub const MOST: u32 = 3650;

    /// # Errors
    /// When `amount` is 0 or more than [`Self::MOST`].
    pub const fn new(amount: u32, clock: Clock) -> Result<Self, BadLimit> {
        if amount == 0 || amount > Self::MOST {
            return Err(BadLimit::Amount);
        }
        Ok(Self { amount, clock })
    }

    #[must_use]
    pub const fn amount(self) -> u32 {
        self.amount
    }

    #[must_use]
    pub const fn clock(self) -> Clock {
        self.clock
    }
}

/// Why a text is not a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadLimit {
    /// "3 days": which days?
    ClockMissing,
    Amount,
    Unreadable,
}

impl FromStr for Limit {
    type Err = BadLimit;

    fn from_str(text: &str) -> Result<Self, BadLimit> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (amount, clock) = match words.as_slice() {
            [amount, "urgent", "hours" | "hour"] => (amount, Clock::UrgentHours),
            [amount, "working", "hours" | "hour"] => (amount, Clock::WorkingHours),
            [amount, "working", "days" | "day"] => (amount, Clock::WorkingDays),
            [amount, "calendar", "days" | "day"] => (amount, Clock::CalendarDays),
            [amount] | [amount, "hours" | "hour" | "days" | "day"] => {
                return Err(match amount.parse::<u32>() {
                    Ok(_) => BadLimit::ClockMissing,
                    Err(_) => BadLimit::Unreadable,
                });
            }
            _ => return Err(BadLimit::Unreadable),
        };
        Self::new(amount.parse().map_err(|_| BadLimit::Amount)?, clock)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = match self.clock {
            Clock::UrgentHours => "urgent hours",
            Clock::WorkingHours => "working hours",
            Clock::WorkingDays => "working days",
            Clock::CalendarDays => "calendar days",
        };
        write!(f, "{} {clock}", self.amount)
    }
}

impl fmt::Display for BadLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ClockMissing => "a limit without its clock",
            Self::Amount => "a limit that is not between 1 and 3650",
            Self::Unreadable => "not a limit",
        })
    }
}

impl std::error::Error for BadLimit {}

impl Serialize for Limit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

crate::text_form::deserialize_from_str!(Limit, "not a limit such as 5 working days");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_names_its_clock() {
        for (text, expected) in [
            ("2 urgent hours", Limit::new(2, Clock::UrgentHours)),
            ("1 working hour", Limit::new(1, Clock::WorkingHours)),
            ("5 working days", Limit::new(5, Clock::WorkingDays)),
            (" 10  calendar days ", Limit::new(10, Clock::CalendarDays)),
            ("3 days", Err(BadLimit::ClockMissing)),
            ("3", Err(BadLimit::ClockMissing)),
            ("4 hours", Err(BadLimit::ClockMissing)),
            ("0 working days", Err(BadLimit::Amount)),
            ("-1 working days", Err(BadLimit::Amount)),
            ("99999999999 working days", Err(BadLimit::Amount)),
            ("soon", Err(BadLimit::Unreadable)),
            ("", Err(BadLimit::Unreadable)),
        ] {
            assert_eq!(text.parse(), expected, "{text}");
        }
    }
}
