//! What the planner promises about mailing lists, and where the way back leads.

use std::collections::BTreeSet;

use forms::{Code, Issue, Language};
use provision::{
    Executed, ListChange, ListFields, ListKind, ListNow, ListView, ListWish, MailPeople, MailPerson, People,
    PeopleTurnover, Plan, Plans, differs, inverse, plan_list, plan_list_change,
};
use serde_json::json;
use uuid::Uuid;

const LIST: Uuid = Uuid::from_u128(9);
const HANA: Uuid = Uuid::from_u128(1);
const JIRO: Uuid = Uuid::from_u128(2);
const WITHOUT_MAIL: Uuid = Uuid::from_u128(3);

fn known() -> MailPeople {
    let person = |name: &str, address: &str, gets_mail| MailPerson {
        name: name.to_owned(),
        address: address.to_owned(),
        enabled: true,
        gets_mail,
    };
    MailPeople::from([
        (HANA, person("高橋 花", "h.takahashi@contoso.example", true)),
        (JIRO, person("鈴木 次郎", "j.suzuki@contoso.example", true)),
        (WITHOUT_MAIL, person("佐藤 三郎", "s.sato@contoso.example", false)),
    ])
}

fn people(ids: &[Uuid]) -> People {
    ids.iter().map(|id| (*id, "told".to_owned())).collect()
}

fn fields() -> ListFields {
    ListFields {
        list: "list".to_owned(),
        display_name: "name".to_owned(),
        alias: "alias".to_owned(),
        add_owners: "owners".to_owned(),
        remove_owners: "oldOwners".to_owned(),
        add_members: "members".to_owned(),
        remove_members: "oldMembers".to_owned(),
    }
}

fn wish() -> ListWish {
    ListWish {
        application: "a-1".to_owned(),
        kind: ListKind::Security,
        display_name: "営業部全員".to_owned(),
        alias: "sales-all".to_owned(),
        domain: "contoso.example".to_owned(),
        open_to_outside: false,
        owners: people(&[HANA]),
        members: people(&[JIRO]),
        fields: fields(),
    }
}

fn view() -> ListView {
    ListView {
        is_taken: false,
        people: known(),
    }
}

fn now() -> ListNow {
    ListNow {
        id: LIST,
        kind: ListKind::Security,
        display_name: "営業部全員".to_owned(),
        address: "sales-all@contoso.example".to_owned(),
        open_to_outside: false,
        synced: false,
        answered_for: true,
        owners: BTreeSet::from([HANA]),
        members: BTreeSet::from([HANA]),
        people: known(),
    }
}

fn change() -> ListChange {
    ListChange {
        list: Uuid::from_u128(8),
        fields: fields(),
        ..ListChange::default()
    }
}

fn refused(planned: Result<Plan, Vec<Issue>>) -> Vec<(Code, String)> {
    let issues = planned.expect_err("something stands against it");
    let told = issues.into_iter().map(|issue| (issue.code, issue.field));
    told.collect()
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.step_ids().iter().map(ToString::to_string).collect()
}

#[test]
fn r08_approvers_read_what_a_new_list_will_be_and_its_plan_can_be_read_again() {
    let plan = plan_list(&wish(), &view()).expect("a good wish");
    assert_eq!(ids(&plan), ["create-list", "add-members"]);
    let lines = [
        "メーリングリスト（メール対応セキュリティ グループ）: （なし） → 営業部全員",
        "メールアドレス: （なし） → sales-all@contoso.example",
        "社外からのメール: 受け取らない",
        "所有者の追加: 高橋 花",
        "メンバーの追加: 鈴木 次郎",
    ];
    assert_eq!(plan.preview(Language::Ja), lines);
    let plans = Plans::One(plan);
    assert_eq!(Plans::read(&plans.body().expect("JSON")).expect("a plan"), plans);
}

