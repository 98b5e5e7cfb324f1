//! A district of any number of cases: the demo's pack, two years of reports at seeded places,
//! each carried through its life by the same decisions as on the server. Only the network and
//! the signatures are left out.

#[path = "postgres_copy.rs"]
mod postgres_copy;

use anyhow::{Context as _, Result};
use domain::{
    CaseId, DeviceTime, District, OperationId, PhotoHash, Timestamp, UnitCode, UserName,
    access::{Actor, Role},
    case::{Case, Command, Context, Event, OrderTo, Outcome, Recorded, Report, Source, decide},
    evidence::{PhotoFormat, Shot, ShotOrigin},
    pack::DistrictPack,
    place::{GeoPoint, PlaceChoice, Position},
    summary::{CaseSummary, CaseTerms},
};
use fastrand::Rng;
use server::{
    init, rebuild,
    store::{
        Database, DirectConnection, StoreError, Transaction, case_terms, cases, changes, packs,
    },
};
use tests::server::Server;
use tokio::{runtime::Handle, task::spawn_blocking};

/// Who reports in turn.
const INSPECTORS: usize = 100;
/// Cases in one transaction.
const BATCH: usize = 2_000;
const DAY_MS: i64 = 24 * 3_600_000;
/// How long ago the first report was.
const SPAN_MS: i64 = 730 * DAY_MS;
/// What people write: enough different texts that a search has something to find.
const NOTES: [&str; 6] = [
    "摊主不在场",
    "第三次发现，已口头劝离",
    "blocks the tactile paving",
    "井盖松动，车辆经过有响声",
    "next to the school gate",
    "",
];

/// What stands in as many cases as this, of however many.
pub const RARE_NOTE: &str = "楼道飞线充电";
const RARE: usize = 20;

/// Adds `count` cases to the database of a server that does not run, the latest `open` of them
/// open.
pub async fn fill(server: &Server, count: usize, open: usize, seed: u64) -> Result<()> {
    let (database, url) = (database_of(server)?, server.database_url());
    spawn_blocking(move || match (&database, url) {
        (Database::File(_), _) => generate(&database, count, open, seed),
        (Database::Server(_), url) => {
            let pack = pack_of(&database)?;
            let folder = tempfile::tempdir()?;
            let file = Database::in_folder(folder.path());
            Handle::current().block_on(init::make(folder.path(), &file, &pack, true))?;
            generate(&file, count, open, seed)?;
            postgres_copy::copy(&file, &url.context("an address")?)?;
            rebuild::rebuild(&database, |_| {})?;
            Ok(())
        }
    })
    .await?
}

/// The database of a server, for work while it does not run.
pub fn database_of(server: &Server) -> Result<Database> {
    Ok(match server.database_url() {
        Some(url) => Database::Server(url.parse()?),
        None => Database::in_folder(server.data()),
    })
}

fn pack_of(database: &Database) -> Result<DistrictPack> {
    let now = tests::client::now();
    let (_, pack) =
        DirectConnection::open(database)?.read(|reading| packs::in_force(reading, now))?;
    Ok(pack)
}

fn generate(database: &Database, count: usize, open: usize, seed: u64) -> Result<()> {
    let file = DirectConnection::open(database)?;
    let pack = pack_of(database)?;
    let now = tests::client::now();
    let mut generator = Generator {
        district: District::new(pack),
        rng: Rng::with_seed(seed),
        inspectors: inspectors(),
        reviewer: actor("reviewer", Role::Reviewer, None),
    };
    let step = SPAN_MS / i64::try_from(count)?;
    for first in (0..count).step_by(BATCH) {
        let stories = (first..count.min(first + BATCH))
            .map(|n| {
                let reported = now.plus_millis(step * i64::try_from(n)? - SPAN_MS);
                let note = (n % count.div_ceil(RARE) == 0).then_some(RARE_NOTE);
                generator.story(reported, note, n + open >= count)
            })
            .collect::<Result<Vec<_>>>()?;
        let district = &generator.district;
        file.write(|transaction| {
            stories.iter().try_for_each(|story| write(transaction, district, story))
        })?;
    }
    Ok(())
}

/// What an inspector saw somewhere in the district.
pub fn report(pack: &DistrictPack, rng: &mut Rng, taken: Timestamp) -> Result<Report> {
    let category = rng.choice(&pack.categories).context("a category")?;
    let condition = rng.choice(&category.conditions).context("a condition")?;
    let section = rng.choice(&pack.sections).context("a section")?;
    let line = section.lines.first().context("a line")?;
    let at = rng.choice(&line.0).context("a vertex")?;
    let at =
        GeoPoint { lon_e6: at.lon_e6 + rng.i32(-300..300), lat_e6: at.lat_e6 + rng.i32(-300..300) };
    let note = *rng.choice(&NOTES).context("a note")?;
    Ok(Report {
        category: category.code.clone(),
        condition: condition.code.clone(),
        position: Some(Position { at, accuracy_m: 8, read: taken }),
        chosen: PlaceChoice::default(),
        source: Source::Patrol,
        note: note.into(),
        photos: vec![shot(rng, taken)],
        pack: pack.version.clone(),
        told_permitted: None,
    })
}

fn random(rng: &mut Rng) -> [u8; 10] {
    std::array::from_fn(|_| rng.u8(..))
}

fn shot(rng: &mut Rng, taken: Timestamp) -> Shot {
    Shot {
        hash: PhotoHash::of(&rng.u128(..).to_le_bytes()),
        length: 260_000,
        format: PhotoFormat::Jpeg,
        width: 1600,
        height: 1200,
        taken: DeviceTime { claimed: taken, offset_ms: Some(0) },
        origin: ShotOrigin::Camera,
    }
}

