//! Photos that come to a draft, leave it and come back, as tables.

use domain::Timestamp;

use super::*;
use crate::case_story::{position, shot};

const AUTHOR: &str = "li";

fn id(byte: u8) -> CaseId {
    CaseId::new(Timestamp::from_millis(0), [byte; 10])
}

fn photo(content: &str) -> DraftPhoto {
    DraftPhoto { shot: shot(content) }
}

fn draft(byte: u8, photos: &[&str]) -> Draft {
    Draft {
        author: Some(AUTHOR.into()),
        photos: photos.iter().map(|it| photo(it)).collect(),
        ..Draft::empty(id(byte), Timestamp::from_millis(0))
    }
}

fn full(byte: u8) -> Draft {
    let photos: Vec<String> = (0..Report::MAX_PHOTOS).map(|number| number.to_string()).collect();
    draft(byte, &photos.iter().map(String::as_str).collect::<Vec<_>>())
}

fn taken_for(byte: u8) -> TakenFor {
    TakenFor {
        draft: id(byte),
        author: Some(AUTHOR.into()),
        position: Some(position(32.705, 109.101)),
    }
}

fn names_of(draft: &Draft, all: &[&str]) -> Vec<String> {
    let name = |it: &DraftPhoto| all.iter().find(|name| photo(name) == *it);
    draft.photos.iter().map(|it| name(it).map_or("?", |name| *name).to_owned()).collect()
}

#[test]
fn removed_photo_comes_back_to_its_place_in_its_own_draft_and_to_no_other() {
    let all = ["a", "b", "c", "d"];
    for (name, after, undone, photos) in [
        ("nothing happened", draft(1, &["a", "c"]), RemovalUndone::PutBack, &["a", "b", "c"][..]),
        ("another was removed", draft(1, &[]), RemovalUndone::PutBack, &["b"]),
        (
            "one was added",
            draft(1, &["a", "c", "d"]),
            RemovalUndone::PutBack,
            &["a", "b", "c", "d"],
        ),
        ("the next draft is empty", draft(2, &[]), RemovalUndone::DraftGone, &[]),
        ("the next draft has a photo", draft(2, &["d"]), RemovalUndone::DraftGone, &["d"]),
    ] {
        let removed = draft(1, &["a", "b", "c"]).take_out(1).expect("it is there");
        let mut open = after;
        assert_eq!(open.put_back(removed), undone, "{name}");
        assert_eq!(names_of(&open, &all), photos, "{name}");
    }
}

#[test]
fn removed_photo_stays_out_when_others_took_its_place() {
    let removed = draft(1, &["x"]).take_out(0).expect("it is there");
    let mut open = full(1);
    assert_eq!(open.put_back(removed), RemovalUndone::NoRoom);
    assert_eq!(open, full(1));
}

#[test]
fn no_photo_is_taken_out_where_there_is_none() {
    let mut open = draft(1, &["a"]);
    assert_eq!(open.take_out(1), None);
    assert_eq!(open, draft(1, &["a"]));
}

#[test]
fn photo_enters_its_own_draft_or_an_untouched_one_of_the_same_person() {
    let of_another_person = Draft { author: Some("wang".into()), ..draft(2, &[]) };
    let with_note = Draft { note: "n".into(), ..draft(2, &[]) };
    let at_the_camera = Draft { camera_opened: Some(Timestamp::from_millis(1)), ..draft(2, &[]) };
    let again = Draft { again: Some(id(9)), ..draft(2, &[]) };
    for (name, open, added) in [
        ("its own, empty", draft(1, &[]), Added::Here),
        ("its own, with a photo", draft(1, &["a"]), Added::Here),
        ("its own, full", full(1), Added::NoRoom),
        ("the next, untouched", draft(2, &[]), Added::Here),
        ("the next, with a photo", draft(2, &["a"]), Added::NotHere),
        ("the next, with a note", with_note, Added::NotHere),
        ("the next, at the system's camera", at_the_camera, Added::NotHere),
        ("a report made again", again, Added::NotHere),
        ("another person's, untouched", of_another_person, Added::NotHere),
    ] {
        let mut after = open.clone();
        assert_eq!(after.add(&taken_for(1), photo("late")), added, "{name}");
        let came_in = after.photos.last() == Some(&photo("late"));
        assert_eq!(came_in, added == Added::Here, "{name}");
        assert_eq!(after == open, added != Added::Here, "{name}: nothing else is changed");
    }
}

#[test]
fn position_of_the_first_photo_with_one_stays() {
    let earlier = Some(position(32.7, 109.1));
    for (name, before, after) in
        [("none yet", None, taken_for(1).position), ("read for an earlier photo", earlier, earlier)]
    {
        let mut open = Draft { position: before, ..draft(1, &["a"]) };
        open.add(&taken_for(1), photo("b"));
        assert_eq!(open.position, after, "{name}");
    }
}

#[test]
fn photos_that_came_during_a_save_are_those_the_report_has_not() {
    let all = ["a", "b", "c"];
    for (name, now, left) in [
        ("nothing came", draft(1, &["a"]), &[][..]),
        ("two came", draft(1, &["a", "b", "c"]), &["b", "c"]),
        ("the saved one was removed, one came", draft(1, &["b"]), &["b"]),
        ("another draft is open", draft(2, &["b"]), &[]),
    ] {
        let photos = now.photos_since(&draft(1, &["a"]));
        let left_over = Draft { photos, ..draft(3, &[]) };
        assert_eq!(names_of(&left_over, &all), left, "{name}");
    }
}
