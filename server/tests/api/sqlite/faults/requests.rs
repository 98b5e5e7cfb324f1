//! Every kind of request that writes, sent by a phone during a fault and again after it.

use std::{collections::BTreeSet, path::Path};

use domain::{
    DeviceId,
    case::Command,
    sync::{Hello, PROTOCOL, PartAnswer, RESCUE_MAGIC, RescueLine, Sealed},
};
use reqwest::{Method, RequestBuilder};
use xunjie::{
    init::demo,
    store::Database,
    system::{clock, random},
    verify,
};

use super::assert_storage_problem;
use crate::support::{
    Device, TestApp,
    demo::{To, report},
    device::new_case,
    picture::{Picture, jpeg},
    test_app::send,
};

/// The requests; each has the same content during the fault and after it.
pub struct Requests {
    pub device: Device,
    pub report: Sealed,
    pub rescued: Sealed,
    pub photos: [Picture; 4],
}

/// Requests that need the database.
pub const NEEDS_DATABASE: [&str; 6] =
    ["operations", "hello", "sign in", "put", "last part", "rescue"];
/// Requests that need the photo folders.
pub const NEEDS_PHOTOS: [&str; 4] = ["put", "part", "last part", "rescue"];

impl Requests {
    /// Prepares them, and sends the first part of one photo.
    pub async fn prepare(app: &TestApp) -> Self {
        let mut device = app.device("inspector").await;
        let photos = [jpeg(1), jpeg(2), jpeg(3), jpeg(4)];
        let [report, rescued] = [0, 3].map(|photo: usize| {
            let report = report(To::Tray, &[photos[photo].hash]);
            device.operation(new_case(), 0, Command::Report(Box::new(report)))
        });
        let requests = Self { device, report, rescued, photos };
        let [_, _, split, _] = &requests.photos;
        send(requests.part(split, 0, 200), 200).await;
        requests
    }

    pub fn part(&self, photo: &Picture, from: usize, until: usize) -> RequestBuilder {
        let length = photo.bytes.len();
        let address = format!("/api/v1/photos/{}/parts?offset={from}&length={length}", photo.hash);
        self.device.ask(Method::POST, &address).body(photo.bytes[from..until].to_vec())
    }

    pub fn all(&self) -> Vec<(&'static str, RequestBuilder)> {
        let [whole, begun, split, rescued] = &self.photos;
        let post =
            |path: &str, body: serde_json::Value| self.device.ask(Method::POST, path).json(&body);
        let hello = Hello {
            protocol: PROTOCOL,
            device: self.device.id,
            client: "test".into(),
            sequence: 1,
            epoch: None,
        };
        // On a device of its own, for signing in ends the other sessions of a device.
        let other = DeviceId::new(clock::now(), random::bytes().unwrap());
        let sign_in = serde_json::json!({
            "user": "inspector2", "password": demo::PASSWORD, "device": other,
            "token": "bearer",
        });
        let batch = serde_json::json!({"device": self.device.id, "operations": [self.report]});
        let length = u64::try_from(rescued.bytes.len()).unwrap();
        let mut bundle = format!("{RESCUE_MAGIC}\n").into_bytes();
        for line in [
            RescueLine::Operation { sealed: self.rescued.clone() },
            RescueLine::Photo { hash: rescued.hash, length },
        ] {
            bundle.extend(serde_json::to_vec(&line).unwrap());
            bundle.push(b'\n');
        }
        bundle.extend([&rescued.bytes[..], b"\n"].concat());
        let put = self.device.ask(Method::PUT, &format!("/api/v1/photos/{}", whole.hash));
        vec![
            ("operations", post("/api/v1/sync/operations", batch)),
            ("hello", post("/api/v1/sync/hello", serde_json::to_value(&hello).unwrap())),
            ("sign in", post("/api/v1/session", sign_in)),
            ("put", put.body(whole.bytes.clone())),
            ("part", self.part(begun, 0, 100)),
            ("last part", self.part(split, 200, split.bytes.len())),
            ("rescue", self.device.ask(Method::POST, "/api/v1/sync/rescue").body(bundle)),
        ]
    }

    /// Sends all at once and gives which succeeded; the others must be a 503 with one of
    /// `codes`.
    pub async fn try_all(&self, codes: &[&str]) -> BTreeSet<&'static str> {
        let responses = self
            .all()
            .into_iter()
            .map(|(name, request)| async move { (name, request.send().await.unwrap()) });
        let mut succeeded = BTreeSet::new();
        for (name, response) in futures_util::future::join_all(responses).await {
            if response.status().is_success() {
                succeeded.insert(name);
            } else {
                assert_storage_problem(name, response, codes).await;
            }
        }
        succeeded
    }

    /// Sends the same again after the fault: all succeed, and everything is stored once and
    /// intact.
    pub async fn assert_recovered(&self, data: &Path) {
        for (name, request) in self.all() {
            if name.contains("part") {
                continue;
            }
            let response = request.send().await.unwrap();
            let (status, text) = (response.status(), response.text().await.unwrap());
            assert_eq!(status.as_u16(), 200, "{name}: {text}");
        }
        // Parts go on at the offset that the server names.
        let [_, begun, split, _] = &self.photos;
        for (photo, until) in [(begun, 100), (split, split.bytes.len())] {
            let end = photo.bytes.len();
            let from = match send(self.part(photo, end, end), 200).await.json() {
                PartAnswer::Held(held) => usize::try_from(held).unwrap(),
                PartAnswer::Whole(_) => continue,
            };
            let answer: PartAnswer = send(self.part(photo, from, until), 200).await.json();
            assert_eq!(matches!(answer, PartAnswer::Whole(_)), until == end, "{answer:?}");
        }
        assert_eq!(self.device.everything().await.len(), 2);
        let (database, mut faults) = (Database::in_folder(data), Vec::new());
        verify::verify(data, &database, None, &mut |fault| faults.push(fault.to_string())).unwrap();
        assert_eq!(faults, Vec::<String>::new());
    }
}
