//! Mailing lists, which Exchange writes: made, changed, deleted, refused where they must be, and undone.

use std::collections::BTreeSet;

use dev_tenant::seed::SPE_E3;
use e2e::house::House;
use serde_json::{Value, json};

use super::groups::{change, found, person, picture};
use super::mailboxes::at;
use super::stage::{Kind, LAG, ONE_EXPERT, SUBJECT, Stage, TWO_EXPERTS};

/// The list that requests are about.
pub(crate) const TARGET: &str = "全社連絡";
const NEW: &str = "営業部全員";
const OWNER: &str = "ren.nakahara";

const CREATE: Kind = Kind {
    workflow: "list-create",
    last: ONE_EXPERT,
};
pub(crate) const CHANGE: Kind = Kind {
    workflow: "list-change",
    last: ONE_EXPERT,
};
pub(crate) const DELETE: Kind = Kind {
    workflow: "list-delete",
    last: TWO_EXPERTS,
};

/// A tenant whose [`TARGET`] has one owner and one member, and where the next owner has a mailbox. `lag`: seconds until Graph shows a change, at most.
pub(crate) async fn stage(lag: u32) -> Stage {
    Stage::prepared(lag, equip).await
}

pub(crate) fn equip(house: &House) {
    let [owner, member] = [SUBJECT, "kei.morita"].map(|local| person(house, local));
    let coming = person(house, OWNER);
    let licences = [(SPE_E3, BTreeSet::new())].into();
    let mut tenant = house.world().tenant();
    let user = tenant.directory.users.get_mut(&coming);
    user.expect("one of the staff").licences = licences;
    drop(tenant);
    change(house, TARGET, |list| {
        list.owners = BTreeSet::from([owner]);
        list.members = BTreeSet::from([member]);
        list.properties.insert("securityEnabled".to_owned(), json!(true));
    });
}

fn created(stage: &Stage) -> Value {
    json!({
        "name": NEW, "alias": "sales-all", "outside": "closed", "reason": "連絡のため",
        "owners": [stage.person(OWNER)], "members": [stage.person(SUBJECT), stage.person("kei.morita")],
    })
}

fn changed(stage: &Stage) -> Value {
    let target = found(stage, TARGET).expect("the target");
    json!({
        "list": target.id.0, "items": ["name", "outside", "owners", "members"], "reason": "組織変更のため",
        "name": "全社員連絡", "outside": "open",
        "addOwners": [stage.person(OWNER)], "removeOwners": [stage.person(SUBJECT)],
        "addMembers": [stage.person(SUBJECT)], "removeMembers": [stage.person("kei.morita")],
    })
}

/// A new name and nothing else.
pub(crate) fn renamed(stage: &Stage) -> Value {
    let target = found(stage, TARGET).expect("the target");
    json!({ "list": target.id.0, "items": ["name"], "name": "全社員連絡", "reason": "組織変更のため" })
}

pub(crate) fn deleted(stage: &Stage) -> Value {
    let target = found(stage, TARGET).expect("the target");
    json!({ "list": target.id.0, "reason": "使わなくなったため" })
}

