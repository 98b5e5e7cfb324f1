//! Names with digests, and the precache list.
//!
//! One rule: a file that another one refers to as `{{name}}` gets a digest in
//! its name, and the reference becomes that name. All other files keep theirs.
//! `{{base}}` becomes the path under which the files will lie, `{{name:size}}` a file's bytes, and
//! `"{{precache}}"` in the service worker the list of everything else: of each file
//! its path, digest and size.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{Files, digest};

const PRECACHE: &str = "\"{{precache}}\"";

/// What may hold references.
const TEXT: [&str; 5] = [".html", ".js", ".css", ".webmanifest", ".svg"];

/// `base` is the path of the files, without a slash at its end; `worker` the service worker
/// among them.
pub fn finish(sources: Files, base: &str, worker: Option<&str>) -> Result<Files> {
    let mut names = Names { base, sources, open: Vec::new(), done: BTreeMap::new() };
    for name in names.sources.keys().cloned().collect::<Vec<_>>() {
        if worker != Some(&name) {
            names.content(&name)?;
        }
    }
    let worker = worker.map(|worker| Ok::<_, anyhow::Error>((worker, names.worker(worker)?)));
    let worker = worker.transpose()?;
    let mut files: Files =
        names.done.into_iter().map(|(name, file)| (file.name(&name), file.content)).collect();
    files.extend(worker.map(|(name, text)| (name.to_owned(), text.into_bytes())));
    Ok(files)
}

struct Names<'a> {
    base: &'a str,
    sources: Files,
    /// Being resolved now: a reference back to one of these is a circle.
    open: Vec<String>,
    done: BTreeMap<String, Finished>,
}

struct Finished {
    content: Vec<u8>,
    referred: bool,
}

impl Names<'_> {
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

    /// The service worker with the list of what it keeps.
    fn worker(&mut self, name: &str) -> Result<String> {
        let source = self.sources.remove(name).with_context(|| format!("there is no {name}"))?;
        let text = String::from_utf8(source).with_context(|| format!("{name} is not text"))?;
        let (before, behind) =
            text.split_once(PRECACHE).with_context(|| format!("{name} has no {PRECACHE}"))?;
        let (before, behind) = (self.replace(name, before)?, self.replace(name, behind)?);
        let list = self.done.iter().map(|(name, file)| {
            json!({
                "path": format!("{}/{}", self.base, file.name(name)),
                "digest": digest(&file.content),
                "size": file.content.len(),
            })
        });
        let list = list.collect::<serde_json::Value>().to_string();
        Ok([before, list, behind].concat())
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
                || !wanted.chars().all(|c| c.is_ascii_alphanumeric() || "._-/:".contains(c))
            {
                out.push_str("{{");
                left = after;
                continue;
            }
            left = rest;
            if wanted == "base" {
                out.push_str(self.base);
                continue;
            }
            let (wanted, is_size) =
                wanted.strip_suffix(":size").map_or((wanted, false), |name| (name, true));
            let content =
                self.content(wanted).with_context(|| format!("{name} refers to {wanted}"))?;
            if is_size {
                out.push_str(&content.len().to_string());
                continue;
            }
            if let Some(file) = self.done.get_mut(wanted) {
                file.referred = true;
            }
            out.push_str(&with_digest(wanted, &content));
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
        let files = files.iter().map(|(name, text)| ((*name).into(), text.as_bytes().to_vec()));
        finish(files.collect(), "/field", Some("sw.js"))
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
        assert!(worker.contains(r#""path":"/field/icon.svg""#), "{worker}");
        assert!(worker.contains(r#""size":6"#), "{worker}");
        assert!(worker.contains(&digest(b"<svg/>")));
        assert!(!worker.contains("sw.js"));
    }

    #[test]
    fn a_path_and_a_size_are_written_where_they_are_asked_for() {
        let files = site(&[
            ("boot.js", "load('{{base}}/{{app.wasm}}', {{app.wasm:size}})"),
            ("app.wasm", "module"),
            ("sw.js", "const SHELL = \"{{precache}}\";"),
        ])
        .unwrap();
        let name = with_digest("app.wasm", b"module");
        assert_eq!(files["boot.js"], format!("load('/field/{name}', 6)").into_bytes());
        let worker = String::from_utf8(files["sw.js"].clone()).unwrap();
        assert!(worker.contains(&format!(r#""path":"/field/{name}""#)), "{worker}");
    }

    #[test]
    fn what_cannot_be_resolved_is_said() {
        let sw = ("sw.js", "\"{{precache}}\"");
        assert!(site(&[("index.html", "{{gone.css}}"), sw]).is_err());
        assert!(site(&[("a.js", "{{b.js}}"), ("b.js", "{{a.js}}"), sw]).is_err());
        assert!(site(&[("sw.js", "no list")]).is_err());
    }
}
