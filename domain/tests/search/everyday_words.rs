//! What people call a thing, in three languages, as a table.

use super::*;

/// The first that is found, and others that must be among the first five.
#[test]
fn everyday_word_of_any_language_finds_its_category_first() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        // Pinyin: initials and whole, also without the last letters.
        ("zdjy", &["0402"][..]),
        ("ZDJY", &["0402"]),
        ("ｚｄｊｙ", &["0402"]),
        ("zhandaojingying", &["0402"]),
        ("zhan dao jing ying", &["0402"]),
        ("zhandaojing", &["0402"]),
        ("bllj", &["0102"]),
        ("baolulaji", &["0102"]),
        ("jdc", &["0404"]),
        ("jinggai", &["P0101", "P0103", "P0104", "P0105"]),
        ("hongludeng", &["P0204"]),
        ("luhua", &["0507"]),
        ("lvhua", &["P0402"]),
        // Simplified Chinese.
        ("占道经营", &["0402"]),
        ("乱停车", &["0404", "0405"]),
        ("违停", &["0404"]),
        ("垃圾", &["0102", "0105", "P0302"]),
        ("垃圾桶", &["P0302", "0107"]),
        ("小广告", &["0202"]),
        ("路灯", &["P0106"]),
        ("灯不亮", &["P0106"]),
        ("井盖", &["P0101", "P0103", "P0104", "P0105"]),
        ("坑", &["0309", "P0201"]),
        ("红绿灯", &["P0204"]),
        ("公厕", &["P0301"]),
        ("狗", &["0601"]),
        ("积水", &["0505"]),
        ("树", &["P0401", "0504"]),
        ("噪音", &["0307", "0409"]),
        ("烧烤", &["0408"]),
        // Traditional Chinese.
        ("占道經營", &["0402"]),
        ("佔道經營", &["0402"]),
        ("亂停車", &["0404", "0405"]),
        ("違停", &["0404"]),
        ("小廣告", &["0202"]),
        ("路燈", &["P0106"]),
        ("紅綠燈", &["P0204"]),
        ("暴露垃圾", &["0102"]),
        ("僵屍車", &["0604"]),
        ("綠地", &["P0402"]),
        ("煙頭", &["0104"]),
        ("公廁", &["P0301"]),
        // English.
        ("parking", &["0404", "0405"]),
        ("Parking", &["0404", "0405"]),
        ("park", &["0404", "0405"]),
        ("badly parked", &["0404", "0405"]),
        ("trash", &["0102", "0105", "0107", "P0302"]),
        ("garbage", &["0102", "0107", "P0302"]),
        ("rubbish", &["0102", "P0303"]),
        ("trash can", &["0107", "P0302"]),
        ("vendor", &["0401", "0402"]),
        ("vendors", &["0401", "0402"]),
        ("street vendor", &["0401"]),
        ("pothole", &["P0201"]),
        ("lamp", &["P0106"]),
        ("street lamp", &["P0106"]),
        ("streetlight", &["P0106"]),
        ("tree", &["0504", "P0401"]),
        ("fallen tree", &["0504"]),
        ("street tree", &["P0401"]),
        ("manhole", &["P0101", "P0103", "P0104"]),
        ("graffiti", &["0202"]),
        ("dog", &["0601"]),
        ("flood", &["0505"]),
        ("gas", &["0503", "P0105"]),
        ("traffic light", &["P0204"]),
        ("bench", &["P0403"]),
        ("noise", &["0307", "0409"]),
        ("toilet", &["P0301"]),
        ("bbq", &["0408"]),
        // One slip, in letters, in pinyin, and the wrong character of the same sound.
        ("vender", &["0401", "0402"]),
        ("pothloe", &["P0201"]),
        ("grafiti", &["0202"]),
        ("parkng", &["0404", "0405"]),
        ("garbge", &["0102", "0107"]),
        ("streat light", &["P0106"]),
        ("zhandoajingying", &["0402"]),
        ("baolvlaji", &["0102"]),
        ("占到经营", &["0402"]),
        ("站到经营", &["0402"]),
        // Codes.
        ("0404", &["0404"]),
        ("p0106", &["P0106"]),
    ] {
        let found = categories(&DEMO, text);
        let early: Vec<&str> = found.iter().take(6).map(CategoryCode::as_str).collect();
        let is_right =
            early.first() == expected.first() && expected.iter().all(|code| early.contains(code));
        if !is_right {
            wrong.push(format!("{text}: {early:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
