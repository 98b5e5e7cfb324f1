//! A simulated phone: the app's own outbox engine over real HTTP, with rows and photo
//! bytes in a durable store of its own. Many of them live in one process.
//!
//! A browser is too heavy to have fifty of; everything below it that decides whether
//! something is lost or doubled is the real thing: `domain::sync::outbox`, sockets,
//! the server's binary. Waits that the engine asks for pass faster ([`Pace`]).
//!
//! Never: decides what to send, or when. That is the engine's.

mod calls;
mod effects;
mod pace;
mod receipts;
mod report;
mod store;

use std::path::Path;

use anyhow::{Result, ensure};
use domain::{
    CaseId, DeviceId, OperationId, Timestamp, UserName,
    case::Command,
    evidence::PublicKey,
    sync::{
        OPERATION_FORMAT, Operation, Profile,
        outbox::{Event, OperationRow, Outbox},
    },
};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinSet,
};

use crate::client::{DEMO_PASSWORD, new_case};

pub use calls::Calls;
pub use pace::Pace;
use pace::PhoneClock;
pub use receipts::Receipts;
pub use report::Reports;
pub use store::Store;

/// The version the phone says it has.
const CLIENT: &str = "tests";

pub struct Phone {
    pub store: Store,
    pub calls: Calls,
    pub receipts: Receipts,
    profile: Profile,
    outbox: Outbox,
    clock: PhoneClock,
    random: fastrand::Rng,
    timer: Option<Timestamp>,
    /// Calls on their way; they end with the phone.
    on_the_way: JoinSet<()>,
    tell: UnboundedSender<Event>,
    told: UnboundedReceiver<Event>,
}

impl Phone {
    /// Signed in, with an empty store in `folder`, which must outlive it. The ids it makes
    /// are drawn from `seed`: no two phones of a trial have the same.
    pub async fn sign_in(
        base: &str,
        user: &str,
        folder: &Path,
        pace: Pace,
        seed: u64,
    ) -> Result<Self> {
        let mut random = fastrand::Rng::with_seed(seed);
        let clock = PhoneClock::new(pace);
        let device = DeviceId::new(clock.now(), std::array::from_fn(|_| random.u8(..)));
        let (calls, profile) = Calls::sign_in(base, user, DEMO_PASSWORD, device, pace).await?;
        let store = Store::open(folder)?;
        let (tell, told) = unbounded_channel();
        let mut phone = Self {
            outbox: Outbox::new(device, CLIENT, None, [], []),
            receipts: Receipts::new(profile.key),
            store,
            calls,
            profile,
            clock,
            random,
            timer: None,
            on_the_way: JoinSet::new(),
            tell,
            told,
        };
        phone.restart()?;
        Ok(phone)
    }

    /// The phone's page was killed: it starts from what the store holds, and of the
    /// calls on their way it hears nothing any more.
    pub fn restart(&mut self) -> Result<()> {
        self.on_the_way.abort_all();
        self.timer = None;
        (self.tell, self.told) = unbounded_channel();
        self.store.reopen()?;
        let (rows, photos) = (self.store.operations.values(), self.store.photos.values());
        self.outbox = Outbox::new(self.calls.device, CLIENT, self.store.epoch, rows, photos)
            .verified_at(self.store.verified);
        let Profile { actor, key, .. } = &self.profile;
        self.hear(Event::SignedIn { user: actor.user.clone(), key: *key })
    }

    /// The person reports a new case with these photos. It is on disk when this returns.
    pub fn report(&mut self, command: Command, photos: &[Vec<u8>]) -> Result<CaseId> {
        let case = new_case();
        self.act(case, 0, command, photos)?;
        Ok(case)
    }

    /// The person does something to a case.
    pub fn act(
        &mut self,
        case: CaseId,
        base: u32,
        command: Command,
        photos: &[Vec<u8>],
    ) -> Result<()> {
        let now = self.clock.now();
        let operation = Operation {
            format: OPERATION_FORMAT,
            id: OperationId::new(now, std::array::from_fn(|_| self.random.u8(..))),
            case,
            device: self.calls.device,
            link: self.store.link(),
            author: self.profile.actor.user.clone(),
            done: domain::DeviceTime { claimed: now, offset_ms: None },
            base,
            command,
        };
        let kept = OperationRow::new(&operation)?;
        let photos = self.store.save(&kept, operation.command.photos(), photos, now)?;
        self.hear(Event::Added { operation: Box::new(kept), photos })
    }

    /// Goes on until every record and photo has its receipt.
    pub async fn until_settled(&mut self) -> Result<()> {
        while !self.store.is_settled() {
            self.step().await?;
        }
        Ok(())
    }

    /// Goes on until nothing is on its way, whatever was settled.
    pub async fn until_idle(&mut self) -> Result<()> {
        while !self.is_idle() {
            self.step().await?;
        }
        Ok(())
    }

    /// Waits for the next thing that happens, and takes it.
    ///
    /// # Errors
    /// When nothing ever would: no call is on its way and no timer is set.
    pub async fn step(&mut self) -> Result<()> {
        ensure!(self.timer.is_some() || !self.is_idle(), "stuck: {:?}", self.outbox.status());
        let timer = self.timer;
        let event = tokio::select! {
            biased;
            Some(event) = self.told.recv() => event,
            () = self.clock.pass_until(timer) => {
                self.timer = None;
                Event::Timer
            }
        };
        self.hear(event)
    }

    fn is_idle(&mut self) -> bool {
        while self.on_the_way.try_join_next().is_some() {}
        self.on_the_way.is_empty() && self.told.is_empty()
    }

    /// The browser thinks that there is a network.
    pub fn try_now(&mut self) -> Result<()> {
        self.hear(Event::TryNow)
    }

    /// Somebody looks at the app.
    pub fn look(&mut self) -> Result<()> {
        self.hear(Event::Visible(true))
    }

    pub fn user(&self) -> &UserName {
        &self.profile.actor.user
    }

    pub fn key(&self) -> PublicKey {
        self.profile.key
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn hear(&mut self, event: Event) -> Result<()> {
        let random = self.random.u64(..);
        for effect in self.outbox.handle(event, self.clock.now(), random) {
            self.carry_out(effect)?;
        }
        Ok(())
    }
}
