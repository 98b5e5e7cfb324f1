//! What people met when they used it: the list of categories stays open, a discarded draft
//! comes back over a newer one, and every picture of a case carries the last one's tag.

use anyhow::{Context as _, Result, bail, ensure};
use domain::{PhotoHash, evidence::ShotOrigin};
use made_photos::{
    exif::{Exif, Gps},
    jpeg::Jpeg,
    picture::{CORNERS, corners},
};
use serde_json::json;
use tests::{
    browser::Browser,
    journey::{BY_LAW, choose_type, hook, inspector_at, report, save, take_photos, words_of},
    media,
    phone_store::PhoneStore,
    server::Server,
};

#[tokio::test]
async fn list_of_categories_closes_when_a_guess_is_chosen_and_the_routing_line_is_in_sight()
-> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    take_photos(&phone, &[&media::small(1)?]).await?;
    phone.click(&hook("type-search")).await?;
    phone.see(&hook("type-option")).await?;
    phone.click(&hook("type-chip")).await?;
    phone.see_gone(&hook("type-option")).await?;
    phone.see(&hook("preview")).await?;
    let is_in_sight: bool = phone
        .run(
            "const line = document.querySelector(arguments[0]).getBoundingClientRect();
             const save = document.querySelector(arguments[1]).getBoundingClientRect();
             return line.top >= 0 && line.top < save.top;",
            vec![json!(hook("preview")), json!(hook("save"))],
        )
        .await?;
    ensure!(is_in_sight, "the line that says where it goes is out of sight while Save is live");
    phone.close().await
}

#[tokio::test]
async fn undone_discard_takes_no_newer_draft_s_place_and_comes_after_it() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    take_photos(&phone, &[&media::small(2)?, &media::small(3)?]).await?;
    phone.click(&hook("discard")).await?;
    let undo = hook("undo");
    phone.see(&undo).await?;
    take_photos(&phone, &[&media::small(4)?]).await?;
    phone.click(&undo).await?;
    phone.read("刚才放弃的草稿已找回").await?;
    ensure!(photos(&phone).await? == 1, "the newer draft was replaced");
    choose_type(&phone, BY_LAW.category).await?;
    save(&phone).await?;
    phone.click(&hook("continue")).await?;
    phone.until(&format!("{} === 2", count_of(&hook("photo-thumb")))).await?;
    phone.close().await
}

#[tokio::test]
async fn undone_removal_puts_no_photo_into_the_draft_after_its_own() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    take_photos(&phone, &[&media::small(8)?, &media::small(9)?]).await?;
    choose_type(&phone, BY_LAW.category).await?;
    phone.click(&hook("photo-remove")).await?;
    let undo = hook("undo");
    phone.see(&undo).await?;
    phone.click(&hook("save")).await?;
    phone.see_gone(&hook("report-sheet")).await?;
    phone.click(&undo).await?;
    phone.read("照片没有放回").await?;
    take_photos(&phone, &[&media::small(10)?]).await?;
    ensure!(photos(&phone).await? == 1, "another draft's photo came in");
    phone.close().await
}

#[tokio::test]
async fn each_picture_of_a_case_carries_its_own_tag() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    let photos = [media::small(5)?, media::small(6)?, media::small(7)?];
    let case = report(&phone, BY_LAW, &photos.each_ref().map(|it| it.as_path())).await?;
    phone.go(&server.url(&format!("/field/case/{case}"))).await?;
    phone.see(&hook("photo-open")).await?;
    let tags: Vec<(bool, String)> = phone
        .run(
            "return [...document.querySelectorAll('.gallery li')].map((item) => {
               const [own, tag] = [item, item.querySelector('.tag')]
                 .map((it) => it.getBoundingClientRect());
               const lies = tag.left >= own.left && tag.right <= own.right
                 && tag.top >= own.top && tag.bottom <= own.bottom;
               return [lies, item.querySelector('.tag').textContent];
             });",
            vec![],
        )
        .await?;
    ensure!(tags.len() == 3 && tags.iter().all(|(lies, _)| *lies), "{tags:?}");
    for (number, (_, text)) in (1..).zip(&tags) {
        ensure!(text.contains(&format!("{number}/3")) && text.contains("整改前"), "{tags:?}");
    }
    ensure!(!words_of(&phone, &hook("case-title")).await?.is_empty());
    phone.close().await
}

/// Sealed as taken here and now, a photo of another year and country would be evidence of
/// something that nobody saw.
#[tokio::test]
async fn photo_of_the_gallery_is_sealed_with_its_claims_and_shown_to_differ() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    let arezzo = Gps {
        lat_ref: "N",
        lat: [(43, 1), (28, 1), (281, 100)],
        lon_ref: "E",
        lon: [(11, 1), (53, 1), (646, 100)],
    };
    let exif = Exif { taken: Some("2008:10:22 16:28:39"), gps: Some(arezzo), ..Exif::default() };
    let photo =
        Jpeg { exif: Some(&exif.block()), ..Jpeg::default() }.of(&corners(320, 240, CORNERS));
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("from-2008.jpg");
    std::fs::write(&file, &photo)?;

    let case = report(&phone, BY_LAW, &[&file]).await?;
    let shots = PhoneStore::read(&phone).await?.report_of(case)?.photos;
    let ShotOrigin::Gallery(source) = &shots[0].origin else { bail!("{:?}", shots[0].origin) };
    ensure!(source.hash == PhotoHash::of(&photo), "the hash of the chosen file");
    let taken = source.claimed.taken.context("a date")?;
    ensure!(taken.local().to_string() == "2008-10-22T16:28:39", "{taken:?}");
    let at = source.claimed.at.context("a place")?;
    ensure!((at.lat_e6 - 43_467_447).abs() < 9 && (at.lon_e6 - 11_885_127).abs() < 9, "{at:?}");

    phone.go(&server.url(&format!("/field/case/{case}"))).await?;
    phone.see(&format!("{}[data-differ=true]", hook("from-gallery"))).await?;
    phone.click(&hook("photo-open")).await?;
    phone.see(&format!("{}[data-differ=true]", hook("claims"))).await?;
    phone.read_in(&hook("claims"), "2008年10月22日 16:28").await?;
    phone.read_in(&hook("viewer"), "来自相册").await?;
    phone.screenshot("claims-of-a-gallery-photo").await?;
    phone.close().await
}

fn count_of(css: &str) -> String {
    format!("document.querySelectorAll({}).length", json!(css))
}

async fn photos(phone: &Browser) -> Result<u32> {
    phone.run(&format!("return {}", count_of(&hook("photo-thumb"))), vec![]).await
}
