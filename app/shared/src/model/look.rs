//! Questions the screens ask of what is on this phone.

use std::sync::Arc;

use domain::{
    CaseId, CategoryCode, ConditionCode, District,
    access::Act,
    catalogue::{self, Now, Seen},
    duty::{Facts, Routing, assign},
    place::{GeoPoint, Place},
    search::FoundPlace,
};
use jiff::civil::Date;
use leptos::prelude::*;

use super::{CaseEntry, Draft, Model};
use crate::device::clock;

/// Chips under the first photo.
const GUESSES: usize = 3;

impl Model {
    /// Where the draft goes, because of what, due when, and whether a stall is
    /// permitted there now. `None` until a category is chosen and the pack is here.
    pub fn preview(&self, draft: &Draft) -> Option<Routing> {
        self.district.track();
        self.now.track();
        self.preview_now(draft)
    }

    /// Where the draft's photos were taken, or the phone is while it has none.
    pub fn place_here(&self, draft: &Draft) -> Option<Place> {
        let district = self.district.get()?;
        let position = draft.position_or(self.position.get());
        let now = self.device_now();
        Some(district.place_of(position, draft.photographed(), now, &draft.chosen))
    }

    /// Up to three types, from what is near, what is recent and the hour.
    pub fn guesses(&self, draft: &Draft) -> Vec<CategoryCode> {
        let Some(district) = self.district.get() else { return Vec::new() };
        let position = draft.position_or(self.position.get_untracked());
        let photographed = draft.photographed();
        let place = district.place_of(position, photographed, clock::now(), &draft.chosen);
        let now = self.inner.estimate();
        let day = self.today(&district);
        let is_in_force = |code: &CategoryCode| {
            district.category(code).is_some_and(|category| category.force.on(day))
        };
        let user = self
            .profile
            .with_untracked(|profile| profile.as_ref().map(|profile| profile.actor.user.clone()));
        let known = self.summaries.get_untracked();
        let seen: Vec<Seen> = known
            .iter()
            .filter(|case| is_in_force(&case.category))
            .map(|case| Seen {
                category: case.category.clone(),
                place: case.place.outline(),
                at: case.captured_at,
                is_own: case.reporter.is_some() && case.reporter == user,
            })
            .collect();
        let point = place.point.as_ref().and_then(|code| district.point(code));
        let kind = point.map(|point| point.kind);
        let usual = catalogue::usual(&district.pack().categories, kind, day);
        let utc_offset_minutes = district.pack().utc_offset_minutes;
        let now = Now { place: &place, at: now, utc_offset_minutes };
        catalogue::guess(&seen, now, &usual, GUESSES)
    }

    /// Types by pinyin, its initials, Chinese or English; the best first. Everything
    /// in force, in the catalogue's order, when `text` is empty.
    pub fn search_types(&self, text: &str) -> Vec<CategoryCode> {
        let Some(district) = self.district.get() else { return Vec::new() };
        let day = self.today(&district);
        district.search_categories(text, day)
    }

    /// Sections, points and zones by name or pinyin; the best first, equally good ones the
    /// nearest first. All of them when `text` is empty.
    pub fn search_places(&self, text: &str, near: Option<GeoPoint>) -> Vec<FoundPlace> {
        let Some(district) = self.district.get() else { return Vec::new() };
        district.search_places(text, near)
    }

    /// One case, as it changes; `None` while it is unknown here.
    pub fn case(&self, id: CaseId) -> Memo<Option<Arc<CaseEntry>>> {
        let cases = self.cases;
        Memo::new(move |_| cases.with(|cases| cases.get(&id).cloned()))
    }

    /// Whether this person's role has this act.
    pub fn may(&self, act: Act) -> bool {
        self.profile
            .with(|profile| profile.as_ref().is_some_and(|profile| profile.actor.role.may(act)))
    }

    pub(super) fn preview_now(&self, draft: &Draft) -> Option<Routing> {
        let district = self.district.get_untracked()?;
        let now = self.inner.estimate();
        let captured = draft.photos.first().map(|photo| photo.shot.taken.estimate());
        let facts = Facts {
            category: draft.category.clone()?,
            condition: self.condition_now(draft)?,
            place: draft.place(&district, clock::now()),
            captured: captured.unwrap_or(now),
            now,
        };
        Some(assign(&district, &facts))
    }

    /// The condition that the draft is filed under: the one chosen, or the category's first that
    /// is in force. `None` until a category is chosen and the pack is here.
    pub fn condition(&self, draft: &Draft) -> Option<ConditionCode> {
        self.district.track();
        self.condition_now(draft)
    }

    /// The day at the district, by the best estimate of the server's time.
    pub fn today(&self, district: &District) -> Date {
        district.calendar().local(self.inner.estimate()).date()
    }

    pub(super) fn condition_now(&self, draft: &Draft) -> Option<ConditionCode> {
        let district = self.district.get_untracked()?;
        let category = district.category(draft.category.as_ref()?)?;
        let day = self.today(&district);
        Some(category.condition_on(day, draft.condition.as_ref())?.code.clone())
    }
}
