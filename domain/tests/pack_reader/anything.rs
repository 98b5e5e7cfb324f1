//! Whatever a file holds, reading it ends with a pack or with faults.

use domain::{
    Lang,
    pack::{DistrictPack, PackFiles, read},
};
use proptest::prelude::*;

use crate::sample::Folder;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_bytes_in_any_file_are_a_fault(
        file in prop::sample::select(PackFiles::NAMES.to_vec()),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut files = Folder::good().files();
        files.insert(file, bytes);
        // Nothing but blanks and comments is a district without rules: all to the tray.
        let no_rules = |pack: DistrictPack| file == "rules.toml" && pack.rules.is_empty();
        prop_assert!(read(&files).map_or(true, no_rules));
    }

    /// Text of the right kind in the wrong place gets further than noise does.
    #[test]
    fn a_cut_or_doubled_stretch_never_panics(
        file in prop::sample::select(PackFiles::NAMES.to_vec()),
        begin in any::<prop::sample::Index>(),
        length in 0_usize..120,
        doubled in any::<bool>(),
        put in prop::sample::select(vec!["", "\"", "[", "{", "}", ",", "\n", "\r\n", "1e999", "-0", "null", "[[rule]]", "'''", "\u{feff}"]),
    ) {
        let mut files = Folder::good().files();
        let text = files.get(file).unwrap_or_default().to_vec();
        let begin = begin.index(text.len());
        let end = (begin + length).min(text.len());
        let again = if doubled { begin } else { end };
        let changed = [&text[..begin], put.as_bytes(), &text[begin..end], &text[again..]].concat();
        files.insert(file, changed);
        if let Err(faults) = read(&files) {
            for fault in &faults {
                for lang in Lang::ALL {
                    prop_assert!(!fault.message(lang).is_empty() && !fault.remedy(lang).is_empty());
                }
            }
        }
    }
}
