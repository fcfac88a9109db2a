//! What the planner promises about shared mailboxes, and where the way back leads.

#[path = "mailboxes/fixture.rs"]
mod fixture;

use std::collections::{BTreeMap, BTreeSet};

use fixture::{BOX, GONE, HANA, JIRO, WITHOUT_MAIL, addressed, change, now, people, turnover, view, wish};
use forms::{Code, Issue, Language};
use provision::{
    Executed, MailboxAddresses, MailboxChange, MailboxNow, MailboxView, Plan, Plans, Right, differs, inverse,
    plan_mailbox, plan_mailbox_change,
};
use serde_json::json;
use uuid::Uuid;

fn refused(planned: Result<Plan, Vec<Issue>>) -> Vec<(Code, String)> {
    let issues = planned.expect_err("something stands against it");
    let told = issues.into_iter().map(|issue| (issue.code, issue.field));
    told.collect()
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.step_ids().iter().map(ToString::to_string).collect()
}

#[test]
fn r10_approvers_read_what_a_new_mailbox_will_be_and_its_plan_can_be_read_again() {
    let plan = plan_mailbox(&wish(), &view()).expect("a good wish");
    assert_eq!(
        ids(&plan),
        [
            "create-mailbox",
            "block-sign-in",
            "give:fullAccess",
            "give:sendAs"
        ]
    );
    let lines = [
        "共有メールボックス: （なし） → お問い合わせ",
        "メールアドレス: （なし） → info@contoso.example",
        "メールボックスのアカウント: サインインできない",
        "フルアクセスの追加: 高橋 花、鈴木 次郎",
        "所有者として送信の追加: 高橋 花",
    ];
    assert_eq!(plan.preview(Language::Ja), lines);
    assert_eq!(
        plan.preview(Language::En)[3],
        "Full access given to: 高橋 花, 鈴木 次郎"
    );
    let plans = Plans::One(plan);
    assert_eq!(Plans::read(&plans.body().expect("JSON")).expect("a plan"), plans);
}

#[test]
fn r10_r18_what_stands_against_a_mailbox_is_told_at_its_field() {
    let mut bad = wish();
    bad.display_name.clear();
    bad.rights
        .insert(Right::FullAccess, people(&[WITHOUT_MAIL, GONE]));
    bad.rights.insert(Right::SendAs, people(&[Uuid::nil()]));
    let taken = MailboxView {
        is_taken: true,
        ..view()
    };
    let expected = [
        (Code::Required, "name"),
        (Code::Taken, "alias"),
        (Code::NoMailbox, "addFullAccess"),
        (Code::UnknownPerson, "addFullAccess"),
        (Code::UnknownPerson, "addSendAs"),
    ];
    assert_eq!(
        refused(plan_mailbox(&bad, &taken)),
        expected.map(|(code, field)| (code, field.to_owned()))
    );
    let synced = MailboxNow {
        synced: true,
        ..now()
    };
    let deleted = MailboxChange {
        delete: true,
        ..change()
    };
    for (wish, now, code, field) in [
        (&deleted, Some(&synced), Code::SyncedFromPremises, "mailbox"),
        (&change(), Some(&now()), Code::NothingToDo, "mailbox"),
        (&deleted, None, Code::ObjectGone, "mailbox"),
    ] {
        let told = refused(plan_mailbox_change(wish, now));
        assert_eq!(told, [(code, field.to_owned())]);
    }
}

#[test]
fn r10_wishes_that_change_nothing_are_refused() {
    let idle = MailboxChange {
        display_name: Some("お問い合わせ".to_owned()),
        addresses: MailboxAddresses {
            primary: Some("INFO@contoso.example".to_owned()),
            add: Some("help@contoso.example".to_owned()),
            remove: None,
        },
        rights: BTreeMap::from([
            (Right::FullAccess, turnover(&[HANA], &[JIRO])),
            (Right::SendOnBehalf, turnover(&[JIRO], &[JIRO])),
        ]),
        ..change()
    };
    let told = refused(plan_mailbox_change(&idle, Some(&now())));
    assert_eq!(told, [(Code::NothingToDo, "mailbox".to_owned())]);
}

