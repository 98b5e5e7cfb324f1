//! A web server of a few lines over files in memory, which a test may exchange
//! while a browser looks: for new revisions, damaged files and missing ones.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use anyhow::{Context, Result};
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::proxy::Head;

/// The security policy that the product is served with, so that tests of the
/// shell meet it too.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

type Files = BTreeMap<String, Vec<u8>>;

pub struct FileServer {
    address: SocketAddr,
    files: Arc<Mutex<Files>>,
    serving: JoinHandle<()>,
}

impl FileServer {
    /// One page for every address.
    pub async fn page(html: &str) -> Result<FileServer> {
        FileServer::over(Files::from([("index.html".into(), html.into())])).await
    }

    /// The app as it was built, from `target/site`.
    pub async fn site() -> Result<FileServer> {
        let mut files = Files::new();
        let folder = crate::place::folder("site")?;
        read(&folder, "", &mut files)?;
        files.get("field/sw.js").context("no app: run `cargo xtask test --only site`")?;
        FileServer::over(files).await
    }

    async fn over(files: Files) -> Result<FileServer> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let files = Arc::new(Mutex::new(files));
        let serving = tokio::spawn(accept(listener, files.clone()));
        Ok(FileServer { address, files, serving })
    }

    /// `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn names(&self) -> Vec<String> {
        lock(&self.files).keys().cloned().collect()
    }

    pub fn text(&self, name: &str) -> Result<String> {
        let file = lock(&self.files).get(name).cloned().with_context(|| name.to_owned())?;
        Ok(String::from_utf8(file)?)
    }

    pub fn put(&self, name: &str, content: impl Into<Vec<u8>>) {
        lock(&self.files).insert(name.into(), content.into());
    }

    pub fn remove(&self, name: &str) {
        lock(&self.files).remove(name);
    }

    /// Nobody answers on this address any more.
    pub async fn stop(self) {
        self.serving.abort();
        // Until the task is gone, its socket still takes connections.
        while !self.serving.is_finished() {
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for FileServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// One answer a connection, so that a stopped server has no line left open.
async fn accept(listener: TcpListener, files: Arc<Mutex<Files>>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(answer(client, files.clone()));
    }
}

async fn answer(client: TcpStream, files: Arc<Mutex<Files>>) -> std::io::Result<()> {
    let mut client = BufReader::new(client);
    let Some(head) = Head::read(&mut client).await? else { return Ok(()) };
    let path = head.word(1).trim_start_matches('/').split('?').next().unwrap_or("").to_owned();
    let name = file_of(&path, &lock(&files));
    let file = lock(&files).get(&name).cloned();
    let (status, body) = match file {
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {}\r\ncontent-length: {}\r\ncache-control: no-cache\r\n\
         content-security-policy: {POLICY}\r\nconnection: close\r\n\r\n",
        kind(&name),
        body.len()
    );
    client.write_all(&[head.into_bytes(), body].concat()).await?;
    client.shutdown().await
}

/// The file itself, or the page of the entry point that a screen's address begins with.
fn file_of(path: &str, files: &Files) -> String {
    if path.contains('.') {
        return path.into();
    }
    let page = format!("{}/index.html", path.split('/').next().unwrap_or_default());
    if files.contains_key(&page) { page } else { "index.html".into() }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn lock(files: &Mutex<Files>) -> MutexGuard<'_, Files> {
    files.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn read(folder: &Path, prefix: &str, files: &mut Files) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(())
}
