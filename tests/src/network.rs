//! A bad network: slow, late, lossy, and cut again and again. It carries bytes and does not
//! parse them; [`crate::proxy`] is for faults at a certain request.
//!
//! Loss is modelled as what TCP makes of it: the segment is repeated after a wait, and
//! everything behind it waits too. A cut resets every connection and keeps new ones out
//! for a while, as when a phone walks around a corner.
//!
//! Segments are those of a real line (loopback's would let the kernel take a whole photo
//! at once, and nobody could say how much of it had arrived).

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    sync::{mpsc, watch},
    task::JoinHandle,
};

const SEGMENT: usize = 1_400;

/// Segments on the line at once, each way.
const ON_THE_LINE: usize = 24;

/// The conditions of a network.
#[derive(Clone, Debug)]
pub struct Conditions {
    /// Bits a second, both ways together; drawn anew after each cut.
    pub bits: std::ops::Range<u32>,
    /// From one end to the other and back, in milliseconds; drawn with it.
    pub round_ms: std::ops::Range<u32>,
    /// Segments of a hundred that are lost.
    pub loss_percent: f64,
    /// From one cut to the next, on average; and how long each lasts.
    pub cut_every: Duration,
    pub cut_for: std::ops::Range<u32>,
    /// Everything above so many times faster, with as many bytes between two cuts.
    pub speedup: f64,
}

impl Conditions {
    /// 64 to 400 kbit/s, 300 to 900 ms, 3 % loss, a cut every 30 s.
    pub fn bad(speedup: f64) -> Self {
        Self {
            bits: 64_000..400_000,
            round_ms: 300..900,
            loss_percent: 3.0,
            cut_every: Duration::from_secs(30),
            cut_for: 500..4_000,
            speedup,
        }
    }

    /// So many bits a second, 40 ms, nothing lost, never cut.
    pub fn steady(bits: u32) -> Self {
        Self {
            bits: bits..bits + 1,
            round_ms: 40..41,
            loss_percent: 0.0,
            cut_every: Duration::from_secs(1_000_000),
            cut_for: 0..1,
            speedup: 1.0,
        }
    }
}

/// One phone's line.
pub struct Line {
    address: SocketAddr,
    seen: Arc<Seen>,
    tasks: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Seen {
    bytes: AtomicU64,
    cuts: AtomicU64,
    /// The longest time that a request was open and no byte moved, in microseconds.
    silence_us: AtomicI64,
    state: Mutex<LineState>,
}

#[derive(Default)]
struct LineState {
    bytes_a_second: f64,
    one_way: Duration,
    /// Until when the line is busy.
    free_at: Option<Instant>,
}

impl Line {
    pub async fn to(server: SocketAddr, conditions: Conditions, seed: u64) -> Result<Self> {
        let listener = narrow_listener()?;
        let address = listener.local_addr()?;
        let seen = Arc::new(Seen::default());
        let mut random = fastrand::Rng::with_seed(seed);
        seen.draw(&conditions, &mut random);
        let (open, is_open) = watch::channel(true);
        let accepting =
            tokio::spawn(accept(listener, server, conditions.clone(), Arc::clone(&seen), is_open));
        let cutting = tokio::spawn(cut(open, conditions, Arc::clone(&seen), random));
        Ok(Self { address, seen, tasks: vec![accepting, cutting] })
    }

    /// `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// That the phone put on the line or got from it; repeated segments are not in it.
    pub fn bytes(&self) -> u64 {
        self.seen.bytes.load(Ordering::Relaxed)
    }

    pub fn cuts(&self) -> u64 {
        self.seen.cuts.load(Ordering::Relaxed)
    }

