//! The phone's calls, over real sockets. What an answer means for the outbox is what
//! the app makes of it (`app/src/sync/http.rs`).

use std::{ops::Range, time::Duration};

use anyhow::{Context as _, Result};
use domain::{
    DeviceId, PhotoHash,
    evidence::Epoch,
    sync::{
        Batch, BatchAnswer, Hello, HelloAnswer, Holdings, HoldingsAnswer, MissingAnswer,
        MissingQuery, PartAnswer, Problem, Profile, Sealed, SignIn, SignedIn, TokenKind,
        outbox::Failure,
    },
};
use reqwest::{Body, Method, RequestBuilder, Response};
use serde::{Serialize, de::DeserializeOwned};
use tokio::{sync::watch, time::timeout};

use super::Pace;

/// Bytes of a photo handed to the line at once.
const PIECE: usize = 4 * 1024;

/// One phone's connection to the server. A clone is the same phone.
#[derive(Clone)]
pub struct Calls {
    pub device: DeviceId,
    base: String,
    token: String,
    http: reqwest::Client,
    silence: Duration,
}

impl Calls {
    pub async fn sign_in(
        base: &str,
        user: &str,
        password: &str,
        device: DeviceId,
        pace: Pace,
    ) -> Result<(Self, Profile)> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .tcp_nodelay(true)
            .build()?;
        let ask = SignIn {
            user: user.into(),
            password: password.into(),
            device,
            token: TokenKind::Bearer,
        };
        let answer = http.post(format!("{base}/api/v1/session")).json(&ask).send().await?;
        let signed: SignedIn = answer.error_for_status()?.json().await?;
        let token = signed.token.context("a bearer token was asked for")?;
        let calls = Self { device, base: base.into(), token, http, silence: pace.silence };
        Ok((calls, signed.profile))
    }

    /// The same session over another way: through a proxy, or past it.
    #[must_use]
    pub fn by_way_of(&self, base: &str) -> Self {
        Self { base: base.into(), http: reqwest::Client::new(), ..self.clone() }
    }

    pub async fn hello(&self, hello: &Hello) -> Result<HelloAnswer, Failure> {
        self.post("sync/hello", hello).await
    }

    /// `epoch` is the server's life that these are meant for, where that matters.
    pub async fn operations(
        &self,
        operations: Vec<Sealed>,
        epoch: Option<Epoch>,
    ) -> Result<BatchAnswer, Failure> {
        self.post("sync/operations", &Batch { device: self.device, epoch, operations }).await
    }

    pub async fn verify(&self, held: &Holdings) -> Result<HoldingsAnswer, Failure> {
        self.post("sync/verify", held).await
    }

    pub async fn missing(&self, photos: Vec<PhotoHash>) -> Result<MissingAnswer, Failure> {
        self.post("photos/missing", &MissingQuery { photos }).await
    }

    /// A part, or the whole. Given up when no byte moves for too long, however long it takes as a
    /// whole.
    pub async fn photo(
        &self,
        hash: PhotoHash,
        bytes: &[u8],
        part: Option<Range<u64>>,
    ) -> Result<PartAnswer, Failure> {
        let (moved, mut moves) = watch::channel(());
        let of = bytes.len();
        let index = |byte: u64| usize::try_from(byte).unwrap_or(of).min(of);
        let (ask, bytes) = match &part {
            None => (self.ask(Method::PUT, &format!("photos/{hash}")), bytes),
            Some(Range { start, end }) => {
                let address = format!("photos/{hash}/parts?offset={start}&length={of}");
                (self.ask(Method::POST, &address), &bytes[index(*start)..index(*end)])
            }
        };
        let pieces: Vec<Vec<u8>> = bytes.chunks(PIECE).map(<[u8]>::to_vec).collect();
        let pieces = pieces.into_iter().map(move |piece| {
            moved.send_replace(());
            std::io::Result::Ok(piece)
        });
        let sent = ask
            .header("content-type", "application/octet-stream")
            .header("content-length", bytes.len())
            .body(Body::wrap_stream(futures_util::stream::iter(pieces)))
            .send();
        tokio::pin!(sent);
        let mut is_sending = true;
        loop {
            tokio::select! {
                answer = &mut sent => {
                    let answer = unreachable(answer)?;
                    return match part {
                        None => self.read(answer).await.map(PartAnswer::Whole),
                        Some(_) => self.read(answer).await,
                    };
                }
                more = moves.changed(), if is_sending => is_sending = more.is_ok(),
                () = self.silence() => return Err(Failure::Unreachable),
            }
        }
    }

    /// The bytes the server holds of a photo.
    pub async fn original(&self, hash: PhotoHash) -> Result<Vec<u8>> {
        let answer = self.ask(Method::GET, &format!("photos/{hash}?size=original")).send().await?;
        Ok(answer.error_for_status()?.bytes().await?.to_vec())
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        let sent = self.ask(Method::POST, path).json(body).send();
        let answer = timeout(self.silence, sent).await.map_err(|_| Failure::Unreachable)?;
        self.read(unreachable(answer)?).await
    }

    async fn read<T: DeserializeOwned>(&self, answer: Response) -> Result<T, Failure> {
        let status = answer.status();
        let header = |name: &str| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
        };
        let is_problem = header("content-type").starts_with("application/problem+json");
        let retry_after_ms =
            header("retry-after").parse::<u32>().ok().map(|seconds| seconds.saturating_mul(1_000));
        let text = timeout(self.silence, answer.text()).await;
        let text = unreachable(text.map_err(|_| Failure::Unreachable)?)?;
        if status.is_success() {
            return serde_json::from_str(&text).map_err(|_| Failure::NotTheServer);
        }
        let problem: Option<Problem> = serde_json::from_str(&text).ok().filter(|_| is_problem);
        Err(Failure::of_answer(status.as_u16(), problem, retry_after_ms))
    }

    async fn silence(&self) {
        tokio::time::sleep(self.silence).await; // the wait is the phone's
    }

    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/api/v1/{path}", self.base)).bearer_auth(&self.token)
    }
}

fn unreachable<T>(result: reqwest::Result<T>) -> Result<T, Failure> {
    result.map_err(|_| Failure::Unreachable)
}
