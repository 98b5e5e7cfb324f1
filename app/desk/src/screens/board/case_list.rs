//! The list of the chosen queue, as the server gives it: page after page, asked again while it is
//! shown.
//!
//! Never: more rows than were scrolled to.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    CaseId,
    summary::{CaseQuery, CaseRow, Cursor, Queue},
};
use leptos::prelude::*;

use super::queue;
use app_shared::model::{AppError, Model};

/// Rows of one call.
const PAGE: u32 = 100;
/// Of a list that was scrolled far, so many rows are kept up to date.
const MAX_REFRESHED: usize = 400;
/// On paper.
const MAX_PRINTED: usize = 2_000;

/// Rows from the first on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    pub rows: Vec<Arc<CaseRow>>,
    /// Where the rows after these begin; `None` when these are all.
    pub next: Option<Cursor>,
}

/// Answers to the question of this moment and, for who comes back to it, to each queue.
#[derive(Clone, Copy)]
pub struct CaseList {
    model: Model,
    question: Memo<CaseQuery>,
    queues: RwSignal<BTreeMap<Queue, Answer>>,
    /// To a question that names more than a queue.
    chosen: RwSignal<Option<(CaseQuery, Answer)>>,
    is_loading_more: StoredValue<bool>,
}

impl CaseList {
    /// Keeps asking for as long as the caller's owner lives.
    pub fn keep(question: Memo<CaseQuery>, queues: RwSignal<BTreeMap<Queue, Answer>>) -> Self {
        let list = Self {
            model: Model::here(),
            question,
            queues,
            chosen: RwSignal::new(None),
            is_loading_more: StoredValue::new(false),
        };
        list.model.keep_asking(question, move |question: CaseQuery| async move {
            let rows = list.answer_to(&question).map_or(0, |known| known.rows.len());
            let rows = rows.min(MAX_REFRESHED);
            // Not answered: what was shown stays, and the message above it says since when.
            if let Ok(first) = list.ask(&question, None, rows).await {
                // Scrolled on meanwhile: those rows stay.
                let known = list.answer_to(&question).unwrap_or_default();
                list.take(question, renewed(known, first));
            }
        });
        list
    }

    /// `None` until the server has answered.
    pub fn answer(&self) -> Option<Answer> {
        self.queues.track();
        self.chosen.track();
        self.answer_to(&self.question.get())
    }

    /// The rows after those that are here.
    pub fn load_more(self) {
        let question = self.question.get_untracked();
        let Some(known) = self.answer_to(&question) else { return };
        if known.next.is_none() || self.is_loading_more.get_value() {
            return;
        }
        self.is_loading_more.set_value(true);
        leptos::task::spawn_local(async move {
            let more = self.ask(&question, known.next, 0).await;
            let _unless_nobody_looks = self.is_loading_more.try_set_value(false);
            let (Ok(more), Some(now)) = (more, self.answer_to(&question)) else { return };
            if now.next == known.next {
                self.take(question, continued(now, more));
            } else if self.question.try_get_untracked().is_some() {
                // Asked anew meanwhile: these are not the next rows any more.
                self.load_more();
            }
        });
    }

    /// All rows, or as many as anybody prints.
    pub async fn load_all(self) {
        let question = self.question.get_untracked();
        let all = self.ask(&question, None, MAX_PRINTED).await;
        if let Ok(all) = all
            && self.question.try_get_untracked().as_ref() == Some(&question)
        {
            self.take(question, all);
        }
    }

    /// At least `rows` of them where there are so many, and at least a page.
    async fn ask(
        &self,
        question: &CaseQuery,
        mut cursor: Option<Cursor>,
        rows: usize,
    ) -> Result<Answer, AppError> {
        let mut answer = Answer::default();
        loop {
            let query = CaseQuery { cursor, limit: Some(PAGE), ..question.clone() };
            let page = self.model.case_page(&query).await?;
            answer = continued(
                answer,
                Answer { rows: page.cases.into_iter().map(Arc::new).collect(), next: page.next },
            );
            cursor = page.next;
            if cursor.is_none() || answer.rows.len() >= rows {
                return Ok(answer);
            }
        }
    }

    fn answer_to(&self, question: &CaseQuery) -> Option<Answer> {
        if let Some(queue) = whole_queue(question) {
            return self.queues.try_with_untracked(|all| all.get(&queue).cloned())?;
        }
        let chosen = self.chosen.try_get_untracked().flatten();
        chosen.filter(|(asked, _)| asked == question).map(|(_, answer)| answer)
    }

    fn take(&self, question: CaseQuery, answer: Answer) {
        if let Some(queue) = whole_queue(&question) {
            let _unless_nobody_looks = self.queues.try_update(|all| {
                all.insert(queue, answer);
            });
        } else if self.question.try_get_untracked().as_ref() == Some(&question) {
            let _unless_nobody_looks = self.chosen.try_set(Some((question, answer)));
        }
    }
}

/// The queue, when nothing else is asked for.
fn whole_queue(question: &CaseQuery) -> Option<Queue> {
    let queue = question.queue?;
    (*question == queue::whole(queue)).then_some(queue)
}

/// `known` with what comes after it; a case that moved down meanwhile stands once.
fn continued(known: Answer, more: Answer) -> Answer {
    let is_new = |row: &Arc<CaseRow>| !known.rows.iter().any(|it| id(it) == id(row));
    let more_rows: Vec<_> = more.rows.into_iter().filter(is_new).collect();
    Answer { rows: known.rows.into_iter().chain(more_rows).collect(), next: more.next }
}

/// `known` with its first rows as they are now. Those further down stay as they were.
fn renewed(known: Answer, first: Answer) -> Answer {
    let (Some(next), true) = (first.next, known.rows.len() > first.rows.len()) else {
        return first;
    };
    let after = known.rows.iter().position(|row| id(row) == next.id);
    let Some(after) = after else { return first };
    let further = known.rows.into_iter().skip(after.saturating_add(1)).collect();
    continued(first, Answer { rows: further, next: known.next })
}

fn id(row: &CaseRow) -> CaseId {
    row.summary.id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::board::test_cases::TestCase;

    fn answer(ids: &[u8], has_more: bool) -> Answer {
        let rows: Vec<_> =
            ids.iter().map(|id| Arc::new(TestCase::assigned().id(*id).row())).collect();
        let last = rows.last().filter(|_| has_more);
        let next = last.map(|last| Cursor::of(&last.summary, queue::sort(Queue::Open)));
        Answer { rows, next }
    }

    #[test]
    fn further_rows_follow_the_known_ones_and_each_case_stands_once() {
        let all = continued(answer(&[9, 8], true), answer(&[8, 7], false));
        assert_eq!(all, answer(&[9, 8, 7], false));
    }

    #[test]
    fn renewed_list_has_its_first_rows_anew_and_keeps_those_further_down() {
        let known = answer(&[9, 8, 7, 6, 5], true);
        for (first, expected) in [
            // One arrived, and the first page ends in the middle of what is known.
            (answer(&[10, 9, 8], true), answer(&[10, 9, 8, 7, 6, 5], true)),
            // One has left.
            (answer(&[9, 7, 6], true), answer(&[9, 7, 6, 5], true)),
            // All of it.
            (answer(&[9, 8], false), answer(&[9, 8], false)),
            // Nothing of it is known any more.
            (answer(&[14, 13, 12], true), answer(&[14, 13, 12], true)),
        ] {
            assert_eq!(renewed(known.clone(), first), expected);
        }
    }
}
