//! An element as data: its tag, what is set and listened to, what stands in it.

use leptos::{ev::EventDescriptor, html::ElementType, tachys::html::node_ref::NodeRefContainer};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::{
    value::{IntoValue, Side, Value},
    view::{IntoView, View},
};
use crate::ask::Hear;

/// Boxed, so that a chain of calls hands on one pointer.
pub struct El(pub(super) Box<Plan>);

pub(super) struct Plan {
    pub tag: &'static str,
    pub parts: Vec<Part>,
    pub children: Vec<View>,
}

pub(super) enum Part {
    Set(Side, &'static str, Value),
    On(String, Box<dyn Hear<Event>>),
    /// Told of the element when it is there.
    Told(Box<dyn FnOnce(&Element)>),
}

pub fn el(tag: &'static str) -> El {
    El(Box::new(Plan { tag, parts: Vec::new(), children: Vec::new() }))
}

/// A button that sends no form.
pub fn button(class: impl IntoValue) -> El {
    el("button").attr("type", "button").class(class)
}

impl El {
    pub fn attr(self, name: &'static str, value: impl IntoValue) -> Self {
        self.part(Part::Set(Side::Attribute, name, value.into_value()))
    }

    pub fn class(self, value: impl IntoValue) -> Self {
        self.attr("class", value)
    }

    /// The stable name by which tests find it.
    pub fn hook(self, value: impl IntoValue) -> Self {
        self.attr("data-test", value)
    }

    pub fn prop(self, name: &'static str, value: impl IntoValue) -> Self {
        self.part(Part::Set(Side::Property, name, value.into_value()))
    }

    /// Its content as source text: ours alone, never what a person wrote.
    pub fn source(self, value: impl IntoValue) -> Self {
        self.part(Part::Set(Side::Content, "", value.into_value()))
    }

    pub fn on<E>(self, event: E, mut run: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        // Which event has which type is Leptos' table.
        let run = move |event: Event| run(event.unchecked_into());
        self.part(Part::On(event.name().into_owned(), Box::new(run)))
    }

    pub fn node_ref<E: ElementType>(self, node: impl NodeRefContainer<E>) -> Self {
        self.part(Part::Told(Box::new(move |element| node.load(element))))
    }

    pub fn child(mut self, view: impl IntoView) -> Self {
        self.0.children.push(view.into_view());
        self
    }

    fn part(mut self, part: Part) -> Self {
        self.0.parts.push(part);
        self
    }
}
