//! A server for one test.

use std::{path::PathBuf, sync::Arc};

use domain::sync::Problem;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use tokio::{net::TcpListener, task::JoinHandle};
use xunjie::{config::Config, init, serve, state::App};

use super::{Device, TestFolder, demo};

pub struct TestApp {
    pub app: Arc<App>,
    pub base: String,
    pub http: reqwest::Client,
    pub folder: TestFolder,
    serving: JoinHandle<std::io::Result<()>>,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(Config::default()).await
    }

    pub async fn start_with(config: Config) -> Self {
        Self::start_in(TestFolder::new(), config).await
    }

    /// Makes the data folder inside `folder`.
    pub async fn start_in(folder: impl Into<TestFolder>, config: Config) -> Self {
        let folder = folder.into();
        init::make(&folder.data(), folder.database(), &demo::pack(), true).await.unwrap();
        Self::serve(folder, config).await
    }

    /// Serves a data folder that was made before.
    pub async fn serve(folder: impl Into<TestFolder>, config: Config) -> Self {
        let folder = folder.into();
        let config = folder.config(config);
        let app = Arc::new(App::open(&folder.data(), config).await.unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(serve::serve(listener, Arc::clone(&app)));
        Self { app, base, http: reqwest::Client::new(), folder, serving }
    }

    /// A device on which `user` of the demo is signed in.
    pub async fn device(&self, user: &str) -> Device {
        let mut device = Device::new(self, user);
        device.sign_in().await;
        device
    }

    /// A request without a session.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    pub fn data(&self) -> PathBuf {
        self.folder.data()
    }

    /// Stops, and serves the same folder again.
    pub async fn restart(self) -> Self {
        let config = self.app.config.clone();
        Self::serve(self.stop().await, config).await
    }

    /// Stops as on SIGTERM, and waits for the end.
    pub async fn stop(self) -> TestFolder {
        self.app.stopping.cancel();
        self.serving.await.unwrap().unwrap();
        self.folder
    }
}

/// An answer whose status has been checked.
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        let text = String::from_utf8_lossy(&self.bytes);
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// The code of a problem, which must be complete.
    #[track_caller]
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: Problem = self.json();
        assert_eq!(problem.status, self.status.as_u16());
        assert!(problem.title.len() > 10, "a problem has a sentence as its title: {problem:?}");
        problem.code
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Sends a request and checks the status of the answer.
#[track_caller]
pub fn send(request: RequestBuilder, expected: u16) -> impl Future<Output = Answer> {
    let caller = std::panic::Location::caller();
    async move {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        assert_eq!(
            status.as_u16(),
            expected,
            "asked at {caller}: {}",
            String::from_utf8_lossy(&bytes)
        );
        Answer { status, headers, bytes }
    }
}
