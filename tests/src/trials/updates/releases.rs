//! The app's files as a server has them: one new version after another, and one of the
//! files spoiled on its way.
//!
//! Every file of a version differs from the version before, so that a phone fetches all
//! of them; names with a digest change with the content, as the build does it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::json;

use crate::media::sha256;
use crate::proxy::{Fault, Request};

pub const WORKER: &str = "/field/sw.js";
const PAGE: &str = "/field/index.html";
/// Where the server has the page.
const PAGE_ADDRESS: &str = "/field/";
const LIST: &str = "const SHELL = ";

/// What becomes of one file on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    Reset,
    /// The connection ends in the middle of the file.
    Cut,
    NotFound,
    /// As long as it should be, and one byte different.
    OtherByte,
    /// A hotel's sign-in page: 200, HTML.
    Portal,
}

impl Harm {
    pub const ALL: [Harm; 5] =
        [Harm::Reset, Harm::Cut, Harm::NotFound, Harm::OtherByte, Harm::Portal];
}

pub struct Releases {
    files: BTreeMap<String, File>,
    version: u32,
    harmed: Option<(String, Harm)>,
    /// The harm was done.
    pub is_met: bool,
    /// The API is answered, too.
    pub is_online: bool,
}

#[derive(Clone)]
struct File {
    head: String,
    body: Vec<u8>,
}

#[derive(Deserialize)]
struct Listed {
    path: String,
}

impl Releases {
    /// The app's files with the server's own headers.
    pub async fn of(server: &str) -> Result<Self> {
        let mut files = BTreeMap::from([(WORKER.to_owned(), fetched(server, WORKER).await?)]);
        let worker = String::from_utf8(files[WORKER].body.clone())?;
        for Listed { path } in serde_json::from_str::<Vec<Listed>>(list_of(&worker)?)? {
            // A server may send the page's own name elsewhere.
            let address = if path == PAGE { PAGE_ADDRESS } else { &path };
            let file = fetched(server, address).await?;
            files.insert(path, file);
        }
        Ok(Self { files, version: 1, harmed: None, is_met: false, is_online: true })
    }

    /// How many files a version has, the worker included.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// What the worker calls the version: the same files have the same name.
    pub fn name(&self) -> Result<String> {
        let worker = std::str::from_utf8(&self.files[WORKER].body)?;
        Ok(format!("shell-field-{}", &sha256(list_of(worker)?.as_bytes())[..16]))
    }

    /// A new version, and which of its files comes to harm: the n-th, the worker last.
    /// Gives its number.
    pub fn publish(&mut self, harmed: Option<(usize, Harm)>) -> Result<u32> {
        self.version += 1;
        let mark = format!("version {}", self.version);
        let mut worker = String::from_utf8(self.files[WORKER].body.clone())?;
        let mut waiting = std::mem::take(&mut self.files);
        let mut worker_file = waiting.remove(WORKER).context("no worker")?;
        let (mut done, mut list) = (BTreeMap::new(), Vec::new());
        while !waiting.is_empty() {
            let path = next(&waiting).context("files refer to each other in a circle")?;
            let mut file = waiting.remove(&path).context("gone")?;
            file.body = marked(&path, file.body, &mark);
            let fresh = named(&path, &file.body);
            list.push(listed(&fresh, &file.body));
            worker = worker.replace(name(&path), name(&fresh));
            for other in waiting.values_mut() {
                other.body = replaced(&other.body, name(&path), name(&fresh));
            }
            done.insert(fresh, file);
        }
        let list = serde_json::Value::from(list).to_string();
        worker_file.body = worker.replace(list_of(&worker)?, &list).into_bytes();
        // In the order of their names; the worker is the last.
        self.harmed = harmed.map(|(index, harm)| {
            let path = done.keys().nth(index).map_or(WORKER, String::as_str);
            (path.to_owned(), harm)
        });
        self.is_met = false;
        done.insert(WORKER.into(), worker_file);
        self.files = done;
        Ok(self.version)
    }

