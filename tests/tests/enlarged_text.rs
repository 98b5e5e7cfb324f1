//! Text of twice the size, as people set it in their browser, on a phone of 360 × 740; and a
//! phone held sideways. In English, whose words are the longest.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{
    browser::{Browser, Device},
    journey::{BY_LAW, choose_type, hook, hook_with, report, sign_in, take_photos},
    media,
    server::Server,
};

#[tokio::test]
async fn text_of_twice_the_size_is_neither_cut_nor_covered_on_a_phone() -> Result<()> {
    let server = Server::demo().await?;
    let phone = Browser::start(Device::Phone, "en-US").await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    let case = report(&phone, BY_LAW, &[&media::street(1)?]).await?;
    let mut found = Vec::new();
    for path in ["capture", "records", "tasks", "sync", "settings", &format!("case/{case}")] {
        let screen = path.split('/').next().unwrap_or(path);
        phone.go(&server.url(&format!("/field/{path}"))).await?;
        phone.see(&hook_with("screen", "screen", screen)).await?;
        phone.see(&hook_with("sync-state", "state", "done")).await?;
        match screen {
            "capture" => drop(phone.see(&hook_with("camera", "state", "on")).await?),
            "records" => drop(phone.see(&hook("record-row")).await?),
            "case" => drop(phone.see(&hook("case")).await?),
            _ => {}
        }
        let faults: Vec<String> = phone.run_async(ENLARGED_FAULTS, vec![]).await?;
        phone.screenshot(&format!("enlarged-{screen}")).await?;
        found.extend(faults.into_iter().map(|fault| format!("{screen}: {fault}")));
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    phone.assert_accessible("enlarged-case").await
}

#[tokio::test]
async fn phone_held_sideways_shows_the_picture_in_half_of_its_height_at_least() -> Result<()> {
    let server = Server::demo().await?;
    let phone = Browser::start(Device::Phone, "en-US").await?;
    let size = json!({ "width": 740, "height": 360, "deviceScaleFactor": 2, "mobile": true });
    phone.devtools("Emulation.setDeviceMetricsOverride", size).await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    phone.see(&hook_with("place-strip", "state", "known")).await?;
    phone.see(&hook_with("camera", "state", "on")).await?;
    phone.screenshot("sideways-capture").await?;
    let height: f64 = phone.run(HEIGHT, vec![json!(hook("camera"))]).await?;
    ensure!(height >= 180.0, "the picture is {height} px high");
    let covered: bool = phone.run(IS_COVERED, vec![json!(hook("shutter"))]).await?;
    ensure!(!covered, "something lies over the shutter");
    phone.assert_accessible("sideways-capture").await
}

#[tokio::test]
async fn where_the_report_goes_is_in_sight_whenever_save_is_at_every_size_of_screen_and_text()
-> Result<()> {
    let server = Server::demo().await?;
    let phone = Browser::start(Device::Phone, "en-US").await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    phone.see(&hook_with("place-strip", "state", "known")).await?;
    take_photos(&phone, &[&media::street(2)?]).await?;
    choose_type(&phone, BY_LAW.category).await?;
    let mut found = Vec::new();
    for (width, height) in [(360, 740), (740, 360)] {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
        phone.devtools("Emulation.setDeviceMetricsOverride", size).await?;
        for percent in [100, 200] {
            // The list of all categories is open above it: the longest that the sheet becomes.
            for list in [false, true] {
                let name = format!("{width}x{height} at {percent} %, list open: {list}");
                let faults: Vec<String> = phone
                    .run_async(ROUTING_OUT_OF_SIGHT, vec![json!(percent), json!(list)])
                    .await?;
                phone.screenshot(&format!("routing-{width}-{percent}-{list}")).await?;
                found.extend(faults.into_iter().map(|fault| format!("{name}: {fault}")));
            }
        }
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    phone.assert_accessible("routing").await
}

/// Goes to Save and names what of unit, due time and reason cannot be read there.
const ROUTING_OUT_OF_SIGHT: &str = "
const [percent, isListOpen] = arguments;
const one = (name) => document.querySelector(`[data-test=${name}]`);
const frames = () => new Promise((ok) => requestAnimationFrame(() => requestAnimationFrame(ok)));
document.documentElement.style.fontSize = `${percent}%`;
const search = one('type-search');
search.blur();
if (isListOpen) search.focus();
else search.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
await frames();
one('save').scrollIntoView({ block: 'nearest' });
await frames();
const found = [];
if (one('save').disabled) found.push('Save is not live');
if (isListOpen !== Boolean(one('type-option'))) found.push('the list is not as wished');
const isHit = (element, { left, top, width, height }) => {
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  return Boolean(hit) && (element.contains(hit) || hit.contains(element));
};
for (const name of ['preview-unit', 'preview-due', 'preview-sentence', 'save']) {
  for (const line of one(name).getClientRects()) {
    // Of a long reason in enlarged text, the end: the rest is a scroll away.
    const end = line.bottom - Math.min(line.height, 20);
    const top = percent > 100 && name === 'preview-sentence' ? end : line.top;
    const part = { left: line.left, top, width: line.width, height: line.bottom - top };
    if (top < 0 || line.bottom > innerHeight + 1 || !isHit(one(name), part)) {
      found.push(`${name} at ${Math.round(line.top)} to ${Math.round(line.bottom)}`);
    }
  }
}
return found;
";

const HEIGHT: &str = "return document.querySelector(arguments[0]).getBoundingClientRect().height";

/// Whether a press in the middle of the element would hit another, or nothing.
const IS_COVERED: &str = "
const element = document.querySelector(arguments[0]);
const { left, top, width, height } = element.getBoundingClientRect();
return !element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
";

/// Enlarges the text and names what is wider than the screen, cut, or over something else.
const ENLARGED_FAULTS: &str = "
document.documentElement.style.fontSize = '200%';
await new Promise((ok) => requestAnimationFrame(() => requestAnimationFrame(ok)));
const found = [];
const { scrollWidth, clientWidth } = document.documentElement;
if (scrollWidth > clientWidth) found.push(`page is ${scrollWidth - clientWidth} px too wide`);
const shown = (css) => [...document.querySelectorAll(css)].filter((it) => it.checkVisibility());
const name = (it) => `${it.className || it.tagName}: ${it.textContent.trim()}`;
const whole = '.top h1, .sync-state .word, .places a > span, .sample, .row .title > *, ' +
  '.figure > *, .side-btn, .case-head h2, .case-state > *, .facts-list > *, main .btn, .act-bar .btn';
for (const it of shown(whole)) {
  const { left, right } = it.getBoundingClientRect();
  if (left < -1 || right > clientWidth + 1) found.push(`beyond the edge: ${name(it)}`);
  if (it.scrollWidth > it.clientWidth + 1) found.push(`cut: ${name(it)}`);
}
const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1
  || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
for (const group of ['.top > h1, .top > .btn, .top > .sync-state', '.places a', '.shutter, .side-btn, .stacked']) {
  const all = shown(group);
  all.forEach((one, index) => {
    for (const other of all.slice(index + 1)) {
      if (!apart(one.getBoundingClientRect(), other.getBoundingClientRect())) {
        found.push(`over each other: ${name(one)} and ${name(other)}`);
      }
    }
  });
}
return found;
";
