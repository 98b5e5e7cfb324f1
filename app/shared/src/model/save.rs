//! Saving: a report, or an act on a case, becomes a record on this phone.

use domain::{
    CaseId, DeviceTime, OperationId,
    case::{Case, Command, Context, Refusal, Report, decide},
    evidence::{Link, chain_digest},
    sync::{
        OPERATION_FORMAT, Operation,
        outbox::{OperationRow, PhotoRow, ROW_FORMAT, Tries},
    },
};
use js_sys::ArrayBuffer;
use leptos::prelude::*;

use super::{AppError, Lacking, Model, PhotoError, drafts::report_name, inner::Inner};
use crate::device::{
    clock,
    hash::sha256,
    random,
    store::{self, NewRecord, Touched},
};

/// "Saved on this phone": the strictly durable transaction is through, and every
/// photo was read back and hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    pub case: CaseId,
    pub operation: OperationId,
}

/// What is about to be saved.
struct Intended {
    case: CaseId,
    command: Command,
    /// Revision that the person saw.
    base: u32,
    /// Name of the draft that ends with it.
    draft: Option<String>,
    /// The case of a report of which it stands in the place.
    settles: Option<CaseId>,
}

impl Model {
    /// Saves [`Self::draft`] as a report and begins a new draft.
    ///
    /// # Errors
    /// [`AppError::Incomplete`], [`AppError::Refused`] or the store's; the draft stays.
    pub async fn save(&self) -> Result<Saved, AppError> {
        let _guard = Saving::begin(self.inner)?;
        let draft = self.draft.get_untracked();
        if draft.photos.is_empty() {
            return Err(AppError::Incomplete(Lacking::Photo));
        }
        let category = draft.category.clone().ok_or(AppError::Incomplete(Lacking::Category))?;
        if self.district.with_untracked(Option::is_none) {
            return Err(AppError::NoPack);
        }
        // The pack is here: only a type that it has not got has no condition and no routing.
        let unknown = || Refusal::UnknownCategory { category: category.as_str().into() };
        let condition = self.condition_now(&draft).ok_or_else(unknown)?;
        let routing = self.preview_now(&draft).ok_or_else(unknown)?;
        let report = Report {
            category,
            condition,
            position: draft.position,
            chosen: draft.chosen.clone(),
            source: draft.source,
            note: draft.note.trim().to_owned(),
            photos: draft.photos.iter().map(|photo| photo.shot.clone()).collect(),
            pack: routing.pack,
            told_permitted: routing.permitted.map(|permitted| permitted.stall),
        };
        let intended = Intended {
            case: draft.id,
            command: Command::Report(Box::new(report)),
            base: 0,
            draft: Some(report_name(&draft)),
            settles: draft.again,
        };
        let saved = self.write(intended).await?;
        self.inner.next_draft(&draft);
        Ok(saved)
    }

    /// Does something to a case, here and now; it is sent when there is a network.
    /// Photos in the command are those of its [`WorkDraft`](super::WorkDraft), which
    /// ends with it. Comments do not end it.
    ///
    /// # Errors
    /// [`AppError::Refused`] with what the server would say, or the store's.
    pub async fn act(&self, case: CaseId, command: Command) -> Result<Saved, AppError> {
        let _guard = Saving::begin(self.inner)?;
        self.save_act(case, command, self.revision_of(case)).await
    }

    /// Does commands to a case that was seen at `revision`, maybe a while ago, each on what the one
    /// before made of it, and stops at the first that is refused. Of several such acts none turns
    /// another away: when a page is left, all that wait are saved at a time.
    ///
    /// # Errors
    /// As [`Self::act`]; [`AppError::Refused`] also when the case has moved on since it was seen.
    pub async fn act_as_seen(
        &self,
        case: CaseId,
        commands: &[Command],
        revision: u32,
    ) -> Result<(), AppError> {
        let mut base = revision;
        for command in commands {
            self.save_act(case, command.clone(), base).await?;
            base = self.revision_of(case);
        }
        Ok(())
    }

    async fn save_act(&self, case: CaseId, command: Command, base: u32) -> Result<Saved, AppError> {
        let ends_work = !matches!(command, Command::Comment { .. });
        let draft = if ends_work { self.inner.work_name(case) } else { None };
        let work = self.inner.open_work(case).filter(|_| ends_work);
        let saved_work = work.as_ref().map(GetUntracked::get_untracked);
        let saved = self.write(Intended { case, command, base, draft, settles: None }).await?;
        if let (Some(work), Some(saved_work)) = (work, saved_work) {
            work.update(|work| *work = work.begun_since(&saved_work));
        }
        Ok(saved)
    }

    /// What the server would say to `command` on this case now, as far as this phone
    /// knows. For showing an act as possible or with the reason why not.
    ///
    /// # Errors
    /// The refusal, with a sentence in every language.
    pub fn would(&self, case: CaseId, command: &Command) -> Result<(), Refusal> {
        let cases = self.cases.get();
        let entry = cases.get(&case);
        let base = entry.map_or(0, |entry| entry.case.revision);
        self.inner.decide(entry.map(|entry| &entry.case), command, base).map_err(
            |error| match error {
                AppError::Refused(refusal) => refusal,
                _ => Refusal::NoSuchCase,
            },
        )
    }

