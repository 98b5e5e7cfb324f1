//! Headquarters' order as it is written: which units it can go to, and what it still lacks.
//!
//! Never: signals. The form hands in what was typed.

use domain::{
    PersonCode, UnitCode,
    calendar::{Clock, Limit},
    case::OrderTo,
    duty::Unit,
    pack::DistrictPack,
};

use crate::text::Words;

/// The clocks of a limit with the values of their options.
pub const CLOCKS: [(Clock, &str); 4] = [
    (Clock::WorkingHours, "working_hours"),
    (Clock::WorkingDays, "working_days"),
    (Clock::UrgentHours, "urgent_hours"),
    (Clock::CalendarDays, "calendar_days"),
];

/// What the fields of the form hold.
#[derive(Clone, Debug, Default)]
pub struct WrittenOrder {
    pub unit: String,
    pub person: String,
    pub amount: String,
    /// One of [`CLOCKS`], by its value.
    pub clock: String,
    pub reason: String,
}

/// The units that an order can go to, in the pack's sequence.
pub fn units_to_order(pack: &DistrictPack) -> impl Iterator<Item = &Unit> {
    pack.units.iter().filter(|unit| unit.fixes_things())
}

impl WrittenOrder {
    /// The order, or the first thing that it lacks, in words.
    pub fn read(&self, words: Words) -> Result<OrderTo, &'static str> {
        if self.unit.is_empty() {
            return Err(words.unit_needed);
        }
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(words.reason_needed);
        }
        Ok(OrderTo {
            unit: UnitCode::new(&self.unit),
            person: (!self.person.is_empty()).then(|| PersonCode::new(&self.person)),
            co_units: Vec::new(),
            limit: self.limit().map_err(|()| words.limit_bad)?,
            reason: reason.to_owned(),
        })
    }

    /// `None` where nothing is written: the limit of the condition holds.
    fn limit(&self) -> Result<Option<Limit>, ()> {
        let amount = self.amount.trim();
        if amount.is_empty() {
            return Ok(None);
        }
        let clock = CLOCKS.iter().find(|(_, value)| *value == self.clock).ok_or(())?.0;
        let amount = amount.parse::<u32>().map_err(|_| ())?;
        Limit::new(amount, clock).map(Some).map_err(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;
    use crate::case_story::pack;

    const LANGS: [Lang; 3] = [Lang::Hans, Lang::Hant, Lang::En];

    fn written() -> WrittenOrder {
        WrittenOrder {
            unit: "cgj".into(),
            clock: "working_hours".into(),
            reason: "指挥部会议第三次".into(),
            ..WrittenOrder::default()
        }
    }

    #[test]
    fn order_is_offered_the_units_that_fix_things_and_no_others() {
        let mut pack = pack();
        for (index, role) in ["discipline", "city", "leadership"].into_iter().enumerate() {
            let mut unit = pack.units[0].clone();
            unit.code = UnitCode::new(&format!("none{index}"));
            unit.roles = vec![role.into()];
            pack.units.push(unit);
        }
        let offered: Vec<_> = units_to_order(&pack).map(|unit| unit.code.as_str()).collect();
        assert_eq!(offered, ["cgj", "jjd", "mkt", "so1", "so2", "own"]);
    }

    #[test]
    fn order_without_unit_or_reason_or_with_a_bad_limit_says_what_it_lacks_in_each_language() {
        let no_unit = WrittenOrder { unit: String::new(), ..written() };
        let nothing = WrittenOrder::default();
        let no_reason = WrittenOrder { reason: " \n ".into(), ..written() };
        let limit = |amount: &str| WrittenOrder { amount: amount.into(), ..written() };
        let no_clock = WrittenOrder { clock: "fortnights".into(), ..limit("3") };
        for lang in LANGS {
            let words = Words::of(lang);
            for (written, lack) in [
                (&nothing, words.unit_needed),
                (&no_unit, words.unit_needed),
                (&no_reason, words.reason_needed),
                (&limit("soon"), words.limit_bad),
                (&limit("-1"), words.limit_bad),
                (&limit("0"), words.limit_bad),
                (&limit("99999999999"), words.limit_bad),
                (&no_clock, words.limit_bad),
            ] {
                assert_eq!(written.read(words), Err(lack), "{lang:?}: {written:?}");
            }
        }
    }

    #[test]
    fn order_holds_what_was_written_without_the_space_around_it() {
        let words = Words::of(Lang::En);
        let order = WrittenOrder {
            person: "c2".into(),
            amount: " 3 ".into(),
            clock: "working_days".into(),
            reason: "  by the third meeting\n".into(),
            ..written()
        };
        let order = order.read(words).expect("it lacks nothing");
        assert_eq!(order.unit.as_str(), "cgj");
        assert_eq!(order.person.as_ref().map(PersonCode::as_str), Some("c2"));
        assert_eq!(order.limit, Limit::new(3, Clock::WorkingDays).ok());
        assert_eq!(order.reason, "by the third meeting");
    }

    #[test]
    fn order_without_person_and_limit_leaves_both_to_the_rules() {
        let order = written().read(Words::of(Lang::En)).expect("it lacks nothing");
        assert_eq!((order.person, order.limit), (None, None));
    }
}
