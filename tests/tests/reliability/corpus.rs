//! Photos of every kind: none is taken that shows black, blank or turned, and what is
//! refused is refused with a sentence.

use std::{collections::BTreeSet, path::PathBuf};

use anyhow::{Context as _, Result, ensure};
use domain::{
    DeviceTime, PhotoHash,
    case::{Command, Report, Source},
    evidence::{PhotoFormat, Shot, ShotOrigin},
    pack::DistrictPack,
    place::PlaceChoice,
    sync::Verdict,
};
use image::RgbImage;
use tests::{
    browser::Browser,
    client::{Client, DEMO_PASSWORD, new_case, now},
    journey::{BY_LAW, choose_type, hook, save, sign_in, stand, take_photos, until_store},
    media::{
        self,
        corpus::{self, Sample},
    },
    phone_store::PhoneStore,
    server::Server,
};

/// Of 255; a turned or black picture is more than 20 away.
const ALIKE: f64 = 8.0;

#[tokio::test]
async fn the_server_takes_no_photo_that_shows_black_blank_or_turned() -> Result<()> {
    let server = Server::demo().await?;
    let mut client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    let pack = client.pack().await?;
    let (good, bad): (Vec<_>, Vec<_>) =
        corpus::all()?.into_iter().partition(|it| it.upright.is_some());
    let names: BTreeSet<_> = good.iter().chain(&bad).map(|it| &it.name).collect();
    ensure!(names.len() >= 200 && names.len() == good.len() + bad.len(), "{}", names.len());
    let mut wrong = Vec::new();
    for sample in &bad {
        let hash = PhotoHash::of(&sample.bytes);
        match client.put_refused(hash, sample.bytes.clone()).await {
            Ok((status, problem)) if status.is_client_error() => {
                ensure!(problem.title.chars().count() > 5, "{}: {problem:?}", sample.name);
            }
            Ok((status, problem)) => wrong.push(format!("{}: {status} {problem:?}", sample.name)),
            Err(_) => wrong.push(format!("{}: taken", sample.name)),
        }
    }
    for some in good.chunks(Report::MAX_PHOTOS) {
        let sealed = client.seal(new_case(), 0, report(&pack, some))?;
        let answer = client.send(vec![sealed]).await?;
        ensure!(answer.results[0].verdict == Verdict::Accepted, "{:?}", answer.results[0]);
        for sample in some {
            if let Err(why) = seen_as_it_is(&client, sample).await {
                wrong.push(format!("{}: {why:#}", sample.name));
            }
        }
    }
    ensure!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    println!(
        "{} files: {} shown as they are, {} refused",
        good.len() + bad.len(),
        good.len(),
        bad.len()
    );
    Ok(())
}

async fn seen_as_it_is(client: &Client, sample: &Sample) -> Result<()> {
    let upright = sample.upright.as_ref().context("a good one")?;
    client.put_photo(sample.bytes.clone()).await.context("refused")?;
    let hash = PhotoHash::of(&sample.bytes);
    for size in ["thumb", "screen"] {
        let bytes = client.photo(hash, size).await.context(size)?;
        alike(&bytes, upright).with_context(|| size.to_owned())?;
    }
    ensure!(client.photo(hash, "original").await? == sample.bytes, "the original has changed");
    Ok(())
}

fn alike(bytes: &[u8], upright: &RgbImage) -> Result<()> {
    let shown = image::load_from_memory(bytes)?.into_rgb8();
    let distance = corpus::distance(&shown, upright);
    ensure!(distance < ALIKE, "{distance:.1} from the picture, {:?}", shown.dimensions());
    Ok(())
}

