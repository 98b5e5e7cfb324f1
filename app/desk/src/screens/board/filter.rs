//! Which cases of a queue are looked at: those of a unit, an area, a category, a source, a period.
//!
//! Never: signals.

use domain::{
    CategoryCode, District, UnitCode, ZoneCode,
    case::Source,
    summary::{CaseQuery, Moment},
};

use app_shared::{components::case_text, text::Words};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// All that is named must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardFilter {
    pub unit: Option<UnitCode>,
    pub zone: Option<ZoneCode>,
    pub category: Option<CategoryCode>,
    pub source: Option<Source>,
    pub period: Option<Period>,
}

/// When a case was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Today,
    SevenDays,
    ThirtyDays,
}

/// One thing that a filter names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterPart {
    Unit,
    Zone,
    Category,
    Source,
    Period,
}

impl Period {
    pub const ALL: [Self; 3] = [Self::Today, Self::SevenDays, Self::ThirtyDays];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::SevenDays => "7_days",
            Self::ThirtyDays => "30_days",
        }
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::Today => words.reported_today(),
            Self::SevenDays => words.reported_in_seven_days(),
            Self::ThirtyDays => words.reported_in_thirty_days(),
        }
    }

    /// Days before today that belong to it.
    const fn days_before(self) -> i64 {
        match self {
            Self::Today => 0,
            Self::SevenDays => 6,
            Self::ThirtyDays => 29,
        }
    }
}

impl BoardFilter {
    /// Narrows what is asked for. Days are those of the district, which are not known before its
    /// pack is here.
    pub fn narrow(&self, query: CaseQuery, moment: Option<Moment>) -> CaseQuery {
        let first_day = |period: Period| {
            moment.map(|moment| moment.today.plus_millis(-DAY_MS * period.days_before()))
        };
        CaseQuery {
            unit: self.unit.clone(),
            zone: self.zone.clone(),
            category: self.category.clone(),
            source: self.source,
            from: self.period.and_then(first_day),
            ..query
        }
    }

    /// What it names, in words.
    pub fn parts(&self, district: Option<&District>, words: Words) -> Vec<(FilterPart, String)> {
        let unit = self.unit.as_ref().map(|code| {
            let unit = district.and_then(|district| district.unit(code));
            unit.map_or(code.as_str(), |unit| unit.names.get(words.lang)).to_owned()
        });
        let zone = self.zone.as_ref().map(|code| {
            let zone = district.and_then(|district| district.zone(code));
            zone.map_or(code.as_str(), |zone| zone.names.get(words.lang)).to_owned()
        });
        let category = self.category.as_ref();
        let category = category.map(|code| case_text::category_name(code, district, words));
        let source = self.source.map(|source| words.source_of(source).to_owned());
        let period = self.period.map(|period| period.word(words).to_owned());
        [
            (FilterPart::Unit, unit),
            (FilterPart::Zone, zone),
            (FilterPart::Category, category),
            (FilterPart::Source, source),
            (FilterPart::Period, period),
        ]
        .into_iter()
        .filter_map(|(part, text)| Some((part, text?)))
        .collect()
    }

    #[must_use]
    pub fn without(self, part: FilterPart) -> Self {
        match part {
            FilterPart::Unit => Self { unit: None, ..self },
            FilterPart::Zone => Self { zone: None, ..self },
            FilterPart::Category => Self { category: None, ..self },
            FilterPart::Source => Self { source: None, ..self },
            FilterPart::Period => Self { period: None, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{Lang, Timestamp, summary::Queue};

    use super::*;
    use crate::screens::board::{
        queue,
        test_cases::{NOON_MS, TestCase, district},
    };

    fn all() -> BoardFilter {
        BoardFilter {
            unit: Some("cgj".into()),
            zone: Some("east".into()),
            category: Some("0402".into()),
            source: Some(Source::Patrol),
            period: Some(Period::Today),
        }
    }

    fn moment(now_ms: i64) -> Moment {
        Moment::of(district().calendar(), Timestamp::from_millis(now_ms))
    }

    #[test]
    fn filter_keeps_the_cases_that_have_all_it_names() {
        let case = TestCase::assigned().row().summary;
        let noon = moment(NOON_MS);
        let is_kept = |filter: BoardFilter, moment: Moment| {
            filter.narrow(queue::whole(Queue::Open), Some(moment)).matches_but_for_q(&case, moment)
        };
        assert!(is_kept(BoardFilter::default(), noon));
        assert!(is_kept(all(), noon));
        for other in [
            BoardFilter { unit: Some("hws".into()), ..all() },
            BoardFilter { zone: Some("west".into()), ..all() },
            BoardFilter { category: Some("0401".into()), ..all() },
            BoardFilter { source: Some(Source::Public), ..all() },
        ] {
            assert!(!is_kept(other.clone(), noon), "{other:?}");
        }
        // Reported at seven in the morning of the first day.
        for (period, days_later, expected) in [
            (Period::Today, 0, true),
            (Period::Today, 1, false),
            (Period::SevenDays, 6, true),
            (Period::SevenDays, 7, false),
            (Period::ThirtyDays, 29, true),
            (Period::ThirtyDays, 30, false),
        ] {
            let filter = BoardFilter { period: Some(period), ..BoardFilter::default() };
            let later = moment(NOON_MS + days_later * DAY_MS);
            assert_eq!(is_kept(filter, later), expected, "{period:?} {days_later}");
        }
    }

    #[test]
    fn each_part_has_words_and_can_be_taken_away() {
        let district = district();
        for lang in Lang::ALL {
            let words = Words::of(lang);
            let parts = all().parts(Some(&district), words);
            assert_eq!(parts.len(), 5);
            assert!(parts.iter().all(|(_, text)| !text.is_empty()), "{parts:?}");
            for (part, _) in &parts {
                let left = all().without(*part).parts(Some(&district), words);
                assert_eq!(left.len(), 4);
                assert!(left.iter().all(|(other, _)| other != part));
            }
        }
        let parts = all().parts(Some(&district), Words::of(Lang::En));
        let texts: Vec<_> = parts.into_iter().map(|(_, text)| text).collect();
        assert_eq!(
            texts,
            [
                "Urban Management",
                "East zone",
                "Stalls blocking the way",
                "Patrol",
                "Reported today"
            ]
        );
    }
}
