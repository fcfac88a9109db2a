//! Security groups and groups of Microsoft 365: made, changed, deleted, refused where they must be, and undone.

use std::collections::BTreeSet;

use dev_tenant::directory::{Group, ObjectId};
use e2e::house::House;
use serde_json::{Value, json};

use super::stage::{Kind, ONE_EXPERT, SUBJECT, Stage, TWO_EXPERTS};

/// The group that requests are about.
pub(crate) const TARGET: &str = "営業部";
pub(crate) const NEW: &str = "新製品プロジェクト";
pub(crate) const OWNER: &str = "ren.nakahara";

/// The three requests about one kind of group.
#[derive(Clone, Copy)]
pub(crate) struct Family {
    pub(crate) create: Kind,
    pub(crate) change: Kind,
    pub(crate) delete: Kind,
    pub(crate) is_unified: bool,
}

const fn kind(workflow: &'static str, last: (&'static str, usize)) -> Kind {
    Kind { workflow, last }
}

pub(crate) const SECURITY: Family = Family {
    create: kind("group-create", ONE_EXPERT),
    change: kind("group-change", ONE_EXPERT),
    delete: kind("group-delete", TWO_EXPERTS),
    is_unified: false,
};
pub(crate) const MICROSOFT_365: Family = Family {
    create: kind("m365-group-create", ONE_EXPERT),
    change: kind("m365-group-change", ONE_EXPERT),
    delete: kind("m365-group-delete", TWO_EXPERTS),
    is_unified: true,
};

/// A tenant whose [`TARGET`] is a group of this kind with one owner and a description.
pub(crate) async fn stage(family: Family, lag: u32) -> Stage {
    Stage::prepared(lag, |house| equip(house, family)).await
}

pub(crate) fn equip(house: &House, family: Family) {
    let owner = person(house, SUBJECT);
    let address = format!("sales@{}", house.world().names.domain);
    change(house, TARGET, |group| {
        group.owners = BTreeSet::from([owner]);
        group
            .properties
            .insert("description".to_owned(), json!("営業の人たち"));
        if family.is_unified {
            let unified = json!({ "groupTypes": ["Unified"], "mailEnabled": true, "securityEnabled": false,
                "mail": address, "mailNickname": "sales", "visibility": "Private" });
            group
                .properties
                .extend(unified.as_object().cloned().unwrap_or_default());
        }
    });
}

pub(crate) fn person(house: &House, local: &str) -> ObjectId {
    let upn = format!("{local}@{}", house.world().names.domain);
    let tenant = house.world().tenant();
    let mut users = tenant.directory.users.values();
    let user = users.find(|user| user.user_principal_name == upn);
    user.expect("one of the staff").id
}

pub(crate) fn change(house: &House, name: &str, change: impl FnOnce(&mut Group)) {
    let mut tenant = house.world().tenant();
    let mut groups = tenant.directory.groups.values_mut();
    let group = groups.find(|group| group.display_name == name);
    change(group.expect("a group of this name"));
}

/// A group that is there, by its name.
pub(crate) fn found(stage: &Stage, name: &str) -> Option<Group> {
    let tenant = stage.house.world().tenant();
    let mut groups = tenant.directory.groups.values();
    let found = groups.find(|group| group.display_name == name && group.deleted.is_none());
    found.cloned()
}

/// All that Graph knows of the target, whatever it is called by now.
pub(crate) fn picture(stage: &Stage, id: ObjectId) -> Value {
    let tenant = stage.house.world().tenant();
    let group = &tenant.directory.groups[&id];
    let mut picture = json!(group);
    if let Some(properties) = picture["properties"].as_object_mut() {
        properties.retain(|_, value| !value.is_null());
    }
    if let Some(members) = picture.as_object_mut() {
        // Whether Graph shows it yet, and when it did.
        members.remove("visible_from");
        // Of a team Graph tells what it shows.
        members.remove("team");
        members.remove("operations");
    }
    picture
}

