//! Rules that phones and servers keep in what the simulation does not have (browsers,
//! disks, forms), and the tests that hold them there. With the [`rules`](super::rules) that
//! can be switched off, every line of L, D, and S1 to S12 has its test.

use std::{collections::BTreeSet, path::Path};

use super::rules::Switch;

const PROMISES: &str = "tests/tests/promises.rs";
const REFUSALS: &str = "tests/tests/refusals.rs";
const BROWSERS: &str = "tests/tests/browsers.rs";
const SHELL: &str = "tests/tests/shell.rs";
const JOURNEY: &str = "tests/tests/journey.rs";
const CORPUS: &str = "tests/tests/reliability/corpus.rs";
const TABS: &str = "tests/tests/reliability/many_tabs.rs";
const OPERATIONS: &str = "server/tests/api/operations.rs";
const BACKUP: &str = "server/tests/api/sqlite/backup.rs";
const DURABLE: &str = "server/tests/api/durable.rs";
const ENGINE: &str = "domain/src/sync/outbox/tests/mod.rs";
const UPLOAD: &str = "domain/src/sync/outbox/tests/upload.rs";

/// The failure's name, the file of the test, and the test.
const HELD: [(&str, &str, &str); 45] = [
    ("L1", REFUSALS, "a_phone_says_which_file_is_no_photo_and_keeps_the_good_ones"),
    ("L2", BROWSERS, "what_is_saved_is_one_strict_write_also_when_the_connection_was_taken_away"),
    (
        "L2",
        "tests/tests/reliability/killed_browser.rs",
        "what_was_shown_as_saved_is_there_after_every_kill_and_arrives_once",
    ),
    ("L5", DURABLE, "what_was_acknowledged_survives_a_kill_at_any_moment"),
    ("L7", BACKUP, "after_a_restore_phones_notice_the_epoch_and_send_again_what_is_missing"),
    ("L7", BACKUP, "a_backup_that_lacks_a_photo_names_it_and_is_not_announced_to_phones"),
    ("L7", BACKUP, "a_clock_that_was_set_back_dates_no_receipt_before_the_backup"),
    (
        "L8",
        "domain/src/sync/outbox/stored_rows.rs",
        "rows_of_every_format_are_read_and_written_as_they_were",
    ),
    ("L9", PROMISES, "a_page_closed_under_the_camera_comes_back_to_the_slot"),
    ("L10", JOURNEY, "photographed_with_no_signal_it_reaches_the_unit_that_must_fix_it"),
    ("L11", "tests/tests/lost_store/main.rs", "a_phone_that_was_cleared_is_said_until_it_is_read"),
    ("L11", "tests/tests/lost_store/main.rs", "a_store_that_the_browser_threw_away_is_put_back"),
    ("L12", BROWSERS, "a_tab_that_is_cleared_says_so_and_nothing_is_installed_over_what_waits"),
    ("L13", BROWSERS, "a_tab_that_is_cleared_says_so_and_nothing_is_installed_over_what_waits"),
    ("L14", REFUSALS, "an_ended_session_pauses_sending_and_loses_nothing"),
    ("L15", PROMISES, "a_rescue_file_is_taken_in_elsewhere_and_twice_does_no_harm"),
    ("L17", BROWSERS, "what_is_saved_is_one_strict_write_also_when_the_connection_was_taken_away"),
    ("L18", DURABLE, "what_was_acknowledged_survives_a_kill_at_any_moment"),
    ("D1", OPERATIONS, "an_operation_sent_again_gets_the_same_receipt_and_no_second_effect"),
    ("D2", TABS, "five_tabs_in_a_storm_of_reloads_send_everything_once"),
    (
        "D3",
        "server/tests/api/photos.rs",
        "a_photo_sent_eight_times_at_once_arrives_once_at_each_case",
    ),
    ("D6", OPERATIONS, "of_two_acts_on_the_same_revision_one_is_refused"),
    ("D6", PROMISES, "who_came_too_late_sees_both_sides_and_decides"),
    ("D7", OPERATIONS, "other_content_under_a_known_id_is_quarantined_as_a_branch"),
    ("S1", OPERATIONS, "a_bad_operation_does_not_stop_the_others_of_its_batch"),
    ("S1", ENGINE, "a_record_that_breaks_the_call_waits_alone"),
    ("S2", TABS, "five_tabs_in_a_storm_of_reloads_send_everything_once"),
    ("S3", UPLOAD, "several_go_at_once_on_a_good_line_only"),
    ("S3", REFUSALS, "bad_photos_are_refused_with_a_sentence_and_within_bounded_memory"),
    ("S4", ENGINE, "a_failing_way_is_tried_again_and_again"),
    ("S4", REFUSALS, "bad_records_are_kept_and_answered_with_a_reason"),
    ("S5", BROWSERS, "the_worker_answers_reading_of_its_own_shell_and_nothing_else"),
    (
        "S5",
        "server/tests/photos/ingest.rs",
        "photo_of_another_hash_or_length_than_announced_is_refused",
    ),
    ("S6", SHELL, "a_damaged_revision_is_refused_whole_and_the_old_one_goes_on"),
    ("S6", SHELL, "a_new_revision_waits_until_it_is_asked_for_and_two_are_kept"),
    ("S7", BROWSERS, "what_is_saved_is_one_strict_write_also_when_the_connection_was_taken_away"),
    ("S7", BROWSERS, "a_store_whose_first_opening_hangs_is_opened_again"),
    ("S8", CORPUS, "the_phone_turns_and_keeps_every_kind_as_a_person_sees_it"),
    ("S9", JOURNEY, "photographed_with_no_signal_it_reaches_the_unit_that_must_fix_it"),
    ("S9", "server/tests/photos/pictures.rs", "pictures_carry_no_metadata"),
    ("S10", UPLOAD, "a_photo_goes_in_parts_from_where_the_server_stands"),
    (
        "S10",
        "tests/tests/reliability/bad_line.rs",
        "a_line_that_breaks_again_and_again_brings_everything_for_few_more_bytes",
    ),
    ("S11", "domain/src/sync/outbox/backoff.rs", "a_clock_set_back_does_not_silence_the_phone"),
    ("S12", ENGINE, "a_failing_way_is_tried_again_and_again"),
    ("S12", "domain/src/sync/outbox/simulation/elsewhere.rs", "nothing_rests_on_background_sync"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[test]
fn tests_that_hold_a_rule_elsewhere_are_there() {
    for (rule, file, name) in HELD {
        let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
        assert!(text.contains(&format!("fn {name}(")), "{rule}: no {name} in {file}");
    }
}

#[test]
fn no_line_of_the_field_is_without_a_test() {
    let mut held: BTreeSet<String> = HELD.iter().map(|(line, ..)| (*line).to_owned()).collect();
    held.extend(Switch::all().into_iter().map(Switch::line));
    let lines = [("L", 18), ("D", 7), ("S", 12)];
    let all = lines.into_iter().flat_map(|(of, most)| (1..=most).map(move |n| format!("{of}{n}")));
    let missing: Vec<String> = all.filter(|line| !held.contains(line)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Background Sync is absent in Safari, Firefox and WebViews, and gives up after three
/// tries elsewhere: nobody is to begin to rely on it.
#[test]
fn nothing_rests_on_background_sync() {
    let worker = std::fs::read_to_string(root().join("public/sw.js")).unwrap();
    for word in ["\"sync\"", "periodicsync", ".sync.register", "SyncManager"] {
        assert!(!worker.contains(word), "{word}");
    }
}
