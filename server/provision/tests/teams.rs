//! What the planner promises about teams that are there and about adoption, and where the way back leads.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Code, Language};
use provision::{
    Executed, GroupChange, GroupChangeFields, GroupKind, GroupNow, NameView, People, PeopleTurnover,
    PersonView, Plan, Plans, TeamNow, TeamPicture, TeamWish, Visibility, inverse, plan_group_change,
};
use serde_json::{Value, json};
use uuid::Uuid;

const TEAM: Uuid = Uuid::from_u128(9);
const HANA: Uuid = Uuid::from_u128(1);
const JIRO: Uuid = Uuid::from_u128(2);
const MARI: Uuid = Uuid::from_u128(3);

fn known() -> NameView {
    let person = |(id, name): (Uuid, &str)| {
        let (name, enabled) = (name.to_owned(), true);
        (id, PersonView { name, enabled })
    };
    let people = [(HANA, "高橋 花"), (JIRO, "鈴木 次郎"), (MARI, "佐藤 真理")];
    NameView {
        holders: Vec::new(),
        people: BTreeMap::from(people.map(person)),
    }
}

fn people(ids: &[Uuid]) -> People {
    ids.iter().map(|id| (*id, format!("told {id}"))).collect()
}

/// 花 owns it, 次郎 is in it.
fn now(archived: bool) -> GroupNow {
    let settings = json!({ "memberSettings": { "allowDeleteChannels": true, "allowAddRemoveApps": true } });
    GroupNow {
        display_name: "営業".to_owned(),
        description: String::new(),
        kind: GroupKind::Microsoft365,
        synced: false,
        writable: true,
        visibility: Some(Visibility::Private),
        answered_for: true,
        owners: BTreeSet::from([HANA]),
        members: BTreeSet::from([HANA, JIRO]),
        team: Some(TeamNow {
            settings: settings.as_object().cloned().unwrap_or_default(),
            archived,
        }),
        name: known(),
    }
}

