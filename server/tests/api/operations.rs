//! Operations: carried out once, refused or quarantined, and never lost.

use domain::{
    OperationId, Sha256Hash,
    case::{CaseState, Command, Refusal},
    duty::{Destination, Tier, Why},
    evidence::{Epoch, ReceiptSubject},
    place::GeoPoint,
    sync::{
        Batch, Gap, HeldOperation, Hello, HelloAnswer, Holdings, HoldingsAnswer, OperationResult,
        PROTOCOL, QuarantineReason, Sealed, Verdict,
    },
};
use xunjie::system::{clock, random};

use crate::support::{
    Device, TestApp,
    demo::{To, position, report, shot},
    device::{new_case, order, pass, rectify},
    picture::jpeg,
};

#[tokio::test]
async fn a_report_goes_to_the_unit_by_law_or_document_and_else_to_headquarters() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let photo = jpeg(1);
    for (to, state) in [
        (To::Unit(Tier::Law, "cgj"), CaseState::Assigned),
        (To::Unit(Tier::Document, "cgj"), CaseState::Assigned),
        (To::Tray, CaseState::Unassigned),
    ] {
        let id = inspector.report(report(to, &[photo.hash])).await;
        let case = inspector.case(id).await;
        assert_eq!(case.state, state, "{to:?}");
        match to {
            To::Unit(tier, unit) => {
                let assignment = case.assignment.unwrap();
                assert_eq!((assignment.tier, assignment.unit.code.as_str()), (tier, unit));
                assert!(assignment.due.at > case.reported_at);
                assert!(assignment.person.is_some());
            }
            To::Tray => assert!(case.assignment.is_none()),
        }
    }
}

#[tokio::test]
async fn a_report_from_outside_the_district_goes_to_headquarters() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let mut report = report(To::Unit(Tier::Law, "cgj"), &[jpeg(1).hash]);
    let sea = GeoPoint::from_degrees(20.0, 120.0).unwrap();
    report.position = Some(position(sea, clock::now()));
    let id = inspector.report(report).await;
    let case = inspector.case(id).await;
    assert_eq!(case.state, CaseState::Unassigned);
    let Destination::Headquarters { why, .. } = case.routing.destination else { panic!() };
    assert_eq!(why, Why::OutsideDistrict);
}

#[tokio::test]
async fn a_case_passes_from_report_to_close_once_its_photos_arrived() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let mut reviewer = app.device("reviewer").await;
    let mut handler = app.device("cgj").await;
    let (before, after) = (jpeg(1), jpeg(2));

    let id = inspector.report(report(To::Tray, &[before.hash])).await;
    inspector.put(&before).await;
    assert!(handler.log(id).await.is_none(), "it is assigned to no unit yet");
    assert_eq!(reviewer.act(id, 1, order("cgj")).await, Verdict::Accepted);
    assert_eq!(handler.act(id, 2, Command::Claim).await, Verdict::Accepted);
    assert_eq!(handler.act(id, 3, rectify(&after)).await, Verdict::Accepted);

    let pending = Verdict::Refused { refusal: Refusal::PhotosPending { missing: 1 } };
    assert_eq!(reviewer.act(id, 4, pass()).await, pending);
    handler.put(&after).await;
    assert_eq!(reviewer.act(id, 4, pass()).await, Verdict::Accepted);
    let close = Command::Close { note: String::new() };
    assert_eq!(reviewer.act(id, 5, close).await, Verdict::Accepted);

    let log = reviewer.log(id).await.unwrap();
    assert!(log.number.ends_with("-000001"), "{}", log.number);
    let numbers: Vec<u32> = log.events.iter().map(|event| event.number).collect();
    assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
    assert_eq!(reviewer.case(id).await.state, CaseState::Closed);
}

#[tokio::test]
async fn an_operation_sent_again_gets_the_same_receipt_and_no_second_effect() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let case = new_case();
    let command = Command::Report(Box::new(report(To::Tray, &[jpeg(1).hash])));
    let sealed = inspector.operation(case, 0, command);
    let first = inspector.send(std::slice::from_ref(&sealed)).await;
    let again = inspector.send(&[sealed.clone(), sealed]).await;
    for result in &again {
        assert_eq!(json(result), json(&first[0]), "byte for byte");
    }
    assert_eq!(inspector.case(case).await.events, 1);
}

