//! Which test goes through which transition of the specification: through the list or the inbox, and through the API.
//! Where a transition has one way only, or none for people, the table says why.

use std::path::Path;

const THREE_WAYS: &str =
    "the_same_decision_by_list_by_row_and_by_api_gives_the_same_journal_but_for_the_channel";
/// Administrators: by a row, by the API and on the shell.
const ADMINISTRATORS: &str = "whatever_administrators_do_leaves_the_same_by_every_way";
const HELD_AND_SENT_BACK: &str = "t12_t07_a_step_is_held_released_and_sent_back";
const TAKEN_BACK: &str = "t09_t13_a_decision_is_taken_back_and_a_part_handed_over";
const PULLED_BACK: &str = "t10_t11_the_applicant_pulls_back_and_withdraws";
const CREATED: &str = "f01_f03_w11_the_manager_and_two_of_three_approve_and_the_account_exists";
const DEADLINES: &str = "t16_w21_a_deadline_sends_back_ends_also_what_is_held_and_approves";

/// Why there is no request of ours: the row of the inbox is the application, SharePoint signs who wrote it, and it can
/// be written while we are not there. A program writes it by SharePoint's own API, as these tests do.
const A_ROW: &str = "an application begins as a row of the inbox";
const READ: &str = "the service, once it has read the row";
const TIME: &str = "the service, when a moment has come";
const EXECUTION: &str = "the service, once everything is approved";

/// By whom a transition is made, and the tests that go through it.
enum Made {
    /// A person can make it in the list or by a row, and by the API.
    BothWays { list: &'static str, api: &'static str },
    /// A person can make it by a row alone.
    ByRow { list: &'static str, why: &'static str },
    /// No person makes it, so there is no way to choose.
    ByService { test: &'static str, when: &'static str },
}

/// One test for both ways.
const fn both(test: &'static str) -> Made {
    Made::BothWays {
        list: test,
        api: test,
    }
}

const fn ways(list: &'static str, api: &'static str) -> Made {
    Made::BothWays { list, api }
}

const fn row(list: &'static str) -> Made {
    Made::ByRow { list, why: A_ROW }
}

const fn service(test: &'static str, when: &'static str) -> Made {
    Made::ByService { test, when }
}

/// Transitions that the specification gives to the service, in its column "by".
const OF_THE_SERVICE: [&str; 5] = ["T3", "T4", "T16", "T19", "T20"];

const TABLE: [(&str, Made); 41] = [
    (
        "T1",
        row("what_people_do_while_the_service_is_down_is_carried_out_when_it_is_back"),
    ),
    ("T2 submit", row(CREATED)),
    (
        "T2 submit again",
        ways(
            "a_form_with_a_mistake_comes_back_is_mended_and_can_be_withdrawn",
            "t02_what_came_back_is_mended_and_applied_for_again_by_a_row_and_by_the_api",
        ),
    ),
    ("T3", service(CREATED, READ)),
    (
        "T4",
        service(
            "where_nobody_can_be_asked_the_applicant_and_the_administrators_are_told",
            READ,
        ),
    ),
    ("T5", both(THREE_WAYS)),
    (
        "T6",
        both("t06_whoever_may_finish_approves_as_a_whole_and_nobody_further_is_asked"),
    ),
    ("T7", both(HELD_AND_SENT_BACK)),
    (
        "T7 to step",
        both("t07_a_later_step_sends_back_to_an_earlier_one"),
    ),
    ("T8", both("t08_an_application_is_rejected")),
    ("T9", both(TAKEN_BACK)),
    ("T10", both(PULLED_BACK)),
    ("T11", both(PULLED_BACK)),
    ("T12", both(HELD_AND_SENT_BACK)),
    ("T13", ways(TAKEN_BACK, ADMINISTRATORS)),
    (
        "T14",
        both("t14_w19_a_later_approver_goes_ahead_and_whoever_was_passed_over_looks_afterwards"),
    ),
    (
        "T15",
        both("t15_w19_after_the_approval_one_acknowledges_another_objects_and_an_administrator_settles_it"),
    ),
    (
        "T15 circulation",
        both(
            "w20_a_circulation_is_acknowledged_in_the_list_by_a_row_and_by_the_api_and_nothing_waits_for_it",
        ),
    ),
    (
        "T16 remind",
        service(
            "w22_w23_the_manager_is_reminded_then_late_and_then_somebody_else_decides",
            TIME,
        ),
    ),
    (
        "T16 escalate",
        service(
            "w22_w23_the_manager_is_reminded_then_late_and_then_somebody_else_decides",
            TIME,
        ),
    ),
    (
        "T16 reject",
        service(
            "w21_a_deadline_can_reject_but_not_over_a_vote_that_was_in_time",
            TIME,
        ),
    ),
    ("T16 approve", service(DEADLINES, TIME)),
    ("T16 send back", service(DEADLINES, TIME)),
    ("T16 expire", service(DEADLINES, TIME)),
    (
        "T17",
        ways(
            "t17_w28_an_administrator_changes_who_is_asked_at_what_is_not_passed",
            ADMINISTRATORS,
        ),
    ),
    (
        "T18",
        ways(
            "t18_an_administrator_ends_an_application_and_says_why_and_nobody_else_can",
            ADMINISTRATORS,
        ),
    ),
    ("T19", service(CREATED, EXECUTION)),
    (
        "T19 another plan",
        service(
            "x02_i01_what_would_be_done_otherwise_on_the_day_is_asked_again",
            EXECUTION,
        ),
    ),
    ("T20", service(CREATED, EXECUTION)),
    (
        "T20 failed",
        service(
            "t22_retried_once_the_cause_is_mended_everything_is_carried_out",
            EXECUTION,
        ),
    ),
    (
        "T20 work by hand",
        service(
            "t21_work_by_hand_is_done_with_proof_and_the_execution_goes_on",
            EXECUTION,
        ),
    ),
    (
        "T21",
        both("t21_work_by_hand_is_done_with_proof_and_the_execution_goes_on"),
    ),
    (
        "T21 impossible",
        both("t21_work_that_cannot_be_done_is_told_to_administrators_who_have_it_asked_for_again"),
    ),
    (
        "T22 retry",
        ways(
            "t22_retried_once_the_cause_is_mended_everything_is_carried_out",
            ADMINISTRATORS,
        ),
    ),
    (
        "T22 skip",
        ways(
            "t22_a_step_is_skipped_for_a_reason_and_the_rest_is_carried_out",
            ADMINISTRATORS,
        ),
    ),
    (
        "T22 accept",
        ways(
            "t22_accepted_as_it_is_the_application_ends_with_nothing_done",
            ADMINISTRATORS,
        ),
    ),
    (
        "T22 compensate",
        ways(
            "t22_x07_what_was_done_is_undone_the_last_step_first_and_what_is_lost_is_named",
            ADMINISTRATORS,
        ),
    ),
    (
        "T23 reverse rows",
        row("t23_a_completed_application_of_rows_is_undone_by_one_that_is_approved_like_it"),
    ),
    (
        "T23 reverse",
        row("t23_i10_a_completed_application_is_undone_by_one_that_is_approved_like_it"),
    ),
    (
        "T23 amend",
        row("t23_f14_an_amendment_changes_the_same_account_and_undoing_it_restores_what_was_before"),
    ),
    (
        "F12 edit",
        both("f12_fields_of_the_step_are_changed_checked_planned_anew_and_carried_out"),
    ),
];

