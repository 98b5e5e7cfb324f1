//! A client of the API as a phone is one: signed in as somebody, with a chain of operations
//! of its own.

use domain::{
    CaseId, DeviceId, OperationId, UserName,
    case::{Case, Command, OrderTo, Outcome, Report},
    evidence::Link,
    summary::CasePage,
    sync::{
        Batch, BatchAnswer, CaseLog, Changes, OPERATION_FORMAT, Operation, OperationResult,
        PhotoAnswer, Profile, Sealed, SignIn, SignedIn, TokenKind, Verdict,
    },
};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Serialize;
use xunjie::{
    init::demo,
    system::{clock, random},
};

use super::{
    Answer, TestApp,
    demo::{done, shot},
    picture::Picture,
    test_app::send,
};

/// A clone is a phone whose browser profile was copied: both go on with the same chain.
#[derive(Clone)]
pub struct Device {
    http: reqwest::Client,
    base: String,
    pub user: UserName,
    pub id: DeviceId,
    pub token: String,
    pub profile: Option<Profile>,
    link: Link,
}

impl Device {
    pub fn new(app: &TestApp, user: &str) -> Self {
        Self::at(&app.base, user)
    }

    pub fn at(base: &str, user: &str) -> Self {
        Self {
            http: reqwest::Client::new(),
            base: base.into(),
            user: UserName::new(user),
            id: DeviceId::new(clock::now(), random::bytes().unwrap()),
            token: String::new(),
            profile: None,
            link: Link::FIRST,
        }
    }

    /// Goes on with a server that was started again at another address.
    pub fn move_to(&mut self, base: &str) {
        self.base = base.into();
    }

    pub async fn sign_in(&mut self) {
        let request = SignIn {
            user: self.user.as_str().into(),
            password: demo::PASSWORD.into(),
            device: self.id,
            token: TokenKind::Bearer,
        };
        let signed: SignedIn = self.post("/api/v1/session", &request, 200).await.json();
        self.token = signed.token.unwrap();
        self.profile = Some(signed.profile);
    }

    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        if self.token.is_empty() { request } else { request.bearer_auth(&self.token) }
    }

    pub async fn get(&self, path: &str, expected: u16) -> Answer {
        send(self.ask(Method::GET, path), expected).await
    }

    pub async fn post(&self, path: &str, body: &impl Serialize, expected: u16) -> Answer {
        send(self.ask(Method::POST, path).json(body), expected).await
    }

    pub async fn put(&self, picture: &Picture) -> PhotoAnswer {
        self.put_as(&picture.hash.to_string(), picture.bytes.clone(), 200).await.json()
    }

    pub async fn put_as(&self, name: &str, bytes: Vec<u8>, expected: u16) -> Answer {
        send(self.ask(Method::PUT, &format!("/api/v1/photos/{name}")).body(bytes), expected).await
    }

    /// The next operation of this device's chain.
    pub fn operation(&mut self, case: CaseId, base: u32, command: Command) -> Sealed {
        let operation = Operation {
            format: OPERATION_FORMAT,
            id: OperationId::new(clock::now(), random::bytes().unwrap()),
            case,
            device: self.id,
            link: self.link,
            author: self.user.clone(),
            done: done(),
            base,
            command,
        };
        let sealed = operation.seal().unwrap();
        self.link = self.link.next(sealed.digest);
        sealed
    }

    pub async fn send(&self, operations: &[Sealed]) -> Vec<OperationResult> {
        let batch = Batch { device: self.id, epoch: None, operations: operations.to_vec() };
        let answer: BatchAnswer = self.post("/api/v1/sync/operations", &batch, 200).await.json();
        assert_eq!(answer.results.len(), operations.len());
        answer.results
    }

    /// `None` when the server is gone.
    pub async fn try_send(&self, operations: &[Sealed]) -> Option<BatchAnswer> {
        let batch = Batch { device: self.id, epoch: None, operations: operations.to_vec() };
        let request = self.ask(Method::POST, "/api/v1/sync/operations").json(&batch);
        request.send().await.ok()?.error_for_status().ok()?.json().await.ok()
    }

    /// `None` when the server is gone.
    pub async fn try_put(&self, picture: &Picture) -> Option<PhotoAnswer> {
        let address = format!("/api/v1/photos/{}", picture.hash);
        let request = self.ask(Method::PUT, &address).body(picture.bytes.clone());
        request.send().await.ok()?.error_for_status().ok()?.json().await.ok()
    }

    /// Sends an operation on a case, checks its receipt, and gives the verdict.
    pub async fn act(&mut self, case: CaseId, base: u32, command: Command) -> Verdict {
        let sealed = self.operation(case, base, command);
        let mut results = self.send(std::slice::from_ref(&sealed)).await;
        let result = results.pop().unwrap();
        assert_eq!(result.id, sealed.id);
        result.receipt.check(&self.profile.as_ref().unwrap().key).unwrap();
        result.verdict
    }

    #[track_caller]
    pub fn report(&mut self, report: Report) -> impl Future<Output = CaseId> + '_ {
        let caller = std::panic::Location::caller();
        async move {
            let case = new_case();
            let verdict = self.act(case, 0, Command::Report(Box::new(report))).await;
            assert_eq!(verdict, Verdict::Accepted, "reported at {caller}");
            case
        }
    }

    pub async fn changes(&self, after: u64) -> Changes {
        self.get(&format!("/api/v1/sync/changes?after={after}"), 200).await.json()
    }

    /// Every case that this person sees.
    pub async fn everything(&self) -> Vec<CaseLog> {
        let (mut logs, mut query) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/cases?limit=200{query}");
            let page: CasePage = self.get(&path, 200).await.json();
            for row in page.cases {
                logs.extend(self.log(row.summary.id).await);
            }
            let Some(next) = page.next else { return logs };
            query = format!("&cursor={next}");
        }
    }

    /// The log of a case, if this person sees it.
    pub async fn log(&self, case: CaseId) -> Option<CaseLog> {
        let request = self.ask(Method::GET, &format!("/api/v1/cases/{case}"));
        let answer = request.send().await.unwrap();
        if answer.status() == StatusCode::NOT_FOUND {
            return None;
        }
        Some(answer.error_for_status().unwrap().json().await.unwrap())
    }

    pub async fn case(&self, case: CaseId) -> Case {
        let log = self.log(case).await.expect("this person sees the case");
        Case::fold(case, &log.events).unwrap()
    }
}

pub fn new_case() -> CaseId {
    CaseId::new(clock::now(), random::bytes().unwrap())
}

pub fn order(unit: &str) -> Command {
    Command::Assign(OrderTo {
        unit: unit.into(),
        person: None,
        co_units: Vec::new(),
        limit: None,
        reason: "由指挥部交办".into(),
    })
}

pub fn rectify(after: &Picture) -> Command {
    Command::Rectify { photos: vec![shot(after.hash)], note: "已清理".into() }
}

pub fn pass() -> Command {
    Command::Verify { outcome: Outcome::Pass, photos: Vec::new(), note: String::new() }
}