#[test]
fn r08_r18_r19_what_stands_against_a_list_is_told_at_its_field() {
    let mut bad = wish();
    bad.owners.clear();
    bad.members = people(&[WITHOUT_MAIL, Uuid::nil()]);
    let taken = ListView {
        is_taken: true,
        ..view()
    };
    let told = refused(plan_list(&bad, &taken));
    for (code, field) in [
        (Code::Taken, "alias"),
        (Code::NoMailbox, "members"),
        (Code::UnknownPerson, "members"),
        (Code::NoOwner, "owners"),
    ] {
        assert!(told.contains(&(code, field.to_owned())), "{code:?} in {told:?}");
    }
    let last = ListChange {
        owners: PeopleTurnover {
            add: People::new(),
            remove: people(&[HANA]),
        },
        ..change()
    };
    let synced = ListNow {
        synced: true,
        ..now()
    };
    let told = refused(plan_list_change(&last, Some(&synced)));
    let expected = [
        (Code::NoOwner, "oldOwners".to_owned()),
        (Code::SyncedFromPremises, "list".to_owned()),
    ];
    assert_eq!(told, expected);
    assert_eq!(
        refused(plan_list_change(&change(), Some(&now()))),
        [(Code::NothingToDo, "list".to_owned())]
    );
    assert_eq!(
        refused(plan_list_change(&change(), None)),
        [(Code::UnknownGroup, "list".to_owned())]
    );
}

#[test]
fn r08_i10_only_what_differs_is_changed_and_leads_back_to_what_was() {
    let wish = ListChange {
        display_name: Some("営業部全員".to_owned()),
        open_to_outside: Some(true),
        owners: PeopleTurnover {
            add: people(&[JIRO]),
            remove: people(&[HANA]),
        },
        members: PeopleTurnover {
            add: people(&[HANA, JIRO]),
            remove: People::new(),
        },
        ..change()
    };
    let plan = plan_list_change(&wish, Some(&now())).expect("a good wish");
    assert_eq!(
        ids(&plan),
        ["update-list", "add-owners", "remove-owners", "add-members"]
    );
    let mut joined = now();
    joined.members.insert(JIRO);
    let other = plan_list_change(&wish, Some(&joined)).expect("a good wish");
    assert!(differs(&plan, &other), "approvers see it anew");
    let mut executed = Executed::default();
    for (step, image) in plan.steps().iter().zip([
        json!({ "list": { "id": LIST, "openToOutside": false } }),
        json!({ "list": LIST, "owners": [] }),
        json!({ "list": LIST, "owners": [HANA] }),
        json!({ "list": LIST, "members": [] }),
    ]) {
        executed.begun(step.id(), image);
    }
    let lines = [
        "対象のメーリングリスト: 営業部全員 <sales-all@contoso.example>",
        "メンバーの削除: 鈴木 次郎",
        "所有者の追加: 高橋 花",
        "所有者の削除: 鈴木 次郎",
        "社外からのメールを受け取る: はい → いいえ",
    ];
    assert_eq!(inverse(&plan, &executed).plan.preview(Language::Ja), lines);
}

#[test]
fn r08_a_deleted_list_has_no_way_back_and_approvers_read_so() {
    let delete = ListChange {
        delete: true,
        ..change()
    };
    let plan = plan_list_change(&delete, Some(&now())).expect("a good wish");
    assert!(plan.preview(Language::Ja)[2].contains("復元できません"));
    let mut executed = Executed::default();
    executed.begun(plan.step_ids()[0].clone(), json!({ "list": { "id": LIST } }));
    assert!(inverse(&plan, &executed).plan.is_empty());
}

/// Exchange keeps an owner of each list that has one: whoever adopted it stays where nobody else owns it.
#[test]
fn r19_i10_the_first_owners_of_a_list_stay_where_nobody_owned_it_before() {
    let adopt = ListChange {
        adopt: true,
        owners: PeopleTurnover {
            add: people(&[JIRO]),
            remove: People::new(),
        },
        ..change()
    };
    for (owners, ownerless, ways) in [(vec![], true, vec![]), (vec![HANA], false, vec!["remove-owners"])] {
        let orphan = ListNow {
            answered_for: false,
            owners: owners.into_iter().collect(),
            ..now()
        };
        let plan = plan_list_change(&adopt, Some(&orphan)).expect("a good wish");
        let mut image = json!({ "list": LIST, "owners": [] });
        if ownerless {
            image["ownerless"] = json!(true);
        }
        let mut executed = Executed::default();
        executed.begun(plan.step_ids()[0].clone(), image);
        assert_eq!(ids(&inverse(&plan, &executed).plan), ways);
    }
}
