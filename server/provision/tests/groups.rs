//! What the planner promises about groups, and where the way back leads.

#[path = "groups/visibility.rs"]
mod visibility;

use std::collections::{BTreeMap, BTreeSet};

use forms::{Code, Language};
use provision::{
    Executed, GroupChange, GroupChangeFields, GroupFields, GroupKind, GroupNow, GroupWish, NameView, People,
    PeopleTurnover, PersonView, Plan, Plans, Visibility, differs, inverse, plan_group, plan_group_change,
};
use serde_json::{Value, json};
use uuid::Uuid;

const GROUP: Uuid = Uuid::from_u128(9);
const HANA: Uuid = Uuid::from_u128(1);
const JIRO: Uuid = Uuid::from_u128(2);
const BLOCKED: Uuid = Uuid::from_u128(3);

fn person(name: &str, enabled: bool) -> PersonView {
    let name = name.to_owned();
    PersonView { name, enabled }
}

fn known() -> NameView {
    let people = [
        (HANA, person("高橋 花", true)),
        (JIRO, person("鈴木 次郎", true)),
        (BLOCKED, person("佐藤 三郎", false)),
    ];
    NameView {
        holders: Vec::new(),
        people: BTreeMap::from(people),
    }
}

fn people(ids: &[Uuid]) -> People {
    ids.iter().map(|id| (*id, format!("told {id}"))).collect()
}

fn wish(kind: GroupKind) -> GroupWish {
    GroupWish {
        application: "a-1".to_owned(),
        kind,
        display_name: "営業部共有".to_owned(),
        mail_nickname: "sales-shared".to_owned(),
        domain: "contoso.example".to_owned(),
        description: "営業部の共有フォルダー".to_owned(),
        visibility: Visibility::Private,
        team: false,
        owners: people(&[HANA]),
        members: people(&[HANA, BLOCKED]),
        fields: GroupFields {
            display_name: "name".to_owned(),
            mail_nickname: "nickname".to_owned(),
            description: "description".to_owned(),
            owners: "owners".to_owned(),
            members: "members".to_owned(),
        },
    }
}

fn now() -> GroupNow {
    GroupNow {
        display_name: "営業部共有".to_owned(),
        description: "古い説明".to_owned(),
        kind: GroupKind::Security,
        synced: false,
        writable: true,
        visibility: None,
        answered_for: true,
        owners: BTreeSet::from([HANA]),
        members: BTreeSet::from([HANA]),
        team: None,
        name: known(),
    }
}

fn change() -> GroupChange {
    GroupChange {
        group: GROUP,
        fields: GroupChangeFields {
            group: "group".to_owned(),
            display_name: "name".to_owned(),
            description: "description".to_owned(),
            visibility: "visibility".to_owned(),
            add_owners: "addOwners".to_owned(),
            remove_owners: "removeOwners".to_owned(),
            add_members: "addMembers".to_owned(),
            remove_members: "removeMembers".to_owned(),
        },
        ..GroupChange::default()
    }
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.step_ids().iter().map(ToString::to_string).collect()
}

fn refused(planned: Result<Plan, Vec<forms::Issue>>) -> Vec<(Code, String)> {
    let issues = planned.expect_err("something stands against it");
    let told = issues.into_iter().map(|issue| (issue.code, issue.field));
    told.collect()
}

fn at(code: Code, field: &str) -> (Code, String) {
    (code, field.to_owned())
}

#[test]
fn r07_r09_approvers_read_what_a_new_group_will_be_and_its_plan_can_be_read_again() {
    for kind in [GroupKind::Security, GroupKind::Microsoft365] {
        let plan = plan_group(&wish(kind), &known()).expect("a good wish");
        assert_eq!(ids(&plan), ["create-group", "add-owners", "add-members"]);
        let read = plan.preview(Language::Ja);
        assert!(read.contains(&"所有者の追加: 高橋 花".to_owned()), "{read:?}");
        assert!(
            read.contains(&"メンバーの追加: 高橋 花、佐藤 三郎".to_owned()),
            "{read:?}"
        );
        let has_address = read
            .iter()
            .any(|line| line.contains("sales-shared@contoso.example"));
        assert_eq!(has_address, kind == GroupKind::Microsoft365);
        let plans = Plans::One(plan);
        let again = Plans::read(&plans.body().expect("JSON")).expect("a plan");
        assert_eq!(again, plans);
    }
}

#[test]
fn r07_r19_a_group_needs_an_owner_who_may_sign_in_and_a_free_name() {
    let mut lonely = wish(GroupKind::Security);
    lonely.owners.clear();
    assert_eq!(
        refused(plan_group(&lonely, &known())),
        [at(Code::NoOwner, "owners")]
    );
    let mut blocked = wish(GroupKind::Security);
    blocked.owners = people(&[BLOCKED, Uuid::nil()]);
    let unknown = || at(Code::UnknownPerson, "owners");
    assert_eq!(refused(plan_group(&blocked, &known())), [unknown(), unknown()]);
    let taken = NameView {
        holders: vec![GROUP],
        ..known()
    };
    assert_eq!(
        refused(plan_group(&wish(GroupKind::Security), &taken)),
        [at(Code::Taken, "name")]
    );
}

