//! The preview on a phone is the server's answer: assignment in a browser's WASM and
//! in the native binary agree on 10,000 generated reports, down to every reason.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{
    browser::Browser,
    client::{Client, DEMO_PASSWORD},
    place,
    server::Server,
};

const SEED: u32 = 20_260_501;
const COUNT: u32 = 10_000;

const RUN: &str = r"
const [module, pack, seed, count] = args;
const bytes = Uint8Array.from(module.match(/../g), (hex) => parseInt(hex, 16));
const { instance: { exports } } = await WebAssembly.instantiate(bytes, {});
const text = new TextEncoder().encode(pack);
const room = exports.room(text.length);
new Uint8Array(exports.memory.buffer).set(text, room);
const answer = exports.run(room, text.length, seed, count);
const length = new DataView(exports.memory.buffer).getUint32(answer, true);
return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, answer + 4, length));
";

#[tokio::test]
async fn ten_thousand_reports_are_assigned_alike_on_phone_and_server() -> Result<()> {
    let server = Server::demo().await?;
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let pack = client.ask(reqwest::Method::GET, "pack").send().await?.error_for_status()?;
    let pack = pack.text().await?;

    let module: String =
        std::fs::read(place::probe()?)?.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut phone = Browser::phone().await?;
    phone.go("about:blank").await?;
    let arguments = vec![json!(module), json!(pack), json!(SEED), json!(COUNT)];
    let on_phone: String = phone.run_async(RUN, arguments).await?;
    let on_phone: Vec<_> = on_phone.lines().collect();

    let native = probe::routings(&pack, u64::from(SEED), COUNT).map_err(anyhow::Error::msg)?;
    ensure!(native.len() == COUNT as usize, "{} reports", native.len());
    ensure!(on_phone.len() == native.len(), "the phone says: {:.200}", on_phone.join(" "));
    let differ: Vec<_> = (0..native.len()).filter(|&i| native[i] != on_phone[i]).collect();
    ensure!(differ.is_empty(), "{} differ, the first is {:?}", differ.len(), differ.first());
    // Not 10,000 times the same.
    let kinds: std::collections::BTreeSet<_> = native.iter().collect();
    ensure!(kinds.len() > 1_000, "only {} different routings", kinds.len());
    phone.close().await
}