    /// What the line does to a request. What is none of the app's files is the API's.
    pub fn answer(&mut self, request: &Request) -> Fault {
        let path = request.path.split('?').next().unwrap_or("");
        let path = if path == PAGE_ADDRESS { PAGE } else { path };
        let Some(file) = self.files.get(path) else {
            let is_old_file = !path.starts_with("/api/") && path.contains('.');
            return match () {
                () if is_old_file => given("404 Not Found", "", b"", 0),
                () if self.is_online => Fault::Pass,
                () => Fault::DropRequest,
            };
        };
        let whole = given("200 OK", &file.head, &file.body, file.body.len());
        let Some((_, harm)) = self.harmed.as_ref().filter(|(harmed, _)| harmed == path) else {
            return whole;
        };
        self.is_met = true;
        match harm {
            Harm::Reset => Fault::Reset,
            Harm::Cut => given("200 OK", &file.head, &file.body, file.body.len() / 2),
            Harm::NotFound => given("404 Not Found", "", b"", 0),
            Harm::Portal => Fault::Portal,
            Harm::OtherByte => {
                let mut body = file.body.clone();
                let at = body.len() / 2;
                body[at] ^= 1;
                given("200 OK", &file.head, &body, body.len())
            }
        }
    }
}

fn listed(path: &str, body: &[u8]) -> serde_json::Value {
    json!({ "path": path, "digest": sha256(body), "size": body.len() })
}

async fn fetched(server: &str, path: &str) -> Result<File> {
    let answer = reqwest::get(format!("{server}{path}")).await?.error_for_status()?;
    let mut head = String::new();
    for (name, value) in answer.headers() {
        if !["content-length", "transfer-encoding", "connection"].contains(&name.as_str()) {
            head.push_str(&format!("{name}: {}\r\n", value.to_str()?));
        }
    }
    ensure!(!head.contains("content-encoding"), "{path} came packed");
    Ok(File { head, body: answer.bytes().await?.to_vec() })
}

/// An answer that names its whole length and has this many bytes of it.
fn given(status: &str, head: &str, body: &[u8], bytes: usize) -> Fault {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\n{head}content-length: {length}\r\nconnection: close\r\n\r\n");
    Fault::Given([head.as_bytes(), &body[..bytes]].concat())
}

/// The worker's list of files, as it stands in its text.
fn list_of(worker: &str) -> Result<&str> {
    let (_, behind) = worker.split_once(LIST).context("the worker has no list")?;
    Ok(behind.split_once(";\n").context("the list has no end")?.0)
}

/// A file that refers to none of the others, so that its own name can be found.
fn next(waiting: &BTreeMap<String, File>) -> Option<String> {
    let refers = |path: &str, file: &File| {
        let has_digest = |other: &&String| *other != path && named(other, b"") != **other;
        waiting.keys().filter(has_digest).any(|other| finds(&file.body, name(other)))
    };
    waiting.iter().find(|(path, file)| !refers(path, file)).map(|(path, _)| path.clone())
}

/// The name a file has with this content; its own when it has no digest in it.
fn named(path: &str, body: &[u8]) -> String {
    let Some((stem, extension)) = path.rsplit_once('.') else { return path.into() };
    match stem.rsplit_once('-') {
        Some((stem, digest)) if digest.len() == 16 => {
            format!("{stem}-{}.{extension}", &sha256(body)[..16])
        }
        _ => path.into(),
    }
}

fn name(path: &str) -> &str {
    path.trim_start_matches('/')
}

/// The same file to whoever uses it, with a mark that tells versions apart.
fn marked(path: &str, mut body: Vec<u8>, mark: &str) -> Vec<u8> {
    match path.rsplit('.').next() {
        Some("html" | "svg") => body.extend(format!("\n<!-- {mark} -->").bytes()),
        Some("js") => body.extend(format!("\n// {mark}").bytes()),
        Some("css") => body.extend(format!("\n/* {mark} */").bytes()),
        Some("wasm") => {
            // A custom section: its kind, its length, the length of its name, its name.
            let length = mark.len() as u8;
            body.extend([0, length + 1, length]);
            body.extend(mark.bytes());
        }
        Some("webmanifest") => body.extend(" ".repeat(1 + mark.len()).bytes()),
        // Behind the picture, where nobody looks.
        _ => body.extend(mark.bytes()),
    }
    body
}

/// Only text refers to other files.
fn finds(body: &[u8], word: &str) -> bool {
    std::str::from_utf8(body).is_ok_and(|text| text.contains(word))
}

fn replaced(body: &[u8], old: &str, new: &str) -> Vec<u8> {
    match std::str::from_utf8(body) {
        Ok(text) => text.replace(old, new).into_bytes(),
        Err(_) => body.to_vec(),
    }
}