    /// As this phone knows the case, own acts included; 0 where it is not here.
    pub fn revision_of(&self, case: CaseId) -> u32 {
        let cases = self.inner.cases;
        cases.with_untracked(|cases| cases.get(&case).map_or(0, |entry| entry.case.revision))
    }

    async fn write(&self, intended: Intended) -> Result<Saved, AppError> {
        let inner = self.inner;
        let known = inner.cases.get_untracked();
        let case = known.get(&intended.case).map(|entry| &entry.case);
        inner.decide(case, &intended.command, intended.base)?;
        let profile = inner.profile.get_untracked().ok_or(AppError::NotSignedIn)?;
        let device = store::device_of(clock::now()).await?;
        let photos = read_photos(&intended.command).await?;

        let now = clock::now();
        let done =
            DeviceTime { claimed: now, offset_ms: inner.state.with_value(|state| state.offset_ms) };
        let id = OperationId::new(now, random::bytes());
        let operation = |link: Link| Operation {
            format: OPERATION_FORMAT,
            id,
            case: intended.case,
            device,
            link,
            author: profile.actor.user.clone(),
            done,
            base: intended.base,
            command: intended.command.clone(),
        };
        let settles = intended.settles.and_then(|case| inner.report_row(case));
        let row = store::save_record(NewRecord {
            operation: &operation,
            photos: &photos,
            draft: intended.draft.as_deref(),
            settles,
        })
        .await
        .inspect_err(|_| inner.look_whether_ready())?;
        let verified = read_back(&row).await;
        // On the way even if it is not what was meant: the server is told the truth.
        let kept: Vec<PhotoRow> = photos.into_iter().map(|(kept, _)| kept).collect();
        inner.with_sync(|sync| sync.added(&row, kept));
        let operations = settles.into_iter().chain([row.sequence]).collect();
        inner.reload(&Touched { operations, photos: row.photos }).await;
        if let Err(error) = verified {
            // The light is not left green by a trial from before the disk was full.
            inner.look_whether_ready();
            return Err(error);
        }
        Ok(Saved { case: intended.case, operation: id })
    }
}

impl Inner {
    fn decide(&self, case: Option<&Case>, command: &Command, base: u32) -> Result<(), AppError> {
        let profile = self.profile.get_untracked().ok_or(AppError::NotSignedIn)?;
        let district = self.district.get_untracked().ok_or(AppError::NoPack)?;
        let now = self.estimate();
        // By the device's clock, from which positions and photos have their times.
        let offset_ms = self.state.with_value(|state| state.offset_ms);
        let done = DeviceTime { claimed: clock::now(), offset_ms };
        let context = Context { actor: &profile.actor, district: &district, now, done, base };
        decide(case, command, &context).map(drop).map_err(AppError::Refused)
    }
}

/// The photos of a command as they lie in the store, each hashed again. One that was
/// given up after its receipt is at the server and needs no bytes here.
async fn read_photos(command: &Command) -> Result<Vec<(PhotoRow, ArrayBuffer)>, AppError> {
    let mut photos = Vec::new();
    for (number, shot) in (1_usize..).zip(command.photos()) {
        if store::is_evicted(shot.hash).await? {
            continue;
        }
        let lost = PhotoError::Lost { number };
        let bytes = store::photo_bytes(shot.hash).await?.ok_or(lost.clone())?;
        if sha256(&bytes).await != shot.hash {
            return Err(lost.into());
        }
        let kept = PhotoRow {
            format: ROW_FORMAT,
            hash: shot.hash,
            length: shot.length,
            kind: shot.format,
            kept_at: shot.taken.claimed,
            answer: None,
            tries: Tries::default(),
            evicted: false,
            damaged: false,
            lacked: false,
        };
        photos.push((kept, bytes));
    }
    Ok(photos)
}

/// Reads what was written, in a transaction of its own.
async fn read_back(row: &OperationRow) -> Result<(), AppError> {
    let found = store::sealed_of(&[row.sequence]).await?;
    let sealed = found.first().ok_or(AppError::StorageKeepsNothing)?;
    if *sealed != row.sealed || chain_digest(&sealed.body) != sealed.digest {
        return Err(AppError::StorageAlters);
    }
    for hash in &row.photos {
        if store::is_evicted(*hash).await? {
            continue;
        }
        let bytes = store::photo_bytes(*hash).await?.ok_or(AppError::StorageKeepsNothing)?;
        if sha256(&bytes).await != *hash {
            return Err(AppError::StorageAlters);
        }
    }
    Ok(())
}

/// One save at a time: a doubled tap is one tap.
struct Saving(Inner);

impl Saving {
    fn begin(inner: Inner) -> Result<Self, AppError> {
        if inner.is_saving() {
            return Err(AppError::AlreadySaving);
        }
        inner.open_drafts.update_value(|open_drafts| open_drafts.is_saving = true);
        Ok(Self(inner))
    }
}

impl Drop for Saving {
    fn drop(&mut self) {
        self.0.open_drafts.update_value(|open_drafts| open_drafts.is_saving = false);
    }
}
