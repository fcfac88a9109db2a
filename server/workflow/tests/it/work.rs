//! From the last approval to the end (T19 to T23): execution, work by hand, what administrators do with failures.

use crate::fixture::{DAY, Story, accept, approval, flow, marks, person, plan, step, submission, submit};
use serde_json::json;
use workflow::application::{Flag, Link, LinkKind, may_follow};
use workflow::{
    ApplicationId, Choice, Command, Hash, Level, PlanStepId, PrincipalRef, RefusalCode, SealedFile, access,
};

fn work(key: &str, stage: &str) -> serde_json::Value {
    let workers = json!([{ "from": "people", "people": ["d", "e"] }]);
    step(
        key,
        json!({ "manualWork": { "workers": workers, "stage": stage, "due": { "calendarDays": 2 } } }),
    )
}

fn approved(steps: impl IntoIterator<Item = serde_json::Value>) -> Story {
    let first = approval("one", &["a"], json!({}));
    let mut story = Story::accepted(flow([first].into_iter().chain(steps)));
    story.approve("a");
    story
}

pub(crate) fn finish(step: &str) -> Command {
    Command::FinishStep {
        step: PlanStepId::new(step),
        receipt: json!({}),
    }
}

fn begin(step: &str) -> Command {
    Command::BeginStep {
        step: PlanStepId::new(step),
        before: json!(null),
    }
}

fn proof() -> Vec<SealedFile> {
    vec![SealedFile {
        name: "画面.png".to_owned(),
        hash: Hash::of(b"png"),
    }]
}

fn finish_work(story: &Story, by: &str, result: &str, proof: Vec<SealedFile>) -> Command {
    Command::FinishWork {
        by: person(by),
        token: story.token().unwrap(),
        result: result.to_owned(),
        proof,
        marks: marks(),
    }
}

fn executing() -> Story {
    let mut story = approved([]);
    story.tell(Command::StartExecution).unwrap();
    story
}

fn parked() -> Story {
    let mut story = executing();
    story.tell(begin("user")).unwrap();
    story.tell(finish("user")).unwrap();
    story
        .tell(Command::Park {
            why: "no seats".to_owned(),
        })
        .unwrap();
    story
}

#[test]
fn t19_a_plan_that_changed_goes_back_to_whoever_decided_last() {
    let mut story = approved([]);
    story.tell(Command::PlanChanged { plan: plan("other") }).unwrap();
    assert_eq!(story.asked(), ("one".to_owned(), vec!["a".to_owned()]));
}

#[test]
fn t19_a_plan_that_rules_approved_is_looked_at_by_the_rules_again() {
    let rule = step(
        "rule",
        json!({ "automatic": { "outcomes": [{ "then": "finish" }] } }),
    );
    let mut story = Story::accepted(flow([rule]));
    assert_eq!(story.code(), "AP");
    story.tell(Command::PlanChanged { plan: plan("other") }).unwrap();
    assert_eq!(story.code(), "SU");
}

/// Nobody was asked before, yet somebody was shown it.
#[test]
fn t04_what_was_shown_is_void_when_the_form_goes_back_after_all() {
    let named = json!([{ "from": "people", "people": ["e"] }]);
    let shown = step("seen", json!({ "circulation": { "readers": named } }));
    let finish = json!({ "automatic": { "outcomes": [{ "then": "finish" }] } });
    let mut story = Story::accepted(flow([shown, step("rule", finish)]));
    let writes = (PrincipalRef::Person(person("e")), Level::Decide);
    assert!(access(story.now()).contains(&writes));
    story.tell(Command::PlanChanged { plan: plan("other") }).unwrap();
    assert!(
        access(story.now()).contains(&writes),
        "it is still the same round"
    );
    story.tell(Command::Return { issues: Vec::new() }).unwrap();
    assert_eq!(story.code(), "SB");
    assert!(!access(story.now()).contains(&writes));
}

#[test]
fn t20_every_step_done_completes_it() {
    let mut story = executing();
    story.tell(finish("user")).unwrap();
    story.tell(finish("licence")).unwrap();
    assert_eq!(story.code(), "CO");
}

