//! A view that a person keeps, as a choice on the board: a queue, words, a filter.
//!
//! Never: a period. It is relative to today, and a view has moments that stand still.

use domain::{
    District,
    summary::{CaseQuery, Queue, SavedView, ViewName},
};

use super::super::{filter::BoardFilter, queue};
use app_shared::text::Words;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardView {
    pub queue: Queue,
    pub search: String,
    pub filter: BoardFilter,
}

impl BoardView {
    /// What is chosen on the board now.
    pub fn of_choice(queue: Queue, search: &str, filter: BoardFilter) -> Self {
        let search = queue::words_of(search.trim()).unwrap_or_default();
        Self { queue, search, filter }
    }

    /// `None` when it names what the board cannot narrow to.
    pub fn read(query: &CaseQuery) -> Option<Self> {
        let view = Self {
            queue: query.queue.unwrap_or(Queue::All),
            search: query.q.clone().unwrap_or_default(),
            filter: BoardFilter {
                unit: query.unit.clone(),
                zone: query.zone.clone(),
                category: query.category.clone(),
                source: query.source,
                period: None,
            },
        };
        // The board has an order of its own.
        let own_order = CaseQuery {
            queue: Some(view.queue),
            sort: queue::sort(view.queue),
            ..query.clone().without_page()
        };
        (view.query() == own_order).then_some(view)
    }

    /// What is kept.
    pub fn query(&self) -> CaseQuery {
        let words = Some(self.search.clone()).filter(|words| !words.is_empty());
        let query = CaseQuery { q: words, ..queue::whole(self.queue) };
        BoardFilter { period: None, ..self.filter.clone() }.narrow(query, None)
    }

    /// A name to begin with: what it names, as much as a name can have.
    pub fn suggested_name(&self, district: Option<&District>, words: Words) -> String {
        let filter = BoardFilter { period: None, ..self.filter.clone() };
        let parts = filter.parts(district, words).into_iter().map(|(_, text)| text);
        let search = Some(self.search.clone()).filter(|words| !words.is_empty());
        let all =
            [queue::word(self.queue, words).to_owned()].into_iter().chain(parts).chain(search);
        let name = all.collect::<Vec<_>>().join(" · ");
        name.chars().take(ViewName::MAX_CHARS).collect::<String>().trim_end().to_owned()
    }
}

/// The one that has this name.
pub fn of_name<'a>(views: &'a [SavedView], name: &str) -> Option<&'a SavedView> {
    views.iter().find(|view| view.name.as_str() == name.trim())
}

/// What a row of a list of views is known by: a view that was changed is another row.
pub fn version_of(view: &SavedView) -> String {
    format!("{view:?}")
}

/// `views` with this one, in place of what had its id; by name, as the server lists them.
pub fn with_view(mut views: Vec<SavedView>, view: SavedView) -> Vec<SavedView> {
    views.retain(|known| known.id != view.id);
    let at = views.partition_point(|known| (&known.name, known.id) < (&view.name, view.id));
    views.insert(at, view);
    views
}

#[cfg(test)]
mod tests {
    use domain::{Lang, Timestamp, ViewId, case::Source, summary::Sort};

    use super::super::super::{filter::Period, test_cases::district};
    use super::*;

    fn filter() -> BoardFilter {
        BoardFilter {
            unit: Some("cgj".into()),
            zone: Some("east".into()),
            category: Some("0402".into()),
            source: Some(Source::Patrol),
            period: None,
        }
    }

    fn saved(id: u8, name: &str) -> SavedView {
        let id = ViewId::new(Timestamp::from_millis(0), [id; 10]);
        SavedView { id, name: name.parse().unwrap(), query: CaseQuery::default() }
    }

    #[test]
    fn what_is_kept_is_chosen_again_as_it_was() {
        for queue in Queue::ALL {
            for (search, filter) in
                [("", BoardFilter::default()), ("占道 摊主", filter()), ("", filter())]
            {
                let view = BoardView::of_choice(queue, search, filter);
                assert_eq!(BoardView::read(&view.query()), Some(view));
            }
        }
    }

    #[test]
    fn period_is_not_kept_and_all_else_is() {
        let today = BoardFilter { period: Some(Period::Today), ..filter() };
        let view = BoardView::of_choice(Queue::Open, "", today);
        let read = BoardView::read(&view.query()).expect("for the board");
        assert_eq!(read.filter, filter());
    }

    #[test]
    fn view_of_another_program_is_for_the_board_when_the_board_can_narrow_to_it() {
        let at = Some(Timestamp::from_millis(1));
        for (query, is_for_board) in [
            (CaseQuery::default(), true),
            (CaseQuery { sort: Sort::Due, limit: Some(7), ..CaseQuery::default() }, true),
            (CaseQuery { q: Some("占道".into()), ..CaseQuery::default() }, true),
            (CaseQuery { from: at, ..CaseQuery::default() }, false),
            (CaseQuery { due_until: at, ..CaseQuery::default() }, false),
            (CaseQuery { person: Some("xuchanghua".into()), ..CaseQuery::default() }, false),
            (CaseQuery { section: Some("renmin".into()), ..CaseQuery::default() }, false),
        ] {
            assert_eq!(BoardView::read(&query).is_some(), is_for_board, "{query:?}");
        }
    }

    #[test]
    fn suggested_name_says_what_the_view_names_and_fits_into_a_name() {
        let district = district();
        let view = BoardView::of_choice(Queue::ToVerify, "摊主", filter());
        for lang in Lang::ALL {
            let name = view.suggested_name(Some(&district), Words::of(lang));
            assert!(name.parse::<ViewName>().is_ok(), "{name}");
        }
        let name = view.suggested_name(Some(&district), Words::of(Lang::Hans));
        assert_eq!(name, "待核查 · 城管局 · 城东片区 · 占道经营 · 日常巡查 · 摊主");
    }

    #[test]
    fn view_takes_the_place_of_its_id_and_stands_by_its_name() {
        let views = vec![saved(1, "a"), saved(2, "c")];
        assert_eq!(of_name(&views, " c ").map(|view| view.id), Some(saved(2, "c").id));
        assert_eq!(of_name(&views, "b"), None);
        for (view, expected) in [
            (saved(3, "b"), [1, 3, 2].as_slice()),
            (saved(1, "d"), &[2, 1]),
            (saved(2, "c"), &[1, 2]),
            (saved(3, "c"), &[1, 2, 3]),
        ] {
            let ids: Vec<ViewId> =
                with_view(views.clone(), view.clone()).iter().map(|view| view.id).collect();
            let expected: Vec<ViewId> = expected.iter().map(|id| saved(*id, "x").id).collect();
            assert_eq!(ids, expected, "{view:?}");
        }
    }
}