/// What the phone makes of a part of them: its own decoder, its own turning.
#[tokio::test]
async fn the_phone_turns_and_keeps_every_kind_as_a_person_sees_it() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = Browser::phone().await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    stand(&phone, BY_LAW.spot).await?;
    let folder = tempfile::tempdir()?;
    let good = |it: &Sample| {
        let kinds = ["baseline-", "progressive-6", "grey-8", "cmyk-3", "restarts-5", "-480"];
        it.upright.is_some() && kinds.iter().any(|kind| it.name.contains(kind))
    };
    let mut samples = corpus::turned()?;
    samples.extend(corpus::other_formats()?);
    samples.retain(good);
    ensure!(samples.len() >= 18, "{} samples", samples.len());
    let mut shown = Vec::new();
    for some in samples.chunks(Report::MAX_PHOTOS) {
        let files = files(folder.path(), some)?;
        let files: Vec<_> = files.iter().map(PathBuf::as_path).collect();
        take_photos(&phone, &files).await?;
        choose_type(&phone, BY_LAW.category).await?;
        let case = save(&phone).await?;
        let store = until_store(&phone, "settled", PhoneStore::is_settled).await?;
        let photos = store.report_of(case)?.photos;
        ensure!(photos.len() == some.len(), "{} of {} photos", photos.len(), some.len());
        shown.extend(photos);
    }
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let mut wrong = Vec::new();
    for (sample, shot) in samples.iter().zip(&shown) {
        let bytes = client.photo(shot.hash, "original").await?;
        if let Err(why) = alike(&bytes, sample.upright.as_ref().context("a good one")?) {
            wrong.push(format!("{}: {why:#}", sample.name));
        }
    }
    ensure!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));

    // Every fifth of what broke off: refused in words, and nothing of it is kept.
    let cut: Vec<_> = corpus::cut_short()?.into_iter().step_by(5).collect();
    for sample in &cut {
        let file = files(folder.path(), std::slice::from_ref(sample))?;
        phone.choose_files(&hook("gallery-input"), &[&file[0]]).await?;
        let words = phone.see(&hook("capture-error")).await?.text().await?;
        ensure!(words.chars().count() > 5, "{}: {words:?}", sample.name);
        let thumbs = format!("document.querySelectorAll('{}').length === 0", hook("photo-thumb"));
        phone.until(&thumbs).await.with_context(|| format!("{} was taken", sample.name))?;
    }
    // They were looked at one after the other: had one been taken, there were two now.
    take_photos(&phone, &[&media::tiny(9)?]).await?;
    println!("{} shown as they are, {} refused", samples.len(), cut.len());
    phone.close().await
}

/// What the largest sensors write: decoded whole, 200 megapixels are 800 MB.
#[tokio::test]
async fn the_phone_shrinks_the_largest_photos_without_ever_holding_them() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = Browser::phone().await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    stand(&phone, BY_LAW.spot).await?;
    let huge = [media::huge(12_240, 16_320, 6)?, media::huge(6_120, 8_160, 7)?];
    let huge: Vec<_> = huge.iter().map(PathBuf::as_path).collect();
    take_photos(&phone, &huge).await?;
    choose_type(&phone, BY_LAW.category).await?;
    let case = save(&phone).await?;
    let store = until_store(&phone, "settled", PhoneStore::is_settled).await?;
    let photos = store.report_of(case)?.photos;
    ensure!(photos.len() == huge.len(), "{} of {} photos", photos.len(), huge.len());
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    for shot in &photos {
        ensure!((1_900..=2_048).contains(&shot.width.max(shot.height)), "{shot:?}");
        alike(&client.photo(shot.hash, "original").await?, &media::huge_scene())?;
    }
    phone.close().await
}

fn files(folder: &std::path::Path, samples: &[Sample]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for sample in samples {
        let path = folder.join(format!("{}.{}", sample.name, sample.extension));
        std::fs::write(&path, &sample.bytes)?;
        files.push(path);
    }
    Ok(files)
}

fn report(pack: &DistrictPack, samples: &[Sample]) -> Command {
    let category = &pack.categories[0];
    let shot = |sample: &Sample| Shot {
        hash: PhotoHash::of(&sample.bytes),
        length: sample.bytes.len() as u64,
        format: PhotoFormat::from_magic(&sample.bytes).unwrap_or(PhotoFormat::Jpeg),
        width: 0,
        height: 0,
        taken: DeviceTime { claimed: now(), offset_ms: None },
        origin: ShotOrigin::Camera,
    };
    Command::Report(Box::new(Report {
        category: category.code.clone(),
        condition: category.conditions[0].code.clone(),
        position: None,
        chosen: PlaceChoice::default(),
        source: Source::Patrol,
        note: String::new(),
        photos: samples.iter().map(shot).collect(),
        pack: pack.version.clone(),
        told_permitted: None,
    }))
}
