//! The compiled pack in force as it is sent, and its brotli encoding, which takes about a
//! second: it is made once, when it is first asked for, and no request waits for it.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use axum::body::Bytes;
use brotli::enc::BrotliEncoderParams;

#[derive(Debug)]
pub struct PackFile {
    pub json: Bytes,
    brotli: OnceLock<Bytes>,
    is_started: AtomicBool,
}

impl PackFile {
    #[must_use]
    pub fn new(json: String) -> Arc<Self> {
        Arc::new(Self {
            json: json.into(),
            brotli: OnceLock::new(),
            is_started: AtomicBool::new(false),
        })
    }

    /// The brotli encoding, once it is made; the first call starts making it.
    #[must_use]
    pub fn brotli(self: &Arc<Self>) -> Option<Bytes> {
        if let Some(encoded) = self.brotli.get() {
            return Some(encoded.clone());
        }
        if !self.is_started.swap(true, Ordering::Relaxed) {
            let file = Arc::clone(self);
            tokio::task::spawn_blocking(move || {
                if let Some(encoded) = compress(&file.json) {
                    file.brotli.get_or_init(|| encoded);
                }
            });
        }
        None
    }
}

fn compress(plain: &[u8]) -> Option<Bytes> {
    let mut encoded = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*plain, &mut encoded, &parameters).ok()?;
    Some(encoded.into())
}
