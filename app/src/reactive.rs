//! Signals, memos and effects whose types make no code of their own: Leptos makes some
//! fifteen functions for each type of value in a signal or a memo, and for each closure of an
//! effect.

use std::{any::Any, marker::PhantomData, mem, sync::Arc};

use leptos::prelude::*;

use crate::ask::{Answer, Ask};

/// A value that is followed; who reads it runs again when it has changed.
pub struct Kept<T> {
    signal: Signal<Erased>,
    of: PhantomData<fn() -> T>,
}

/// A value that can be set; who reads it runs again each time.
pub struct Var<T> {
    signal: RwSignal<Erased>,
    of: PhantomData<fn(T) -> T>,
}

/// A value computed from others; it has changed when it differs.
pub fn kept<T>(make: impl Fn() -> T + Send + Sync + 'static) -> Kept<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let made = move || Erased { value: Arc::new(make()), is_same: is_same::<T> };
    Kept { signal: memo(Box::new(made)), of: PhantomData }
}

/// Runs now and whenever something that it read has changed.
pub fn effect(run: impl FnMut() + 'static) {
    start(Box::new(run));
}

/// Runs when what is read has changed, and not for what it is at first.
pub fn when_changed<T>(read: impl Fn() -> T + 'static, mut run: impl FnMut(T) + 'static) {
    let mut is_first = true;
    effect(move || {
        let value = read();
        if !mem::take(&mut is_first) {
            run(value);
        }
    });
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
        self.signal.get().value::<T>().clone()
    }

    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.signal.get_untracked().value::<T>().clone()
    }

    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.signal.get().value())
    }

    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.signal.get_untracked().value())
    }

    pub fn track(self) {
        self.signal.track();
    }
}

impl<T> Clone for Var<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Var<T> {}

impl<T: Send + Sync + 'static> Var<T> {
    pub fn new(value: T) -> Self {
        Self { signal: RwSignal::new(Erased::of(value)), of: PhantomData }
    }

    pub fn set(self, value: T) {
        self.signal.set(Erased::of(value));
    }

    /// Does nothing when its owner is gone.
    pub fn try_set(self, value: T) {
        let _gone = self.signal.try_set(Erased::of(value));
    }

    /// For those who may only read.
    pub fn kept(self) -> Kept<T> {
        Kept { signal: self.signal.into(), of: PhantomData }
    }

    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.kept().get()
    }

    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.signal.get_untracked().value::<T>().clone()
    }

    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.signal.get_untracked().value())
    }
}

#[derive(Clone)]
struct Erased {
    value: Arc<dyn Any + Send + Sync>,
    is_same: fn(&dyn Any, &dyn Any) -> bool,
}

impl Erased {
    /// One that is compared with nothing.
    fn of<T: Send + Sync + 'static>(value: T) -> Self {
        Self { value: Arc::new(value), is_same: |_, _| false }
    }

    fn value<T: 'static>(&self) -> &T {
        let Some(value) = self.value.downcast_ref() else { unreachable!("made for this type") };
        value
    }
}

impl PartialEq for Erased {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(&*self.value, &*other.value)
    }
}

fn is_same<T: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    one.downcast_ref::<T>() == other.downcast_ref()
}

fn memo(make: Box<dyn Answer<Erased>>) -> Signal<Erased> {
    Memo::new(move |_| make.answer()).into()
}

fn start(mut run: Box<dyn Ask<()>>) {
    Effect::new(move || run.ask());
}
