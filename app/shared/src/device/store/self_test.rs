//! Whether this phone keeps what it is given: as many bytes as a photo has, written strictly,
//! read back in another transaction, compared, taken away. A disk with room for a small row and
//! none for a photo is full, whatever the browser says of its quota.

use domain::Timestamp;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};

use super::{
    StoreError,
    schema::Table,
    transaction::{Mode, run},
};
use crate::device::{clock, random};

/// Bytes of a photo as the photo worker makes it.
const LENGTH: usize = 512 * 1_024;

const PREFIX: &str = "self-test-";

/// A trial takes far less; one that is older was cut short with its browser.
const LONGEST_MS: i64 = 60_000;

/// # Errors
/// What the store said; `Full` when it gave back nothing of what it called written, `Damaged`
/// when it gave back something else.
pub async fn self_test() -> Result<(), StoreError> {
    let written = random::bytes::<32>().repeat(LENGTH / 32);
    // Beside the one row of facts; another each time, for two may look at once.
    let now = clock::now();
    let key = JsValue::from_str(&format!("{PREFIX}{}-{}", now.millis(), random::number()));
    let tables = [Table::Meta];
    run(&tables, Mode::WriteStrictly, async |transaction| {
        for old in transaction.keys(Table::Meta).await? {
            if old.as_string().is_some_and(|old| is_left_over(&old, now)) {
                transaction.delete(Table::Meta, &old)?;
            }
        }
        let bytes = Uint8Array::from(written.as_slice()).buffer();
        transaction.put(Table::Meta, &key, &bytes)
    })
    .await?;
    let read =
        run(&tables, Mode::Read, async |transaction| transaction.get(Table::Meta, &key).await)
            .await?;
    run(&tables, Mode::Write, async |transaction| transaction.delete(Table::Meta, &key)).await?;
    let read = read.dyn_into::<js_sys::ArrayBuffer>().map_err(|_| StoreError::Full)?;
    if Uint8Array::new(&read).to_vec() == written { Ok(()) } else { Err(StoreError::Damaged) }
}

/// Whether a key is that of a trial whose browser was closed under it.
fn is_left_over(key: &str, now: Timestamp) -> bool {
    let Some(trial) = key.strip_prefix(PREFIX) else { return false };
    let begun = trial.split('-').next().and_then(|millis| millis.parse().ok());
    begun.is_none_or(|begun| now.since(Timestamp::from_millis(begun)).saturating_abs() > LONGEST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trial_is_left_over_when_it_began_more_than_a_minute_from_now() {
        let now = Timestamp::from_millis(1_795_000_000_000);
        for (key, expected) in [
            ("self-test-1795000000000-17", false),
            ("self-test-1794999940000-17", false),
            ("self-test-1794999939999-17", true),
            // The clock was set back meanwhile.
            ("self-test-1795000060001-17", true),
            ("self-test-17", true),
            ("self-test-", true),
            ("facts", false),
            ("", false),
        ] {
            assert_eq!(is_left_over(key, now), expected, "{key:?}");
        }
    }
}
