//! Memos and effects whose types make no code of their own: Leptos makes some fifteen
//! functions for each type of value in a memo and for each closure of an effect.

use std::{any::Any, marker::PhantomData, sync::Arc};

use leptos::prelude::*;

use super::ask::{Answer, Ask};

/// A value computed from signals; who reads it runs again only when it differs.
pub struct Kept<T> {
    memo: Memo<Erased>,
    of: PhantomData<fn() -> T>,
}

pub fn kept<T>(make: impl Fn() -> T + Send + Sync + 'static) -> Kept<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    Kept { memo: memo(Box::new(move || Erased(Arc::new(make())))), of: PhantomData }
}

/// Runs now and whenever something that it read has changed.
pub fn effect(run: impl FnMut() + 'static) {
    start(Box::new(run));
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T: 'static> Kept<T> {
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.memo.get().value())
    }

    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.memo.get_untracked().value())
    }

    pub fn track(self) {
        self.memo.track();
    }
}

#[derive(Clone)]
struct Erased(Arc<dyn Same>);

impl Erased {
    fn value<T: 'static>(&self) -> &T {
        let value: &dyn Any = &*self.0;
        let Some(value) = value.downcast_ref() else {
            unreachable!("made by `kept` for this type")
        };
        value
    }
}

impl PartialEq for Erased {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&*other.0)
    }
}

trait Same: Any + Send + Sync {
    fn is_same(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Same for T {
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

fn memo(make: Box<dyn Answer<Erased>>) -> Memo<Erased> {
    Memo::new(move |_| make.answer())
}

fn start(mut run: Box<dyn Ask<()>>) {
    Effect::new(move || run.ask());
}
