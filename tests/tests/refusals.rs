//! What is wrong is said in a sentence, where it happened, and costs nothing that was
//! right: bad photos, bad records, a place outside the district, an ended session.

use anyhow::{Result, ensure};
use domain::{
    CaseId, DeviceTime, Lang, PhotoHash,
    case::{Command, Refusal, Report, Source},
    duty::{Destination, Why},
    evidence::{PhotoFormat, Shot, ShotOrigin},
    place::{GeoPoint, PlaceChoice, Position},
    sync::{QuarantineReason, Verdict},
};
use tests::{
    browser::Browser,
    client::{Client, DEMO_PASSWORD, new_case, now},
    journey::{
        BY_LAW, Sight, Spot, all_cases, all_logs, choose_type, give_credentials, hook, hook_with,
        open, report, save, see_record, sign_in, stand, take_photos, until_store,
    },
    media,
    phone_store::PhoneStore,
    server::Server,
};

const MEGABYTE: u64 = 1 << 20;

/// Far from any district of the country's west.
const SEA: Sight = Sight { category: "0402", spot: Spot { latitude: 20.0, longitude: 120.0 } };

#[tokio::test]
async fn a_phone_says_which_file_is_no_photo_and_keeps_the_good_ones() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = Browser::phone().await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    stand(&phone, BY_LAW.spot).await?;
    take_photos(&phone, &[&media::small(2)?]).await?;
    phone.click(&hook("photo-add")).await?;
    for (file, words) in [
        (media::not_a_photo()?, "不是照片"),
        (media::huge_header()?, "50000 × 50000"),
        (media::truncated()?, "不完整或已损坏"),
        (media::empty()?, "不是照片"),
    ] {
        phone.choose_files(&hook("gallery-input"), &[&file]).await?;
        phone.read_in(&hook("capture-error"), words).await?;
    }
    phone.screenshot("refusal-photo").await?;
    // 40 MB, a picture with a film behind it: shrunk like any other, and small enough.
    phone.choose_files(&hook("gallery-input"), &[&media::oversized()?]).await?;
    phone.until("document.querySelectorAll('[data-test=photo-thumb]').length === 2").await?;
    choose_type(&phone, BY_LAW.category).await?;
    let case = save(&phone).await?;
    let store = until_store(&phone, "settled", PhoneStore::is_settled).await?;
    ensure!(store.report_of(case)?.photos.len() == 2, "the good photos, and only they");
    ensure!(store.photos.iter().all(|photo| photo.length < 2 * MEGABYTE));
    phone.close().await
}

#[tokio::test]
async fn in_the_sea_is_outside_and_reaches_headquarters_all_the_same() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = Browser::phone().await?;
    phone.stand_at(SEA.spot.latitude, SEA.spot.longitude, 8.0).await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    phone.see(&hook_with("place-strip", "state", "outside")).await?;
    phone.read_in(&hook("place-strip"), "辖区之外").await?;
    phone.screenshot("refusal-sea").await?;
    let case = report(&phone, SEA, &[&media::small(3)?]).await?;
    open(&phone, "records").await?;
    see_record(&phone, case, "unassigned").await?;
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let known = all_cases(&client).await?.remove(&case).unwrap();
    let Destination::Headquarters { why, .. } = known.routing.destination else {
        anyhow::bail!("{:?}", known.routing)
    };
    ensure!(why == Why::OutsideDistrict, "{why:?}");
    phone.close().await
}

#[tokio::test]
async fn an_ended_session_pauses_sending_and_loses_nothing() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = Browser::phone().await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    phone.see(&hook_with("sync-state", "state", "done")).await?;
    // Ended without the app's knowledge, as headquarters ends the one of a lost phone.
    let ended: u16 = phone
        .run_async("return (await fetch('/api/v1/session', { method: 'DELETE' })).status", vec![])
        .await?;
    ensure!((200..300).contains(&ended), "{ended}");
    let case = report(&phone, BY_LAW, &[&media::small(4)?]).await?;
    phone.see(&hook_with("sync-state", "state", "paused")).await?;
    phone.read_in(&hook("sign-in-again"), "重新登录").await?;
    phone.screenshot("refusal-session").await?;
    let store = PhoneStore::read(&phone).await?;
    store.assert_whole()?;
    ensure!(store.operations.len() == 1 && store.operations[0].answer.is_none());

    phone.click(&format!("{} a", hook("sign-in-again"))).await?;
    give_credentials(&phone, "inspector").await?;
    let store = until_store(&phone, "settled", PhoneStore::is_settled).await?;
    ensure!(store.operations.len() == 1);
    open(&phone, "records").await?;
    see_record(&phone, case, "assigned").await?;
    phone.close().await
}

