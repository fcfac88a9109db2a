//! The life of an application, told from submission to end.

use crate::fixture::{Story, accept, decision, person, plan, resubmit, submit};
use serde_json::json;
use workflow::application::{ItemState, SendBackTo};
use workflow::{Choice, Command, Level, PlanStepId, PrincipalRef, RefusalCode, access, replay};

fn approved() -> Story {
    let mut story = Story::of([submit(), accept()]);
    story.vote("manager", Choice::Approve).unwrap();
    story.vote("it1", Choice::Approve).unwrap();
    story.vote("it3", Choice::Approve).unwrap();
    story
}

fn done(step: &str) -> Command {
    Command::FinishStep {
        step: PlanStepId::new(step),
        receipt: json!({}),
    }
}

#[test]
fn manager_then_two_of_three_then_execution() {
    let mut story = approved();
    assert_eq!(story.code(), "AP");
    let left_out = story.now().past[1].item(&person("it2")).unwrap();
    assert_eq!(left_out.state, ItemState::Cancelled);
    story.tell(Command::StartExecution).unwrap();
    story.tell(done("user")).unwrap();
    assert_eq!(story.code(), "EX");
    story.tell(done("licence")).unwrap();
    assert_eq!(story.code(), "CO");
}

#[test]
fn two_rejections_of_three_make_two_approvals_unreachable() {
    let mut story = Story::of([submit(), accept()]);
    story.vote("manager", Choice::Approve).unwrap();
    story.vote("it1", Choice::Reject).unwrap();
    assert_eq!(story.code(), "IA");
    story.vote("it2", Choice::Reject).unwrap();
    assert_eq!(story.code(), "RJ");
}

#[test]
fn what_was_decided_before_a_send_back_counts_no_more() {
    let mut story = Story::of([submit(), accept()]);
    story.vote("manager", Choice::Approve).unwrap();
    let old = story.token().unwrap();
    story.vote("it1", Choice::Approve).unwrap();
    story
        .vote("it2", Choice::SendBack(SendBackTo::Applicant {}))
        .unwrap();
    assert_eq!(story.code(), "SB");
    story.tell(resubmit(2)).unwrap();
    story.tell(accept()).unwrap();
    story.vote("manager", Choice::Approve).unwrap();
    let late = story.tell(decision("it3", old, Choice::Approve)).unwrap_err();
    assert_eq!(late.code, RefusalCode::StaleStep);
    story.vote("it3", Choice::Approve).unwrap();
    assert_eq!(story.code(), "IA", "one approval of this round is not two");
}

#[test]
fn a_step_asked_again_in_the_same_round_has_another_token() {
    let mut story = Story::of([submit(), accept()]);
    let first = story.token();
    story.vote("manager", Choice::Approve).unwrap();
    let step = workflow::StepKey::new("manager");
    story
        .vote("it1", Choice::SendBack(SendBackTo::Step { step }))
        .unwrap();
    assert_eq!(story.code(), "IA");
    assert_ne!(story.token(), first);
}

#[test]
fn another_plan_goes_back_to_the_last_approvers_and_forgets_their_votes() {
    let mut story = approved();
    story
        .tell(Command::PlanChanged {
            plan: plan("somebody else"),
        })
        .unwrap();
    assert_eq!(story.code(), "IA");
    story.vote("it2", Choice::Approve).unwrap();
    assert_eq!(story.code(), "IA");
    story.vote("it1", Choice::Approve).unwrap();
    assert_eq!(story.code(), "AP");
}

#[test]
fn a_plan_that_began_cannot_go_back() {
    let mut story = approved();
    story.tell(Command::StartExecution).unwrap();
    let mut found_done = approved();
    found_done.tell(Command::StartExecution).unwrap();
    found_done.tell(done("user")).unwrap();
    let refusal = found_done
        .tell(Command::PlanChanged { plan: plan("x") })
        .unwrap_err();
    assert_eq!(refusal.code, RefusalCode::AlreadyBegun);
    story
        .tell(Command::BeginStep {
            step: PlanStepId::new("user"),
            before: json!(null),
        })
        .unwrap();
    let refusal = story.tell(Command::PlanChanged { plan: plan("x") }).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::AlreadyBegun);
}

