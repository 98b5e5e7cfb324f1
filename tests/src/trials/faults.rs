//! Every single fault at every single step of one sync: each request in turn meets each
//! fault of the proxy, and the sync still comes to exactly what was reported, for not
//! many more bytes than a good line needs.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use tokio::task::JoinSet;

use super::{Figures, expected::Expected};
use crate::{
    client::{Client, DEMO_PASSWORD},
    phone::{Pace, Phone, Reports},
    proxy::{Fault, Proxy},
    server::Server,
};

/// Photos of each of the five records: twelve.
const RECORDS: [usize; 5] = [3, 2, 3, 2, 2];

/// A black hole is left sooner than in the field.
const PACE: Pace = Pace { speedup: 200.0, silence: Duration::from_secs(4) };

/// What a fault may cost: bytes sent and received, against a good line.
const MAX_BYTES: f64 = 1.5;

#[derive(Clone, Debug)]
pub struct Plan {
    /// Phones that work through the list side by side.
    pub phones: usize,
    pub faults: Vec<Fault>,
    /// The photo; each that is sent is another.
    pub picture: PathBuf,
    /// No sync begins after this.
    pub time: Duration,
}

/// Which request meets what.
type Step = (u64, Fault);

pub async fn run(plan: Plan) -> Result<Figures> {
    let server = Server::demo().await?;
    let client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    let reports = Arc::new(Reports::new(client.pack().await?, plan.picture.clone())?);
    let folder = tempfile::tempdir()?;
    let start = Instant::now();

    let at_first = folder.path().join("first");
    let mut first = Line::to(&server, &at_first, Arc::clone(&reports), plan.phones).await?;
    let ideal = first.sync("ideal", None).await?;
    let steps: Vec<Step> = (0..ideal.requests)
        .flat_map(|request| plan.faults.iter().map(move |fault| (request, fault.clone())))
        .collect();
    let count = steps.len();
    let steps = Arc::new(Mutex::new(VecDeque::from(steps)));

    let mut running = JoinSet::new();
    for number in 0..plan.phones {
        let folder = folder.path().join(number.to_string());
        let line = Line::to(&server, &folder, Arc::clone(&reports), number).await?;
        running.spawn(line.work(Arc::clone(&steps), start + plan.time));
    }
    let mut done = Expected::default();
    done.note(&first.phone)?;
    let mut worst: Vec<(f64, Step)> = Vec::new();
    while let Some(ended) = running.join_next().await {
        let (line, costs) = ended??;
        done.note(&line.phone)?;
        let ratio = |(bytes, step): (u64, Step)| (bytes as f64 / ideal.bytes as f64, step);
        worst.extend(costs.into_iter().map(ratio));
    }
    done.is_exactly_what_is_on(&server).await?;
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (most, step) = worst.last().context("no sync was done")?;
    ensure!(*most <= MAX_BYTES, "{most:.2} times the bytes: {step:?}");

    let mut figures = Figures::of("Every fault at every step");
    figures.add("requests of a good sync", ideal.requests);
    figures.add("bytes of a good sync, both ways", ideal.bytes);
    figures.add("faults", plan.faults.len());
    figures
        .add("syncs, of which each request met each fault", format!("{} of {count}", worst.len()));
    figures.add("records, each once", done.operations());
    figures.add("photos, each byte for byte", done.photos().len());
    figures.add(
        "bytes in the middle, against a good sync",
        format!("{:.3}", worst[worst.len() / 2].0),
    );
    figures.add("bytes at the worst", format!("{most:.3}, {:?} at request {}", step.1, step.0));
    figures.add("time", format!("{:.0} s", start.elapsed().as_secs_f64()));
    Ok(figures)
}

/// A phone and the line it has to the server.
struct Line {
    phone: Phone,
    proxy: Proxy,
    reports: Arc<Reports>,
}

struct Cost {
    requests: u64,
    bytes: u64,
}

impl Line {
    /// `number` is the phone's own: two that draw the same numbers in one millisecond
    /// would make the same id for two operations, which is another trial.
    async fn to(
        server: &Server,
        folder: &Path,
        reports: Arc<Reports>,
        number: usize,
    ) -> Result<Self> {
        let proxy = Proxy::before(server.address()).await?;
        let seed = u64::try_from(number)?;
        let phone = Phone::sign_in(&proxy.url(""), "inspector", folder, PACE, seed).await?;
        Ok(Self { phone, proxy, reports })
    }

    async fn work(
        mut self,
        steps: Arc<Mutex<VecDeque<Step>>>,
        end: Instant,
    ) -> Result<(Self, Vec<(u64, Step)>)> {
        let mut costs = Vec::new();
        while Instant::now() < end {
            let next = steps.lock().ok().and_then(|mut steps| steps.pop_front());
            let Some(step) = next else { break };
            let name = format!("{:?} at request {}", step.1, step.0);
            let cost = self.sync(&name, Some(step.clone())).await.context(name)?;
            costs.push((cost.bytes, step));
        }
        Ok((self, costs))
    }

    /// Five records made offline, then sent: the phone's page has just been opened.
    async fn sync(&mut self, name: &str, fault: Option<Step>) -> Result<Cost> {
        self.phone.restart()?;
        let (requests, paid) = (self.proxy.requests().len(), self.proxy.paid());
        let mut request = 0;
        let step = fault.clone();
        self.proxy.policy(move |_| {
            request += 1;
            match &step {
                Some((at, fault)) if *at == request - 1 => fault.clone(),
                _ => Fault::Pass,
            }
        });
        for (number, photos) in RECORDS.into_iter().enumerate() {
            let (command, photos) = self.reports.make(name, number, photos)?;
            self.phone.report(command, &photos)?;
        }
        self.phone.until_settled().await?;
        let met =
            self.proxy.requests()[requests..].iter().filter(|(_, it)| *it != Fault::Pass).count();
        ensure!(met == usize::from(fault.is_some()), "the fault was met {met} times");
        let requests = (self.proxy.requests().len() - requests) as u64;
        Ok(Cost { requests, bytes: self.proxy.paid() - paid })
    }
}