#[test]
fn r07_only_what_differs_is_changed_and_new_owners_come_before_old_ones_go() {
    let wish = GroupChange {
        display_name: Some("営業部共有".to_owned()),
        description: Some(String::new()),
        owners: PeopleTurnover {
            add: people(&[JIRO]),
            remove: people(&[HANA]),
        },
        members: PeopleTurnover {
            add: people(&[HANA, JIRO]),
            remove: people(&[BLOCKED]),
        },
        ..change()
    };
    let plan = plan_group_change(&wish, Some(&now())).expect("a good wish");
    assert_eq!(
        ids(&plan),
        ["update-group", "add-owners", "remove-owners", "add-members"]
    );
    let lines = [
        "対象のグループ: 営業部共有",
        "説明: 古い説明 → （なし）",
        "所有者の追加: 鈴木 次郎",
        "所有者の削除: 高橋 花",
        "メンバーの追加: 鈴木 次郎",
    ];
    assert_eq!(plan.preview(Language::Ja), lines);
    let mut joined = now();
    joined.members.insert(JIRO);
    let other = plan_group_change(&wish, Some(&joined)).expect("a good wish");
    assert!(differs(&plan, &other), "approvers see it anew");
    let mut renamed = now();
    renamed.name.people.insert(JIRO, person("鈴木 二郎", true));
    let same = plan_group_change(&wish, Some(&renamed)).expect("a good wish");
    assert!(!differs(&plan, &same), "a new name of a person changes nothing");
}

#[test]
fn r18_r19_what_stands_against_a_change_is_told_at_its_field() {
    let delete = GroupChange {
        delete: true,
        ..change()
    };
    let told = |now: GroupNow| refused(plan_group_change(&delete, Some(&now)));
    assert_eq!(
        told(GroupNow {
            synced: true,
            ..now()
        }),
        [at(Code::SyncedFromPremises, "group")]
    );
    let exchange = GroupNow {
        writable: false,
        ..now()
    };
    assert_eq!(told(exchange), [at(Code::GroupNotWritable, "group")]);
    assert_eq!(
        refused(plan_group_change(&delete, None)),
        [at(Code::UnknownGroup, "group")]
    );
    assert_eq!(
        refused(plan_group_change(&change(), Some(&now()))),
        [at(Code::NothingToDo, "group")]
    );
    let last = GroupChange {
        owners: PeopleTurnover {
            add: People::new(),
            remove: people(&[HANA, JIRO]),
        },
        ..change()
    };
    assert_eq!(
        refused(plan_group_change(&last, Some(&now()))),
        [at(Code::NoOwner, "removeOwners")]
    );
}

fn executed(plan: &Plan, images: &[Value]) -> Executed {
    let mut executed = Executed::default();
    for (step, image) in plan.steps().iter().zip(images) {
        executed.begun(step.id(), image.clone());
    }
    executed.done(&json!({ "group": GROUP }));
    executed
}

#[test]
fn i10_a_new_group_goes_as_a_whole_and_a_deleted_one_comes_back() {
    let plan = plan_group(&wish(GroupKind::Security), &known()).expect("a good wish");
    let images = [
        json!({ "group": null }),
        json!({ "group": GROUP, "owners": [] }),
        json!({ "group": GROUP, "members": [] }),
    ];
    let way = inverse(&plan, &executed(&plan, &images));
    assert_eq!(ids(&way.plan), ["delete-group"]);
    assert!(way.lost.iter().all(|lost| !lost.words(Language::En).is_empty()) && way.lost.len() == 1);
    // Step by step the first owners have no way back: the group keeps them until it goes.
    let owners = plan.only(&provision::StepId::new("add-owners"));
    assert!(inverse(&owners, &executed(&plan, &images)).plan.is_empty());
    let again = inverse(
        &way.plan,
        &executed(&way.plan, &[json!({ "group": { "id": GROUP } })]),
    );
    assert_eq!(ids(&again.plan), ["restore-group"]);
}

#[test]
fn i10_a_changed_group_leads_back_to_those_who_were_there() {
    let wish = GroupChange {
        description: Some("新しい説明".to_owned()),
        owners: PeopleTurnover {
            add: people(&[JIRO]),
            remove: people(&[HANA]),
        },
        members: PeopleTurnover {
            add: people(&[JIRO, BLOCKED]),
            remove: people(&[HANA]),
        },
        ..change()
    };
    let plan = plan_group_change(&wish, Some(&now())).expect("a good wish");
    let images = [
        json!({ "group": { "id": GROUP, "description": "古い説明" } }),
        json!({ "group": GROUP, "owners": [HANA] }),
        json!({ "group": GROUP, "owners": [HANA, JIRO] }),
        json!({ "group": GROUP, "members": [BLOCKED] }),
        json!({ "group": GROUP, "members": [HANA] }),
    ];
    let way = inverse(&plan, &executed(&plan, &images)).plan;
    let read = way.preview(Language::Ja);
    let lines = [
        "対象のグループ: 営業部共有",
        "メンバーの追加: 高橋 花",
        "メンバーの削除: 鈴木 次郎",
        "所有者の追加: 高橋 花",
        "所有者の削除: 鈴木 次郎",
        "説明: 新しい説明 → 古い説明",
    ];
    assert_eq!(read, lines);
}

#[test]
fn r11_a_team_is_a_group_that_has_its_owners_first_and_goes_with_it() {
    let wish = GroupWish {
        team: true,
        ..wish(GroupKind::Microsoft365)
    };
    let plan = plan_group(&wish, &known()).expect("a good wish");
    assert_eq!(
        ids(&plan),
        ["create-group", "add-owners", "add-members", "make-team"]
    );
    let read = plan.preview(Language::Ja);
    assert!(
        read.contains(&"Teams のチーム: （なし） → 営業部共有".to_owned()),
        "{read:?}"
    );
    let images = [
        json!({ "group": null }),
        json!({ "group": GROUP, "owners": [] }),
        json!({ "group": GROUP, "members": [] }),
        json!({ "group": GROUP, "team": false }),
    ];
    assert_eq!(
        ids(&inverse(&plan, &executed(&plan, &images)).plan),
        ["delete-group"]
    );
}