pub(crate) fn created(stage: &Stage, family: Family) -> Value {
    let mut form = json!({
        "name": NEW, "nickname": "new-product", "description": "新製品の準備", "reason": "新製品のため",
        "owners": [stage.person(OWNER)], "members": [stage.person(SUBJECT), stage.person("kei.morita")],
    });
    if family.is_unified {
        form["visibility"] = json!("private");
    }
    form
}

pub(crate) fn changed(stage: &Stage) -> Value {
    let target = found(stage, TARGET).expect("the target");
    let leaver = target.members.first().copied().expect("a member");
    json!({
        "group": target.id.0, "items": ["name", "description", "owners", "members"], "reason": "組織変更のため",
        "name": "営業本部", "addOwners": [stage.person(OWNER)], "removeOwners": [stage.person(SUBJECT)],
        "addMembers": [stage.person(OWNER)],
        "removeMembers": [{ "upn": upn(stage, leaver), "id": leaver.0 }],
    })
}

fn upn(stage: &Stage, id: ObjectId) -> String {
    let tenant = stage.house.world().tenant();
    tenant.directory.users[&id].user_principal_name.clone()
}

pub(crate) fn deleted(stage: &Stage) -> Value {
    let target = found(stage, TARGET).expect("the target");
    json!({ "group": target.id.0, "reason": "使わなくなったため" })
}

fn codes(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, field): &(&str, &str)| ((*code).to_owned(), (*field).to_owned());
    codes.iter().map(owned).collect()
}