#[test]
fn what_stood_there_is_kept_once_before_a_step_touches_it() {
    let mut story = approved();
    story.tell(Command::StartExecution).unwrap();
    let mut begin = |before| {
        story.tell(Command::BeginStep {
            step: PlanStepId::new("user"),
            before,
        })
    };
    begin(json!(null)).unwrap();
    // Another run looked too, and perhaps after the change.
    assert_eq!(begin(json!("changed")).unwrap_err().code, RefusalCode::NotNow);
}

#[test]
fn a_hold_blocks_the_others_until_its_holder_releases_it() {
    let mut story = Story::of([submit(), accept()]);
    story.vote("manager", Choice::Approve).unwrap();
    story.vote("it1", Choice::Hold).unwrap();
    assert_eq!(
        story.vote("it2", Choice::Approve).unwrap_err().code,
        RefusalCode::HeldByOther
    );
    story.vote("it1", Choice::Confirm).unwrap();
    story.vote("it2", Choice::Approve).unwrap();
}

#[test]
fn the_applicant_pulls_back_only_before_the_first_decision() {
    let mut story = Story::of([submit(), accept()]);
    let pull = |who| Command::PullBack { by: person(who) };
    assert_eq!(
        story.tell(pull("manager")).unwrap_err().code,
        RefusalCode::NotApplicant
    );
    story.vote("manager", Choice::Approve).unwrap();
    assert_eq!(
        story.tell(pull("applicant")).unwrap_err().code,
        RefusalCode::TooLate
    );
    let mut early = Story::of([submit(), accept(), pull("applicant")]);
    assert_eq!(early.code(), "PB");
    early
        .tell(Command::Withdraw {
            by: person("applicant"),
            comment: None,
        })
        .unwrap();
    assert_eq!(early.code(), "WD");
}

#[test]
fn a_failed_execution_waits_for_an_admin_who_retries_skips_or_accepts() {
    let mut story = approved();
    story.tell(Command::StartExecution).unwrap();
    story.tell(done("user")).unwrap();
    story
        .tell(Command::Park {
            why: "no seats".to_owned(),
        })
        .unwrap();
    assert_eq!(story.code(), "RV");
    let skip = |reason: &str| Command::Skip {
        by: person("admin"),
        step: PlanStepId::new("licence"),
        reason: reason.to_owned(),
    };
    assert_eq!(
        story.tell(skip(" ")).unwrap_err().code,
        RefusalCode::ReasonMissing
    );
    story.tell(skip("bought next month")).unwrap();
    story.tell(Command::Retry { by: person("admin") }).unwrap();
    assert_eq!(story.code(), "PC", "a licence is missing");
}

#[test]
fn a_case_parked_in_approval_is_asked_again_from_nothing() {
    let mut story = Story::of([submit(), accept()]);
    let before = story.token();
    story
        .tell(Command::Park {
            why: "a judged version changed".to_owned(),
        })
        .unwrap();
    let reads = (PrincipalRef::Person(person("manager")), Level::Read);
    assert!(access(story.now()).contains(&reads));
    story.tell(Command::Retry { by: person("admin") }).unwrap();
    assert_eq!(story.code(), "IA");
    assert_ne!(story.token(), before);
}

#[test]
fn access_follows_the_work() {
    let mut story = Story::of([submit(), accept()]);
    let has = |story: &Story, who: &str, level| {
        access(story.now()).contains(&(PrincipalRef::Person(person(who)), level))
    };
    assert!(has(&story, "manager", Level::Decide));
    assert!(has(&story, "applicant", Level::Read));
    assert!(has(&story, "viewer", Level::Read));
    assert!(
        !has(&story, "it1", Level::Read) && !has(&story, "it1", Level::Decide),
        "not asked yet"
    );
    story.vote("manager", Choice::Approve).unwrap();
    assert!(has(&story, "manager", Level::Read) && !has(&story, "manager", Level::Decide));
    assert!(has(&story, "it1", Level::Decide));
}

#[test]
fn the_journal_gives_the_state_even_through_json() {
    let story = approved();
    let read = |(at, event): &(jiff::Timestamp, workflow::Event)| {
        let text = serde_json::to_string(event).unwrap();
        (*at, serde_json::from_str::<workflow::Event>(&text).unwrap())
    };
    let events: Vec<_> = story.events.iter().map(read).collect();
    let replayed = replay(events.iter().map(|(at, event)| (*at, event))).unwrap();
    assert_eq!(replayed, story.application);
    let state = serde_json::to_string(&story.application).unwrap();
    let state: Option<workflow::Application> = serde_json::from_str(&state).unwrap();
    assert_eq!(state, story.application);
}
