//! Bytes of a photo that are no longer those that were taken, on the phone itself: it is
//! said which photo of which report, what is safe and what to do, and the way out works.

use anyhow::{Context as _, Result, ensure};
use domain::{PhotoHash, sync::outbox::OperationRow};
use tests::{
    browser::Browser,
    client::{Client, DEMO_PASSWORD},
    journey::{
        BY_LAW, all_cases, choose_type, hook, hook_with, inspector_s, open, report, save,
        see_record, stand, take_photos, until_store,
    },
    media,
    phone_store::PhoneStore,
    server::Server,
};

/// Flips one bit in the middle of a photo, as a failing disk does.
const DAMAGE: &str = r"
const wait = (request) => new Promise((ok, no) => {
  request.onsuccess = () => ok(request.result);
  request.onerror = () => no(request.error);
});
const database = await wait(indexedDB.open('xunjie'));
const table = database.transaction('photo_bytes', 'readwrite').objectStore('photo_bytes');
const bytes = new Uint8Array(await wait(table.get(args[0])));
bytes[bytes.length >> 1] ^= 1;
await wait(table.put(bytes.buffer, args[0]));
database.close();
return bytes.length;
";

#[tokio::test]
async fn a_photo_that_broke_on_the_phone_is_named_and_taken_again() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_s(&server).await?;
    server.stop().await?;
    let case = report(&phone, BY_LAW, &[&media::small(11)?, &media::small(12)?]).await?;
    let photos = PhoneStore::read(&phone).await?.report_of(case)?.photos;
    let (good, broken) = (photos[0].hash, photos[1].hash);
    damage(&phone, broken).await?;

    server.start().await?;
    phone.click(&hook("sync-state")).await?;
    phone.click(&hook("sync-now")).await?;
    until_store(&phone, "sent but for what is damaged", |store| {
        store.operations.iter().all(OperationRow::is_answered)
            && store.photos.iter().all(|photo| photo.is_answered() != photo.damaged)
    })
    .await?;
    phone.see(&hook_with("sync-state", "state", "attention")).await?;
    phone.read("有照片发不出去").await?;
    open(&phone, "records").await?;
    see_record(&phone, case, "assigned").await?;
    for words in ["照片 2 在本机已损坏", "文字已到达", "另有 1 张照片已到达", "补拍"]
    {
        phone.read_in(&hook("record-harm"), words).await?;
    }
    phone.see(&hook_with("photo-mark", "state", "attention")).await?;
    phone.screenshot("damaged-photo").await?;

    // The way out: the rest is filled in, only that photo is taken anew.
    phone.click(&hook("record-again")).await?;
    phone.see(&hook("report-sheet")).await?;
    phone.until("document.querySelectorAll('[data-test=photo-thumb]').length === 1").await?;
    phone.click(&hook("photo-add")).await?;
    phone.choose_files(&hook("gallery-input"), &[&media::small(13)?]).await?;
    phone.until("document.querySelectorAll('[data-test=photo-thumb]').length === 2").await?;
    let again = save(&phone).await?;
    let store = until_store(&phone, "settled", |store| {
        store.operations.len() == 2 && store.operations.iter().all(OperationRow::is_answered)
    })
    .await?;
    ensure!(store.operations[0].acknowledged, "the old one is not settled");
    let fresh = store.report_of(again)?;
    ensure!(fresh.photos.len() == 2 && fresh.photos[0].hash == good, "{:?}", fresh.photos);
    ensure!(fresh.category.as_str() == BY_LAW.category);
    phone.see(&hook_with("sync-state", "state", "done")).await?;
    open(&phone, "records").await?;
    see_record(&phone, again, "assigned").await?;
    phone.see_gone(&hook("record-harm")).await?;
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let held = all_cases(&client).await?;
    ensure!(held[&again].pending_photos().is_empty(), "the new one waits for a photo");
    ensure!(held[&case].pending_photos().len() == 1, "the old one says what it lacks");
    phone.close().await
}

#[tokio::test]
async fn a_draft_whose_photo_broke_says_so_before_it_is_saved() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = inspector_s(&server).await?;
    stand(&phone, BY_LAW.spot).await?;
    take_photos(&phone, &[&media::small(14)?]).await?;
    choose_type(&phone, BY_LAW.category).await?;
    let store = PhoneStore::read(&phone).await?;
    damage(&phone, store.photos.first().context("no photo")?.hash).await?;
    phone.click(&hook("save")).await?;
    phone.read_in(&hook("save-error"), "第 1 张照片在本机已损坏").await?;
    ensure!(PhoneStore::read(&phone).await?.operations.is_empty(), "it was saved all the same");
    phone.click(&hook("photo-remove")).await?;
    take_photos(&phone, &[&media::small(15)?]).await?;
    save(&phone).await?;
    until_store(&phone, "settled", |store| !store.operations.is_empty() && store.is_settled())
        .await?;
    phone.close().await
}

async fn damage(phone: &Browser, photo: PhotoHash) -> Result<()> {
    let bytes: u64 = phone.run_async(DAMAGE, vec![photo.to_string().into()]).await?;
    ensure!(bytes > 0, "there were no bytes");
    Ok(())
}
