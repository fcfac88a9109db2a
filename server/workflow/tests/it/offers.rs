//! What a person is offered is what the machine would take from him, and nothing else.

use crate::fixture::{DAY, Story, approval, flow, person, step};
use serde_json::{Value, json};
use workflow::application::{NoticeKind, Offer, offers, shown};
use workflow::{Command, Hash, SealedFile};

fn of(story: &Story, who: &str) -> Vec<Offer> {
    offers(
        story.now(),
        story.terms(),
        crate::fixture::at(story.clock),
        &person(who),
    )
}

fn circulation() -> Value {
    let readers = json!([{ "from": "people", "people": ["e"] }]);
    step("round", json!({ "circulation": { "readers": readers } }))
}

fn work(proof: &str) -> Value {
    let workers = json!([{ "from": "people", "people": ["d"] }]);
    step(
        "work",
        json!({ "manualWork": { "workers": workers, "stage": "beforeExecution", "proof": proof } }),
    )
}

fn steps(proof: &str) -> Story {
    let pull_up = json!({ "after": { "calendarDays": 2 } });
    Story::accepted(flow([
        circulation(),
        approval(
            "one",
            &["a"],
            json!({ "editable": ["licence"], "sendBack": "none", "pullUp": pull_up }),
        ),
        approval("two", &["b"], json!({ "final": true, "hold": "forbidden" })),
        work(proof),
    ]))
}

#[test]
fn each_is_offered_what_he_may_do_and_nothing_else() {
    let mut story = steps("file");
    assert_eq!(of(&story, "applicant"), [Offer::PullBack, Offer::Withdraw]);
    let of_a = [
        Offer::Approve,
        Offer::Reject,
        Offer::Hold,
        Offer::Confirm,
        Offer::Edit,
        Offer::Reassign,
    ];
    assert_eq!(of(&story, "a"), of_a);
    assert_eq!(of(&story, "e"), [Offer::Acknowledge]);
    assert_eq!(shown(story.now(), &person("e"))[0].kind, NoticeKind::Circulation);
    assert!(of(&story, "b").is_empty() && shown(story.now(), &person("a")).is_empty());
    story.let_pass(2 * DAY);
    assert_eq!(of(&story, "b"), [Offer::PullUp]);
    story.approve("a");
    assert_eq!(of(&story, "a"), [Offer::TakeBack]);
    let of_b = of(&story, "b");
    assert!(
        of_b.contains(&Offer::Finish) && !of_b.contains(&Offer::Hold),
        "{of_b:?}"
    );
    story.approve("b");
    story.tell(Command::StartExecution).unwrap();
    assert_eq!(
        of(&story, "d"),
        [Offer::Reassign, Offer::FinishWork, Offer::DeclineWork]
    );
}

#[test]
fn t02_whoever_pulled_it_back_is_offered_to_apply_again() {
    let mut story = steps("file");
    let pull = Command::PullBack {
        by: person("applicant"),
    };
    story.tell(pull).unwrap();
    assert_eq!(of(&story, "applicant"), [Offer::Resubmit, Offer::Withdraw]);
    assert!(of(&story, "a").is_empty());
}

#[test]
fn t21_a_file_that_was_added_while_the_work_stands_is_its_proof() {
    let done = |story: &Story| Command::FinishWork {
        by: person("d"),
        token: story.token().unwrap(),
        result: "済".to_owned(),
        proof: Vec::new(),
        marks: crate::fixture::marks(),
    };
    let at_work = |proof: &str| {
        let mut story = steps(proof);
        story.approve("a");
        story.approve("b");
        story.tell(Command::StartExecution).unwrap();
        story
    };
    let mut story = at_work("file");
    story.tell(done(&story)).unwrap_err();
    let file = SealedFile {
        name: "画面.png".to_owned(),
        hash: Hash::of(b"png"),
    };
    let add = Command::Attach {
        by: Some(person("d")),
        files: vec![file.clone()],
    };
    story.tell(add).unwrap();
    story.tell(done(&story)).unwrap();
    assert_eq!(story.code(), "EX");
    assert_eq!(story.now().files, [file]);
    let mut story = at_work("words");
    story.tell(done(&story)).unwrap();
    assert_eq!(story.code(), "EX");
}