async fn is_made_as_read_and_undone(family: Family) {
    let stage = stage(family, 0).await;
    let form = created(&stage, family);
    let (number, read) = stage.carry_out(family.create, &form).await;
    for line in [
        "グループ: （なし） → 新製品プロジェクト",
        "説明: （なし） → 新製品の準備",
        "所有者の追加: ",
        "メンバーの追加: ",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let group = found(&stage, NEW).expect("the new group");
    let key = group.unique_name.as_deref().unwrap_or_default();
    assert!(key.starts_with("provisioning-flow-"), "{key}");
    assert_eq!(group.owners, BTreeSet::from([person(&stage.house, OWNER)]));
    let members = [SUBJECT, "kei.morita"].map(|local| person(&stage.house, local));
    assert_eq!(group.members, BTreeSet::from(members));
    let unified = group.properties["groupTypes"] == json!(["Unified"]);
    assert_eq!(unified, family.is_unified);
    for once in ["graph:create:group:", "graph:add-owner:group:"] {
        assert_eq!(stage.writes(once), 1, "{once}");
    }
    assert_eq!(stage.writes("graph:add-member:group:"), 2);
    let told = stage.refused(family.create, &form).await;
    assert_eq!(told, codes(&[("taken", "name")]));
    let read = stage.undo(family.create, &number).await;
    assert!(read.contains("グループ: 新製品プロジェクト → （なし）"), "{read}");
    assert!(found(&stage, NEW).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn r07_i10_a_security_group_is_made_as_approvers_read_it_and_undone() {
    is_made_as_read_and_undone(SECURITY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r09_i10_a_microsoft_365_group_is_made_as_approvers_read_it_and_undone() {
    is_made_as_read_and_undone(MICROSOFT_365).await;
}

async fn is_changed_as_read_and_undone_to_what_was(family: Family) {
    let stage = stage(family, 0).await;
    let id = found(&stage, TARGET).expect("the target").id;
    let before = picture(&stage, id);
    let (number, read) = stage.carry_out(family.change, &changed(&stage)).await;
    for line in [
        "対象のグループ: 営業部",
        "表示名: 営業部 → 営業本部",
        "説明: 営業の人たち → （なし）",
        "所有者の追加: ",
        "所有者の削除: ",
        "メンバーの追加: ",
        "メンバーの削除: ",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let group = found(&stage, "営業本部").expect("the group under its new name");
    assert_eq!(group.id, id);
    assert_eq!(group.owners, BTreeSet::from([person(&stage.house, OWNER)]));
    assert!(group.members.contains(&person(&stage.house, OWNER)));
    let read = stage.undo(family.change, &number).await;
    assert!(read.contains("表示名: 営業本部 → 営業部"), "{read}");
    assert_eq!(picture(&stage, id), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn r07_i10_a_security_group_is_changed_as_approvers_read_it_and_undone_to_what_was() {
    is_changed_as_read_and_undone_to_what_was(SECURITY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r09_i10_a_microsoft_365_group_is_changed_as_approvers_read_it_and_undone_to_what_was() {
    is_changed_as_read_and_undone_to_what_was(MICROSOFT_365).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r09_i10_a_deleted_microsoft_365_group_comes_back_with_its_people() {
    let stage = stage(MICROSOFT_365, 0).await;
    let id = found(&stage, TARGET).expect("the target").id;
    let before = picture(&stage, id);
    let (number, read) = stage.carry_out(MICROSOFT_365.delete, &deleted(&stage)).await;
    assert!(read.contains("30日以内"), "{read}");
    assert!(found(&stage, TARGET).is_none());
    assert_eq!(stage.writes("graph:delete:group:"), 1);
    let read = stage.undo(MICROSOFT_365.delete, &number).await;
    assert!(read.contains("グループ: （削除済み） → 営業部"), "{read}");
    assert_eq!(picture(&stage, id), before);
}

/// Where Microsoft keeps nothing of a security group, whoever wants it back is told so at once.
#[tokio::test(flavor = "multi_thread")]
async fn r07_a_deleted_security_group_comes_back_or_the_applicant_is_told_that_it_cannot() {
    let stage = stage(SECURITY, 0).await;
    let (number, read) = stage.carry_out(SECURITY.delete, &deleted(&stage)).await;
    assert!(read.contains("すぐに完全に失われることがあります"), "{read}");
    assert!(found(&stage, TARGET).is_none());
    let told = stage.undo_refused(SECURITY.delete, &number).await;
    assert_eq!(told, codes(&[("not_restorable", "")]));
    assert_eq!(stage.writes("graph:restore:"), 0);
}

async fn is_refused_by_the_rules(family: Family) {
    let stage = stage(family, 0).await;
    let mut lonely = created(&stage, family);
    lonely["owners"] = json!([{ "upn": format!("nobody@{}", stage.house.world().names.domain) }]);
    let told = stage.refused(family.create, &lonely).await;
    assert_eq!(told, codes(&[("unknown_person", "owners")]));
    let target = found(&stage, TARGET).expect("the target");
    let last = json!({
        "group": target.id.0, "items": ["owners"], "reason": "退職のため", "removeOwners": [stage.person(SUBJECT)],
    });
    let told = stage.refused(family.change, &last).await;
    assert_eq!(told, codes(&[("no_owner", "removeOwners")]));
    if family.is_unified {
        change(&stage.house, TARGET, |group| {
            group
                .properties
                .insert("onPremisesSyncEnabled".to_owned(), json!(true));
        });
        let told = stage.refused(family.delete, &deleted(&stage)).await;
        assert_eq!(told, codes(&[("synced_from_premises", "group")]));
    }
    // Somebody else's open application holds the name.
    stage.open(family.create, &created(&stage, family)).await;
    let mut other = created(&stage, family);
    other["nickname"] = json!("another");
    let told = stage.refused(family.create, &other).await;
    assert_eq!(told, codes(&[("taken", "name")]));
    assert_eq!(stage.writes("graph:create:group:"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn r07_r19_what_must_not_be_done_to_a_security_group_is_refused_at_once() {
    is_refused_by_the_rules(SECURITY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r09_r18_r19_what_must_not_be_done_to_a_microsoft_365_group_is_refused_at_once() {
    is_refused_by_the_rules(MICROSOFT_365).await;
}