    /// The longest time that a request was open and no byte moved, on this line's clock.
    pub fn longest_silence(&self) -> Duration {
        Duration::from_micros(self.seen.silence_us.load(Ordering::Relaxed).unsigned_abs())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Seen {
    fn draw(&self, conditions: &Conditions, random: &mut fastrand::Rng) {
        let bits = f64::from(random.u32(conditions.bits.clone())) * conditions.speedup;
        let round =
            f64::from(random.u32(conditions.round_ms.clone())) / 1_000.0 / conditions.speedup;
        if let Ok(mut state) = self.state.lock() {
            state.bytes_a_second = bits / 8.0;
            state.one_way = Duration::from_secs_f64(round / 2.0);
        }
    }

    /// Takes its place on the line: when this many bytes have gone out, and when they
    /// are at the other end.
    fn book(&self, bytes: usize, is_lost: bool) -> (Instant, Instant) {
        let now = Instant::now();
        let Ok(mut state) = self.state.lock() else { return (now, now) };
        let start = state.free_at.unwrap_or(now).max(now);
        let out = start + Duration::from_secs_f64(bytes as f64 / state.bytes_a_second);
        // Repeated when two rounds have brought no word of it.
        let late = if is_lost { state.one_way * 4 } else { Duration::ZERO };
        state.free_at = Some(out);
        (out, out + state.one_way + late)
    }

    fn silent_for(&self, time: Duration) {
        let micros = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
        self.silence_us.fetch_max(micros, Ordering::Relaxed);
    }
}

/// Takes little at once, so that what has not gone over the line is still the sender's.
pub(crate) fn narrow_listener() -> Result<TcpListener> {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
    socket.set_tcp_mss(u32::try_from(SEGMENT)?)?;
    socket.set_recv_buffer_size(8 * SEGMENT)?;
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())?;
    socket.listen(64)?;
    socket.set_nonblocking(true)?;
    Ok(TcpListener::from_std(socket.into())?)
}

async fn cut(
    open: watch::Sender<bool>,
    conditions: Conditions,
    seen: Arc<Seen>,
    mut random: fastrand::Rng,
) {
    loop {
        // Exponential: it can come right after the last.
        let share = -(1.0 - random.f64()).ln();
        let until = conditions.cut_every.mul_f64(share / conditions.speedup);
        tokio::time::sleep(until).await; // the wait is the fault
        open.send_replace(false);
        seen.cuts.fetch_add(1, Ordering::Relaxed);
        let lasts =
            f64::from(random.u32(conditions.cut_for.clone())) / 1_000.0 / conditions.speedup;
        tokio::time::sleep(Duration::from_secs_f64(lasts)).await; // the wait is the fault
        seen.draw(&conditions, &mut random);
        open.send_replace(true);
    }
}

async fn accept(
    listener: TcpListener,
    server: SocketAddr,
    conditions: Conditions,
    seen: Arc<Seen>,
    is_open: watch::Receiver<bool>,
) {
    while let Ok((client, _)) = listener.accept().await {
        let (conditions, seen, mut is_open) =
            (conditions.clone(), Arc::clone(&seen), is_open.clone());
        tokio::spawn(async move {
            let _at_the_end = client.set_zero_linger();
            if !*is_open.borrow() {
                return;
            }
            let Ok(server) = TcpStream::connect(server).await else { return };
            let moved = Moved::new(seen);
            tokio::select! {
                () = carry(client, server, &conditions, &moved) => {}
                _ = is_open.wait_for(|open| !open) => {}
            }
            moved.end();
        });
    }
}

/// Both ways, until either side closes.
async fn carry(client: TcpStream, server: TcpStream, conditions: &Conditions, moved: &Moved) {
    let _late_is_enough = server.set_nodelay(true);
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        () = one_way(from_client, to_server, conditions, moved, true) => {}
        () = one_way(from_server, to_client, conditions, moved, false) => {}
    }
}

async fn one_way(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    conditions: &Conditions,
    moved: &Moved,
    is_up: bool,
) {
    let (put, mut take) = mpsc::channel::<(Instant, Vec<u8>)>(ON_THE_LINE);
    let reading = async move {
        let mut segment = vec![0; SEGMENT];
        while let Ok(count @ 1..) = from.read(&mut segment).await {
            moved.note(count, is_up);
            let is_lost = fastrand::f64() * 100.0 < conditions.loss_percent;
            let (out, there) = moved.seen.book(count, is_lost);
            tokio::time::sleep_until(out.into()).await; // the wait is the fault
            if put.send((there, segment[..count].to_vec())).await.is_err() {
                break;
            }
        }
    };
    let writing = async move {
        while let Some((there, segment)) = take.recv().await {
            tokio::time::sleep_until(there.into()).await; // the wait is the fault
            moved.note(0, is_up);
            if to.write_all(&segment).await.is_err() {
                break;
            }
        }
    };
    tokio::join!(reading, writing);
}

/// When a byte of this connection last moved, and whether a request was open then.
struct Moved {
    seen: Arc<Seen>,
    last: Mutex<Option<(Instant, bool)>>,
}

impl Moved {
    fn new(seen: Arc<Seen>) -> Self {
        Self { seen, last: Mutex::default() }
    }

    fn note(&self, bytes: usize, is_up: bool) {
        self.seen.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        let Ok(mut last) = self.last.lock() else { return };
        if let Some((at, true)) = *last {
            self.seen.silent_for(at.elapsed());
        }
        *last = Some((Instant::now(), is_up));
    }

    fn end(&self) {
        if let Ok(Some((at, true))) = self.last.lock().as_deref() {
            self.seen.silent_for(at.elapsed());
        }
    }
}