#[tokio::test]
async fn bad_photos_are_refused_with_a_sentence_and_within_bounded_memory() -> Result<()> {
    let server = Server::demo().await?;
    let mut client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    let good = std::fs::read(media::small(5)?)?;
    let case = new_case();
    let sealed = client.seal(case, 0, report_of(&good, BY_LAW.category))?;
    client.send(vec![sealed]).await?;
    client.put_photo(good.clone()).await?;
    let before = all_logs(&client).await?;

    for (file, code) in [
        (media::truncated()?, "photo_damaged"),
        (media::huge_header()?, "too_many_pixels"),
        (media::not_a_photo()?, "not_a_photo"),
        (media::oversized()?, "photo_too_large"),
    ] {
        let bytes = std::fs::read(&file)?;
        let hash = PhotoHash::of(&bytes);
        let (_, problem) = client.put_refused(hash, bytes).await?;
        ensure!(problem.code == code, "{}: {problem:?}", file.display());
        ensure!(problem.title.chars().count() > 5, "{code} is no sentence: {}", problem.title);
    }
    let (_, problem) = client.put_refused(PhotoHash::of(b"another"), good.clone()).await?;
    ensure!(problem.code == "wrong_hash", "{problem:?}");

    let peak = server.peak_memory()?;
    ensure!(peak < 400 * MEGABYTE, "the server needed {} MB", peak / MEGABYTE);
    ensure!(all_logs(&client).await? == before, "what was stored has changed");
    ensure!(client.photo(PhotoHash::of(&good), "original").await? == good);
    Ok(())
}

#[tokio::test]
async fn bad_records_are_kept_and_answered_with_a_reason() -> Result<()> {
    let server = Server::demo().await?;
    let mut client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    let photo = std::fs::read(media::small(6)?)?;

    let sealed = client.seal(new_case(), 0, report_of(&photo, "9999"))?;
    let first = client.send(vec![sealed.clone()]).await?;
    let Verdict::Refused { refusal } = &first.results[0].verdict else {
        anyhow::bail!("{:?}", first.results[0])
    };
    ensure!(*refusal == Refusal::UnknownCategory { category: "9999".into() }, "{refusal:?}");
    for lang in Lang::ALL {
        ensure!(refusal.sentence(lang).chars().count() > 5, "no sentence in {lang:?}");
    }
    // Kept: the same again has the same receipt.
    ensure!(client.send(vec![sealed]).await? == first);

    let case = new_case();
    let sealed = client.seal(case, 0, report_of(&photo, BY_LAW.category))?;
    let first = client.send(vec![sealed.clone()]).await?;
    ensure!(first.results[0].verdict == Verdict::Accepted, "{first:?}");
    let mut other = sealed.open().map_err(|why| anyhow::anyhow!("{why}"))?;
    if let Command::Report(report) = &mut other.command {
        report.note = "另一份内容".into();
    }
    let answer = client.send(vec![other.seal()?]).await?;
    let branch = Verdict::Quarantined { reason: QuarantineReason::Branch };
    ensure!(answer.results[0].verdict == branch, "{answer:?}");
    ensure!(note_of(&client, case).await?.is_empty(), "the first content stands");
    Ok(())
}

async fn note_of(client: &Client, case: CaseId) -> Result<String> {
    let known = all_cases(client).await?.remove(&case);
    Ok(known.map(|case| case.report.note).unwrap_or_default())
}

fn report_of(photo: &[u8], category: &str) -> Command {
    let done = DeviceTime { claimed: now(), offset_ms: Some(0) };
    let at = GeoPoint::from_degrees(BY_LAW.spot.latitude, BY_LAW.spot.longitude).unwrap();
    let shot = Shot {
        hash: PhotoHash::of(photo),
        length: photo.len() as u64,
        format: PhotoFormat::Jpeg,
        width: 1600,
        height: 1200,
        taken: done,
        origin: ShotOrigin::Camera,
    };
    Command::Report(Box::new(Report {
        category: category.into(),
        condition: "1".into(),
        position: Some(Position { at, accuracy_m: 5, read: now() }),
        chosen: PlaceChoice::default(),
        source: Source::Patrol,
        note: String::new(),
        photos: vec![shot],
        pack: "2026.1".into(),
        told_permitted: None,
    }))
}
