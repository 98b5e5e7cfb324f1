//! Names with digests, and the precache list.
//!
//! One rule: a file that another one refers to as `{{name}}` gets a digest in
//! its name, and the reference becomes that name. All other files keep theirs.
//! `"{{precache}}"` in the service worker becomes the list of everything else.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{Files, digest};

const WORKER: &str = "sw.js";
const PRECACHE: &str = "\"{{precache}}\"";

/// What may hold references.
const TEXT: [&str; 5] = [".html", ".js", ".css", ".webmanifest", ".svg"];

pub fn finish(sources: Files) -> Result<Files> {
    let mut names = Names { sources, open: Vec::new(), done: BTreeMap::new() };
    for name in names.sources.keys().cloned().collect::<Vec<_>>() {
        if name != WORKER {
            names.content(&name)?;
        }
    }
    let worker = names.sources.remove(WORKER).context("there is no sw.js")?;
    let mut files: Files = names
        .done
        .into_iter()
        .map(|(name, file)| match file.referred {
            true => (with_digest(&name, &file.content), file.content),
            false => (name, file.content),
        })
        .collect();
    let worker = String::from_utf8(worker).context("sw.js is not text")?;
    if !worker.contains(PRECACHE) {
        bail!("sw.js has no {PRECACHE}");
    }
    files.insert(WORKER.into(), worker.replace(PRECACHE, &precache(&files)).into_bytes());
    Ok(files)
}

struct Names {
    sources: Files,
    /// Being resolved now: a reference back to one of these is a circle.
    open: Vec<String>,
    done: BTreeMap<String, Finished>,
}

struct Finished {
    content: Vec<u8>,
    referred: bool,
}

impl Names {
    /// A file's final content: every reference in it replaced.
    fn content(&mut self, name: &str) -> Result<Vec<u8>> {
        if let Some(done) = self.done.get(name) {
            return Ok(done.content.clone());
        }
        if self.open.iter().any(|open| open == name) {
            bail!("{} refer to each other in a circle", self.open.join(", "));
        }
        let source = self.sources.get(name).with_context(|| format!("there is no {name}"))?.clone();
        self.open.push(name.to_owned());
        let content = match text_of(name, &source) {
            Some(text) => self.replace(name, text)?.into_bytes(),
            None => source,
        };
        self.open.pop();
        self.done.insert(name.to_owned(), Finished { content: content.clone(), referred: false });
        Ok(content)
    }

    fn replace(&mut self, name: &str, text: &str) -> Result<String> {
        let mut out = String::with_capacity(text.len());
        let mut left = text;
        while let Some((before, after)) = left.split_once("{{") {
            out.push_str(before);
            let (wanted, rest) =
                after.split_once("}}").with_context(|| format!("{name}: {{{{ without }}}}"))?;
            // Braces that are no reference are the language's own.
            if wanted.is_empty()
                || !wanted.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c))
            {
                out.push_str("{{");
                left = after;
                continue;
            }
            let content =
                self.content(wanted).with_context(|| format!("{name} refers to {wanted}"))?;
            if let Some(file) = self.done.get_mut(wanted) {
                file.referred = true;
            }
            out.push_str(&with_digest(wanted, &content));
            left = rest;
        }
        out.push_str(left);
        Ok(out)
    }
}

/// The module's own JavaScript is generated: nothing in it is a reference.
fn text_of<'a>(name: &str, source: &'a [u8]) -> Option<&'a str> {
    let generated = name == "app.js" || name.starts_with("snippets/");
    let text = !generated && TEXT.iter().any(|ending| name.ends_with(ending));
    if text { std::str::from_utf8(source).ok() } else { None }
}

/// `app.js` to `app-0123456789abcdef.js`.
fn with_digest(name: &str, content: &[u8]) -> String {
    let digest = digest(content);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{}.{extension}", &digest[..16]),
        None => format!("{name}-{}", &digest[..16]),
    }
}

fn precache(files: &Files) -> String {
    let list: Vec<_> = files
        .iter()
        .map(|(name, content)| {
            json!({ "path": format!("/{name}"), "digest": digest(content), "size": content.len() })
        })
        .collect();
    serde_json::Value::from(list).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Result<Files> {
        finish(
            files.iter().map(|(name, text)| ((*name).into(), text.as_bytes().to_vec())).collect(),
        )
    }

    #[test]
    fn a_reference_follows_the_content_through_every_file() {
        let page = |style: &str| {
            let files = site(&[
                ("index.html", "<script src=/{{boot.js}}>"),
                ("boot.js", "load('/{{a.css}}'); x = {{}}"),
                ("a.css", style),
                ("sw.js", "const SHELL = \"{{precache}}\";"),
            ])
            .unwrap();
            String::from_utf8(files["index.html"].clone()).unwrap()
        };
        assert_eq!(page("p{}"), page("p{}"));
        assert_ne!(page("p{}"), page("b{}"));
    }

    #[test]
    fn the_precache_list_names_all_but_the_worker() {
        let files =
            site(&[("icon.svg", "<svg/>"), ("sw.js", "const SHELL = \"{{precache}}\";")]).unwrap();
        let worker = String::from_utf8(files["sw.js"].clone()).unwrap();
        assert!(worker.contains(r#""path":"/icon.svg""#), "{worker}");
        assert!(worker.contains(r#""size":6"#), "{worker}");
        assert!(worker.contains(&digest(b"<svg/>")));
        assert!(!worker.contains("/sw.js"));
    }

    #[test]
    fn what_cannot_be_resolved_is_said() {
        let sw = ("sw.js", "\"{{precache}}\"");
        assert!(site(&[("index.html", "{{gone.css}}"), sw]).is_err());
        assert!(site(&[("a.js", "{{b.js}}"), ("b.js", "{{a.js}}"), sw]).is_err());
        assert!(site(&[("sw.js", "no list")]).is_err());
    }
}
