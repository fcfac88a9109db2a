//! What people ask for through rows of their own.

use crate::fixture::{at, person};
use serde_json::json;
use workflow::judge::{
    Act, ActRefusal, Administration, Editor, InboxRuling, NewPeople, Version, judge_act, judge_inbox,
};
use workflow::{Choice, Hash, PlanStepId, StepKey, StepToken};

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
    assert_eq!(act("引上げ承認", &[]), Err(ActRefusal::TokenMissing));
    assert_eq!(
        act("異議対応", &[("PFActStep", "s")]),
        Err(ActRefusal::PersonMissing)
    );
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
        assert_eq!(found, Ok(Act::Administer { what: wanted }), "{action}");
    }
}

/// What a row asks that names a number, a token and a comment, and these columns.
fn asked(action: &str, more: &[(&str, &str)]) -> Result<Act, ActRefusal> {
    let token = StepToken(Hash::of(b"step")).to_string();
    let always = [
        ("PFApplicantAction", action),
        ("PFNumber", "USR-1"),
        ("PFStepToken", token.as_str()),
        ("PFDecisionComment", "c"),
    ];
    let fields: Vec<_> = always.into_iter().chain(more.iter().copied()).collect();
    judge_act(&[version(1, author(), &fields)], &person("author")).map(|(_, act)| act)
}

#[test]
fn what_is_shown_changed_or_worked_on_is_asked_for_by_row_too() {
    let token = StepToken(Hash::of(b"step"));
    let said = || Some("c".to_owned());
    let step = || StepKey::new("two");
    let ahead = Act::PullUp {
        token,
        comment: said(),
    };
    assert_eq!(asked("引上げ承認", &[]), Ok(ahead));
    let seen = |step| Act::Acknowledge {
        step,
        comment: said(),
    };
    assert_eq!(asked("確認", &[]), Ok(seen(None)));
    assert_eq!(asked("確認", &[("PFActStep", "two")]), Ok(seen(Some(step()))));
    let done = Act::FinishWork {
        token,
        result: "c".to_owned(),
    };
    assert_eq!(asked("作業完了", &[]), Ok(done));
    let declined = Act::DeclineWork {
        token,
        reason: "c".to_owned(),
    };
    assert_eq!(asked("作業不可", &[]), Ok(declined));
    let form = json!({ "lastName": "山田" }).to_string();
    let again = Act::Resubmit {
        form: forms::Values::parse(&form).unwrap(),
    };
    assert_eq!(asked("再申請", &[("PFPayload", &form)]), Ok(again));
    let unreadable = asked("再申請", &[("PFPayload", "[1]")]);
    assert_eq!(unreadable, Err(ActRefusal::FormUnreadable));
    let changes = json!({ "licence": null }).as_object().cloned().unwrap();
    let edit = Act::Edit {
        token,
        changes,
        comment: said(),
    };
    assert_eq!(asked("修正", &[("PFPayload", r#"{"licence":null}"#)]), Ok(edit));
    let unreadable = asked("修正", &[("PFPayload", "[]")]);
    assert_eq!(unreadable, Err(ActRefusal::ChangesUnreadable));
}

#[test]
fn a_change_of_the_route_names_a_step_and_people_or_neither() {
    let change = |to| Act::Administer {
        what: Administration::ChangeRoute {
            to,
            reason: "c".to_owned(),
        },
    };
    assert_eq!(asked("経路変更", &[]), Ok(change(None)));
    let people = vec!["a@x.example".to_owned(), "b@x.example".to_owned()];
    let to = [("PFActStep", "two"), ("PFActTo", "a@x.example; b@x.example")];
    let step = StepKey::new("two");
    assert_eq!(
        asked("経路変更", &to),
        Ok(change(Some(NewPeople { step, people })))
    );
    assert_eq!(asked("経路変更", &to[..1]), Err(ActRefusal::PersonMissing));
}
