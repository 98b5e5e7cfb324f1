//! One fault at a time: exactly one is reported, in its place, in its words.

use domain::Lang;

use crate::{cases_map, cases_tables, sample::Folder};

/// Where, what stood there, what stands there now, the line, the sentence.
pub type Case = (&'static str, &'static str, &'static str, u32, &'static str);

#[test]
fn each_fault_is_reported_once_with_file_and_line() {
    let mut wrong = Vec::new();
    for (file, from, to, line, message) in
        cases_map::CASES.into_iter().chain(cases_map::squares()).chain(cases_tables::CASES)
    {
        let mut folder = Folder::good();
        folder.change(file, from, to);
        let found: Vec<_> = match folder.read() {
            Ok(_) => Vec::new(),
            Err(faults) => faults
                .iter()
                .map(|fault| (fault.file.to_string(), fault.line, fault.message(Lang::En)))
                .collect(),
        };
        let expected = vec![(file.to_owned(), Some(line), message.to_owned())];
        if found != expected {
            wrong.push(format!("{from} → {to}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_missing_file_is_one_fault() {
    for file in domain::pack::PackFiles::NAMES {
        let mut folder = Folder::good();
        folder.remove(file);
        let faults = folder.read().unwrap_err();
        let found: Vec<_> = faults.iter().map(|fault| (&*fault.file, fault.line)).collect();
        // Without its file, all that only follows from it stays unsaid.
        assert_eq!(found, [(file, None)], "{file}");
    }
}
