//! Which acts can be done to the picked cases at once: each case is asked as if it were open by
//! itself, and an act is offered when it fits one of them.
//!
//! Never: signals, and no rule of its own.

use domain::{access::Actor, case::Command};

use super::board_item::BoardItem;
use app_shared::{
    components::{
        icon::IconData,
        undo::{BulkAct, NotDone, WhyNot},
    },
    model::ListedCase,
    screens::case::acts::{Asked, Offer, offers},
    text::Words,
};

/// An act on many cases, by what it is for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkOffer {
    /// For the first time, or again.
    Assign,
    PassAndClose,
    Pass,
    Close,
}

impl BulkOffer {
    const ALL: [Self; 4] = [Self::Assign, Self::PassAndClose, Self::Pass, Self::Close];

    /// Those that fit at least one of the cases, with how many they fit; the main one first.
    pub fn of<'a>(
        items: impl IntoIterator<Item = &'a BoardItem> + Clone,
        actor: &Actor,
    ) -> Vec<(Self, usize)> {
        let count = |bulk: Self| {
            let fitting = items.clone().into_iter().filter(|item| bulk.fits(item, actor));
            (bulk, fitting.count())
        };
        Self::ALL.into_iter().map(count).filter(|(_, count)| *count > 0).collect()
    }

    /// What a key means for the cases: the first that fits one of them.
    pub fn asked(offered: &[(Self, usize)], asked: Asked) -> Option<Self> {
        let wanted: &[Self] = match asked {
            Asked::Assign => &[Self::Assign],
            Asked::Verify => &[Self::PassAndClose, Self::Pass, Self::Close],
            // Each wants a reason of its own.
            Asked::Rework => &[],
        };
        wanted.iter().copied().find(|bulk| offered.iter().any(|(of, _)| of == bulk))
    }

    /// The same for one case.
    const fn single(self) -> Offer {
        match self {
            Self::Assign => Offer::Assign,
            Self::PassAndClose => Offer::VerifyAndClose,
            Self::Pass => Offer::Verify,
            Self::Close => Offer::Close,
        }
    }

    fn fits(self, item: &BoardItem, actor: &Actor) -> bool {
        let offered = offers((&item.row.summary).into(), actor);
        let is_again = self == Self::Assign && offered.contains(&Offer::Reassign);
        is_again || offered.contains(&self.single())
    }

    /// Its commands where nothing has to be written; else none.
    pub fn commands(self) -> Vec<Command> {
        self.single().commands()
    }

    /// The act on those that it fits; the others are told in its account.
    pub fn act<'a>(
        self,
        items: impl IntoIterator<Item = &'a BoardItem>,
        actor: &Actor,
        commands: Vec<Command>,
    ) -> BulkAct {
        let mut act = BulkAct { cases: Vec::new(), commands, unfit: Vec::new() };
        for item in items {
            let (id, number) = (item.id(), item.row.number.clone());
            if self.fits(item, actor) {
                let revision = item.row.summary.revision;
                act.cases.push(ListedCase { id, number, revision });
            } else {
                act.unfit.push(NotDone { id, number, why: WhyNot::Unfit(item.state()) });
            }
        }
        act
    }

    pub const fn hook(self) -> &'static str {
        match self {
            Self::Assign => "bulk-assign",
            Self::PassAndClose => "bulk-verify-close",
            Self::Pass => "bulk-verify-pass",
            Self::Close => "bulk-close",
        }
    }

    pub const fn icon(self) -> IconData {
        self.single().icon()
    }

    pub fn word(self, words: Words) -> &'static str {
        self.single().word(words)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{Lang, access::Role, case::CaseState};

    use super::*;
    use crate::screens::board::test_cases::{NOON_MS, TestCase};

    fn actor(role: Role) -> Actor {
        Actor { user: "li".into(), name: "某人".into(), role, unit: None, person: None }
    }

    fn item(id: u8, case: TestCase) -> BoardItem {
        let row = Arc::new(case.id(id).number(&id.to_string()).row());
        BoardItem::new(row, None, Words::of(Lang::Hans))
    }

    /// One of each state.
    fn mixed() -> Vec<BoardItem> {
        vec![
            item(1, TestCase::in_tray()),
            item(2, TestCase::assigned()),
            item(3, TestCase::assigned().claimed()),
            item(4, TestCase::assigned().rectified()),
            item(5, TestCase::assigned().rectified()),
            item(6, TestCase::assigned().rectified().passed()),
            item(7, TestCase::assigned().rectified().closed(NOON_MS)),
        ]
    }

    #[test]
    fn mixed_cases_are_offered_what_fits_one_of_them_with_how_many_it_fits() {
        use BulkOffer::{Assign, Close, Pass, PassAndClose};
        let all = [1, 2, 3, 4, 5, 6, 7];
        for (role, picked, expected) in [
            (
                Role::Reviewer,
                &all[..],
                &[(Assign, 3), (PassAndClose, 2), (Pass, 2), (Close, 1)][..],
            ),
            (Role::Reviewer, &[4, 5], &[(PassAndClose, 2), (Pass, 2)]),
            (Role::Reviewer, &[6, 7], &[(Close, 1)]),
            (Role::Reviewer, &[1], &[(Assign, 1)]),
            (Role::Reviewer, &[7], &[]),
            (Role::Reviewer, &[], &[]),
            // May check on the spot, but not close.
            (Role::Inspector, &all, &[(Pass, 2)]),
            (Role::Discipline, &all, &[]),
            (Role::City, &all, &[]),
        ] {
            let mixed = mixed();
            let items: Vec<&BoardItem> =
                picked.iter().map(|number: &usize| &mixed[number - 1]).collect();
            let offered = BulkOffer::of(items, &actor(role));
            assert_eq!(offered, expected, "{role:?} {picked:?}");
        }
    }

    #[test]
    fn act_has_the_cases_that_it_fits_as_they_were_seen_and_names_the_others() {
        let mixed = mixed();
        let act = BulkOffer::Close.act(&mixed, &actor(Role::Reviewer), BulkOffer::Close.commands());
        let passed = &mixed[5].row.summary;
        let listed = ListedCase { id: passed.id, number: "6".into(), revision: passed.revision };
        assert_eq!(act.cases, [listed]);
        assert_eq!(act.commands, [Command::Close { note: String::new() }]);
        let unfit: Vec<_> = act.unfit.iter().map(|it| (it.number.as_str(), &it.why)).collect();
        assert_eq!(unfit.len(), 6);
        assert_eq!(unfit[0], ("1", &WhyNot::Unfit(CaseState::Unassigned)));
    }

    #[test]
    fn keys_mean_the_main_act_that_fits_and_nothing_where_each_case_wants_a_reason() {
        use BulkOffer::{Assign, Close, Pass, PassAndClose};
        for (offered, asked, expected) in [
            (&[(Assign, 1), (Close, 2)][..], Asked::Assign, Some(Assign)),
            (&[(PassAndClose, 1), (Pass, 1), (Close, 1)], Asked::Verify, Some(PassAndClose)),
            (&[(Pass, 1)], Asked::Verify, Some(Pass)),
            (&[(Close, 1)], Asked::Verify, Some(Close)),
            (&[(Close, 1)], Asked::Assign, None),
            (&[(PassAndClose, 1)], Asked::Rework, None),
        ] {
            assert_eq!(BulkOffer::asked(offered, asked), expected, "{offered:?} {asked:?}");
        }
    }
}
