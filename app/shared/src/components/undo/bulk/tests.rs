//! Tests of `bulk`: runs told case by case.

use domain::{Lang, Timestamp, case::Refusal};

use super::*;

fn listed(byte: u8) -> ListedCase {
    let id = CaseId::new(Timestamp::from_millis(0), [byte; 10]);
    ListedCase { id, number: byte.to_string(), revision: 1 }
}

fn not_done(byte: u8, why: WhyNot) -> NotDone {
    let ListedCase { id, number, .. } = listed(byte);
    NotDone { id, number, why }
}

fn act(bytes: &[u8], unfit: Vec<NotDone>) -> BulkAct {
    let cases = bytes.iter().copied().map(listed).collect();
    BulkAct { cases, commands: vec![Command::Close { note: String::new() }], unfit }
}

fn li() -> UserName {
    "li".into()
}

/// Deals with all that waits; gives the cases in their order.
fn run(run: &mut BulkRun, answer: impl Fn(&str) -> Result<(), AppError>) -> Vec<String> {
    let mut numbers = Vec::new();
    while let Some((case, _)) = run.next(Some(&li())) {
        run.answered(answer(&case.number));
        numbers.push(case.number);
    }
    numbers
}

#[test]
fn cases_are_dealt_with_in_their_order_and_what_is_added_meanwhile_follows() {
    let mut bulk = BulkRun::default();
    assert!(bulk.add(act(&[1, 2], Vec::new()), Some(li())));
    bulk.next(Some(&li())).expect("the first");
    bulk.answered(Ok(()));
    assert!(!bulk.add(act(&[3], Vec::new()), Some(li())), "the same run");
    assert_eq!(bulk.progress(), Some(BulkProgress { dealt_with: 1, of: 3 }));
    assert!(bulk.is_waiting(listed(3).id) && !bulk.is_waiting(listed(1).id));
    assert_eq!(bulk.account(Some(&li())), None, "not before the end");
    assert_eq!(run(&mut bulk, |_| Ok(())), ["2", "3"]);
    assert_eq!(bulk.progress(), None);
    let account = bulk.account(Some(&li())).expect("the end");
    assert_eq!(*account, BulkAccount { done: 3, not_done: Vec::new() });
}

#[test]
fn account_names_what_was_done_what_failed_and_what_never_fitted() {
    let unfit = not_done(9, WhyNot::Unfit(CaseState::Claimed));
    let mut bulk = BulkRun::default();
    bulk.add(act(&[1, 2, 3], vec![unfit.clone()]), Some(li()));
    let pending = || AppError::Refused(Refusal::PhotosPending { missing: 1 });
    run(&mut bulk, |number| if number == "2" { Err(pending()) } else { Ok(()) });
    let failed = not_done(2, WhyNot::Failed(pending()));
    let expected = BulkAccount { done: 2, not_done: vec![unfit, failed] };
    assert_eq!(bulk.account(Some(&li())), Some(&expected));
    bulk.dismiss();
    assert_eq!(bulk.account(Some(&li())), None);
}

#[test]
fn next_run_begins_with_an_account_of_its_own() {
    let mut bulk = BulkRun::default();
    bulk.add(act(&[1], Vec::new()), Some(li()));
    run(&mut bulk, |_| Err(AppError::StorageFull));
    assert!(bulk.add(act(&[2], Vec::new()), Some(li())));
    run(&mut bulk, |_| Ok(()));
    let account = bulk.account(Some(&li())).expect("the end");
    assert_eq!((account.done, account.not_done.len()), (1, 0));
}

#[test]
fn server_that_does_not_answer_is_not_asked_for_every_case() {
    let mut bulk = BulkRun::default();
    bulk.add(act(&[1, 2], Vec::new()), Some(li()));
    assert!(bulk.may_ask());
    bulk.next(Some(&li())).expect("the first");
    bulk.answered(Err(AppError::CaseNotHere));
    assert!(!bulk.may_ask());
}

#[test]
fn nothing_is_saved_or_shown_in_the_name_of_another_who_signs_in_meanwhile() {
    for other in [None, Some(UserName::from("wang"))] {
        let mut bulk = BulkRun::default();
        bulk.add(act(&[1, 2], Vec::new()), Some(li()));
        bulk.next(Some(&li())).expect("the first");
        bulk.answered(Ok(()));
        assert_eq!(bulk.next(other.as_ref()), None, "{other:?}");
        assert_eq!(bulk.account(other.as_ref()), None);
        // Who did it is told what was left.
        let left = not_done(2, WhyNot::Failed(AppError::NotSignedIn));
        let account = BulkAccount { done: 1, not_done: vec![left] };
        assert_eq!(bulk.account(Some(&li())), Some(&account));
    }
    let mut ended = BulkRun::default();
    ended.add(act(&[1], Vec::new()), Some(li()));
    run(&mut ended, |_| Ok(()));
    assert_eq!(ended.account(Some(&"wang".into())), None);
}

#[test]
fn reasons_are_said_once_with_all_their_cases_and_the_most_frequent_first() {
    let claimed = || WhyNot::Unfit(CaseState::Claimed);
    let closed = || WhyNot::Unfit(CaseState::Closed);
    let account = BulkAccount {
        done: 0,
        not_done: vec![not_done(1, claimed()), not_done(2, closed()), not_done(3, closed())],
    };
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let reasons = account.by_reason(words);
        let found: Vec<(&str, Vec<&str>)> = reasons
            .iter()
            .map(|(text, cases)| (text.as_str(), cases.iter().map(|it| &*it.number).collect()))
            .collect();
        let (closed, claimed) = (closed().text(words), claimed().text(words));
        assert_eq!(found, [(&*closed, vec!["2", "3"]), (&*claimed, vec!["1"])]);
    }
}
