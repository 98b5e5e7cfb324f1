//! What can be read from a [`Node`], and the plain types.

use jiff::civil::Date;

use super::{Bad, Node};

/// Read from a parsed document.
pub trait Read: Sized {
    /// # Errors
    /// When the node is not of this type.
    fn read(node: &Node<'_>) -> Result<Self, Bad>;

    /// From an object that holds fields of others, too.
    ///
    /// # Errors
    /// When it is not there.
    fn read_flat(node: &Node<'_>) -> Result<Self, Bad> {
        Self::read(node)
    }

    /// What it is where its field is missing; `None` when it must be there.
    #[must_use]
    fn missing() -> Option<Self> {
        None
    }
}

/// `Read` and `Deserialize` of a type that is written as a text.
macro_rules! read_as_text {
    ($name:ty, $why:literal) => {
        impl $crate::json::Read for $name {
            fn read(node: &$crate::json::Node<'_>) -> Result<Self, $crate::json::Bad> {
                node.text()?.parse().map_err(|_| $crate::json::Bad::new($why))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use read_as_text;

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl Read for $integer {
            fn read(node: &Node<'_>) -> Result<Self, Bad> {
                node.integer()?.try_into().map_err(|_| Bad::INTEGER)
            }
        }
    )*};
}
integers!(i16, i32, u16, u32);

impl Read for i64 {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        node.integer()
    }
}

impl Read for u64 {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        match node {
            Node::Large(value) => Ok(*value),
            node => node.integer()?.try_into().map_err(|_| Bad::INTEGER),
        }
    }
}

impl Read for bool {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        match node {
            Node::Bool(value) => Ok(*value),
            _ => Err(Bad::BOOL),
        }
    }
}

impl Read for String {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        node.text().map(Into::into)
    }
}

impl Read for Box<str> {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        node.text().map(Into::into)
    }
}

impl Read for uuid::Uuid {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        Self::try_parse(node.text()?).map_err(|_| Bad::new("not a UUID"))
    }
}

impl Read for Date {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        day(node.text()?).ok_or(Bad::new("not a day such as 2026-11-26"))
    }
}

/// As days are written: `2026-11-26`, and beyond the four digits with sign and six.
fn day(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(if text.starts_with(['+', '-']) { 7 } else { 4 })?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    let is_exact = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = is_exact(month) && is_exact(day);
    let date = || Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    if is_plain { date() } else { None }
}

impl<T: Read> Read for Option<T> {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        match node {
            Node::Null => Ok(None),
            node => T::read(node).map(Some),
        }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        T::read(node).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        let list = node.list()?;
        let mut read = Self::with_capacity(list.len());
        for node in list {
            read.push(T::read(node)?);
        }
        Ok(read)
    }
}

impl<T: Read> Read for [T; 2] {
    fn read(node: &Node<'_>) -> Result<Self, Bad> {
        match node.list()? {
            [first, second] => Ok([T::read(first)?, T::read(second)?]),
            _ => Err(Bad::LIST),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_a_day_is_refused() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-1-26",
            "2026-02-29",
            "2026-13-01",
            "+026-11-26",
            "26-11-26",
            "2026-11-26T10:00",
            "2026-11-+6",
            "20261126",
            "二〇二六-11-26",
            "-000000-01-01x",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_read_as_it_is_written(number in -4_371_587i64..=2_932_896) {
            let date = crate::calendar::date_of(number);
            prop_assert_eq!(day(&date.to_string()), Some(date));
        }
    }
}