#[tokio::test]
async fn other_content_under_a_known_id_is_quarantined_as_a_branch() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let case = new_case();
    let sealed =
        inspector.operation(case, 0, Command::Report(Box::new(report(To::Tray, &[jpeg(1).hash]))));
    let first = inspector.send(std::slice::from_ref(&sealed)).await;
    let body = sealed.body.replace("\"note\":\"\"", "").replacen("patrol", "public", 1);
    let other = Sealed { digest: Sha256Hash::of(body.as_bytes()), body, ..sealed.clone() };
    assert_ne!(other.digest, sealed.digest);
    let branch = inspector.send(std::slice::from_ref(&other)).await;
    assert_eq!(branch[0].verdict, quarantined(QuarantineReason::Branch));
    assert_eq!(receipt_digest(&branch[0]), other.digest, "the receipt is for what was stored");
    assert_eq!(json(&inspector.send(&[other]).await[0]), json(&branch[0]));
    assert_eq!(
        json(&inspector.send(&[sealed]).await[0]),
        json(&first[0]),
        "nothing is overwritten"
    );
    assert_eq!(inspector.case(case).await.report.source, domain::case::Source::Patrol);
}

#[tokio::test]
async fn a_bad_operation_does_not_stop_the_others_of_its_batch() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let mut report_of = |seed: u32, change: &dyn Fn(&mut domain::case::Report)| {
        let mut report = report(To::Tray, &[jpeg(seed).hash]);
        change(&mut report);
        inspector.operation(new_case(), 0, Command::Report(Box::new(report)))
    };
    let good = report_of(1, &|_| {});
    let mut damaged = report_of(2, &|_| {});
    damaged.body.push(' ');
    let unknown = report_of(3, &|report| report.category = "9999".into());
    let no_photo = report_of(4, &|report| report.photos.clear());
    let gibberish = sealed("not json");
    let newer = sealed("{\"format\":99}");
    let last = report_of(5, &|_| {});
    let elsewhere = {
        let mut other = Device::new(&app, "inspector2");
        other.operation(new_case(), 0, Command::Claim)
    };
    let unknown_case = inspector.operation(new_case(), 1, Command::Comment { text: "x".into() });

    let all = [good, damaged, unknown, no_photo, gibberish, newer, elsewhere, unknown_case, last];
    let results = inspector.send(&all).await;
    let refused = |refusal| Verdict::Refused { refusal };
    let expected = [
        Verdict::Accepted,
        quarantined(QuarantineReason::Digest),
        refused(Refusal::UnknownCategory { category: "9999".into() }),
        refused(Refusal::PhotoNeeded),
        quarantined(QuarantineReason::Unreadable),
        quarantined(QuarantineReason::NewerFormat),
        quarantined(QuarantineReason::NotTheSender),
        refused(Refusal::NoSuchCase),
        Verdict::Accepted,
    ];
    let key = inspector.profile.as_ref().unwrap().key;
    for (((result, expected), sent), index) in results.iter().zip(expected).zip(&all).zip(0..) {
        assert_eq!(result.verdict, expected, "operation {index}");
        result.receipt.check(&key).unwrap();
        assert_eq!(
            receipt_digest(result),
            Sha256Hash::of(sent.body.as_bytes()),
            "operation {index}"
        );
    }
    let again = inspector.send(&all).await;
    assert_eq!(json(&again), json(&results), "refused and quarantined ones are stored as well");

    // What was damaged on the way is accepted when it comes again, whole.
    let mut whole = all[1].clone();
    whole.body.pop();
    assert_eq!(inspector.send(&[whole]).await[0].verdict, Verdict::Accepted);
}

#[tokio::test]
async fn an_unreadable_operation_is_quarantined_if_it_has_an_id() {
    let app = TestApp::start().await;
    let inspector = app.device("inspector").await;
    let id = OperationId::new(clock::now(), random::bytes().unwrap());
    let unreadable = serde_json::json!({
        "device": inspector.id,
        "operations": [{"id": id, "digest": 7, "body": ["?"]}],
    });
    let answer = inspector.post("/api/v1/sync/operations", &unreadable, 200).await;
    let results: domain::sync::BatchAnswer = answer.json();
    assert_eq!(results.results[0].verdict, quarantined(QuarantineReason::Unreadable));
    let nameless = serde_json::json!({"device": inspector.id, "operations": [{"body": "?"}]});
    let answer = inspector.post("/api/v1/sync/operations", &nameless, 400).await;
    assert_eq!(answer.problem(), "malformed");
}

