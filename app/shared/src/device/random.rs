//! Random numbers from the browser's own source.

use web_sys::window;

/// Bytes nobody can guess; a device, case or operation id is made of them.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        // Every browser with WebAssembly has it; ids of a broken one stay apart by
        // time and by this.
        for byte in &mut bytes {
            #[expect(clippy::as_conversions, reason = "0 to 255")]
            let drawn = (js_sys::Math::random() * 256.0) as u8;
            *byte = drawn;
        }
    }
    bytes
}

/// For jitter.
pub fn number() -> u64 {
    u64::from_le_bytes(bytes())
}
