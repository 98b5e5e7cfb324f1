//! One style sheet out of the parts in `public/styles/`, in the order of their names:
//! what comes later may change what came before.

use anyhow::{Result, bail};

use super::Files;

const PARTS: &str = "styles/";
const SHEET: &str = "styles.css";

/// Puts the sheet in the place of its parts.
pub fn join(sources: &mut Files) -> Result<()> {
    let parts: Vec<String> =
        sources.keys().filter(|name| name.starts_with(PARTS)).cloned().collect();
    let mut sheet = Vec::new();
    for part in parts {
        if !part.ends_with(".css") {
            bail!("{part} is no style sheet");
        }
        sheet.extend(sources.remove(&part).unwrap_or_default());
        sheet.push(b'\n');
    }
    if sheet.is_empty() || sources.insert(SHEET.into(), sheet).is_some() {
        bail!("{SHEET} is made of the parts in {PARTS}, and of nothing else");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_become_one_sheet_in_order() {
        let files = |names: &[&str]| -> Files {
            names.iter().map(|name| ((*name).to_owned(), name.as_bytes().to_vec())).collect()
        };
        let mut sources = files(&["styles/2-b.css", "styles/1-a.css", "index.html"]);
        join(&mut sources).unwrap();
        assert_eq!(sources.len(), 2);
        assert_eq!(sources["styles.css"], b"styles/1-a.css\nstyles/2-b.css\n");
        for wrong in [&["index.html"][..], &["styles/1-a.css", "styles.css"], &["styles/read.me"]] {
            assert!(join(&mut files(wrong)).is_err(), "{wrong:?}");
        }
    }
}
