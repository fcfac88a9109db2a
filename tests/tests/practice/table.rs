//! Which test goes through which transition of the specification: through the list or the inbox, and through the API
//! or the shell. Where a transition has one way only, the table says why.

use std::path::Path;

/// Applications and drafts come through the inbox alone: it never closes, and SharePoint signs who wrote them.
const INBOX_ALONE: &str = "-inbox alone";
/// Nobody asks for it: the service does it by itself.
const BY_ITSELF: &str = "-by itself";

const THREE_WAYS: &str =
    "the_same_decision_by_list_by_row_and_by_api_gives_the_same_journal_but_for_the_channel";
const REAPPLIED: &str = "a_form_with_a_mistake_comes_back_is_mended_and_can_be_withdrawn";
/// Administrators: by a row, by the API and on the shell.
const ADMINISTRATORS: &str = "whatever_administrators_do_leaves_the_same_by_every_way";

/// Transition, test through list or inbox, test through API or shell.
const TABLE: [(&str, &str, &str); 32] = [
    (
        "T1",
        "what_people_do_while_the_service_is_down_is_carried_out_when_it_is_back",
        INBOX_ALONE,
    ),
    ("T2", REAPPLIED, INBOX_ALONE),
    (
        "T3",
        "f01_f03_w11_the_manager_and_two_of_three_approve_and_the_account_exists",
        BY_ITSELF,
    ),
    (
        "T4",
        "where_nobody_can_be_asked_the_applicant_and_the_administrators_are_told",
        BY_ITSELF,
    ),
    ("T5", THREE_WAYS, THREE_WAYS),
    (
        "T6",
        "t06_whoever_may_finish_approves_as_a_whole_and_nobody_further_is_asked",
        "t06_whoever_may_finish_approves_as_a_whole_and_nobody_further_is_asked",
    ),
    (
        "T7",
        "t12_t07_a_step_is_held_released_and_sent_back",
        "t12_t07_a_step_is_held_released_and_sent_back",
    ),
    (
        "T8",
        "t08_an_application_is_rejected",
        "t08_an_application_is_rejected",
    ),
    (
        "T9",
        "t09_t13_a_decision_is_taken_back_and_a_part_handed_over",
        "t09_t13_a_decision_is_taken_back_and_a_part_handed_over",
    ),
    (
        "T10",
        "t10_t11_the_applicant_pulls_back_and_withdraws",
        "t10_t11_the_applicant_pulls_back_and_withdraws",
    ),
    (
        "T11",
        "t10_t11_the_applicant_pulls_back_and_withdraws",
        "t10_t11_the_applicant_pulls_back_and_withdraws",
    ),
    (
        "T12",
        "t12_t07_a_step_is_held_released_and_sent_back",
        "t12_t07_a_step_is_held_released_and_sent_back",
    ),
    (
        "T13",
        "t09_t13_a_decision_is_taken_back_and_a_part_handed_over",
        ADMINISTRATORS,
    ),
    (
        "T14",
        "t14_w19_a_later_approver_goes_ahead_and_whoever_was_passed_over_looks_afterwards",
        "t14_w19_a_later_approver_goes_ahead_and_whoever_was_passed_over_looks_afterwards",
    ),
    (
        "T14 absent",
        "t14_w19_nobody_waits_for_an_approver_who_is_away_and_has_no_deputy",
        BY_ITSELF,
    ),
    (
        "T15",
        "t15_w19_after_the_approval_one_acknowledges_another_objects_and_an_administrator_settles_it",
        "t15_w19_after_the_approval_one_acknowledges_another_objects_and_an_administrator_settles_it",
    ),
    (
        "T15 circulation",
        "w20_a_circulation_is_acknowledged_in_the_list_by_a_row_and_by_the_api_and_nothing_waits_for_it",
        "w20_a_circulation_is_acknowledged_in_the_list_by_a_row_and_by_the_api_and_nothing_waits_for_it",
    ),
    (
        "T16",
        "w22_w23_the_manager_is_reminded_then_late_and_then_somebody_else_decides",
        BY_ITSELF,
    ),
    (
        "T17",
        "t17_w28_an_administrator_changes_who_is_asked_at_what_is_not_passed",
        ADMINISTRATORS,
    ),
    (
        "T18",
        "t18_an_administrator_ends_an_application_and_says_why_and_nobody_else_can",
        ADMINISTRATORS,
    ),
    (
        "T19",
        "f01_f03_w11_the_manager_and_two_of_three_approve_and_the_account_exists",
        BY_ITSELF,
    ),
    (
        "T20",
        "f01_f03_w11_the_manager_and_two_of_three_approve_and_the_account_exists",
        BY_ITSELF,
    ),
    (
        "T21",
        "t21_work_by_hand_is_done_with_proof_and_the_execution_goes_on",
        "t21_work_by_hand_is_done_with_proof_and_the_execution_goes_on",
    ),
    (
        "T22 retry",
        "t22_retried_once_the_cause_is_mended_everything_is_carried_out",
        ADMINISTRATORS,
    ),
    (
        "T22 skip",
        "t22_a_step_is_skipped_for_a_reason_and_the_rest_is_carried_out",
        ADMINISTRATORS,
    ),
    (
        "T22 accept",
        "t22_accepted_as_it_is_the_application_ends_with_nothing_done",
        ADMINISTRATORS,
    ),
    (
        "T22 compensate",
        "t22_x07_what_was_done_is_undone_the_last_step_first_and_what_is_lost_is_named",
        "t22_x07_what_was_done_is_undone_the_last_step_first_and_what_is_lost_is_named",
    ),
    (
        "T22 compensate rows",
        "t22_x07_what_was_done_is_undone_the_last_step_first_and_what_is_lost_is_named",
        "t22_x07_rows_are_undone_though_killed_in_between_and_what_is_lost_is_named",
    ),
    (
        "T23 reverse rows",
        "t23_a_completed_application_of_rows_is_undone_by_one_that_is_approved_like_it",
        INBOX_ALONE,
    ),
    (
        "T23 reverse",
        "t23_i10_a_completed_application_is_undone_by_one_that_is_approved_like_it",
        INBOX_ALONE,
    ),
    (
        "T23 amend",
        "t23_f14_an_amendment_changes_the_same_account_and_undoing_it_restores_what_was_before",
        INBOX_ALONE,
    ),
    (
        "F12 edit",
        "f12_fields_of_the_step_are_changed_checked_planned_anew_and_carried_out",
        "f12_fields_of_the_step_are_changed_checked_planned_anew_and_carried_out",
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

#[test]
fn every_transition_has_its_tests() {
    let mut text = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut text);
    for number in 1..=23 {
        let named = |(id, ..): &&(&str, &str, &str)| id.split(' ').next() == Some(&format!("T{number}"));
        assert!(TABLE.iter().any(|row| named(&row)), "T{number} is missing");
    }
    for (transition, list, other) in TABLE {
        for test in [list, other].into_iter().filter(|test| !test.starts_with('-')) {
            assert!(
                text.contains(&format!("async fn {test}()")),
                "{transition}: {test}"
            );
        }
    }
}
