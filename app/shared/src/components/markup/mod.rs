//! Views as data: a screen says what it shows as a tree of plain values, and one small
//! machine puts it into the page and keeps it true.
//!
//! Own code where Leptos' `view!` could stand: that makes a type of its own, with its
//! own code, of each view and each closure, and a phone downloads all of them. Signals,
//! memos, effects and owners are Leptos'.
//!
//! ```text
//! el("p").class("s").child(words.hello).child(move || name.get())
//! ```
//!
//! A closure is followed: what it reads is what makes it run again, and then only what
//! differs is changed in the page.

mod build;
mod element;
mod list;
mod mounted;
mod value;
mod view;

pub use self::{
    element::{button, el},
    list::list,
    mounted::mount,
    view::{IntoView, View, show, show_or},
};

/// Several views side by side.
macro_rules! views {
    ($($view:expr),+ $(,)?) => {
        $crate::components::markup::View::Many(
            vec![$($crate::components::markup::IntoView::into_view($view)),+]
        )
    };
}
pub(crate) use views;