#[tokio::test]
async fn of_two_acts_on_the_same_revision_one_is_refused() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let mut reviewer = app.device("reviewer").await;
    let id = inspector.report(report(To::Tray, &[jpeg(1).hash])).await;
    let mut other = app.device("reviewer").await;
    let (one, two) =
        tokio::join!(reviewer.act(id, 1, order("cgj")), other.act(id, 1, order("hws")));
    let moved = Verdict::Refused { refusal: Refusal::Moved { seen: 1, now: 2 } };
    assert!(
        (one == Verdict::Accepted && two == moved) || (one == moved && two == Verdict::Accepted),
        "{one:?} {two:?}"
    );
}

#[tokio::test]
async fn hello_names_the_numbers_that_never_came() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let id = new_case();
    let mut sealed = vec![inspector.operation(
        id,
        0,
        Command::Report(Box::new(report(To::Tray, &[jpeg(1).hash]))),
    )];
    for text in ["2", "3", "4", "5", "6"] {
        sealed.push(inspector.operation(id, 0, Command::Comment { text: text.into() }));
    }
    inspector.send(&[sealed[0].clone(), sealed[1].clone(), sealed[4].clone()]).await;
    let hello = Hello {
        protocol: PROTOCOL,
        device: inspector.id,
        client: "test".into(),
        sequence: 6,
        epoch: None,
    };
    let answer: HelloAnswer = inspector.post("/api/v1/sync/hello", &hello, 200).await.json();
    assert_eq!(answer.gaps, [Gap { from: 3, until: 4 }, Gap { from: 6, until: 6 }]);
    assert_eq!(answer.highest, 5);
    assert_eq!(answer.pack, app.app.decision_context.district.pack().version.to_string());
    inspector.send(&sealed).await;
    let answer: HelloAnswer = inspector.post("/api/v1/sync/hello", &hello, 200).await.json();
    assert_eq!((answer.gaps, answer.highest), (Vec::new(), 6));
    let newer = Hello { protocol: PROTOCOL + 1, ..hello };
    assert_eq!(inspector.post("/api/v1/sync/hello", &newer, 426).await.problem(), "protocol");
}

#[tokio::test]
async fn a_photo_that_came_before_its_report_is_marked_arrived_with_the_report() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let (stored, missing) = (jpeg(1), jpeg(2));
    inspector.put(&stored).await;
    let mut report = report(To::Tray, &[stored.hash, missing.hash]);
    report.photos.push(shot(stored.hash));
    let id = inspector.report(report).await;
    let case = inspector.case(id).await;
    assert_eq!(case.arrived.into_iter().collect::<Vec<_>>(), [stored.hash]);
    assert_eq!(case.events, 2);
}

fn sealed(body: &str) -> Sealed {
    Sealed {
        id: OperationId::new(clock::now(), random::bytes().unwrap()),
        digest: Sha256Hash::of(body.as_bytes()),
        body: body.into(),
    }
}

const fn quarantined(reason: QuarantineReason) -> Verdict {
    Verdict::Quarantined { reason }
}

fn receipt_digest(result: &OperationResult) -> Sha256Hash {
    match &result.receipt.stated.subject {
        ReceiptSubject::Operation { digest, .. } => *digest,
        other => panic!("{other:?}"),
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

#[tokio::test]
async fn a_batch_made_for_another_epoch_answers_409_and_stores_nothing() {
    let app = TestApp::start().await;
    let mut inspector = app.device("inspector").await;
    let report = Command::Report(Box::new(report(To::Tray, &[])));
    let sealed = inspector.operation(new_case(), 0, report);
    let now = app.app.decision_context.signer.epoch();
    let earlier = Epoch(now.0.wrapping_sub(1));
    for (epoch, status) in [(Some(earlier), 409), (Some(now), 200), (None, 200)] {
        let batch = Batch { device: inspector.id, epoch, operations: vec![sealed.clone()] };
        let answer = inspector.post("/api/v1/sync/operations", &batch, status).await;
        if status == 409 {
            assert_eq!(answer.problem(), "epoch");
            let holding = HeldOperation { id: sealed.id, digest: sealed.digest };
            let request =
                Holdings { device: inspector.id, operations: vec![holding], photos: vec![] };
            let answer: HoldingsAnswer =
                inspector.post("/api/v1/sync/verify", &request, 200).await.json();
            assert_eq!(answer.operations, [sealed.id], "nothing of it was stored");
        }
    }
}
