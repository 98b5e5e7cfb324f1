//! Whether this phone keeps what it is given: written strictly, read back in another
//! transaction, compared, taken away.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};

use super::{
    StoreError,
    schema::Table,
    transaction::{Mode, run},
};
use crate::device::random;

/// # Errors
/// What the store said; `Damaged` when it gave back something else.
pub async fn self_test() -> Result<(), StoreError> {
    let written = random::bytes::<32>();
    // Beside the one row of facts; another each time, for two may look at once.
    let key = JsValue::from_str(&format!("self-test-{}", random::number()));
    let tables = [Table::Meta];
    run(&tables, Mode::WriteStrictly, async |transaction| {
        let bytes = Uint8Array::from(written.as_slice()).buffer();
        transaction.put(Table::Meta, &key, &bytes)
    })
    .await?;
    let read =
        run(&tables, Mode::Read, async |transaction| transaction.get(Table::Meta, &key).await)
            .await?;
    run(&tables, Mode::Write, async |transaction| transaction.delete(Table::Meta, &key)).await?;
    let read = read.dyn_into::<js_sys::ArrayBuffer>().map_err(|_| StoreError::Damaged)?;
    if Uint8Array::new(&read).to_vec() == written { Ok(()) } else { Err(StoreError::Damaged) }
}
