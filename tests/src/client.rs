//! A typed client of the protocol, as another program would write one: signs in with
//! a bearer token, seals operations into its device's chain, and checks receipts.

use anyhow::{Context as _, Result, bail, ensure};
use domain::{
    CaseId, DeviceId, DeviceTime, OperationId, PhotoHash, Timestamp,
    case::Command,
    evidence::Link,
    pack::DistrictPack,
    summary::{CasePage, Cursor},
    sync::{
        Batch, BatchAnswer, CaseLog, Hello, HelloAnswer, MissingAnswer, MissingQuery,
        OPERATION_FORMAT, Operation, PROTOCOL, PhotoAnswer, Problem, Profile, Sealed, SignIn,
        SignedIn, TokenKind,
    },
};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;

/// The password of every account of the demo district.
pub const DEMO_PASSWORD: &str = "xunjie-demo";

/// Signed in on a device of its own.
#[derive(Debug)]
pub struct Client {
    base: String,
    http: reqwest::Client,
    token: String,
    pub profile: Profile,
    pub device: DeviceId,
    last: Option<(Link, domain::Sha256Hash)>,
}

/// What a call that should fail answered.
pub type Refused = (StatusCode, Problem);

impl Client {
    pub async fn sign_in(base: &str, user: &str, password: &str) -> Result<Self> {
        let http = reqwest::Client::new();
        let device = DeviceId::new(now(), random());
        let ask = SignIn {
            user: user.into(),
            password: password.into(),
            device,
            token: TokenKind::Bearer,
        };
        let answer = http.post(format!("{base}/api/v1/session")).json(&ask).send().await?;
        let signed: SignedIn = read(answer).await?;
        let token = signed.token.context("a bearer token was asked for")?;
        Ok(Self { base: base.into(), http, token, profile: signed.profile, device, last: None })
    }

    pub async fn pack(&self) -> Result<DistrictPack> {
        read(self.ask(Method::GET, "pack").send().await?).await
    }

    pub async fn hello(&self) -> Result<HelloAnswer> {
        let hello = Hello {
            protocol: PROTOCOL,
            device: self.device,
            client: "tests".into(),
            sequence: self.last.map_or(0, |(link, _)| link.sequence),
            epoch: None,
        };
        read(self.ask(Method::POST, "sync/hello").json(&hello).send().await?).await
    }

    /// Seals the next operation of this device's chain.
    pub fn seal(&mut self, case: CaseId, base: u32, command: Command) -> Result<Sealed> {
        let link = self.last.map_or(Link::FIRST, |(link, digest)| link.next(digest));
        let operation = Operation {
            format: OPERATION_FORMAT,
            id: OperationId::new(now(), random()),
            case,
            device: self.device,
            link,
            author: self.profile.actor.user.clone(),
            done: DeviceTime { claimed: now(), offset_ms: Some(0) },
            base,
            command,
        };
        let sealed = operation.seal()?;
        self.last = Some((link, sealed.digest));
        Ok(sealed)
    }

    /// Sends a batch and checks every receipt.
    pub async fn send(&self, operations: Vec<Sealed>) -> Result<BatchAnswer> {
        let batch = Batch { device: self.device, epoch: None, operations };
        let answer = self.ask(Method::POST, "sync/operations").json(&batch).send().await?;
        let answer: BatchAnswer = read(answer).await?;
        ensure!(answer.results.len() == batch.operations.len(), "one result an operation");
        for result in &answer.results {
            result.receipt.check(&self.profile.key)?;
        }
        Ok(answer)
    }

    pub async fn missing(&self, photos: Vec<PhotoHash>) -> Result<MissingAnswer> {
        let query = MissingQuery { photos };
        read(self.ask(Method::POST, "photos/missing").json(&query).send().await?).await
    }

    /// Sends a photo under the hash of its bytes and checks the receipt.
    pub async fn put_photo(&self, bytes: Vec<u8>) -> Result<PhotoAnswer> {
        let hash = PhotoHash::of(&bytes);
        let answer = self.put_as(hash, bytes).await?;
        let answer: PhotoAnswer = read(answer).await?;
        answer.receipt.check(&self.profile.key)?;
        Ok(answer)
    }

    /// Sends bytes that should be refused.
    pub async fn put_refused(&self, hash: PhotoHash, bytes: Vec<u8>) -> Result<Refused> {
        refused(self.put_as(hash, bytes).await?).await
    }

    /// A page of the cases that this person sees.
    pub async fn cases(&self, cursor: Option<Cursor>) -> Result<CasePage> {
        let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        read(self.ask(Method::GET, &format!("cases?limit=200{cursor}")).send().await?).await
    }

    /// The log of a case that this person sees.
    pub async fn case(&self, case: CaseId) -> Result<CaseLog> {
        read(self.ask(Method::GET, &format!("cases/{case}")).send().await?).await
    }

    /// The bytes of a photo in one of its sizes: `thumb`, `screen`, `original`.
    pub async fn photo(&self, hash: PhotoHash, size: &str) -> Result<Vec<u8>> {
        let answer = self.ask(Method::GET, &format!("photos/{hash}?size={size}")).send().await?;
        Ok(answer.error_for_status()?.bytes().await?.to_vec())
    }

    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/api/v1/{path}", self.base)).bearer_auth(&self.token)
    }

    async fn put_as(&self, hash: PhotoHash, bytes: Vec<u8>) -> Result<Response> {
        Ok(self.ask(Method::PUT, &format!("photos/{hash}")).body(bytes).send().await?)
    }
}

/// A new case, made on a device now.
#[must_use]
pub fn new_case() -> CaseId {
    CaseId::new(now(), random())
}

#[must_use]
pub fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp::from_millis(since.map_or(0, |since| since.as_millis() as i64))
}

#[must_use]
pub fn random() -> [u8; 10] {
    std::array::from_fn(|_| fastrand::u8(..))
}

async fn read<T: DeserializeOwned>(answer: Response) -> Result<T> {
    let status = answer.status();
    let text = answer.text().await?;
    if !status.is_success() {
        bail!("{status}: {text}");
    }
    serde_json::from_str(&text).with_context(|| text)
}

async fn refused(answer: Response) -> Result<Refused> {
    let status = answer.status();
    let text = answer.text().await?;
    ensure!(!status.is_success(), "{status}: {text}");
    Ok((status, serde_json::from_str(&text).with_context(|| text)?))
}
