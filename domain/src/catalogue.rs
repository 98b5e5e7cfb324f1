//! The catalogue (事件部件目录): what kinds of violation there are, when one is
//! filed, when it may be closed and within which limit. Its structure is that of
//! GB/T 30428.2: classes (大类), categories (小类), filing conditions (立案条件).
//!
//! Never: who is responsible; that is [`duty`](crate::duty).

mod guess;
mod usual;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{CategoryCode, ConditionCode, Names, calendar::Limit, place::PointKind};

pub use guess::{Now, Seen, guess};
pub use usual::usual;

/// Whether a category is about something that happens or about an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CategoryKind {
    /// 事件
    Event,
    /// 部件
    Part,
}

/// A category (小类) with its conditions, in the order of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Category {
    pub code: CategoryCode,
    pub kind: CategoryKind,
    /// The class (大类) it belongs to.
    pub class: Box<str>,
    pub class_names: Names,
    pub names: Names,
    /// What the photo must show, and why it is demanded (采集要求).
    pub evidence: Names,
    /// Everyday words of any language by which a search finds it besides its names, lower
    /// case. Pinyin is made by [`search`](crate::search).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// How often it is usually reported in this district, in comparison with the others.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub frequency: u32,
    /// Kinds of points at which it is usual.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub usual_at: Vec<PointKind>,
    pub force: InForce,
    pub conditions: Vec<Condition>,
}

/// A filing condition with what closes it and within which limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Condition {
    pub code: ConditionCode,
    pub filing: Names,
    pub closing: Names,
    pub limit: Limit,
    pub force: InForce,
}

/// The first and last day on which something is in force; open where `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InForce {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub until: Option<Date>,
}

impl InForce {
    #[must_use]
    pub fn on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde wants")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Category {
    #[must_use]
    pub fn condition(&self, code: &ConditionCode) -> Option<&Condition> {
        self.conditions.iter().find(|condition| condition.code == *code)
    }

    /// Those under which it can be filed on that day, in the order of the catalogue; all of them
    /// where none is in force.
    #[must_use]
    pub fn conditions_on(&self, day: Date) -> Vec<&Condition> {
        let in_force: Vec<_> = self.conditions.iter().filter(|it| it.force.on(day)).collect();
        if in_force.is_empty() { self.conditions.iter().collect() } else { in_force }
    }

    /// The one it is filed under on that day: the one chosen, else the first.
    #[must_use]
    pub fn condition_on(&self, day: Date, chosen: Option<&ConditionCode>) -> Option<&Condition> {
        let chosen = chosen.and_then(|code| self.condition(code));
        chosen.or_else(|| self.conditions_on(day).first().copied())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::Clock;

    fn category(conditions: &[(&str, InForce)]) -> Category {
        let condition = |(code, force): &(&str, InForce)| Condition {
            code: ConditionCode::new(code),
            filing: Names::default(),
            closing: Names::default(),
            limit: Limit::new(1, Clock::CalendarDays).expect("an amount within bounds"),
            force: *force,
        };
        Category {
            code: CategoryCode::new("0401"),
            kind: CategoryKind::Event,
            class: "04".into(),
            class_names: Names::default(),
            names: Names::default(),
            evidence: Names::default(),
            words: Vec::new(),
            frequency: 0,
            usual_at: Vec::new(),
            force: InForce::default(),
            conditions: conditions.iter().map(condition).collect(),
        }
    }

    #[test]
    fn report_is_filed_under_the_chosen_condition_else_the_first_in_force() {
        let day = date(2026, 11, 23);
        let ended = InForce { until: Some(date(2026, 1, 1)), ..InForce::default() };
        let (open, all) = (InForce::default(), ["1", "2", "3"]);
        for (forces, chosen, offered, filed) in [
            ([open, open, open], None, &all[..], Some("1")),
            ([open, open, open], Some("2"), &all, Some("2")),
            ([open, open, open], Some("9"), &all, Some("1")),
            ([ended, open, open], None, &["2", "3"], Some("2")),
            ([ended, ended, ended], None, &all, Some("1")),
        ] {
            let conditions: Vec<_> = all.into_iter().zip(forces).collect();
            let category = category(&conditions);
            let chosen = chosen.map(ConditionCode::new);
            let codes: Vec<_> =
                category.conditions_on(day).into_iter().map(|it| it.code.as_str()).collect();
            assert_eq!(codes, offered, "{forces:?}");
            let found = category.condition_on(day, chosen.as_ref()).map(|it| it.code.as_str());
            assert_eq!(found, filed, "{forces:?} {chosen:?}");
        }
        assert_eq!(category(&[]).condition_on(day, None), None);
    }
}
