//! What stands in the page: its nodes in order, and what keeps them true until it is
//! dropped.

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use leptos::prelude::*;
use web_sys::{Node, Text};

use super::{
    build::Standing,
    list::Listed,
    view::{IntoView, View},
};

/// Puts a view into the page for as long as the page lives.
pub fn mount(view: impl IntoView, into: &Node) {
    let mounted = Mounted::build(view.into_view());
    mounted.place(into, None);
    std::mem::forget(mounted);
}

/// Never without a node: what shows nothing holds its place with a comment.
pub enum Mounted {
    Nothing(Node),
    Text(Text, Cow<'static, str>),
    Element(Standing),
    /// Its children, and the comment behind the last.
    Many(Vec<Mounted>, Node),
    Live(
        Rc<RefCell<Mounted>>,
        #[expect(dead_code, reason = "follows while it is held")] RenderEffect<()>,
    ),
    List(
        Rc<RefCell<Listed>>,
        #[expect(dead_code, reason = "follows while it is held")] RenderEffect<()>,
    ),
}

impl Mounted {
    pub fn build(view: View) -> Self {
        match view {
            View::Nothing => Self::Nothing(mark()),
            View::Text(text) => Self::Text(document().create_text_node(&text), text),
            View::Element(element) => {
                Standing::build(element).map_or_else(|| Self::Nothing(mark()), Self::Element)
            }
            View::Many(views) => Self::Many(views.into_iter().map(Self::build).collect(), mark()),
            View::Live(mut make) => {
                let shown = Rc::new(RefCell::new(Self::Nothing(mark())));
                let held = shown.clone();
                let effect = RenderEffect::new(move |_| {
                    let view = make.ask();
                    held.borrow_mut().patch(view);
                });
                Self::Live(shown, effect)
            }
            View::List(each) => {
                let list = Rc::new(RefCell::new(Listed::new(mark())));
                let effect = Listed::follow(list.clone(), each);
                Self::List(list, effect)
            }
        }
    }

    /// Brings it up to what the view says; what has the same shape stays in the page.
    pub fn patch(&mut self, view: View) {
        match (&mut *self, view) {
            (Self::Nothing(_), View::Nothing) => {}
            (Self::Text(node, was), View::Text(text)) => {
                if *was != text {
                    node.set_data(&text);
                    *was = text;
                }
            }
            (Self::Element(standing), View::Element(element))
                if standing.has_shape_of(&element) =>
            {
                standing.patch(element);
            }
            (Self::Many(children, end), View::Many(views)) => {
                let mut views = views.into_iter();
                let mut kept = 0;
                for (child, view) in children.iter_mut().zip(views.by_ref()) {
                    child.patch(view);
                    kept += 1;
                }
                for child in children.drain(kept..) {
                    child.remove();
                }
                for child in views.map(Self::build) {
                    if let Some(parent) = end.parent_node() {
                        child.place(&parent, Some(end));
                    }
                    children.push(child);
                }
            }
            (_, view) => self.replace(Self::build(view)),
        }
    }

    fn replace(&mut self, new: Self) {
        let first = self.first();
        if let Some(parent) = first.parent_node() {
            new.place(&parent, Some(&first));
        }
        self.remove();
        *self = new;
    }

    pub fn first(&self) -> Node {
        match self {
            Self::Nothing(node) => node.clone(),
            Self::Text(node, _) => node.clone().into(),
            Self::Element(standing) => standing.node.clone().into(),
            Self::Many(children, end) => children.first().map_or_else(|| end.clone(), Self::first),
            Self::Live(shown, _) => shown.borrow().first(),
            Self::List(list, _) => list.borrow().first(),
        }
    }

    pub fn last(&self) -> Node {
        match self {
            Self::Many(_, end) => end.clone(),
            Self::Live(shown, _) => shown.borrow().last(),
            Self::List(list, _) => list.borrow().end.clone(),
            single => single.first(),
        }
    }

    /// Puts its nodes there, or moves them.
    pub fn place(&self, parent: &Node, before: Option<&Node>) {
        self.each_node(&mut |node| {
            // Refused only where the page was changed by something else.
            let _placed = parent.insert_before(node, before);
        });
    }

    pub fn remove(&self) {
        self.each_node(&mut |node| {
            if let Some(parent) = node.parent_node() {
                let _removed = parent.remove_child(node);
            }
        });
    }

    pub fn each_node(&self, run: &mut dyn FnMut(&Node)) {
        match self {
            Self::Nothing(node) => run(node),
            Self::Text(node, _) => run(node),
            Self::Element(standing) => run(&standing.node),
            Self::Many(children, end) => {
                children.iter().for_each(|child| child.each_node(run));
                run(end);
            }
            Self::Live(shown, _) => shown.borrow().each_node(run),
            Self::List(list, _) => list.borrow().each_node(run),
        }
    }
}

fn mark() -> Node {
    document().create_comment("").into()
}
