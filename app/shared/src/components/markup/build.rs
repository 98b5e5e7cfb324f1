//! From data to the page: makes nodes, effects and listeners, and brings an element that
//! stands already up to date where the new data has its shape.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event};

use super::{
    element::{El, Part},
    mounted::Mounted,
    value::{Set, Side, Value},
};
use crate::ask::Hear;

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element in the page, with what keeps it true.
pub struct Standing {
    tag: &'static str,
    pub node: Element,
    parts: Vec<Held>,
    children: Vec<Mounted>,
}

enum Held {
    Set(Side, &'static str, Rc<RefCell<Set>>, Option<RenderEffect<()>>),
    On(Listener),
    Told,
}

impl Standing {
    /// `None` where the browser makes no such element, which ours never are.
    pub fn build(El(plan): El) -> Option<Self> {
        let page = document();
        let made = if plan.tag == "svg" {
            page.create_element_ns(Some(SVG), plan.tag)
        } else {
            page.create_element(plan.tag)
        };
        let node = made.ok()?;
        let children: Vec<Mounted> = plan.children.into_iter().map(Mounted::build).collect();
        for child in &children {
            child.place(&node, None);
        }
        // After them: a choice has no value before it has its options.
        let parts = plan.parts.into_iter().map(|part| hold(&node, part)).collect();
        Some(Self { tag: plan.tag, node, parts, children })
    }

    /// Whether the data is of the same view as what stands: the same tag with the same
    /// parts and as many children.
    pub fn has_shape_of(&self, El(plan): &El) -> bool {
        self.tag == plan.tag
            && self.children.len() == plan.children.len()
            && self.parts.len() == plan.parts.len()
            && self.parts.iter().zip(&plan.parts).all(|(held, part)| match (held, part) {
                (Held::Set(side, name, ..), Part::Set(new_side, new_name, _)) => {
                    side == new_side && name == new_name
                }
                (Held::On(held), Part::On(name, _)) => held.name == *name,
                (Held::Told, Part::Told(_)) => true,
                _ => false,
            })
    }

    pub fn patch(&mut self, El(plan): El) {
        for (child, view) in self.children.iter_mut().zip(plan.children) {
            child.patch(view);
        }
        for (held, part) in self.parts.iter_mut().zip(plan.parts) {
            match (held, part) {
                (Held::Set(side, name, was, effect), Part::Set(.., value)) => {
                    *effect = set(&self.node, *side, name, was, value);
                }
                (Held::On(listener), Part::On(_, run)) => listener.run_instead(run),
                (_, Part::Told(tell)) => tell(&self.node),
                _ => {}
            }
        }
    }
}

fn hold(node: &Element, part: Part) -> Held {
    match part {
        Part::Set(side, name, value) => {
            let was = Rc::new(RefCell::new(Set::Absent));
            let effect = set(node, side, name, &was, value);
            Held::Set(side, name, was, effect)
        }
        Part::On(name, run) => Held::On(Listener::new(node, name, run)),
        Part::Told(tell) => {
            tell(node);
            Held::Told
        }
    }
}

/// Puts the value there and, where it is followed, each later one that differs.
fn set(
    node: &Element,
    side: Side,
    name: &'static str,
    was: &Rc<RefCell<Set>>,
    value: Value,
) -> Option<RenderEffect<()>> {
    let put = move |node: &Element, was: &RefCell<Set>, now: Set| {
        if *was.borrow() != now {
            now.put(node, side, name);
            was.replace(now);
        }
    };
    match value {
        Value::Still(now) => {
            put(node, was, now);
            None
        }
        Value::Live(mut followed) => {
            let (node, was) = (node.clone(), was.clone());
            Some(RenderEffect::new(move |_| put(&node, &was, followed.ask())))
        }
    }
}

type Run = Box<dyn Hear<Event>>;

/// Hears an event until it is dropped.
struct Listener {
    name: String,
    node: Element,
    run: Rc<RefCell<Run>>,
    heard: Closure<dyn Fn(Event)>,
}

impl Listener {
    fn new(node: &Element, name: String, run: Run) -> Self {
        let run = Rc::new(RefCell::new(run));
        let now = run.clone();
        // What a handler makes or asks for belongs to the view that it stands in.
        let owner = Owner::current().unwrap_or_default();
        let heard = Closure::<dyn Fn(Event)>::new(move |event| {
            // Busy only where a handler causes the same event again: the outer one does.
            if let Ok(mut run) = now.try_borrow_mut() {
                owner.with(|| run.hear(event));
            }
        });
        // Refused for no name that is an event's.
        let _heard = node.add_event_listener_with_callback(&name, heard.as_ref().unchecked_ref());
        Self { name, node: node.clone(), run, heard }
    }

    fn run_instead(&self, run: Run) {
        *self.run.borrow_mut() = run;
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // The browser may still have an event under way, such as a picture's error.
        let heard = self.heard.as_ref().unchecked_ref();
        let _deaf = self.node.remove_event_listener_with_callback(&self.name, heard);
    }
}
