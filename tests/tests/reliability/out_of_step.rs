//! Phones that are out of step with the server: it does not know their type of
//! violation any more, or two phones say that they are the same device. What is not
//! carried out gets a sentence on the screen where it matters, and nothing is lost.

use anyhow::{Context as _, Result, ensure};
use domain::{
    CaseId,
    case::{Command, Source},
    sync::{QuarantineReason, Verdict},
};
use tests::{
    browser::Browser,
    client::{Client, DEMO_PASSWORD},
    journey::{
        BY_DOCUMENT, BY_LAW, Sight, all_cases, choose_type, hook, hook_with, inspector_s, open,
        report, save, see_record, sign_in, stand, take_photos, until_store, words_of,
    },
    media,
    phone_store::PhoneStore,
    server::Server,
};

/// Writes the district anew in which the phone believes: one type has another code.
const OTHER_PACK: &str = r"
const wait = (request) => new Promise((ok, no) => {
  request.onsuccess = () => ok(request.result);
  request.onerror = () => no(request.error);
});
const database = await wait(indexedDB.open('xunjie'));
const packs = database.transaction('packs', 'readwrite').objectStore('packs');
const [names, texts] = await Promise.all([wait(packs.getAllKeys()), wait(packs.getAll())]);
for (const [at, name] of names.entries()) {
  await wait(packs.put(texts[at].replaceAll(`\x22${args[0]}\x22`, `\x22${args[1]}\x22`), name));
}
database.close();
return names.length;
";

const GONE: Sight = Sight { category: "9402", ..BY_LAW };

#[tokio::test]
async fn a_type_that_the_server_no_longer_has_is_refused_in_words_and_kept() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_s(&server).await?;
    server.stop().await?;
    rename_type(&phone, BY_LAW.category, GONE.category).await?;
    let case = report(&phone, GONE, &[&media::small(1)?]).await?;

    server.start().await?;
    let store = sent(&phone).await?;
    let answer = store.operations[0].answer.as_ref().context("no answer")?;
    ensure!(matches!(answer.result.verdict, Verdict::Refused { .. }), "{answer:?}");
    store.assert_sound()?;
    open(&phone, "records").await?;
    see_record(&phone, case, "refused").await?;
    let words = words_of(&phone, &hook("record-refusal")).await?;
    ensure!(words.contains(GONE.category), "not said which: {words}");
    phone.screenshot("out-of-step-type").await?;
    // Read and settled: it asks for nothing any more, and stays in the list.
    phone.click(&hook("record-settle")).await?;
    phone.see_gone(&hook("record-settle")).await?;
    phone.see(&hook_with("sync-state", "state", "done")).await?;
    see_record(&phone, case, "refused").await?;
    phone.close().await
}

#[tokio::test]
async fn a_refused_report_becomes_a_draft_again_and_is_settled_by_it() -> Result<()> {
    const NOTE: &str = "占道两米，已劝离一次";
    let mut server = Server::demo().await?;
    let mut phone = inspector_s(&server).await?;
    server.stop().await?;
    rename_type(&phone, BY_LAW.category, GONE.category).await?;
    stand(&phone, GONE.spot).await?;
    take_photos(&phone, &[&media::small(7)?]).await?;
    choose_type(&phone, GONE.category).await?;
    phone.click(&hook("extras")).await?;
    phone.fill(&hook("note"), NOTE).await?;
    phone.click(&hook_with("source", "value", "unannounced")).await?;
    let refused = save(&phone).await?;
    server.start().await?;
    sent(&phone).await?;
    open(&phone, "capture").await?;
    rename_type(&phone, GONE.category, BY_LAW.category).await?;

    // Another draft is not written over; it comes first.
    take_photos(&phone, &[&media::small(8)?]).await?;
    open(&phone, "records").await?;
    phone.click(&hook("record-again")).await?;
    phone.see(&hook("draft-in-the-way")).await?;
    phone.screenshot("draft-in-the-way").await?;
    phone.click(&hook("draft-first")).await?;
    phone.see(&hook("report-sheet")).await?;
    phone.see(&hook("photo-thumb")).await?;
    phone.click(&hook("discard")).await?;
    phone.see_gone(&hook("report-sheet")).await?;

    open(&phone, "records").await?;
    phone.click(&hook("record-again")).await?;
    phone.see(&hook_with("screen", "screen", "capture")).await?;
    // It survives what drafts survive.
    phone.reload().await?;
    phone.see(&hook("photo-thumb")).await?;
    phone
        .see(&format!("{}[aria-pressed=true]", hook_with("source", "value", "unannounced")))
        .await?;
    phone.screenshot("draft-again").await?;
    let typed = "document.querySelector('[data-test=note]').value";
    let note: String = phone.run(&format!("return {typed}"), vec![]).await?;
    ensure!(note == NOTE, "{note}");
    let chosen = "document.querySelector('[data-test=type-chip][aria-pressed=true]')";
    let has_type: bool = phone.run(&format!("return !!{chosen}"), vec![]).await?;
    ensure!(!has_type, "a type that the district does not have was taken over");
    let store = PhoneStore::read(&phone).await?;
    ensure!(!store.operations[0].acknowledged, "it was settled before the new one was saved");
    choose_type(&phone, BY_LAW.category).await?;
    let again = save(&phone).await?;

    let store = sent(&phone).await?;
    ensure!(store.operations.len() == 2 && store.operations[0].acknowledged, "{store:?}");
    store.assert_sound()?;
    let (old, new) = (store.report_of(refused)?, store.report_of(again)?);
    ensure!(old.photos == new.photos && old.position == new.position && old.note == new.note);
    ensure!(new.source == Source::Unannounced && new.category.as_str() == BY_LAW.category);
    phone.see(&hook_with("sync-state", "state", "done")).await?;
    open(&phone, "records").await?;
    see_record(&phone, refused, "refused").await?;
    see_record(&phone, again, "assigned").await?;
    phone.see_gone(&hook("record-again")).await?;
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let held = all_cases(&client).await?;
    ensure!(held.len() == 1, "{} cases", held.len());
    ensure!(held.get(&again).is_some_and(|case| case.pending_photos().is_empty()));
    phone.close().await
}

