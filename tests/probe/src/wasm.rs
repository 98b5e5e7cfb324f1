//! The probe's door in WASM: bytes in, bytes out, through the module's own memory, so
//! that a page needs nothing but `WebAssembly.instantiate`.

use crate::routings;

/// Room for `length` bytes of pack.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    Box::leak(vec![0_u8; length].into_boxed_slice()).as_mut_ptr()
}

/// Assigns, and gives the address of four bytes of length (little endian) and then
/// the lines, joined by line feeds.
///
/// # Safety
/// `pack` and `length` are those of a filled [`room`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn run(pack: *const u8, length: usize, seed: u32, count: u32) -> *const u8 {
    // SAFETY: promised by the caller.
    let bytes = unsafe { std::slice::from_raw_parts(pack, length) };
    let text = match std::str::from_utf8(bytes) {
        Ok(pack) => routings(pack, u64::from(seed), count).map(|lines| lines.join("\n")),
        Err(error) => Err(error.to_string()),
    };
    let text = text.unwrap_or_else(|error| format!("error: {error}"));
    let mut answer = (text.len() as u32).to_le_bytes().to_vec();
    answer.extend_from_slice(text.as_bytes());
    Box::leak(answer.into_boxed_slice()).as_ptr()
}
