//! Calls of other systems: what approvers read, what they are called, and what leads back.

use forms::{Label, Language};
use provision::{ActionPlan, ActionStep, Call, Executed, Lost, Plan, Plans, Sent, StepId, differs, inverse};
use serde_json::{Value, json};

fn label(ja: &str, en: &str) -> Label {
    Label {
        ja: ja.to_owned(),
        en: en.to_owned(),
    }
}

fn call(undo: bool) -> Call {
    Call {
        call: "issue-badge".to_owned(),
        title: label("入館証の発行", "Issue the badge"),
        destination: "badge-office".to_owned(),
        host: "badge.contoso.example".to_owned(),
        sent: vec![Sent {
            field: "floors".to_owned(),
            label: label("立入区域", "Floors"),
            shown: label("執務室", "Office"),
            value: json!(["office"]),
        }],
        answer_within: Some(label("3 日", "3 days")),
        undo,
    }
}

fn plan(undo: bool) -> Plan {
    Plan::Action(ActionPlan {
        order: "a-1".to_owned(),
        steps: vec![ActionStep::Call(call(undo))],
    })
}

fn executed() -> Executed {
    let mut executed = Executed::default();
    executed.begun(StepId::new("call:issue-badge"), json!({}));
    executed
}

#[test]
fn r24_approvers_read_who_is_told_what_and_what_does_not_come_back() {
    let read = plan(false).preview(Language::Ja);
    assert_eq!(
        read,
        [
            "他システムへの依頼「入館証の発行」: （なし） → badge-office (badge.contoso.example)",
            "送信する項目 立入区域: 執務室",
            "送信する項目: 申請番号、申請者、承認者",
            "相手の回答を待つ期間: 3 日",
            "※ 「入館証の発行」は、取消申請や補償では元に戻りません。相手のシステムの担当者に取消しを依頼してください。",
        ]
    );
    let read = plan(true).preview(Language::En);
    assert_eq!(
        read,
        [
            "Request to another system \"Issue the badge\": (none) → badge-office (badge.contoso.example)",
            "Sent Floors: Office",
            "Sent: number, applicant and approvers of the application",
            "Its answer is waited for: 3 days",
        ]
    );
}

#[test]
fn r24_a_call_and_its_undoing_have_one_key_and_messages_of_their_own() {
    let (call, undo) = (ActionStep::Call(call(true)), ActionStep::UndoCall(call(true)));
    assert_eq!(
        (call.key("a-1"), undo.key("a-1")),
        ("a-1_issue-badge".into(), "a-1_issue-badge".into())
    );
    assert_ne!(call.message("a-1"), undo.message("a-1"));
    assert!(!call.message("a-1").contains('.'));
}

#[test]
fn r24_only_a_call_that_can_be_undone_leads_back_and_of_others_it_is_told() {
    let back = inverse(&plan(true), &executed());
    let Plan::Action(way) = &back.plan else {
        panic!("a plan for something else")
    };
    assert_eq!(
        (way.order.as_str(), &way.steps),
        ("a-1", &vec![ActionStep::UndoCall(call(true))])
    );
    assert_eq!(back.lost, []);
    let back = inverse(&plan(false), &executed());
    let title = label("入館証の発行", "Issue the badge");
    assert!(back.plan.is_empty());
    assert_eq!(back.lost, [Lost::Call { title }]);
    assert_eq!(inverse(&plan(true), &Executed::default()).plan.steps().len(), 0);
}

#[test]
fn r24_another_host_or_another_answer_is_another_plan_and_another_word_is_none() {
    let with = |change: fn(&mut Call)| {
        let mut other = call(true);
        change(&mut other);
        let order = "a-1".to_owned();
        Plan::Action(ActionPlan {
            order,
            steps: vec![ActionStep::Call(other)],
        })
    };
    assert!(differs(
        &plan(true),
        &with(|call| call.host = "evil.example".to_owned())
    ));
    assert!(differs(
        &plan(true),
        &with(|call| call.sent[0].value = json!(["laboratory"]))
    ));
    assert!(differs(&plan(true), &with(|call| call.undo = false)));
    assert!(!differs(
        &plan(true),
        &with(|call| call.sent[0].shown = label("事務室", "Office"))
    ));
}

#[test]
fn r24_a_sealed_plan_is_read_again() {
    let plans = Plans::One(plan(true));
    let body: Value = plans.body().unwrap();
    assert_eq!(Plans::read(&body).unwrap(), plans);
}
