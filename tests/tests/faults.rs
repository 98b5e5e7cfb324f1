//! The same sync over a line that loses the first answer to every request: the server
//! has done the work, the phone never heard of it and says everything again.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use domain::{CaseId, OperationId};
use serde_json::json;
use tests::{
    browser::Browser,
    client::{Client, DEMO_PASSWORD},
    journey::{
        BY_DOCUMENT, BY_LAW, FOR_THE_TRAY, all_logs, inspector_at, open, report, see_record,
        until_store,
    },
    media,
    phone_store::PhoneStore,
    proxy::{Fault, Proxy},
    server::Server,
};

#[tokio::test]
async fn no_case_no_event_and_no_photo_comes_twice_and_none_is_missing() -> Result<()> {
    let server = Server::demo().await?;
    let proxy = Proxy::before(server.address()).await?;
    let phone = inspector_at(&proxy.url("/field/")).await?;

    proxy.unplug();
    has_network(&phone, false).await?;
    let sights = [
        (BY_LAW, vec![media::street(1)?, media::small(2)?]),
        (BY_DOCUMENT, vec![media::oriented(6)?]),
        (FOR_THE_TRAY, vec![media::progressive()?, media::png()?]),
    ];
    let mut cases = BTreeSet::<CaseId>::new();
    for (sight, photos) in sights {
        let files: Vec<_> = photos.iter().map(PathBuf::as_path).collect();
        cases.insert(report(&phone, sight, &files).await?);
    }
    let before = PhoneStore::read(&phone).await?;
    before.assert_whole()?;

    // The live events are no answer to work: they only say that there is some.
    proxy.policy(|request| match request.repeat {
        0 if request.path.starts_with("/api/") && !request.path.ends_with("/live") => {
            Fault::DropAnswer
        }
        _ => Fault::Pass,
    });
    proxy.plug_in();
    has_network(&phone, true).await?;
    let settled = until_store(&phone, "settled", PhoneStore::is_settled).await?;
    ensure!(settled.operations.len() == 3, "{} operations", settled.operations.len());
    open(&phone, "records").await?;
    for case in &cases {
        let row = format!("[data-test=record-row][data-case=\"{case}\"]");
        phone.see(&row).await?;
    }
    see_record(&phone, *cases.last().unwrap(), "unassigned").await?;

    let dropped = proxy.requests().iter().filter(|(_, fault)| *fault == Fault::DropAnswer).count();
    ensure!(dropped >= 5, "only {dropped} answers were lost: the line was not that bad");
    as_if_the_line_had_been_good(&server, &cases, &before).await
}

/// A row that is spoilt on the phone while its batch is on the way: what the server said of
/// the others is kept. Once the row can be read again it is sent again, and taken once.
#[tokio::test]
async fn a_row_that_cannot_be_read_costs_the_others_no_answer() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    server.stop().await?;
    for number in 81..=83 {
        report(&phone, BY_LAW, &[&media::small(number)?]).await?;
    }
    phone
        .run::<()>(
            "const { fetch } = window;
             window.fetch = async (...request) => {
               const answer = await fetch(...request);
               if (answer.ok && answer.url.endsWith('/operations') && !window.spared) {
                 window.spared = await rewrite(2, () => '{}');
               }
               return answer;
             };
             window.rewrite = (number, text) => new Promise((ok, no) => {
               const opening = indexedDB.open('xunjie');
               opening.onsuccess = () => {
                 const change = opening.result.transaction('operations', 'readwrite');
                 const rows = change.objectStore('operations');
                 let before;
                 rows.get(number).onsuccess = ({ target }) => {
                   before = target.result;
                   rows.put(text(before), number);
                 };
                 change.oncomplete = () => { opening.result.close(); ok(before); };
                 change.onabort = no;
               };
             });
             window.answered = () => new Promise((ok) => {
               const opening = indexedDB.open('xunjie');
               opening.onsuccess = () => {
                 const rows = opening.result.transaction('operations').objectStore('operations');
                 rows.getAll().onsuccess = ({ target }) => {
                   opening.result.close();
                   ok(target.result.filter((row) => row.includes('\"receipt\"')).length);
                 };
               };
             });",
            vec![],
        )
        .await?;
    server.start().await?;
    phone
        .run_async::<()>(
            "while (await answered() < 2) await new Promise((ok) => setTimeout(ok, 20));
             await rewrite(2, () => spared);",
            vec![],
        )
        .await?;
    phone.reload().await?;
    let settled = until_store(&phone, "settled", PhoneStore::is_settled).await?;
    settled.assert_sound()?;
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let logs = all_logs(&client).await?;
    ensure!(logs.len() == 3, "{} cases", logs.len());
    phone.close().await
}

/// What the phone's system tells its browser.
async fn has_network(phone: &Browser, is_there: bool) -> Result<()> {
    let rates = json!({
        "offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    });
    phone.devtools("Network.emulateNetworkConditions", rates).await.map(drop)
}

async fn as_if_the_line_had_been_good(
    server: &Server,
    cases: &BTreeSet<CaseId>,
    phone: &PhoneStore,
) -> Result<()> {
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let logs = all_logs(&client).await?;
    let held: BTreeSet<_> = logs.iter().map(|log| log.case).collect();
    ensure!(held == *cases, "the server holds {held:?}, the phone sent {cases:?}");
    for log in &logs {
        let numbers: Vec<_> = log.events.iter().map(|event| event.number).collect();
        ensure!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{}: {numbers:?}", log.case);
        let mut told = Vec::new();
        for event in &log.events {
            told.push(serde_json::to_string(&event.event)?);
        }
        let distinct: BTreeSet<_> = told.iter().collect();
        ensure!(distinct.len() == told.len(), "{} has an event twice: {told:#?}", log.case);
        let operations: BTreeSet<OperationId> =
            log.events.iter().filter_map(|event| event.operation).collect();
        ensure!(operations.len() == 1, "{}: one operation, not {operations:?}", log.case);
    }
    for photo in &phone.photos {
        let bytes = client.photo(photo.hash, "original").await?;
        ensure!(media::sha256(&bytes) == photo.hash.to_string(), "{} came as another", photo.hash);
    }
    let photos = logs
        .iter()
        .filter_map(|log| domain::case::Case::fold(log.case, &log.events))
        .map(|case| (case.arrived.len(), case.pending_photos().len()));
    let (arrived, pending) = photos.fold((0, 0), |sum, case| (sum.0 + case.0, sum.1 + case.1));
    ensure!((arrived, pending) == (phone.photos.len(), 0), "{arrived} arrived, {pending} pending");
    Ok(())
}
