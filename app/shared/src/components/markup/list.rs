//! A list whose rows are kept by key: a row is made once, moved where it belongs, and
//! dropped with everything it made when its key is gone.

use std::{cell::RefCell, rc::Rc};

use domain::CaseId;
use leptos::prelude::*;
use web_sys::Node;

use super::{
    mounted::Mounted,
    view::{IntoView, View},
};
use crate::ask::Ask;

/// Of a case, of a number, or of both.
pub type Key = (Option<CaseId>, usize);

pub struct Row {
    key: Key,
    make: Box<dyn FnOnce() -> View>,
}

/// The rows of `each` in its order. `row` runs once for a key: what changes in a row it
/// follows by itself.
pub fn list<T: 'static, V: IntoView>(
    each: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> Key + 'static,
    row: impl Fn(T) -> V + 'static,
) -> View {
    let row = Rc::new(row);
    View::List(Box::new(move || {
        each()
            .into_iter()
            .map(|item| {
                let row = row.clone();
                Row { key: key(&item), make: Box::new(move || row(item).into_view()) }
            })
            .collect()
    }))
}

pub struct Listed {
    rows: Vec<Kept>,
    /// The comment behind the last row.
    pub end: Node,
}

struct Kept {
    key: Key,
    shown: Mounted,
    owner: Owner,
}

impl Listed {
    pub const fn new(end: Node) -> Self {
        Self { rows: Vec::new(), end }
    }

    pub fn follow(list: Rc<RefCell<Self>>, mut each: Box<dyn Ask<Vec<Row>>>) -> RenderEffect<()> {
        // Not the effect's own, which is cleared each time it runs.
        let parent = Owner::current().unwrap_or_default();
        RenderEffect::new(move |_| {
            let rows = each.ask();
            untrack(|| list.borrow_mut().bring_to(rows, &parent));
        })
    }

    fn bring_to(&mut self, rows: Vec<Row>, parent: &Owner) {
        let mut next = self.first();
        let mut old: Vec<Option<Kept>> = self.rows.drain(..).map(Some).collect();
        let mut hint = 0;
        for row in rows {
            self.rows.push(take(&mut old, &mut hint, row.key).unwrap_or_else(|| {
                let owner = parent.with(Owner::new);
                let shown = owner.with(|| Mounted::build((row.make)()));
                Kept { key: row.key, shown, owner }
            }));
        }
        for gone in old.into_iter().flatten() {
            if gone.shown.first().is_same_node(Some(&next)) {
                next = self.behind(&gone.shown);
            }
            gone.shown.remove();
            drop(gone.shown);
            gone.owner.cleanup();
        }
        self.put_in_order(next);
    }

    /// Moves only what stands elsewhere: a row that came or went moves no other. `next`
    /// is the first node in the page that is not in its place yet.
    fn put_in_order(&self, mut next: Node) {
        let Some(parent) = self.end.parent_node() else { return };
        for row in &self.rows {
            if row.shown.first().is_same_node(Some(&next)) {
                next = self.behind(&row.shown);
            } else {
                row.shown.place(&parent, Some(&next));
            }
        }
    }

    fn behind(&self, row: &Mounted) -> Node {
        row.last().next_sibling().unwrap_or_else(|| self.end.clone())
    }

    pub fn first(&self) -> Node {
        self.rows.first().map_or_else(|| self.end.clone(), |row| row.shown.first())
    }

    pub fn each_node(&self, run: &mut dyn FnMut(&Node)) {
        self.rows.iter().for_each(|row| row.shown.each_node(run));
        run(&self.end);
    }
}

/// The row of this key, mostly the one behind the row that was taken before.
fn take(old: &mut [Option<Kept>], hint: &mut usize, key: Key) -> Option<Kept> {
    let is_it = |kept: &Option<Kept>| kept.as_ref().is_some_and(|kept| kept.key == key);
    let at = match old.get(*hint) {
        Some(kept) if is_it(kept) => *hint,
        _ => old.iter().position(is_it)?,
    };
    *hint = at + 1;
    old.get_mut(at)?.take()
}
