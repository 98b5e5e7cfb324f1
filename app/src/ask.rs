//! Closures that are asked again and again, and nothing else. What belongs to a `dyn FnMut`
//! is also a way to run the closure once and drop it, made for each closure there is: a phone
//! downloads them all, and nobody calls one.

/// A closure with something of its own that changes.
pub trait Ask<T> {
    fn ask(&mut self) -> T;
}

/// A closure that may be asked from inside itself.
pub trait Answer<T>: Send + Sync {
    fn answer(&self) -> T;
}

/// A closure that is told.
pub trait Hear<T> {
    fn hear(&mut self, what: T);
}

impl<T, F: FnMut() -> T> Ask<T> for F {
    fn ask(&mut self) -> T {
        self()
    }
}

impl<T, F: Fn() -> T + Send + Sync> Answer<T> for F {
    fn answer(&self) -> T {
        self()
    }
}

impl<T, F: FnMut(T)> Hear<T> for F {
    fn hear(&mut self, what: T) {
        self(what);
    }
}