fn change(team: TeamWish) -> GroupChange {
    GroupChange {
        group: TEAM,
        team: Some(team),
        fields: GroupChangeFields {
            group: "team".to_owned(),
            remove_owners: "removeOwners".to_owned(),
            ..GroupChangeFields::default()
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

#[test]
fn r12_whoever_owns_a_team_is_in_it_and_whoever_leaves_it_owns_it_no_more() {
    let wish = GroupChange {
        owners: PeopleTurnover {
            add: people(&[MARI]),
            remove: People::new(),
        },
        members: PeopleTurnover {
            add: People::new(),
            remove: people(&[HANA]),
        },
        ..change(TeamWish::default())
    };
    let plan = plan_group_change(&wish, Some(&now(false))).expect("a good wish");
    let steps = ["add-members", "add-owners", "remove-owners", "remove-members"];
    assert_eq!(ids(&plan), steps);
    let lines = [
        "対象のグループ: 営業",
        "メンバーの追加: 佐藤 真理",
        "所有者の追加: 佐藤 真理",
        "所有者の削除: 高橋 花",
        "メンバーの削除: 高橋 花",
    ];
    assert_eq!(plan.preview(Language::Ja), lines);
    let plans = Plans::One(plan);
    assert_eq!(Plans::read(&plans.body().expect("JSON")).expect("a plan"), plans);
    let alone = GroupChange {
        owners: PeopleTurnover::default(),
        ..wish
    };
    let told = refused(plan_group_change(&alone, Some(&now(false))));
    assert_eq!(told, [(Code::NoOwner, "removeOwners".to_owned())]);
}

#[test]
fn r12_an_archived_team_is_opened_before_anything_but_its_people_is_changed() {
    let settings = || BTreeMap::from([(("memberSettings", "allowDeleteChannels"), false)]);
    let frozen = change(TeamWish {
        settings: settings(),
        ..TeamWish::default()
    });
    let told = refused(plan_group_change(&frozen, Some(&now(true))));
    assert_eq!(told, [(Code::TeamArchived, "team".to_owned())]);
    let opened = change(TeamWish {
        settings: settings(),
        archived: Some(false),
        ..TeamWish::default()
    });
    let plan = plan_group_change(&opened, Some(&now(true))).expect("a good wish");
    assert_eq!(ids(&plan), ["unarchive-team", "update-team"]);
    let people = GroupChange {
        members: PeopleTurnover {
            add: people(&[MARI]),
            remove: People::new(),
        },
        ..change(TeamWish::default())
    };
    assert!(plan_group_change(&people, Some(&now(true))).is_ok());
    let again = change(TeamWish {
        archived: Some(true),
        ..TeamWish::default()
    });
    let told = refused(plan_group_change(&again, Some(&now(true))));
    assert_eq!(told, [(Code::NothingToDo, "team".to_owned())]);
}

fn executed(plan: &Plan, images: &[Value]) -> Executed {
    let mut executed = Executed::default();
    for (step, image) in plan.steps().iter().zip(images) {
        executed.begun(step.id(), image.clone());
    }
    executed.done(&json!({ "group": TEAM }));
    executed
}

#[test]
fn r12_r13_i10_a_changed_team_leads_back_to_what_was_but_for_its_picture() {
    let wish = GroupChange {
        visibility: Some(Visibility::Public),
        owners: PeopleTurnover {
            add: people(&[JIRO]),
            remove: people(&[HANA]),
        },
        ..change(TeamWish {
            settings: BTreeMap::from([(("memberSettings", "allowDeleteChannels"), false)]),
            archived: Some(true),
            picture: Some(TeamPicture {
                file: "logo.png".to_owned(),
                hash: "ab".to_owned(),
            }),
        })
    };
    let plan = plan_group_change(&wish, Some(&now(false))).expect("a good wish");
    let steps = [
        "update-group",
        "update-team",
        "add-owners",
        "remove-owners",
        "set-picture",
        "archive-team",
    ];
    assert_eq!(ids(&plan), steps);
    assert!(
        plan.preview(Language::En)
            .iter()
            .any(|line| line.contains("does not come back"))
    );
    let images = [
        json!({ "group": { "id": TEAM, "visibility": "Private" } }),
        json!({ "group": TEAM, "settings": { "memberSettings": { "allowDeleteChannels": true } } }),
        json!({ "group": TEAM, "owners": [HANA], "members": [JIRO] }),
        json!({ "group": TEAM, "owners": [HANA, JIRO], "members": [HANA] }),
        json!({ "group": TEAM, "picture": true }),
        json!({ "group": TEAM, "archived": false }),
    ];
    let way = inverse(&plan, &executed(&plan, &images)).plan;
    let lines = [
        "対象のグループ: 営業",
        "チームの状態: アーカイブ済み → 使用中",
        "所有者の追加: 高橋 花",
        "所有者の削除: 鈴木 次郎",
        "メンバーによるチャネルの削除: 禁止 → 許可",
        "公開範囲: パブリック → プライベート",
    ];
    assert_eq!(way.preview(Language::Ja), lines);
}

#[test]
fn r19_what_nobody_answers_for_is_adopted_before_it_is_changed_and_nothing_else_is() {
    let orphan = || GroupNow {
        answered_for: false,
        ..now(false)
    };
    let adopts = GroupChange {
        owners: PeopleTurnover {
            add: people(&[JIRO]),
            remove: People::new(),
        },
        adopt: true,
        ..change(TeamWish::default())
    };
    let plan = plan_group_change(&adopts, Some(&orphan())).expect("a good wish");
    assert_eq!(ids(&plan), ["add-owners"]);
    let told = refused(plan_group_change(&adopts, Some(&now(false))));
    assert_eq!(told, [(Code::NotOrphaned, "team".to_owned())]);
    let changes = GroupChange {
        adopt: false,
        ..adopts
    };
    let told = refused(plan_group_change(&changes, Some(&orphan())));
    assert_eq!(told, [(Code::Orphaned, "team".to_owned())]);
}

#[test]
fn r12_a_group_that_is_no_team_is_not_found_among_teams() {
    let group = GroupNow {
        team: None,
        ..now(false)
    };
    let told = refused(plan_group_change(&change(TeamWish::default()), Some(&group)));
    assert_eq!(told, [(Code::UnknownGroup, "team".to_owned())]);
}
