//! Several tabs of the app on one phone: who sends, who has which draft open, and
//! telling the others that rows changed.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, MessageEvent, window};

use super::{js, slot::Slot};

const CHANNEL: &str = "xunjie";

/// A lock of this browser, held until it is dropped or the tab goes.
pub struct TabLock {
    release: Rc<RefCell<Option<Function>>>,
}

impl TabLock {
    fn without_locks() -> Self {
        Self { release: Rc::default() }
    }
}

impl Drop for TabLock {
    fn drop(&mut self) {
        if let Some(release) = self.release.borrow_mut().take() {
            let _released = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// How a lock is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Wait,
    IfFree,
    Take,
}

/// Waits for the lock. Where the browser has no locks, it is had at once: the server
/// takes the same operation twice without harm. `lost` is called when another tab takes
/// it away.
pub async fn lock(name: &str, lost: impl FnOnce() + 'static) -> TabLock {
    request(name, How::Wait, lost).await.unwrap_or_else(TabLock::without_locks)
}

/// The lock at once, from whoever has it: for when nobody hears of them any more.
pub async fn take_lock(name: &str, lost: impl FnOnce() + 'static) -> TabLock {
    request(name, How::Take, lost).await.unwrap_or_else(TabLock::without_locks)
}

/// The lock, when nobody has it now.
pub async fn try_lock(name: &str) -> Option<TabLock> {
    request(name, How::IfFree, || {}).await
}

async fn request(name: &str, how: How, lost: impl FnOnce() + 'static) -> Option<TabLock> {
    let locks = js::get(&window()?.navigator(), "locks");
    if locks.is_undefined() {
        return Some(TabLock::without_locks());
    }
    let got = Slot::new();
    let is_held = Rc::new(Cell::new(false));
    let granted = {
        let (got, is_held) = (got.clone(), Rc::clone(&is_held));
        // The lock lasts as long as the promise that this returns.
        Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                got.fill(None);
                return JsValue::UNDEFINED;
            }
            let release = Rc::new(RefCell::new(None));
            let promise = Promise::new(&mut |resolve, _| {
                *release.borrow_mut() = Some(resolve);
            });
            is_held.set(true);
            got.fill(Some(TabLock { release }));
            promise.into()
        })
    };
    let options = match how {
        How::Wait => js::object(&[]),
        How::IfFree => js::object(&[("ifAvailable", true.into())]),
        How::Take => js::object(&[("steal", true.into())]),
    };
    let Ok(asked) = js::call(&locks, "request", &[&name.into(), &options, &granted]) else {
        // Forbidden here (a sandboxed frame): as without locks.
        return Some(TabLock::without_locks());
    };
    let ended = got.clone();
    spawn_local(async move {
        if JsFuture::from(Promise::resolve(&asked)).await.is_err() {
            if is_held.get() {
                lost();
            } else {
                // Refused later than at once: the same, and nobody waits for ever.
                ended.fill(Some(TabLock::without_locks()));
            }
        }
    });
    got.await
}

/// What tabs say to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Operations or photos were written or answered.
    Rows,
    /// Cases came from the server.
    Cases,
    /// Cases have changed at the server, whether or not they came.
    Changed,
    /// Somebody signed in or out, or another pack came.
    Session,
    /// The person wants to sync now.
    TryNow,
    /// A tab began, and wants to know how it stands.
    Began,
    /// The tab that runs the outbox lives.
    Leads,
}

/// A line between tabs, as it is heard.
pub enum TabMessage {
    News(News),
    /// JSON, for whoever knows what of.
    Json(String),
}

impl News {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Rows, "rows"),
        (Self::Cases, "cases"),
        (Self::Changed, "changed"),
        (Self::Session, "session"),
        (Self::TryNow, "try"),
        (Self::Began, "began"),
        (Self::Leads, "leads"),
    ];
}

/// The line to the other tabs. `None` where the browser has none.
#[derive(Clone)]
pub struct Line(Option<BroadcastChannel>);

impl Line {
    /// Calls `heard` with what other tabs say; for as long as the page lives.
    pub fn open(heard: impl Fn(TabMessage) + 'static) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let Some(text) = event.data().as_string() else { return };
                match News::ALL.iter().find(|(_, word)| *word == text) {
                    Some((news, _)) => heard(TabMessage::News(*news)),
                    None => heard(TabMessage::Json(text)),
                }
            });
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            heard.forget();
        }
        Self(channel)
    }

    pub fn tell(&self, news: News) {
        if let Some((_, word)) = News::ALL.iter().find(|(known, _)| *known == news) {
            self.say(word);
        }
    }

    pub fn tell_json(&self, json: &str) {
        self.say(json);
    }

    fn say(&self, text: &str) {
        if let Some(channel) = &self.0 {
            // A closed channel: the tab is going.
            let _told = channel.post_message(&text.into());
        }
    }
}