#[test]
fn r10_the_old_address_stays_beside_the_new_one_and_only_other_addresses_go() {
    for (wish, lines) in [
        (
            addressed(Some("desk@contoso.example"), None, None),
            vec![
                "メールアドレス: info@contoso.example → desk@contoso.example",
                "追加のアドレス: help@contoso.example → help@contoso.example, info@contoso.example",
            ],
        ),
        (
            addressed(Some("desk@contoso.example"), None, Some("Info@contoso.example")),
            vec!["メールアドレス: info@contoso.example → desk@contoso.example"],
        ),
        (
            addressed(Some("help@contoso.example"), None, None),
            vec![
                "メールアドレス: info@contoso.example → help@contoso.example",
                "追加のアドレス: help@contoso.example → info@contoso.example",
            ],
        ),
        (
            addressed(None, None, Some("help@contoso.example")),
            vec!["追加のアドレス: help@contoso.example → （なし）"],
        ),
    ] {
        let plan = plan_mailbox_change(&wish, Some(&now())).expect("a good wish");
        assert_eq!(plan.preview(Language::Ja)[1..], lines);
    }
    let own = addressed(None, None, Some("info@contoso.example"));
    let told = refused(plan_mailbox_change(&own, Some(&now())));
    assert_eq!(told, [(Code::UnknownAddress, "removeAddress".to_owned())]);
    let held = MailboxNow {
        taken: BTreeSet::from(["desk@contoso.example".to_owned()]),
        ..now()
    };
    let wanted = addressed(None, Some("desk@contoso.example"), None);
    let told = refused(plan_mailbox_change(&wanted, Some(&held)));
    assert_eq!(told, [(Code::Taken, "addAddress".to_owned())]);
}

#[test]
fn r10_i10_only_what_differs_is_changed_and_leads_back_to_what_was() {
    let wish = MailboxChange {
        display_name: Some("窓口".to_owned()),
        rights: BTreeMap::from([
            (Right::FullAccess, turnover(&[HANA, JIRO], &[])),
            (Right::SendAs, turnover(&[HANA], &[])),
            (Right::SendOnBehalf, turnover(&[], &[JIRO])),
        ]),
        ..change()
    };
    let plan = plan_mailbox_change(&wish, Some(&now())).expect("a good wish");
    assert_eq!(
        ids(&plan),
        [
            "update-mailbox",
            "give:fullAccess",
            "give:sendAs",
            "take:sendOnBehalf"
        ]
    );
    let mut shared = now();
    shared.rights.insert(Right::SendAs, BTreeSet::from([HANA]));
    let other = plan_mailbox_change(&wish, Some(&shared)).expect("a good wish");
    assert!(differs(&plan, &other), "approvers see it anew");
    let mut executed = Executed::default();
    for (step, image) in plan.steps().iter().zip([
        json!({ "mailbox": { "id": BOX, "displayName": "お問い合わせ" } }),
        json!({ "mailbox": BOX, "fullAccess": [] }),
        // Somebody else gave it meanwhile: it is not ours to take.
        json!({ "mailbox": BOX, "sendAs": [HANA] }),
        json!({ "mailbox": BOX, "sendOnBehalf": [JIRO] }),
    ]) {
        executed.begun(step.id(), image);
    }
    let lines = [
        "対象の共有メールボックス: お問い合わせ <info@contoso.example>",
        "代理人として送信の追加: 鈴木 次郎",
        "フルアクセスの削除: 鈴木 次郎",
        "表示名: 窓口 → お問い合わせ",
    ];
    assert_eq!(inverse(&plan, &executed).plan.preview(Language::Ja), lines);
}

#[test]
fn r10_i10_a_deleted_mailbox_leads_back_by_its_account_and_a_new_one_by_its_deletion() {
    let delete = MailboxChange {
        delete: true,
        ..change()
    };
    let plan = plan_mailbox_change(&delete, Some(&now())).expect("a good wish");
    assert!(plan.preview(Language::Ja)[2].contains("30日以内"));
    let mut executed = Executed::default();
    executed.begun(plan.step_ids()[0].clone(), json!({ "mailbox": { "id": BOX } }));
    let back = inverse(&plan, &executed).plan;
    assert_eq!(
        back.preview(Language::Ja),
        [
            "対象の共有メールボックス: お問い合わせ <info@contoso.example>",
            "共有メールボックス: （削除済み） → info@contoso.example",
        ]
    );
    assert_eq!(ids(&back), ["restore-mailbox"]);
    let new = plan_mailbox(&wish(), &view()).expect("a good wish");
    let mut executed = Executed::default();
    for step in new.step_ids() {
        executed.begun(step, json!({ "mailbox": null, "fullAccess": [] }));
    }
    executed.done(&json!({ "mailbox": BOX }));
    let back = inverse(&new, &executed).plan;
    assert_eq!(ids(&back), ["delete-mailbox"], "rights go with it");
    let Plan::Mailbox(back) = back else {
        panic!("it is about a mailbox");
    };
    assert_eq!(back.mailbox.id(), Some(BOX));
}