#[tokio::test]
async fn other_content_under_a_known_number_is_kept_and_said() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_s(&server).await?;
    server.stop().await?;
    let case = report(&phone, BY_LAW, &[&media::small(9)?]).await?;
    let mut other = PhoneStore::read(&phone).await?.opened()?.remove(0);
    // Somebody is faster, with other content.
    phone.close().await?;
    server.start().await?;
    let client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    other.device = client.device;
    if let Command::Report(report) = &mut other.command {
        report.note = "另一份内容".into();
    }
    let first = client.send(vec![other.seal()?]).await?;
    ensure!(first.results[0].verdict == Verdict::Accepted, "{first:?}");

    phone.open().await?;
    phone.go(&server.url("/field/")).await?;
    let store = sent(&phone).await?;
    let answer = store.operations[0].answer.as_ref().context("no answer")?;
    let branch = Verdict::Quarantined { reason: QuarantineReason::Branch };
    ensure!(answer.result.verdict == branch, "{answer:?}");
    store.assert_sound()?;
    open(&phone, "records").await?;
    see_record(&phone, case, "quarantined").await?;
    let words = words_of(&phone, &hook("record-refusal")).await?;
    ensure!(words.contains("两份都已留存") && words.contains("指挥部"), "{words}");
    phone.screenshot("out-of-step-branch").await?;
    phone.click(&hook("record-settle")).await?;
    phone.see_gone(&hook("record-settle")).await?;
    phone.see(&hook_with("sync-state", "state", "done")).await?;
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let held = all_cases(&client).await?;
    ensure!(held[&case].report.note == "另一份内容", "the first content stands");
    phone.close().await
}

#[tokio::test]
async fn two_phones_that_say_they_are_one_both_bring_what_they_have() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut first = inspector_s(&server).await?;
    first.close().await?;
    let mut second = first.copied()?;
    server.stop().await?;
    let mut cases = Vec::<CaseId>::new();
    for (phone, sight, photo) in [(&mut first, BY_LAW, 1), (&mut second, BY_DOCUMENT, 2)] {
        phone.open().await?;
        phone.stand_at(sight.spot.latitude, sight.spot.longitude, 8.0).await?;
        phone.go(&server.url("/field/capture")).await?;
        cases.push(report(phone, sight, &[&media::small(photo)?]).await?);
    }

    server.start().await?;
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    for (phone, case) in [(&mut first, cases[0]), (&mut second, cases[1])] {
        let store = sent(phone).await?;
        store.assert_sound()?;
        ensure!(store.operations.len() == 1, "{} operations", store.operations.len());
        open(phone, "records").await?;
        let answer = store.operations[0].answer.as_ref().context("no answer")?;
        match answer.result.verdict {
            Verdict::Accepted => {
                see_record(phone, case, "assigned").await?;
                let held = all_cases(&client).await?;
                let held = held.get(&case).with_context(|| format!("{case} is lost"))?;
                ensure!(held.pending_photos().is_empty(), "{case} waits for a photo");
            }
            Verdict::Quarantined { .. } => {
                see_record(phone, case, "quarantined").await?;
                let words = words_of(phone, &hook("record-refusal")).await?;
                ensure!(words.chars().count() > 5, "{words:?}");
            }
            Verdict::Refused { .. } => anyhow::bail!("{answer:?}"),
        }
        phone.screenshot(&format!("out-of-step-{case}")).await?;
        phone.close().await?;
    }
    // Headquarters is told which number came twice, and what to do.
    let mut desk = Browser::desk().await?;
    sign_in(&desk, &server.url("/desk/"), "reviewer").await?;
    desk.click(&hook("sync-state")).await?;
    desk.click(&hook("open-devices")).await?;
    desk.read_in(&hook("doubled"), "#1 来了两次").await?;
    let words = words_of(&desk, &hook("doubled")).await?;
    ensure!(words.contains("都已收到") && words.contains("重新登录"), "{words}");
    ensure!(words_of(&desk, &hook("devices")).await?.matches("来了两次").count() == 1, "of one");
    desk.assert_accessible("devices, one of them twice").await?;
    desk.screenshot("out-of-step-devices").await?;
    desk.close().await
}

/// In the pack on the phone; the page begins anew with it.
async fn rename_type(phone: &Browser, from: &str, to: &str) -> Result<()> {
    let packs: u32 = phone.run_async(OTHER_PACK, vec![from.into(), to.into()]).await?;
    ensure!(packs > 0, "the phone had no pack");
    phone.reload().await?;
    phone.see(&hook_with("place-strip", "state", "known")).await.map(drop)
}

/// The person asks for it; the record and its photo are answered.
async fn sent(phone: &Browser) -> Result<PhoneStore> {
    phone.click(&hook("sync-state")).await?;
    phone.click(&hook("sync-now")).await?;
    until_store(phone, "settled", PhoneStore::is_settled).await
}
