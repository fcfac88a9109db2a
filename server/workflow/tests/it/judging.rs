//! Which versions of a sealed application are decisions.

use crate::fixture::{at, person};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use workflow::judge::{
    Editor, Expectations, Judged, Judgement, Park, Reason, Ruling, STANDING, Version, judge,
};
use workflow::{Hash, StepToken};

const LONG: i64 = 600;

fn token(of: &str) -> StepToken {
    StepToken(Hash::of(of.as_bytes()))
}

fn version(number: u32, editor: Editor, seconds: i64, fields: &[(&str, &str)]) -> Version {
    let mut all: BTreeMap<String, Value> = [("PFPayload".to_owned(), json!("sealed"))].into();
    all.extend(
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value))),
    );
    Version {
        label: format!("{number}.0"),
        number,
        created: at(seconds),
        editor,
        fields: all,
    }
}

fn by(name: &str) -> Editor {
    Editor::Person(person(name))
}

fn decision_for(name: &str) -> String {
    format!("{}:{name}", token("step"))
}

fn ours() -> Version {
    version(1, Editor::App, 0, &[])
}

fn expected() -> Expectations {
    Expectations {
        judged: Some(Judged {
            number: 1,
            fingerprint: ours().fingerprint(),
        }),
        own: BTreeSet::from([1]),
        asked: Some((token("step"), at(0))),
        assignees: ["a", "b"].map(person).into(),
        shown: ["a", "seer"].map(person).into(),
        standing: STANDING,
        addresses: BTreeSet::from([(person("a"), "A@contoso.example".to_owned())]),
        sealed: [("PFPayload".to_owned(), json!("sealed"))].into(),
    }
}

fn judged(fresh: Vec<Version>) -> Judgement {
    let versions: Vec<_> = [ours()].into_iter().chain(fresh).collect();
    judge(&versions, &expected())
}

fn said(judgement: &Judgement) -> Vec<String> {
    let word = |ruling: &Ruling| match ruling {
        Ruling::OurOwn => "ours".to_owned(),
        Ruling::Decision {
            by, choice, comment, ..
        } => {
            format!(
                "{by} {choice:?}{}",
                comment
                    .as_ref()
                    .map(|text| format!(" ({text})"))
                    .unwrap_or_default()
            )
        }
        Ruling::Acknowledged { by, .. } => format!("{by} seen"),
        Ruling::CommentOnly { .. } => "comment".to_owned(),
        Ruling::Refused { reason, .. } => format!("{reason:?}"),
    };
    judgement.rulings.iter().map(|(_, ruling)| word(ruling)).collect()
}

/// Editor, seconds after the step began, `PFDecision`, `PFDecisionFor`, ruling.
type Edit<'a> = (Editor, i64, &'a str, &'a str, &'a str);

fn written(number: u32, (editor, seconds, decision, decision_for, _): &Edit<'_>) -> Version {
    let fields = [("PFDecision", *decision), ("PFDecisionFor", *decision_for)];
    version(number, editor.clone(), *seconds, &fields)
}

#[test]
fn an_edit_is_a_decision_only_if_nothing_about_it_is_in_doubt() {
    let [a, b, c] = ["a", "b", "c"].map(decision_for);
    let other = format!("{}:a", token("another step"));
    let unknown = Editor::Unknown;
    let cases: [Edit<'_>; 16] = [
        (by("a"), 1, "承認", &a, "a Approve"),
        (by("a"), 300, "却下", "", "a Reject"),
        (by("a"), 299, "承認", "", "TooEarly"),
        (by("a"), -1, "承認", "", "StaleStep"),
        (by("a"), LONG, "", "", "comment"),
        (by("c"), LONG, "承認", &c, "NotAssignee"),
        (by("c"), LONG, "承認", "", "NotAssignee"),
        (by("a"), LONG, "承認", &other, "StaleStep"),
        (by("b"), LONG, "承認", &a, "ForeignDecisionFor"),
        (by("b"), LONG, "承認", "x", "ForeignDecisionFor"),
        (by("a"), LONG, "可", "", "UnknownChoice"),
        (by("seer"), 1, "確認", "", "seer seen"),
        (by("seer"), LONG, "承認", "", "NotAssignee"),
        (by("a"), LONG, "確認", "", "a Confirm"),
        (unknown, LONG, "承認", &b, "UnknownEditor"),
        (Editor::App, LONG, "承認", &b, "ours"),
    ];
    for case in &cases {
        let judgement = judged(vec![written(2, case)]);
        assert_eq!(said(&judgement), [case.4], "{case:?}");
        assert_eq!(judgement.park, None);
    }
}

#[test]
fn an_address_stands_for_its_owner_alone() {
    let [address, other] = ["A@contoso.example", "b@contoso.example"].map(decision_for);
    for case in [
        (by("a"), 1, "承認", address.as_str(), "a Approve"),
        (by("b"), 1, "承認", &address, "ForeignDecisionFor"),
        (by("b"), 1, "承認", &other, "ForeignDecisionFor"),
    ] {
        let judgement = judged(vec![written(2, &case)]);
        assert_eq!(said(&judgement), [case.4], "{case:?}");
    }
}

