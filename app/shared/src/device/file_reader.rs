//! Reads a file whose bytes the browser holds piece by piece, so that what is needed of its
//! first kilobytes does not copy all of it.

use std::io::{self, Read, Seek, SeekFrom};

use js_sys::{ArrayBuffer, Uint8Array};

pub struct FileReader {
    bytes: Uint8Array,
    at: u64,
}

impl FileReader {
    pub fn new(bytes: &ArrayBuffer) -> Self {
        Self { bytes: Uint8Array::new(bytes), at: 0 }
    }
}

impl Read for FileReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.bytes.length();
        let from = u32::try_from(self.at).unwrap_or(u32::MAX).min(length);
        let wanted = u32::try_from(into.len()).unwrap_or(u32::MAX);
        let until = from.saturating_add(wanted).min(length);
        let count = usize::try_from(until - from).unwrap_or(0);
        if let Some(into) = into.get_mut(..count) {
            self.bytes.subarray(from, until).copy_to(into);
        }
        self.at = self.at.saturating_add((until - from).into());
        Ok(count)
    }
}

impl Seek for FileReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => u64::from(self.bytes.length()).checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