#[test]
fn t21_work_by_hand_comes_before_and_after_the_execution_and_needs_result_and_proof() {
    let mut story = approved([work("before", "beforeExecution"), work("after", "afterExecution")]);
    story.tell(Command::StartExecution).unwrap();
    assert_eq!(story.code(), "MW");
    let decides = (PrincipalRef::Person(person("d")), Level::Decide);
    assert!(access(story.now()).contains(&decides));
    for (command, code) in [
        (finish_work(&story, "a", "済", proof()), RefusalCode::NotAssignee),
        (finish_work(&story, "d", " ", proof()), RefusalCode::ResultMissing),
        (
            finish_work(&story, "d", "済", Vec::new()),
            RefusalCode::ProofMissing,
        ),
    ] {
        assert_eq!(story.tell(command).unwrap_err().code, code);
    }
    story
        .tell(finish_work(&story, "d", "電話機を設定", proof()))
        .unwrap();
    assert_eq!(story.code(), "EX");
    assert!(!access(story.now()).contains(&decides));
    story.tell(finish("user")).unwrap();
    story.tell(finish("licence")).unwrap();
    assert_eq!((story.code(), story.asked().0.as_str()), ("MW", "after"));
    story.let_pass(2 * DAY);
    assert_eq!(story.now().flags(), [Flag::Late]);
    story
        .tell(finish_work(&story, "e", "名札を渡した", proof()))
        .unwrap();
    assert_eq!(story.code(), "CO");
}

#[test]
fn t22_skipping_and_accepting_end_as_what_they_are() {
    let admin = || person("admin");
    let skip = |step: &str| Command::Skip {
        by: admin(),
        step: PlanStepId::new(step),
        reason: "不要".to_owned(),
    };
    let accept = || Command::AcceptAsIs {
        by: admin(),
        reason: "来月購入".to_owned(),
    };
    let mut story = parked();
    story.tell(skip("licence")).unwrap();
    story.tell(Command::Retry { by: admin() }).unwrap();
    assert_eq!(story.code(), "PC");
    let mut story = parked();
    story.tell(accept()).unwrap();
    assert_eq!(story.code(), "PC");
    let mut untouched = executing();
    untouched
        .tell(Command::Park {
            why: "denied".to_owned(),
        })
        .unwrap();
    untouched.tell(accept()).unwrap();
    assert_eq!(untouched.code(), "FA");
}

#[test]
fn t22_compensating_undoes_the_last_step_first_and_ends_as_failed() {
    let mut story = parked();
    story
        .tell(Command::Compensate {
            by: person("admin"),
            reason: "中止".to_owned(),
        })
        .unwrap();
    assert_eq!(story.code(), "EX");
    let undo = |step: &str| Command::FinishCompensation {
        step: PlanStepId::new(step),
        receipt: json!({}),
    };
    assert_eq!(
        story.tell(undo("licence")).unwrap_err().code,
        RefusalCode::NoSuchPlanStep
    );
    story
        .tell(Command::Park {
            why: "denied".to_owned(),
        })
        .unwrap();
    story.tell(Command::Retry { by: person("admin") }).unwrap();
    story.tell(undo("user")).unwrap();
    assert_eq!(story.code(), "FA");
    let mut untouched = executing();
    untouched
        .tell(Command::Park {
            why: "denied".to_owned(),
        })
        .unwrap();
    untouched
        .tell(Command::Compensate {
            by: person("admin"),
            reason: "中止".to_owned(),
        })
        .unwrap();
    assert_eq!(untouched.code(), "FA");
}

#[test]
fn t23_f14_only_what_was_carried_out_is_undone_or_changed_by_a_new_application() {
    let by = person("applicant");
    let mut done = executing();
    assert_eq!(may_follow(done.now(), &by).unwrap_err().code, RefusalCode::NotNow);
    done.tell(finish("user")).unwrap();
    done.tell(finish("licence")).unwrap();
    may_follow(done.now(), &by).unwrap();
    assert_eq!(
        may_follow(done.now(), &person("b")).unwrap_err().code,
        RefusalCode::NotApplicant
    );
    let mut rejected = Story::of([submit(), accept()]);
    rejected.vote("manager", Choice::Reject).unwrap();
    assert_eq!(
        may_follow(rejected.now(), &by).unwrap_err().code,
        RefusalCode::NotNow
    );
    let mut undoing = Story::default();
    let mut submission = submission();
    submission.link = Some(Link {
        original: ApplicationId::new("a-0"),
        kind: LinkKind::Reverse,
    });
    undoing.tell(Command::Submit(Box::new(submission))).unwrap();
    assert_eq!(undoing.now().link.as_ref().unwrap().kind, LinkKind::Reverse);
}
