//! What is usual before anybody reported anything here: by the district's frequency and
//! the kind of place.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::Category;
use crate::{CategoryCode, place::PointKind};

/// How much likelier a category is at a kind of point where it is usual.
const AT_ITS_PLACE: u64 = 10;

/// Categories in force on `day`, the most usual first; equally usual ones in the catalogue's
/// order, which is all there is where a pack says nothing of frequencies. `kind` is that of
/// the point, where there is one.
#[must_use]
pub fn usual(categories: &[Category], kind: Option<PointKind>, day: Date) -> Vec<CategoryCode> {
    let mut in_force: Vec<&Category> =
        categories.iter().filter(|category| category.force.on(day)).collect();
    in_force.sort_by_key(|category| Reverse(weight(category, kind)));
    in_force.into_iter().map(|category| category.code.clone()).collect()
}

fn weight(category: &Category, kind: Option<PointKind>) -> u64 {
    let frequency = u64::from(category.frequency);
    if kind.is_some_and(|kind| category.usual_at.contains(&kind)) {
        // Where a pack names places and no frequency, the place alone speaks.
        frequency.max(1).saturating_mul(AT_ITS_PLACE)
    } else {
        frequency
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        Names,
        catalogue::{CategoryKind, InForce},
    };

    fn category(code: &str, frequency: u32, usual_at: &[PointKind]) -> Category {
        Category {
            code: code.into(),
            kind: CategoryKind::Event,
            class: "E".into(),
            class_names: Names::default(),
            names: Names::default(),
            evidence: Names::default(),
            words: Vec::new(),
            frequency,
            usual_at: usual_at.to_vec(),
            force: InForce::default(),
            conditions: Vec::new(),
        }
    }

    fn check(categories: &[Category], kind: Option<PointKind>, expected: &[&str]) {
        let usual = usual(categories, kind, date(2026, 11, 23));
        let usual: Vec<&str> = usual.iter().map(CategoryCode::as_str).collect();
        assert_eq!(usual, expected, "{kind:?}");
    }

    #[test]
    fn frequent_categories_come_first_and_at_a_kind_of_point_those_of_that_kind() {
        let mut ended = category("ended", 99, &[PointKind::Market]);
        ended.force.until = Some(date(2026, 1, 1));
        let categories = [
            category("rare", 1, &[]),
            category("dust", 2, &[PointKind::ConstructionSite]),
            ended,
            category("litter", 15, &[]),
            category("stall", 9, &[PointKind::Market, PointKind::School]),
        ];
        check(&categories, None, &["litter", "stall", "dust", "rare"]);
        check(&categories, Some(PointKind::Square), &["litter", "stall", "dust", "rare"]);
        check(&categories, Some(PointKind::School), &["stall", "litter", "dust", "rare"]);
        let site = Some(PointKind::ConstructionSite);
        check(&categories, site, &["dust", "litter", "stall", "rare"]);
    }

    #[test]
    fn catalogue_without_frequencies_keeps_its_order_but_for_what_belongs_to_the_place() {
        let categories =
            [category("a", 0, &[]), category("b", 0, &[PointKind::Market]), category("c", 0, &[])];
        check(&categories, None, &["a", "b", "c"]);
        check(&categories, Some(PointKind::Market), &["b", "a", "c"]);
    }
}
