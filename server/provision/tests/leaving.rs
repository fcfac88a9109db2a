//! What the planner promises about somebody who leaves, and where the way back leads.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Code, Language};
use provision::{
    AccountView, Belonging, ChangeWish, Colleague, Executed, Forward, LeaveFields, LeaveWish, LeavingMailbox,
    LeavingView, Plan, SignIn, inverse, plan_change,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

const ACCOUNT: Uuid = Uuid::from_u128(1);
const HANA: Uuid = Uuid::from_u128(2);
const SKU: Uuid = Uuid::from_u128(3);
const GROUP: Uuid = Uuid::from_u128(4);
const LIST: Uuid = Uuid::from_u128(5);
const RULED: Uuid = Uuid::from_u128(6);

fn hana() -> Colleague {
    Colleague {
        id: HANA,
        name: "高橋 花".to_owned(),
        address: "hana@contoso.example".to_owned(),
    }
}

fn wish() -> ChangeWish {
    ChangeWish {
        account: ACCOUNT,
        sign_in: Some(SignIn::Blocked),
        leave: Some(LeaveWish {
            access: None,
            forward: Some(HANA),
            fields: LeaveFields {
                access: "access".to_owned(),
                forward: "forward".to_owned(),
            },
        }),
        ..ChangeWish::default()
    }
}

fn leaving() -> LeavingView {
    let named = |name: &str| name.to_owned();
    LeavingView {
        mailbox: Some(LeavingMailbox::default()),
        access: Some(hana()),
        forward: Some(hana()),
        belongs: BTreeMap::from([
            (
                GROUP,
                Belonging::Group {
                    name: named("営業部"),
                },
            ),
            (
                LIST,
                Belonging::List {
                    name: named("全社")
                },
            ),
            (RULED, Belonging::Fixed),
        ]),
        licences: BTreeMap::from([(SKU, named("SPE_E3"))]),
    }
}

fn view(leaving: LeavingView) -> AccountView {
    AccountView {
        user_principal_name: "jiro@contoso.example".to_owned(),
        display_name: "鈴木 次郎".to_owned(),
        enabled: true,
        synced: false,
        guest: false,
        properties: Map::new(),
        manager: None,
        receiver: None,
        licences: BTreeMap::from([(SKU, BTreeSet::new())]),
        inherited_licences: BTreeSet::new(),
        failed_licences: Vec::new(),
        groups: BTreeSet::new(),
        wanted_manager: None,
        wanted_licences: BTreeMap::new(),
        wanted_groups: BTreeMap::new(),
        leaving: Some(leaving),
    }
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.step_ids().iter().map(ToString::to_string).collect()
}

#[test]
fn r20_the_mailbox_is_shared_before_its_licence_goes_and_what_a_rule_fills_is_left_alone() {
    let plan = plan_change(&wish(), Some(&view(leaving()))).expect("a good wish");
    let steps = [
        "block-sign-in".to_owned(),
        "share-mailbox".to_owned(),
        format!("open-mailbox:{HANA}"),
        "set-forwarding".to_owned(),
        format!("remove-from-group:{GROUP}"),
        format!("remove-from-list:{LIST}"),
        format!("remove-licence:{SKU}"),
    ];
    assert_eq!(ids(&plan), steps);
    let read = plan.preview(Language::Ja);
    assert!(
        read.contains(&"メールの転送先: （なし） → 高橋 花".to_owned()),
        "{read:?}"
    );
}

#[test]
fn r20_without_a_mailbox_nobody_takes_it_over_and_otherwise_somebody_must() {
    let without = LeavingView {
        mailbox: None,
        access: None,
        forward: None,
        ..leaving()
    };
    let plan = plan_change(&wish(), Some(&view(without))).expect("a good wish");
    assert_eq!(ids(&plan).len(), 4);
    let nobody = LeavingView {
        access: None,
        forward: None,
        ..leaving()
    };
    let issues = plan_change(&wish(), Some(&view(nobody))).expect_err("nobody takes over");
    let told: Vec<_> = issues
        .iter()
        .map(|issue| (issue.code, issue.field.as_str()))
        .collect();
    assert_eq!(
        told,
        [(Code::ManagerGone, "access"), (Code::ManagerGone, "forward")]
    );
}

fn executed(plan: &Plan, images: &[Value]) -> Executed {
    let mut executed = Executed::default();
    for (step, image) in plan.steps().iter().zip(images) {
        executed.begun(step.id(), image.clone());
    }
    executed
}

#[test]
fn r20_i10_a_departure_leads_back_to_where_mail_went_and_who_opened_it() {
    let forwarded = LeavingView {
        mailbox: Some(LeavingMailbox {
            forward: Some(Forward {
                address: "old@contoso.example".to_owned(),
                keeps_copy: false,
            }),
            ..LeavingMailbox::default()
        }),
        ..leaving()
    };
    let plan = plan_change(&wish(), Some(&view(forwarded))).expect("a good wish");
    let images = [
        json!({ "account": ACCOUNT, "enabled": true }),
        json!({ "account": ACCOUNT, "shared": false }),
        json!({ "account": ACCOUNT, "opens": true }),
        json!({ "account": ACCOUNT, "forward": { "address": "old@contoso.example", "keepsCopy": false } }),
        json!({ "account": ACCOUNT, "member": true }),
        json!({ "account": ACCOUNT, "member": true }),
        json!({ "account": ACCOUNT, "licences": [SKU] }),
    ];
    let way = inverse(&plan, &executed(&plan, &images)).plan;
    let lines = [
        "対象のアカウント: jiro@contoso.example",
        "ライセンス: （なし） → SPE_E3",
        "メーリングリスト「全社」: メンバーでない → メンバー",
        "グループ「営業部」: メンバーでない → メンバー",
        "メールの転送先: hana@contoso.example → old@contoso.example",
        "メールボックス: 共有メールボックス → 本人のメールボックス",
        "サインイン: 停止 → 許可",
    ];
    assert_eq!(way.preview(Language::Ja), lines);
}
