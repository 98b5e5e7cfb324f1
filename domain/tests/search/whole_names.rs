//! A whole name finds its thing first, and no input panics.

use super::*;

/// Every category that is found by a whole name, or shares it, comes before all others.
#[test]
fn whole_name_always_finds_its_thing_first() {
    let pack: &DistrictPack = DEMO.pack();
    for category in &pack.categories {
        let names = &category.names;
        for name in [&names.hans, &names.hant, &names.en].into_iter().filter(|it| !it.is_empty()) {
            let found = categories(&DEMO, name);
            assert_eq!(found.first(), Some(&category.code), "{name}: {found:?}");
        }
    }
    for target in DEMO.search().find("", |_| true) {
        let names = match target {
            Target::Category(_) => continue,
            Target::Place(PlaceKey::Section(code)) => &DEMO.section(code).unwrap().names,
            Target::Place(PlaceKey::Point(code)) => &DEMO.point(code).unwrap().names,
            Target::Place(PlaceKey::Zone(code)) => &DEMO.zone(code).unwrap().names,
            Target::Unit(code) => &DEMO.unit(code).unwrap().names,
            Target::Person(code) => &DEMO.person(code).unwrap().names,
        };
        for name in [&names.hans, &names.hant, &names.en].into_iter().filter(|it| !it.is_empty()) {
            let same_kind =
                |other: &Target| std::mem::discriminant(other) == std::mem::discriminant(target);
            let found = DEMO.search().find(name, same_kind);
            // People and streets may share a name: theirs stand together.
            let entry = DEMO.search().entry(found[0]).unwrap();
            let whole = find(std::iter::once(((), entry)), &Query::new(name));
            assert_eq!(whole[0].0.fit, Fit::Exact, "{name}: {found:?}");
            assert!(found.iter().take(4).any(|it| *it == target), "{name}: {found:?}");
        }
    }
}

#[test]
fn joined_entry_is_found_by_the_words_of_all_its_parts() {
    let part = |target: Target| DEMO.search().entry(&target).unwrap();
    let case = |number: &str, unit: &str| {
        Entry::default()
            .with(Field::Name, number)
            .joined(part(Target::Category("0402".into())))
            .joined(part(Target::Unit(unit.into())))
    };
    let cases = [case("2026-000017", "cgj"), case("2026-000018", "hws")];
    for (text, expected) in [
        ("", &[0, 1][..]),
        ("zdjy", &[0, 1]),
        ("vendor", &[0, 1]),
        ("18", &[1]),
        ("2026-000017", &[0]),
        ("2026-000019", &[]),
        ("sanitation vendor", &[1]),
        ("cgj 17 stall", &[0]),
        ("环境卫生 17", &[]),
        ("sanitatoin vender", &[1]),
    ] {
        let found = find(cases.iter().enumerate(), &Query::new(text));
        let found: Vec<usize> = found.into_iter().map(|(_, number)| number).collect();
        assert_eq!(found, expected, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_input_makes_search_panic_or_list_a_thing_twice(text in "\\PC{0,24}") {
        let found = categories(&DEMO, &text);
        let mut once = found.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), found.len());
        let _ = places(&text, GeoPoint::from_degrees(32.7, 109.1));
        let _ = DEMO.search().find(&text, |_| true);
    }

    #[test]
    fn mixed_input_of_names_and_noise_never_panics(
        at in 0_usize..76,
        noise in "[a-zü’（ 占道x0-9-]{0,6}",
        cut in 0_usize..6,
    ) {
        let names = &DEMO.pack().categories[at].names;
        let text: String = names.hans.chars().take(cut).chain(noise.chars()).collect();
        let _ = categories(&DEMO, &text);
        let _ = places(&text, None);
    }

    /// The first letters of a name find it, whatever else they find.
    #[test]
    fn every_beginning_of_a_name_finds_it(at in 0_usize..76, letters in 1_usize..30) {
        let category = &DEMO.pack().categories[at];
        for name in [&category.names.hans, &category.names.en] {
            let beginning: String = name.chars().take(letters).collect();
            let found = categories(&DEMO, &beginning);
            prop_assert!(found.contains(&category.code), "{}: {:?}", beginning, found);
        }
    }

    /// One letter of a long English name wrong: it is still found.
    #[test]
    fn one_slip_in_a_long_word_is_forgiven(at in 0_usize..76, slip in 0_usize..40) {
        let category = &DEMO.pack().categories[at];
        let word = category.names.en.split(' ').max_by_key(|word| word.len()).unwrap();
        let mut letters: Vec<char> = word.to_lowercase().chars().collect();
        prop_assume!(letters.len() >= 4 && letters.iter().all(char::is_ascii_lowercase));
        let slip = slip % letters.len();
        letters[slip] = 'q';
        let typed: String = letters.into_iter().collect();
        let found = categories(&DEMO, &typed);
        prop_assert!(found.contains(&category.code), "{}: {:?}", typed, found);
    }
}
