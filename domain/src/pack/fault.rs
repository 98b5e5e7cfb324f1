//! Faults of a pack: which file, which line, what is wrong. The sentences are in
//! [`say`](super::say).
//!
//! Never: decides how bad. Every fault keeps a pack from being published.

use crate::duty::Tier;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the file inside the folder.
    pub file: Box<str>,
    /// Counted from 1; `None` when the file as a whole is meant.
    pub line: Option<u32>,
    pub kind: FaultKind,
}

/// All faults of a pack, at least one, in the order of files and lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    MissingFile,
    /// Most often a table saved in the spreadsheet's own encoding.
    NotUtf8,
    /// The words of the parser, in English.
    Syntax(Box<str>),
    UnsupportedFormat {
        found: Box<str>,
    },
    UnknownColumn(Box<str>),
    MissingColumn(Box<str>),
    RepeatedColumn(Box<str>),
    CellCount {
        expected: usize,
        found: usize,
    },
    UnknownKey(Box<str>),
    /// A cell, key or property that must not be empty.
    Missing {
        field: Box<str>,
    },
    BadValue {
        field: Box<str>,
        value: Box<str>,
        wanted: Wanted,
    },
    LimitWithoutClock {
        value: Box<str>,
    },
    Duplicate {
        what: Thing,
        code: Box<str>,
        first: u32,
    },
    UnknownReference {
        what: Thing,
        code: Box<str>,
        field: Box<str>,
    },
    Shape(ShapeFault),
    /// The last day lies before the first.
    NeverInForce,
    HoursOverlap {
        first: Box<str>,
        second: Box<str>,
    },
    WorkPastMidnight {
        hours: Box<str>,
    },
    /// A zone that lies in itself, by way of its parents.
    ParentCycle {
        zone: Box<str>,
    },
    ParentLevel {
        zone: Box<str>,
        parent: Box<str>,
    },
    AreasOverlap {
        zone: Box<str>,
        other: Box<str>,
        square_metres: u64,
    },
    NoStreetOffice {
        zone: Box<str>,
    },
    UnitLacksRole {
        unit: Box<str>,
        role: &'static str,
    },
    PersonWithoutUnit {
        person: Box<str>,
    },
    WardenMissing {
        section: Box<str>,
        kind: &'static str,
    },
    /// Days between two terms on which nobody is named.
    Gap {
        what: Box<str>,
        after: Box<str>,
        before: Box<str>,
    },
    /// Two rows of one place or object are in force on the same day.
    TwoAtOnce {
        what: Box<str>,
        first: u32,
    },
    CategoryWithoutCondition {
        category: Box<str>,
    },
    ClassAndCategories,
    ConditionsNeedOneCategory,
    TierNotCitation {
        tier: Tier,
        citation: Box<str>,
        kind: Tier,
    },
    OutlivesCitation {
        citation: Box<str>,
    },
    Tie {
        rule: Box<str>,
        other: Box<str>,
        line: u32,
    },
    Shadowed {
        rule: Box<str>,
        by: Box<str>,
        line: u32,
    },
}

/// What stands under a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    Zone,
    Section,
    Point,
    Stall,
    Unit,
    Person,
    Category,
    Class,
    Condition,
    Citation,
    Rule,
    Warden,
    Day,
}

/// What a value should have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Code,
    Text,
    List,
    Table,
    YesOrNo,
    Whole { least: u32, most: u32 },
    Date,
    Hours,
    Limit,
    Offset,
    Lead,
    OneOf(Vec<&'static str>),
}

/// What is wrong with a geometry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShapeFault {
    NotAFeature,
    Kind { found: Box<str>, wanted: &'static str },
    OffGlobe { position: Box<str> },
    RingShort,
    RingOpen,
    RingCrosses { near: Box<str> },
    LineShort,
}

impl Faults {
    /// In the order of files and lines; `None` when there is no fault.
    #[must_use]
    pub fn new(mut faults: Vec<Fault>) -> Option<Self> {
        faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        (!faults.is_empty()).then_some(Self(faults))
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }

    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
