//! Tests of `ready`, as tables.

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

fn good() -> Ready {
    Ready {
        shell: Some(Shell::Whole),
        store: Some(Ok(())),
        storage: Storage { persisted: Some(true), used: Some(0), quota: Some(1_000_000_000) },
        has_pack: true,
        pack_checked: Some(NOW),
        pack_bytes: 400_000,
    }
}

#[test]
fn light_is_green_when_every_part_is_good() {
    assert_eq!(good().light(NOW), Light::Green);
}

#[test]
fn light_is_unknown_until_files_and_store_were_looked_at() {
    for ready in
        [Ready::default(), Ready { shell: None, ..good() }, Ready { store: None, ..good() }]
    {
        assert_eq!(ready.light(NOW), Light::Unknown);
    }
}

#[test]
fn light_is_red_without_a_pack() {
    assert_eq!(Ready { has_pack: false, ..good() }.light(NOW), Light::Red);
}

#[test]
fn light_is_red_when_the_trial_row_was_not_kept() {
    for error in [StoreError::Unavailable, StoreError::Full, StoreError::Damaged, StoreError::Lost]
    {
        let ready = Ready { store: Some(Err(error)), ..good() };
        assert_eq!(ready.light(NOW), Light::Red, "{error:?}");
        assert!(!ready.keeps());
    }
}

#[test]
fn light_is_amber_when_the_browser_may_clear_the_store_or_does_not_say() {
    for persisted in [Some(false), None] {
        let storage = Storage { persisted, ..good().storage };
        assert_eq!(Ready { storage, ..good() }.light(NOW), Light::Amber, "{persisted:?}");
    }
}

#[test]
fn light_is_amber_when_less_than_a_day_of_photos_fits() {
    for (used, light) in [(800_000_000, Light::Green), (800_000_001, Light::Amber)] {
        let storage = Storage { used: Some(used), ..good().storage };
        assert_eq!(Ready { storage, ..good() }.light(NOW), light, "{used} used");
    }
}

#[test]
fn room_is_not_doubted_where_the_browser_does_not_tell() {
    for (used, quota) in [(None, None), (Some(5), None), (None, Some(5))] {
        let storage = Storage { used, quota, ..good().storage };
        assert!(Ready { storage, ..good() }.has_room());
    }
}

#[test]
fn more_used_than_the_browser_gives_is_no_room() {
    let storage = Storage { used: Some(2_000_000_000), ..good().storage };
    assert!(!Ready { storage, ..good() }.has_room());
}

#[test]
fn pack_is_stale_when_it_was_confirmed_more_than_seven_days_ago_or_never() {
    for (checked, is_stale) in [
        (Some(NOW), false),
        (Some(NOW.plus_millis(-7 * DAY_MS)), false),
        (Some(NOW.plus_millis(-7 * DAY_MS - 1)), true),
        (None, true),
    ] {
        let ready = Ready { pack_checked: checked, ..good() };
        assert_eq!(ready.pack_is_stale(NOW), is_stale, "{checked:?}");
        let light = if is_stale { Light::Amber } else { Light::Green };
        assert_eq!(ready.light(NOW), light, "{checked:?}");
    }
}

#[test]
fn light_is_red_over_amber() {
    let storage = Storage { persisted: Some(false), ..good().storage };
    let ready = Ready { has_pack: false, storage, pack_checked: None, ..good() };
    assert_eq!(ready.light(NOW), Light::Red);
}
