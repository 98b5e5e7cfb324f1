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
}
