//! What can stand in a page, and what can be made into it.

use std::borrow::Cow;

use super::{element::El, list::Row};
use crate::{
    ask::Ask,
    reactive::{Kept, kept},
};

pub enum View {
    Nothing,
    Text(Cow<'static, str>),
    Element(El),
    Many(Vec<View>),
    /// Followed: made anew when something that it read has changed.
    Live(Box<dyn Ask<View>>),
    /// A followed list whose rows are kept by their keys.
    List(Box<dyn Ask<Vec<Row>>>),
}

impl View {
    pub const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

/// What a view can be said as.
pub trait IntoView {
    fn into_view(self) -> View;
}

/// Shown while `when` holds; made anew only when that changes, whatever else does.
pub fn show<V: IntoView>(
    when: impl Fn() -> bool + Send + Sync + 'static,
    mut then: impl FnMut() -> V + 'static,
) -> View {
    either(kept(when), Box::new(move || then().into_view()), Box::new(|| View::Nothing))
}

/// The same with something in its place while it does not hold.
pub fn show_or<V: IntoView, W: IntoView>(
    when: impl Fn() -> bool + Send + Sync + 'static,
    mut then: impl FnMut() -> V + 'static,
    mut otherwise: impl FnMut() -> W + 'static,
) -> View {
    either(
        kept(when),
        Box::new(move || then().into_view()),
        Box::new(move || otherwise().into_view()),
    )
}

type Make = Box<dyn Ask<View>>;

fn either(when: Kept<bool>, mut then: Make, mut otherwise: Make) -> View {
    View::Live(Box::new(move || if when.get() { then.ask() } else { otherwise.ask() }))
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for El {
    fn into_view(self) -> View {
        View::Element(self)
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::Nothing
    }
}

impl IntoView for &'static str {
    fn into_view(self) -> View {
        View::Text(Cow::Borrowed(self))
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        View::Text(Cow::Owned(self))
    }
}

impl IntoView for usize {
    fn into_view(self) -> View {
        self.to_string().into_view()
    }
}

impl IntoView for u32 {
    fn into_view(self) -> View {
        self.to_string().into_view()
    }
}

impl<V: IntoView, const N: usize> IntoView for [V; N] {
    fn into_view(self) -> View {
        self.into_iter().collect()
    }
}

impl<V: IntoView> IntoView for Option<V> {
    fn into_view(self) -> View {
        self.map_or(View::Nothing, IntoView::into_view)
    }
}

impl<F, V> IntoView for F
where
    F: FnMut() -> V + 'static,
    V: IntoView,
{
    fn into_view(mut self) -> View {
        View::Live(Box::new(move || self().into_view()))
    }
}

impl<V: IntoView> FromIterator<V> for View {
    fn from_iter<I: IntoIterator<Item = V>>(views: I) -> Self {
        Self::Many(views.into_iter().map(IntoView::into_view).collect())
    }
}
