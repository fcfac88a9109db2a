//! Who goes where somebody else becomes the manager: named in the plan, and brought back by undoing it.

use std::collections::{BTreeMap, BTreeSet};

use forms::Language;
use provision::{
    AccountKey, AccountPlan, AccountStep, AccountView, ChangeWish, Executed, Former, ManagerWish, PersonView,
    Plan, Plans, differs, inverse, plan_change,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

const ACCOUNT: Uuid = Uuid::from_u128(9);
const BOSS: Uuid = Uuid::from_u128(1);

fn view() -> AccountView {
    AccountView {
        user_principal_name: "h.takahashi@contoso.com".to_owned(),
        display_name: "高橋 花".to_owned(),
        enabled: true,
        synced: false,
        properties: Map::new(),
        manager: Some((BOSS, "鈴木 次郎".to_owned())),
        receiver: Some((BOSS, "鈴木 次郎".to_owned())),
        guest: false,
        licences: BTreeMap::new(),
        inherited_licences: BTreeSet::new(),
        failed_licences: Vec::new(),
        groups: BTreeSet::new(),
        wanted_manager: Some(PersonView {
            name: "佐藤 三郎".to_owned(),
            enabled: true,
        }),
        wanted_licences: BTreeMap::new(),
        wanted_groups: BTreeMap::new(),
        leaving: None,
    }
}

/// Of an account.
fn steps(plan: &Plan) -> &[AccountStep] {
    &plan.account().expect("a plan for an account").steps
}

/// Another one who was set meanwhile is not overwritten: approvers see him first.
#[test]
fn i01_a_plan_names_the_manager_who_goes_and_is_another_where_another_one_stands() {
    let (next, third) = (Uuid::from_u128(7), Uuid::from_u128(8));
    for (wished, line) in [
        (ManagerWish::Be(next), "上長: 鈴木 次郎 → 佐藤 三郎"),
        (ManagerWish::Nobody, "上長: 鈴木 次郎 → （なし）"),
    ] {
        let wish = ChangeWish {
            account: ACCOUNT,
            manager: Some(wished),
            ..ChangeWish::default()
        };
        let planned = |manager: Option<(Uuid, &str)>| {
            let manager = manager.map(|(id, name)| (id, name.to_owned()));
            plan_change(&wish, Some(&AccountView { manager, ..view() }))
        };
        let approved = planned(Some((BOSS, "鈴木 次郎"))).expect("a good wish");
        assert_eq!(approved.preview(Language::Ja)[1], line);
        let renamed = planned(Some((BOSS, "鈴木 二郎"))).expect("a good wish");
        assert!(!differs(&approved, &renamed), "it is the same person");
        let another = planned(Some((third, "田中 四郎"))).expect("a good wish");
        assert!(differs(&approved, &another), "{wished:?}");
        let sealed = Plans::One(approved.clone()).body().expect("JSON");
        let read = Plans::read(&sealed).expect("a plan");
        assert_eq!(read, Plans::One(approved), "sealing forgets nobody");
    }
    let wish = ChangeWish {
        account: ACCOUNT,
        manager: Some(ManagerWish::Be(next)),
        ..ChangeWish::default()
    };
    let nobody = AccountView {
        manager: None,
        ..view()
    };
    let first = plan_change(&wish, Some(&nobody)).expect("a good wish");
    assert_eq!(first.preview(Language::Ja)[1], "上長: （なし） → 佐藤 三郎");
    let another = plan_change(&wish, Some(&view())).expect("a good wish");
    assert!(differs(&first, &another), "somebody stands where nobody stood");
}

/// Before plans named who goes, they were sealed like this.
#[test]
fn i01_a_plan_that_names_no_former_manager_is_still_read() {
    let sealed = json!({
        "account": { "userPrincipalName": "h.takahashi@contoso.com", "id": ACCOUNT },
        "steps": [
            { "do": "setManager", "manager": BOSS, "name": "鈴木 次郎" },
            { "do": "removeManager", "name": "鈴木 次郎" },
        ],
    });
    let plan = Plans::read(&sealed).expect("a plan");
    let lines = [
        "対象のアカウント: h.takahashi@contoso.com",
        "上長: （なし） → 鈴木 次郎",
        "上長: 鈴木 次郎 → （なし）",
    ];
    assert_eq!(plan.preview(Language::Ja), lines);
    assert_eq!(
        plan.body().expect("JSON"),
        sealed,
        "its bytes stay what was sealed"
    );
}

/// The way back from one change of a manager, where this one stood there when it began.
fn back_from_manager(step: AccountStep, stood: &Value) -> Plan {
    let mut executed = Executed::default();
    executed.begun(step.id(), json!({ "account": ACCOUNT, "manager": stood }));
    let plan = AccountPlan {
        account: AccountKey::standing("h.takahashi@contoso.example", ACCOUNT),
        steps: vec![step],
    };
    inverse(&Plan::Account(plan), &executed).plan
}

#[test]
fn i10_the_former_manager_comes_back_and_only_in_place_of_the_one_who_was_set() {
    let former = Uuid::from_u128(7);
    let (name, was) = ("鈴木".to_owned(), "佐藤".to_owned());
    let set = AccountStep::SetManager {
        manager: BOSS,
        name: name.clone(),
        from: Former::Person {
            id: former,
            name: was.clone(),
        },
    };
    let back = back_from_manager(set.clone(), &json!(former));
    let again = AccountStep::SetManager {
        manager: former,
        name: was.clone(),
        from: Former::Person {
            id: BOSS,
            name: name.clone(),
        },
    };
    assert_eq!(steps(&back), [again]);
    assert_eq!(back.preview(Language::Ja)[1], "上長: 鈴木 → 佐藤");
    let manager = Some(BOSS);
    let taken = AccountStep::RemoveManager { manager, name };
    assert_eq!(steps(&back_from_manager(set.clone(), &Value::Null)), [taken]);
    assert_eq!(steps(&back_from_manager(set, &json!(BOSS))), []);
    let manager = Some(former);
    let removed = AccountStep::RemoveManager { manager, name: was };
    let back = back_from_manager(removed.clone(), &json!(former));
    assert_eq!(back.preview(Language::Ja)[1], "上長: （なし） → 佐藤");
    assert_eq!(steps(&back_from_manager(removed, &Value::Null)), []);
}
