//! What a person does on a page, and waiting for what it then shows.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::By;
use thirtyfour::{error::WebDriverError, prelude::WebElement};

use super::{Browser, WAIT_TIMEOUT};

/// Resolves when `found()` gives something, and looks again whenever the page
/// changes. Also on a timer, for what changes without a mutation (`value`,
/// layout, the address).
const WAIT: &str = r"
const [expression, patience, done] = [arguments[0], arguments[1], arguments[arguments.length - 1]];
const found = new Function('return (' + expression + ')');
const look = () => { try { return found(); } catch (error) { return null; } };
const end = (value) => { observer.disconnect(); clearInterval(again); clearTimeout(late); done(value); };
const check = () => { const value = look(); if (value) end({ found: value === true ? null : value }); };
const observer = new MutationObserver(check);
const again = setInterval(check, 100);
const late = setTimeout(() => end({ late: document.body ? document.body.innerText : '' }), patience);
observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
check();
";

/// Visible to a person: has a box and is not hidden.
const SHOWN: &str = "((e) => e.checkVisibility({ visibilityProperty: true }))";

impl Browser {
    pub async fn go(&self, url: &str) -> Result<()> {
        Ok(self.session()?.goto(url).await?)
    }

    pub async fn reload(&self) -> Result<()> {
        Ok(self.session()?.refresh().await?)
    }

    /// Waits until this JavaScript expression is truthy, across navigations,
    /// and gives its value.
    pub async fn until(&self, expression: &str) -> Result<Value> {
        let end = Instant::now() + WAIT_TIMEOUT;
        loop {
            let left = end.saturating_duration_since(Instant::now()).as_millis();
            let arguments = vec![json!(expression), json!(u64::try_from(left)?)];
            match self.session()?.execute_async(WAIT, arguments).await {
                Ok(answer) => match answer.json() {
                    Value::Object(answer) if answer.contains_key("late") => {
                        bail!("waited for {expression}; the page says:\n{}", text(&answer["late"]))
                    }
                    answer => return Ok(answer["found"].clone()),
                },
                // The page was left while we watched it: watch the next one.
                Err(error) if left > 0 && is_navigation(&error.to_string()) => {}
                Err(error) => {
                    return Err(error).with_context(|| format!("waiting for {expression}"));
                }
            }
        }
    }

    /// Waits for an element that a person can see.
    pub async fn see(&self, css: &str) -> Result<WebElement> {
        let css_text = json!(css);
        let end = Instant::now() + WAIT_TIMEOUT;
        while Instant::now() < end {
            self.until(&format!("[...document.querySelectorAll({css_text})].some({SHOWN})"))
                .await?;
            for element in self.session()?.find_all(By::Css(css)).await? {
                // A list that was drawn anew meanwhile has others of the name.
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(element);
                }
            }
        }
        bail!("{css} was there and went away, again and again")
    }

    /// Waits for words anywhere in the visible page.
    pub async fn read(&self, words: &str) -> Result<()> {
        self.until(&format!("document.body.innerText.includes({})", json!(words))).await.map(drop)
    }

    /// Waits for words inside an element.
    pub async fn read_in(&self, css: &str, words: &str) -> Result<()> {
        let (css, words) = (json!(css), json!(words));
        self.until(&format!(
            "[...document.querySelectorAll({css})].some((e) => e.innerText.includes({words}))"
        ))
        .await
        .map(drop)
    }

    /// Waits until no such element can be seen.
    pub async fn see_gone(&self, css: &str) -> Result<()> {
        let css = json!(css);
        self.until(&format!("![...document.querySelectorAll({css})].some({SHOWN})")).await.map(drop)
    }

    pub async fn click(&self, css: &str) -> Result<()> {
        let end = Instant::now() + WAIT_TIMEOUT;
        loop {
            let element = self.see(css).await?;
            let clicked = match element.scroll_into_view().await {
                Ok(()) => element.click().await,
                Err(error) => Err(error),
            };
            match clicked {
                // Drawn anew, or something slid over it: nothing was clicked.
                Err(error) if is_missed(&error) && Instant::now() < end => {}
                clicked => return Ok(clicked?),
            }
        }
    }

    /// Replaces what a field holds.
    pub async fn fill(&self, css: &str, words: &str) -> Result<()> {
        let field = self.see(css).await?;
        field.clear().await?;
        Ok(field.send_keys(words).await?)
    }

    /// Gives files to a file field, which is usually hidden.
    pub async fn choose_files(&self, css: &str, files: &[&Path]) -> Result<()> {
        self.until(&format!("document.querySelectorAll({}).length", json!(css))).await?;
        let names: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        Ok(self.session()?.find(By::Css(css)).await?.send_keys(names.join("\n")).await?)
    }

    /// A key or a text to whatever has the focus.
    pub async fn press(&self, keys: &str) -> Result<()> {
        Ok(self.session()?.action_chain().send_keys(keys).perform().await?)
    }

    /// The value of a JavaScript function's body.
    pub async fn run<T: DeserializeOwned>(&self, body: &str, arguments: Vec<Value>) -> Result<T> {
        Ok(self.session()?.execute(body, arguments).await?.convert()?)
    }

    /// The value an async JavaScript function's body comes to.
    pub async fn run_async<T: DeserializeOwned>(
        &self,
        body: &str,
        arguments: Vec<Value>,
    ) -> Result<T> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async (...args) => {{ {body} }})(...[...arguments].slice(0, -1))
               .then((value) => done({{ value: value ?? null }}), (e) => done({{ error: String(e) }}));"
        );
        let answer = self.session()?.execute_async(&script, arguments).await?;
        match answer.json().get("error") {
            Some(error) => bail!("{}: {body}", text(error)),
            None => Ok(serde_json::from_value(answer.json()["value"].clone())?),
        }
    }

    /// The whole visible text.
    pub async fn text(&self) -> Result<String> {
        self.run("return document.body.innerText", vec![]).await
    }

    /// Waits until the service worker controls the page: it has kept the whole
    /// shell then, and the app would start without a network.
    pub async fn until_offline_ready(&self) -> Result<()> {
        self.until("navigator.serviceWorker.controller !== null").await.map(drop)
    }

    /// Has the browser look for another version of the app, and waits until that is
    /// installed or refused.
    pub async fn look_for_update(&self) -> Result<()> {
        self.run_async(
            "const registration = await navigator.serviceWorker.ready;
             await registration.update().catch(() => {});
             for (let worker; (worker = registration.installing); ) {
               await new Promise((ok) => worker.addEventListener('statechange', ok, { once: true }));
             }",
            vec![],
        )
        .await
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn is_missed(error: &WebDriverError) -> bool {
    let error = error.to_string();
    error.contains("Element is stale") || error.contains("click intercepted")
}

fn is_navigation(error: &str) -> bool {
    // A page that reloads itself in the middle of our script makes the driver say
    // "script timeout" long before its time; our own end is kept by the caller.
    ["unloaded", "navigat", "context", "detached", "No target", "aborted", "script timeout"]
        .iter()
        .any(|word| error.contains(word))
}
