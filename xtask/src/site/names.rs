//! Names with digests, and the precache list.
//!
//! One rule: a file that another one refers to as `{{name}}` gets a digest in
//! its name, and the reference becomes that name. All other files keep theirs.
//! `"{{precache}}"` in the service worker becomes the list of everything else: of each file
//! its path, digest and size, and of a module the path of its parts, which are sent for it.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{Files, MODULE, PARTS, digest};

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
    let worker = String::from_utf8(worker).context("sw.js is not text")?;
    let (before, behind) =
        worker.split_once(PRECACHE).with_context(|| format!("sw.js has no {PRECACHE}"))?;
    let (before, behind) = (names.replace(WORKER, before)?, names.replace(WORKER, behind)?);
    let list = names.precache();
    let mut files: Files = names
        .done
        .into_iter()
        .filter(|(name, _)| name != MODULE)
        .map(|(name, file)| (file.name(&name), file.content))
        .collect();
    files.insert(WORKER.into(), [before, list, behind].concat().into_bytes());
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

    /// What the worker keeps. Parts are only on their way.
    fn precache(&self) -> String {
        let path = |name: &str, file: &Finished| format!("/{}", file.name(name));
        let parts = self.done.get(PARTS).map(|parts| path(PARTS, parts));
        let list = self.done.iter().filter(|(name, _)| *name != PARTS).map(|(name, file)| {
            let content = &file.content;
            let mut listed = json!({
                "path": path(name, file), "digest": digest(content), "size": content.len(),
            });
            if let Some(parts) = parts.as_ref().filter(|_| name == MODULE) {
                listed["parts"] = json!(parts);
            }
            listed
        });
        list.collect::<serde_json::Value>().to_string()
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

impl Finished {
    fn name(&self, name: &str) -> String {
        if self.referred { with_digest(name, &self.content) } else { name.to_owned() }
    }
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
    fn a_module_is_sent_in_its_parts_and_kept_whole() {
        let files = site(&[
            ("app.wasm", "the module"),
            ("app.parts", "its parts"),
            ("boot.js", "'/{{app.wasm}}' '/{{app.parts}}'"),
            ("together.js", "x"),
            ("sw.js", "'/{{together.js}}'; const SHELL = \"{{precache}}\";"),
        ])
        .unwrap();
        let (whole, parts) = (digest(b"the module"), digest(b"its parts"));
        let of = |digest: &str, end: &str| format!("app-{}.{end}", &digest[..16]);
        let (whole_name, parts_name) = (of(&whole, "wasm"), of(&parts, "parts"));
        assert!(!files.contains_key(&whole_name) && files.contains_key(&parts_name), "{files:?}");
        let worker = String::from_utf8(files["sw.js"].clone()).unwrap();
        let together = format!("'/together-{}.js'", &digest(b"x")[..16]);
        assert!(worker.starts_with(&together), "{worker}");
        let (_, list) = worker.split_once("= ").unwrap();
        let list: Vec<serde_json::Value> =
            serde_json::from_str(list.trim_end_matches(';')).unwrap();
        assert!(list.contains(&json!({
            "path": format!("/{whole_name}"), "digest": whole, "size": 10,
            "parts": format!("/{parts_name}"),
        })));
        assert!(list.iter().all(|file| file["path"] != format!("/{parts_name}")), "{list:?}");
    }

    #[test]
    fn what_cannot_be_resolved_is_said() {
        let sw = ("sw.js", "\"{{precache}}\"");
        assert!(site(&[("index.html", "{{gone.css}}"), sw]).is_err());
        assert!(site(&[("a.js", "{{b.js}}"), ("b.js", "{{a.js}}"), sw]).is_err());
        assert!(site(&[("sw.js", "no list")]).is_err());
    }
}
