//! What people ask for through rows of their own.

use crate::fixture::{at, person};
use serde_json::json;
use workflow::judge::{
    Act, ActRefusal, Administration, Editor, InboxRuling, Version, judge_act, judge_inbox,
};
use workflow::{Choice, Hash, PlanStepId, StepToken};

fn version(number: u32, editor: Editor, fields: &[(&str, &str)]) -> Version {
    let fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect();
    Version {
        label: format!("{number}.0"),
        number,
        created: at(0),
        editor,
        fields,
    }
}

fn author() -> Editor {
    Editor::Person(person("author"))
}

fn words(versions: &[Version]) -> Vec<&'static str> {
    let word = |ruling: &InboxRuling| match ruling {
        InboxRuling::OurOwn => "ours",
        InboxRuling::Draft => "draft",
        InboxRuling::Submission(_) => "submission",
        InboxRuling::IgnoredEdit { .. } => "ignored",
        InboxRuling::NotAuthor { .. } => "not author",
    };
    judge_inbox(versions, &person("author"))
        .unwrap()
        .iter()
        .map(|(_, ruling)| word(ruling))
        .collect()
}

#[test]
fn the_version_in_which_the_action_became_apply_is_the_submission() {
    let apply = [("PFApplicantAction", "申請")];
    let story = [
        version(1, author(), &[]),
        version(2, author(), &apply),
        version(3, author(), &apply),
        version(4, Editor::App, &[]),
        version(5, author(), &[]),
        version(6, author(), &apply),
    ];
    assert_eq!(
        words(&story),
        ["draft", "submission", "ignored", "ours", "draft", "submission"]
    );
    let other = Editor::Person(person("owner"));
    assert_eq!(
        words(&[version(1, author(), &[]), version(2, other, &apply)]),
        ["draft", "not author"]
    );
}

#[test]
fn only_the_first_version_of_an_act_counts() {
    let token = StepToken(Hash::of(b"step"));
    let text = token.to_string();
    let decide = |choice| {
        let fields = [
            ("PFApplicantAction", "判断"),
            ("PFNumber", "USR-1"),
            ("PFStepToken", &text),
            ("PFDecision", choice),
        ];
        version(1, author(), &fields)
    };
    let mut later = decide("却下");
    (later.number, later.label) = (2, "2.0".to_owned());
    let act = Act::Decide {
        token,
        choice: Choice::Approve,
        comment: None,
    };
    assert_eq!(
        judge_act(&[later.clone(), decide("承認")], &person("author")),
        Ok(("USR-1".to_owned(), act))
    );
    assert_eq!(
        judge_act(&[later], &person("author")),
        Err(ActRefusal::FirstVersionMissing)
    );
    assert_eq!(
        judge_act(&[decide("承認")], &person("other")),
        Err(ActRefusal::NotAuthor)
    );
    assert_eq!(
        judge_act(&[decide("可")], &person("author")),
        Err(ActRefusal::UnknownChoice)
    );
}

#[test]
fn what_is_asked_names_all_that_it_needs() {
    let row = |fields: &[(&str, &str)]| {
        let number = ("PFNumber", "USR-1");
        let fields: Vec<_> = fields.iter().copied().chain([number]).collect();
        let versions = [version(1, author(), &fields)];
        judge_act(&versions, &person("author")).map(|(_, act)| act)
    };
    let reason = || "r".to_owned();
    let act = |action, more: &[(&str, &str)]| {
        let asked: Vec<_> = more
            .iter()
            .copied()
            .chain([("PFApplicantAction", action), ("PFDecisionComment", "r")])
            .collect();
        row(&asked)
    };
    assert_eq!(act("判断の引戻し", &[]), Ok(Act::TakeBack));
    assert_eq!(act("振替", &[]), Err(ActRefusal::PersonMissing));
    let (from, to) = (None, "b@contoso.example".to_owned());
    let handed = Act::Reassign {
        from,
        to,
        reason: reason(),
    };
    assert_eq!(act("振替", &[("PFActTo", "b@contoso.example")]), Ok(handed));
    assert_eq!(act("飛ばす", &[]), Err(ActRefusal::StepMissing));
    assert_eq!(act("何か", &[]), Err(ActRefusal::UnknownAction));
    let step = PlanStepId::new("assign-licence");
    for (action, wanted) in [
        ("解除", Administration::Release),
        ("強制終了", Administration::Cancel { reason: reason() }),
        ("再実行", Administration::Retry),
        (
            "飛ばす",
            Administration::Skip {
                step,
                reason: reason(),
            },
        ),
        ("受入", Administration::Accept { reason: reason() }),
    ] {
        let found = act(action, &[("PFActStep", "assign-licence")]);
        assert_eq!(found, Ok(Act::Administer(wanted)), "{action}");
    }
}