struct Generator {
    district: District,
    rng: Rng,
    inspectors: Vec<Actor>,
    reviewer: Actor,
}

/// The log of a case so far.
struct Story {
    id: CaseId,
    log: Vec<Recorded>,
    case: Option<Case>,
    now: Timestamp,
}

impl Generator {
    fn story(&mut self, reported: Timestamp, note: Option<&str>, is_open: bool) -> Result<Story> {
        let id = CaseId::new(reported, random(&mut self.rng));
        let mut story = Story { id, log: Vec::new(), case: None, now: reported };
        let inspector = self.rng.choice(&self.inspectors).context("an inspector")?.clone();
        let reviewer = self.reviewer.clone();
        let mut report = report(self.district.pack(), &mut self.rng, reported)?;
        if let Some(note) = note {
            report.note = note.into();
        }
        let report = Command::Report(Box::new(report));
        self.act(&mut story, &inspector, report)?;
        // Open cases stand anywhere on their way.
        let steps = if is_open { self.rng.usize(0..=3) } else { usize::MAX };
        if steps == 0 {
            return Ok(story);
        }
        if story.case()?.assignment.is_none() {
            let unit = self.rng.choice(&self.district.pack().units).context("a unit")?;
            let order = OrderTo {
                unit: unit.code.clone(),
                person: None,
                co_units: Vec::new(),
                limit: None,
                reason: "指派".into(),
            };
            self.act(&mut story, &reviewer, Command::Assign(order))?;
        }
        let unit = story.case()?.assignment.as_ref().context("assigned")?.unit.code.clone();
        let handler = actor("handler", Role::Handler, Some(unit));
        let fixed = vec![shot(&mut self.rng, story.now)];
        let shown = Command::Rectify { photos: fixed.clone(), note: "已处理".into() };
        self.act(&mut story, &handler, Command::Claim)?;
        if steps > 1 {
            self.act(&mut story, &handler, shown)?;
            let before = story.case()?.report.photos.iter().map(|shot| shot.hash);
            for hash in before.chain(fixed.iter().map(|shot| shot.hash)).collect::<Vec<_>>() {
                story.push(None, None, Event::PhotoArrived { hash });
            }
        }
        if steps > 2 {
            let outcome = Outcome::Pass;
            let pass = Command::Verify { outcome, photos: Vec::new(), note: String::new() };
            self.act(&mut story, &inspector, pass)?;
        }
        if !is_open {
            self.act(&mut story, &reviewer, Command::Close { note: String::new() })?;
        }
        Ok(story)
    }

    fn act(&mut self, story: &mut Story, actor: &Actor, command: Command) -> Result<()> {
        let later = self.rng.i64(60_000..DAY_MS / 3);
        if story.case.is_some() {
            story.now = story.now.plus_millis(later);
        }
        let done = DeviceTime { claimed: story.now, offset_ms: Some(0) };
        let base = story.case.as_ref().map_or(0, |case| case.revision);
        let context = Context { actor, district: &self.district, now: story.now, done, base };
        let events = decide(story.case.as_ref(), &command, &context)
            .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
        let operation = OperationId::new(story.now, random(&mut self.rng));
        for event in events {
            story.push(Some(actor), Some(operation), event);
        }
        Ok(())
    }
}

impl Story {
    fn case(&self) -> Result<&Case> {
        self.case.as_ref().context("it was reported")
    }

    fn push(&mut self, by: Option<&Actor>, operation: Option<OperationId>, event: Event) {
        let number = u32::try_from(self.log.len()).unwrap_or(u32::MAX).saturating_add(1);
        let at = self.now;
        let done = operation.map(|_| DeviceTime { claimed: at, offset_ms: Some(0) });
        let recorded = Recorded { number, at, done, by: by.map(Into::into), operation, event };
        match &mut self.case {
            Some(case) => case.apply(&recorded),
            None => self.case = Case::fold(self.id, std::slice::from_ref(&recorded)),
        }
        self.log.push(recorded);
    }
}

fn write(
    transaction: &mut dyn Transaction,
    district: &District,
    story: &Story,
) -> Result<(), StoreError> {
    let case = story.case.as_ref().ok_or(StoreError::Missing("case"))?;
    let summary = CaseSummary::of(case, district);
    let year = district.calendar().local(case.reported_at).year();
    let mut change = changes::next(transaction)?;
    cases::open(transaction, &summary, year, change)?;
    let mut operation = None;
    for recorded in &story.log {
        // Each operation, and each photo that arrives, is a change of its own.
        if operation.is_some() && (operation != Some(recorded.operation) || recorded.by.is_none()) {
            change = changes::next(transaction)?;
        }
        operation = Some(recorded.operation);
        cases::append(transaction, story.id, std::slice::from_ref(recorded), change)?;
    }
    cases::update(transaction, &summary, &summary, change)?;
    case_terms::write(transaction, story.id, |number| {
        CaseTerms::of(case, &summary, number, district.calendar())
    })
}

/// The demo's, and as many more as a district of this kind has.
fn inspectors() -> Vec<Actor> {
    let others = (1..INSPECTORS).map(|number| format!("inspector-{number}"));
    let names = std::iter::once("inspector".to_owned()).chain(others);
    names.map(|name| actor(&name, Role::Inspector, None)).collect()
}

fn actor(user: &str, role: Role, unit: Option<UnitCode>) -> Actor {
    Actor { user: UserName::new(user), name: user.into(), role, unit, person: None }
}