#[test]
fn a_plain_form_saved_in_the_second_in_which_the_step_began_is_early_and_not_stale() {
    let mut expected = expected();
    let began = at(0) + jiff::SignedDuration::from_millis(700);
    expected.asked = Some((token("step"), began));
    for (seconds, ruling) in [(0, "TooEarly"), (-1, "StaleStep")] {
        let saved = version(2, by("a"), seconds, &[("PFDecision", "承認")]);
        assert_eq!(said(&judge(&[ours(), saved], &expected)), [ruling]);
    }
}

#[test]
fn a_vote_beside_anothers_is_judged_on_its_own_change() {
    let [a, b] = ["a", "b"].map(decision_for);
    let first = || (by("a"), 1, "承認", a.as_str(), "a Approve");
    let cases: [Edit<'_>; 5] = [
        (by("b"), 2, "承認", &b, "b Approve"),
        (by("b"), LONG, "却下", &a, "b Reject"),
        (by("b"), 2, "却下", &a, "TooEarly"),
        // The same word in a plain form may be the other's: nobody can tell.
        (by("b"), LONG, "承認", &a, "comment"),
        (by("b"), LONG, "", "", "comment"),
    ];
    for case in &cases {
        let judgement = judged(vec![written(2, &first()), written(3, case)]);
        assert_eq!(said(&judgement), [first().4, case.4], "{case:?}");
    }
}

#[test]
fn a_comment_belongs_to_the_version_that_brought_it() {
    let [a, b] = ["a", "b"].map(decision_for);
    let vote = |number, name, mark: &str, comment| {
        let fields = [
            ("PFDecision", "承認"),
            ("PFDecisionFor", mark),
            ("PFDecisionComment", comment),
        ];
        version(number, by(name), 1, &fields)
    };
    let judgement = judged(vec![vote(2, "a", &a, "ok"), vote(3, "b", &b, "ok")]);
    assert_eq!(said(&judgement), ["a Approve (ok)", "b Approve"]);
}

#[test]
fn a_version_that_alters_a_sealed_column_decides_nothing_and_is_put_back() {
    let fa = decision_for("a");
    let forged = [
        ("PFDecision", "承認"),
        ("PFDecisionFor", fa.as_str()),
        ("PFPayload", "forged"),
    ];
    let fb = decision_for("b");
    let misled = [
        ("PFDecision", "承認"),
        ("PFDecisionFor", fb.as_str()),
        ("PFPayload", "forged"),
    ];
    let judgement = judged(vec![
        version(2, by("a"), 1, &forged),
        version(3, by("b"), 2, &misled),
    ]);
    assert_eq!(said(&judgement), ["SealedAltered", "SealedNotShown"]);
    assert_eq!(
        judgement.restore,
        [("PFPayload".to_owned(), json!("sealed"))].into()
    );
    assert!(judgement.empty_decision);
    let told: Vec<_> = judgement
        .tell()
        .map(|(who, number, reason)| (who.as_str(), number, reason))
        .collect();
    assert_eq!(
        told,
        [("a", 2, Reason::SealedAltered), ("b", 3, Reason::SealedNotShown)]
    );
}

#[test]
fn a_judged_version_that_changes_in_place_parks_the_case() {
    let mut forged = ours();
    forged.editor = by("a");
    let fa = decision_for("a");
    let vote = version(
        2,
        by("a"),
        LONG,
        &[("PFDecision", "承認"), ("PFDecisionFor", &fa)],
    );
    let judgement = judge(&[forged, vote], &expected());
    assert_eq!(judgement.park, Some(Park::ChangedInPlace(1)));
    let told: Vec<_> = judgement.tell().collect();
    assert_eq!(
        told,
        [(&workflow::PersonId::new("a"), 2, Reason::Parked)],
        "his vote is not lost in silence"
    );
}

#[test]
fn a_version_of_ours_with_another_editor_parks_the_case() {
    let mut expected = expected();
    expected.own.insert(2);
    let judgement = judge(&[ours(), version(2, by("a"), LONG, &[])], &expected);
    assert_eq!(judgement.park, Some(Park::EditorChanged(2)));
}

#[test]
fn a_gap_in_the_labels_parks_the_case() {
    assert_eq!(
        judged(vec![version(3, by("a"), LONG, &[])]).park,
        Some(Park::Gap(2))
    );
    assert_eq!(judge(&[], &expected()).park, Some(Park::Gap(1)));
    let mut minor = version(2, by("a"), LONG, &[]);
    minor.label = "2.1".to_owned();
    assert_eq!(judged(vec![minor]).park, Some(Park::BadLabel(2)));
}

#[test]
fn nothing_is_decided_while_nothing_is_asked() {
    let mut expected = expected();
    expected.asked = None;
    let vote = version(2, by("a"), LONG, &[("PFDecision", "承認")]);
    assert_eq!(said(&judge(&[ours(), vote], &expected)), ["NothingAsked"]);
}

#[test]
fn the_lists_own_word_for_the_applicant_sends_back_to_the_applicant() {
    let a = decision_for("a");
    let fields = [
        ("PFDecision", "差戻し"),
        ("PFDecisionFor", a.as_str()),
        ("PFSendBackTo", "申請者"),
    ];
    let judgement = judged(vec![version(2, by("a"), 1, &fields)]);
    assert_eq!(said(&judgement), ["a SendBack(Applicant)"]);
}