fn sources(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).expect("the tests") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|end| end == "rs") {
            text.push_str(&std::fs::read_to_string(&path).expect("a test"));
        }
    }
}

fn number(transition: &str) -> &str {
    transition.split(' ').next().unwrap_or_default()
}

/// What a test does that goes through the API; a test of three ways takes it for one of them.
const BY_API: [&str; 5] = [".request(", ".vote_by_request(", ".decide(", ".act(", ".does("];
/// What a test does that writes the item, or a row of the inbox; votes that only lead there do not count.
const BY_LIST: [&str; 9] = [
    ".row(",
    ".vote_by_row(",
    ".entry(",
    ".change(",
    ".add(",
    ".follow(",
    ".does(",
    ".ask(",
    " ask(",
];

/// The test from its attribute to its end; none: there is no such test, or it is left out.
fn body<'a>(all: &'a str, test: &str) -> Option<&'a str> {
    let name = format!("async fn {test}()");
    let (before, after) = all.split_once(name.as_str())?;
    let attributes = before.rsplit("\n\n").next()?;
    let (body, _) = after.split_once("\n}\n")?;
    (attributes.contains("#[tokio::test") && !attributes.contains("ignore")).then_some(body)
}

#[test]
fn every_transition_has_its_tests_and_each_goes_the_way_that_it_is_named_for() {
    let mut text = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut text);
    let goes = |transition: &str, test: &str, ways: &[&str]| {
        let body = body(&text, test).unwrap_or_else(|| panic!("{transition}: no test {test}"));
        assert!(
            ways.is_empty() || ways.iter().any(|way| body.contains(way)),
            "{transition}: {test} does none of {ways:?}"
        );
    };
    for (transition, made) in &TABLE {
        match made {
            Made::BothWays { list, api } => {
                goes(transition, list, &BY_LIST);
                goes(transition, api, &BY_API);
            }
            Made::ByRow { list, .. } => goes(transition, list, &BY_LIST),
            Made::ByService { test, .. } => goes(transition, test, &[]),
        }
    }
}

#[test]
fn every_transition_is_made_by_whom_the_specification_says() {
    for number in (1..=23).map(|number| format!("T{number}")) {
        let rows = TABLE
            .iter()
            .filter(|(transition, _)| self::number(transition) == number);
        let made: Vec<&Made> = rows.map(|(_, made)| made).collect();
        assert!(!made.is_empty(), "{number} is missing");
        let is_of_the_service = OF_THE_SERVICE.contains(&number.as_str());
        for made in made {
            match made {
                Made::ByService { when, .. } => assert!(is_of_the_service, "{number}: {when}"),
                Made::ByRow { why, .. } => {
                    assert!(["T1", "T2", "T23"].contains(&number.as_str()), "{number}: {why}");
                }
                Made::BothWays { .. } => assert!(!is_of_the_service, "{number} is made by nobody"),
            }
        }
    }
}
