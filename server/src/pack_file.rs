//! The compiled pack in force as it is sent, and its smallest form, which takes a second
//! to make: it is made once, when it is first asked for, and nobody waits for it.

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
    is_begun: AtomicBool,
}

impl PackFile {
    #[must_use]
    pub fn new(json: String) -> Arc<Self> {
        Arc::new(Self {
            json: json.into(),
            brotli: OnceLock::new(),
            is_begun: AtomicBool::new(false),
        })
    }

    /// The smallest form, once it is made; asking begins that.
    #[must_use]
    pub fn brotli(self: &Arc<Self>) -> Option<Bytes> {
        if let Some(made) = self.brotli.get() {
            return Some(made.clone());
        }
        if !self.is_begun.swap(true, Ordering::Relaxed) {
            let file = Arc::clone(self);
            tokio::task::spawn_blocking(move || {
                if let Some(made) = compress(&file.json) {
                    file.brotli.get_or_init(|| made);
                }
            });
        }
        None
    }
}

fn compress(plain: &[u8]) -> Option<Bytes> {
    let mut made = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*plain, &mut made, &parameters).ok()?;
    Some(made.into())
}