fn codes(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, field): &(&str, &str)| ((*code).to_owned(), (*field).to_owned());
    codes.iter().map(owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn r08_i10_a_mailing_list_is_made_as_approvers_read_it_and_undone() {
    let stage = stage(0).await;
    let (number, read) = stage.carry_out(CREATE, &created(&stage)).await;
    for line in [
        "メーリングリスト（メール対応セキュリティ グループ）: （なし） → 営業部全員",
        "メールアドレス: （なし） → sales-all@",
        "社外からのメール: 受け取らない",
        "所有者の追加: ",
        "メンバーの追加: ",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let list = found(&stage, NEW).expect("the new list");
    let members = [SUBJECT, "kei.morita"].map(|local| person(&stage.house, local));
    assert_eq!(list.members, BTreeSet::from(members));
    let about = json!({ "Identity": at(&stage.house, "sales-all") });
    let made = stage.house.exchange("Get-DistributionGroup", &about).await;
    assert_eq!(made[0]["RecipientTypeDetails"], "MailUniversalSecurityGroup");
    assert_eq!(made[0]["RequireSenderAuthenticationEnabled"], true);
    assert_eq!(stage.writes("exchange:create:group:"), 1);
    assert_eq!(stage.writes("exchange:add-member:group:"), 2);
    let told = stage.refused(CREATE, &created(&stage)).await;
    assert_eq!(told, codes(&[("taken", "alias")]));
    let read = stage.undo(CREATE, &number).await;
    assert!(read.contains("→ （なし）"), "{read}");
    assert!(found(&stage, NEW).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn r08_i10_a_mailing_list_is_changed_as_approvers_read_it_and_undone_to_what_was() {
    let stage = stage(0).await;
    let id = found(&stage, TARGET).expect("the target").id;
    let before = picture(&stage, id);
    let (number, read) = stage.carry_out(CHANGE, &changed(&stage)).await;
    for line in [
        "対象のメーリングリスト: 全社連絡",
        "表示名: 全社連絡 → 全社員連絡",
        "社外からのメールを受け取る: いいえ → はい",
        "所有者の追加: ",
        "所有者の削除: ",
        "メンバーの追加: ",
        "メンバーの削除: ",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let list = found(&stage, "全社員連絡").expect("the list under its new name");
    assert_eq!(list.owners, BTreeSet::from([person(&stage.house, OWNER)]));
    assert_eq!(list.members, BTreeSet::from([person(&stage.house, SUBJECT)]));
    stage.undo(CHANGE, &number).await;
    let after = picture(&stage, id);
    for kept in ["display_name", "owners", "members"] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r08_x04_x05_lost_answers_and_lag_change_nothing_of_mailing_lists() {
    let stage = stage(LAG).await;
    stage
        .house
        .switch(|switches| switches.exchange.sees_itself_seconds = 5);
    stage
        .lose_answers(&["exchange:create:group:", "exchange:add-member:group:"])
        .await;
    stage.carry_out(CREATE, &created(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage
        .lose_answers(&["exchange:update:group:", "exchange:remove-member:group:"])
        .await;
    stage.carry_out(CHANGE, &changed(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    change(&stage.house, "全社員連絡", |list| {
        TARGET.clone_into(&mut list.display_name);
    });
    stage.lose_answers(&["exchange:delete:group:"]).await;
    stage.carry_out(DELETE, &deleted(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage.settle().await;
    assert_eq!(found(&stage, NEW).expect("the new list").members.len(), 2);
    assert!(found(&stage, TARGET).is_none());
    for once in ["exchange:create:group:", "exchange:delete:group:"] {
        assert_eq!(stage.writes(once), 1, "{once}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r08_r19_what_must_not_be_done_to_a_mailing_list_is_refused_at_once() {
    let stage = stage(0).await;
    let target = found(&stage, TARGET).expect("the target");
    let last = json!({
        "list": target.id.0, "items": ["owners"], "reason": "退職のため", "removeOwners": [stage.person(SUBJECT)],
    });
    let told = stage.refused(CHANGE, &last).await;
    assert_eq!(told, codes(&[("no_owner", "removeOwners")]));
    stage.change_user(SUBJECT, |owner| owner.account_enabled = false);
    let told = stage.refused(DELETE, &deleted(&stage)).await;
    assert_eq!(told, codes(&[("orphaned", "list")]));
    assert_eq!(stage.writes("exchange:"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn r08_whoever_has_no_mailbox_owns_no_mailing_list() {
    let stage = Stage::new().await;
    let told = stage.refused(CREATE, &created(&stage)).await;
    assert_eq!(told, codes(&[("no_mailbox", "owners")]));
}

/// Approve what you see: what somebody else changed meanwhile is shown again, and not overwritten.
#[tokio::test(flavor = "multi_thread")]
async fn r08_i01_a_change_by_somebody_else_after_the_approval_leads_back_to_the_last_approver() {
    let stage = stage(0).await;
    let target = found(&stage, TARGET).expect("the target");
    let form =
        json!({ "list": target.id.0, "items": ["name"], "reason": "整理のため", "name": "全社員連絡" });
    let item = stage.approved_but_for_one(CHANGE, &form).await;
    change(&stage.house, TARGET, |list| {
        "別の名前".clone_into(&mut list.display_name);
    });
    stage.last_vote(CHANGE, item).await;
    stage.reads(CHANGE, item, "表示名: 別の名前 → 全社員連絡").await;
    assert_eq!(stage.writes("exchange:"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn r08_a_deleted_mailing_list_does_not_come_back_and_approvers_read_so() {
    let stage = stage(0).await;
    let (number, read) = stage.carry_out(DELETE, &deleted(&stage)).await;
    assert!(read.contains("削除すると復元できません"), "{read}");
    assert!(found(&stage, TARGET).is_none());
    let told = stage.undo_refused(DELETE, &number).await;
    assert_eq!(told, codes(&[("nothing_to_do", "")]));
}
