//! Teams that are there: people, settings, archive; deleted and brought back; refused where they must be, and undone.

use std::collections::BTreeSet;

use dev_tenant::directory::ObjectId;
use e2e::house::House;
use e2e::person::Person;
use serde_json::{Value, json};

use super::groups::{self, MICROSOFT_365, OWNER, TARGET, change, found, person, picture};
use super::stage::{Kind, ONE_EXPERT, SUBJECT, Stage, TWO_EXPERTS};

pub(crate) const CHANGE: Kind = Kind {
    workflow: "team-change",
    last: ONE_EXPERT,
};
pub(crate) const DELETE: Kind = Kind {
    workflow: "team-delete",
    last: TWO_EXPERTS,
};
pub(crate) const MEMBER: &str = "kei.morita";

pub(crate) const JOIN: Kind = Kind {
    workflow: "team-join",
    last: ("チーム所有者または情報システム部", 1),
};

/// A tenant whose [`TARGET`] is a team with one owner and one member.
pub(crate) async fn stage(lag: u32) -> Stage {
    Stage::built(lag, equip).await
}

pub(crate) async fn equip(house: &House) {
    groups::equip(house, MICROSOFT_365);
    let [owner, member] = [SUBJECT, MEMBER].map(|local| person(house, local));
    change(house, TARGET, |group| {
        group.owners = BTreeSet::from([owner]);
        group.members = BTreeSet::from([owner, member]);
    });
    let team = {
        let tenant = house.world().tenant();
        let mut groups = tenant.directory.groups.values();
        groups
            .find(|group| group.display_name == TARGET)
            .expect("the target")
            .id
            .0
    };
    house.make_team(team).await;
    for permission in ["TeamMember.ReadWrite.All", "TeamSettings.ReadWrite.All"] {
        house.consent(permission);
    }
}

pub(crate) fn target(stage: &Stage) -> ObjectId {
    found(stage, TARGET).expect("the target").id
}

pub(crate) fn form(stage: &Stage, items: &[&str], more: &Value) -> Value {
    let mut form = json!({ "team": target(stage).0, "items": items, "reason": "体制変更のため" });
    if let (Some(form), Some(more)) = (form.as_object_mut(), more.as_object()) {
        form.extend(more.clone());
    }
    form
}

pub(crate) fn everything(stage: &Stage) -> Value {
    let items = [
        "name",
        "description",
        "visibility",
        "owners",
        "members",
        "settings",
        "archive",
    ];
    form(
        stage,
        &items,
        &json!({
            "name": "営業本部チーム", "description": "営業のチーム", "visibility": "public",
            "addOwners": [stage.person(OWNER)], "removeOwners": [stage.person(SUBJECT)],
            "addMembers": [stage.person("toru.soma")], "removeMembers": [stage.person(MEMBER)],
            "deleteChannels": "forbid", "guestChannels": "allow", "archive": "archive",
        }),
    )
}

fn codes(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, field): &(&str, &str)| ((*code).to_owned(), (*field).to_owned());
    codes.iter().map(owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_i10_a_team_is_changed_as_approvers_read_it_and_undone_to_what_was() {
    let stage = stage(0).await;
    let id = target(&stage);
    let before = (picture(&stage, id), stage.house.team(id.0).await);
    let (number, read) = stage.carry_out(CHANGE, &everything(&stage)).await;
    for line in [
        "対象のグループ: 営業部",
        "表示名: 営業部 → 営業本部チーム",
        "説明: 営業の人たち → 営業のチーム",
        "公開範囲: プライベート → パブリック",
        "メンバーによるチャネルの削除: 許可 → 禁止",
        "ゲストによるチャネルの作成と更新: 禁止 → 許可",
        "所有者の追加: ",
        "所有者の削除: ",
        "メンバーの追加: ",
        "メンバーの削除: ",
        "チームの状態: 使用中 → アーカイブ済み",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    is_as_applied_for(&stage, id);
    let shown = stage.house.team(id.0).await;
    assert_eq!(shown["isArchived"], true);
    assert_eq!(shown["memberSettings"]["allowDeleteChannels"], false);
    assert_eq!(shown["guestSettings"]["allowCreateUpdateChannels"], true);
    let read = stage.undo(CHANGE, &number).await;
    assert!(read.contains("チームの状態: アーカイブ済み → 使用中"), "{read}");
    assert_eq!((picture(&stage, id), stage.house.team(id.0).await), before);
}

pub(crate) fn is_as_applied_for(stage: &Stage, id: ObjectId) {
    let team = found(stage, "営業本部チーム").expect("the team under its new name");
    assert_eq!(team.id, id);
    let [owner, was, joined] = [OWNER, SUBJECT, "toru.soma"].map(|local| person(&stage.house, local));
    assert_eq!(team.owners, BTreeSet::from([owner]));
    assert_eq!(team.members, BTreeSet::from([owner, was, joined]));
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_i10_a_deleted_team_comes_back_with_its_people() {
    let stage = stage(0).await;
    let id = target(&stage);
    let before = picture(&stage, id);
    let form = json!({ "team": id.0, "reason": "使わなくなったため" });
    let (number, read) = stage.carry_out(DELETE, &form).await;
    assert!(read.contains("30日以内"), "{read}");
    assert!(found(&stage, TARGET).is_none());
    let read = stage.undo(DELETE, &number).await;
    assert!(read.contains("グループ: （削除済み） → 営業部"), "{read}");
    assert_eq!(picture(&stage, id), before);
}

/// The owner of the team decides, and nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn r14_i10_whoever_wants_to_join_a_team_is_let_in_by_its_owner_and_goes_by_undoing_it() {
    let stage = stage(0).await;
    let id = target(&stage);
    let before = picture(&stage, id);
    let owner = Person::sign_in(&stage.house, SUBJECT).await;
    let form = json!({ "team": id.0, "people": [stage.person(OWNER)], "reason": "兼務のため" });
    let (number, read) = stage.adopt(JOIN, &form, Some(&owner)).await;
    assert!(read.contains("メンバーの追加: "), "{read}");
    let team = found(&stage, TARGET).expect("the team");
    assert!(team.members.contains(&person(&stage.house, OWNER)));
    assert_eq!(team.owners, BTreeSet::from([person(&stage.house, SUBJECT)]));
    let again = stage.refused(JOIN, &form).await;
    assert_eq!(again, codes(&[("nothing_to_do", "team")]));
    stage.undo_alone(JOIN, &number, &owner).await;
    assert_eq!(picture(&stage, id), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_r19_what_must_not_be_done_to_a_team_is_refused_at_once() {
    let stage = stage(0).await;
    let owner = stage.person(SUBJECT);
    let last = form(&stage, &["members"], &json!({ "removeMembers": [owner] }));
    assert_eq!(
        stage.refused(CHANGE, &last).await,
        codes(&[("no_owner", "removeOwners")])
    );
    let open = form(&stage, &["archive"], &json!({ "archive": "restore" }));
    assert_eq!(
        stage.refused(CHANGE, &open).await,
        codes(&[("nothing_to_do", "team")])
    );
    let archive = form(&stage, &["archive"], &json!({ "archive": "archive" }));
    stage.carry_out(CHANGE, &archive).await;
    let frozen = form(&stage, &["settings"], &json!({ "deleteMessages": "forbid" }));
    assert_eq!(
        stage.refused(CHANGE, &frozen).await,
        codes(&[("team_archived", "team")])
    );
    assert_eq!(stage.writes("graph:update:team:"), 0);
}
