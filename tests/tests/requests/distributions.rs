//! Distribution lists: mail without rights, made, changed, deleted and undone as mailing lists are.

use std::collections::BTreeSet;

use e2e::house::House;
use serde_json::{Value, json};

use super::groups::{change, found, person, picture};
use super::mailboxes::{at, codes, gives_mailbox};
use super::stage::{Kind, LAG, ONE_EXPERT, SUBJECT, Stage, TWO_EXPERTS};

/// The list that requests are about.
pub(crate) const TARGET: &str = "全社連絡";
const NEW: &str = "営業部ニュース";
const OWNER: &str = "ren.nakahara";

const CREATE: Kind = Kind {
    workflow: "distribution-create",
    last: ONE_EXPERT,
};
pub(crate) const CHANGE: Kind = Kind {
    workflow: "distribution-change",
    last: ONE_EXPERT,
};
const DELETE: Kind = Kind {
    workflow: "distribution-delete",
    last: TWO_EXPERTS,
};

/// A tenant whose [`TARGET`] gives no rights, and has one owner and one member.
pub(crate) async fn stage(lag: u32) -> Stage {
    Stage::prepared(lag, equip).await
}

pub(crate) fn equip(house: &House) {
    let [owner, member] = [SUBJECT, "kei.morita"].map(|local| person(house, local));
    gives_mailbox(house, OWNER);
    change(house, TARGET, |list| {
        list.owners = BTreeSet::from([owner]);
        list.members = BTreeSet::from([member]);
        let mail_alone = json!({ "mailEnabled": true, "securityEnabled": false });
        let mail_alone = mail_alone.as_object().cloned().unwrap_or_default();
        list.properties.extend(mail_alone);
    });
}

fn created(stage: &Stage) -> Value {
    json!({
        "name": NEW, "alias": "sales-news", "outside": "open", "reason": "連絡のため",
        "owners": [stage.person(OWNER)], "members": [stage.person(SUBJECT), stage.person("kei.morita")],
    })
}

pub(crate) fn changed(stage: &Stage) -> Value {
    let target = found(stage, TARGET).expect("the target");
    json!({
        "list": target.id.0, "items": ["name", "outside", "owners", "members"], "reason": "組織変更のため",
        "name": "全社員連絡", "outside": "open",
        "addOwners": [stage.person(OWNER)], "removeOwners": [stage.person(SUBJECT)],
        "addMembers": [stage.person(SUBJECT)], "removeMembers": [stage.person("kei.morita")],
    })
}

fn deleted(stage: &Stage) -> Value {
    let target = found(stage, TARGET).expect("the target");
    json!({ "list": target.id.0, "reason": "使わなくなったため" })
}

#[tokio::test(flavor = "multi_thread")]
async fn r09_i10_a_distribution_list_is_made_as_approvers_read_it_and_undone() {
    let stage = stage(0).await;
    let (number, read) = stage.carry_out(CREATE, &created(&stage)).await;
    for line in [
        "配布グループ: （なし） → 営業部ニュース",
        "メールアドレス: （なし） → sales-news@",
        "社外からのメール: 受け取る",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let list = found(&stage, NEW).expect("the new list");
    assert_eq!(list.properties["securityEnabled"], false);
    let members = [SUBJECT, "kei.morita"].map(|local| person(&stage.house, local));
    assert_eq!(list.members, BTreeSet::from(members));
    let about = json!({ "Identity": at(&stage.house, "sales-news") });
    let made = stage.house.exchange("Get-DistributionGroup", &about).await;
    assert_eq!(made[0]["RecipientTypeDetails"], "MailUniversalDistributionGroup");
    assert_eq!(made[0]["RequireSenderAuthenticationEnabled"], false);
    let told = stage.refused(CREATE, &created(&stage)).await;
    assert_eq!(told, codes(&[("taken", "alias")]));
    let read = stage.undo(CREATE, &number).await;
    assert!(read.contains("配布グループ: sales-news@"), "{read}");
    assert!(found(&stage, NEW).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn r09_i10_a_distribution_list_is_changed_as_approvers_read_it_and_undone_to_what_was() {
    let stage = stage(0).await;
    let id = found(&stage, TARGET).expect("the target").id;
    let before = picture(&stage, id);
    let (number, read) = stage.carry_out(CHANGE, &changed(&stage)).await;
    assert!(read.contains("対象の配布グループ: 全社連絡"), "{read}");
    let list = found(&stage, "全社員連絡").expect("the list under its new name");
    assert_eq!(list.owners, BTreeSet::from([person(&stage.house, OWNER)]));
    stage.undo(CHANGE, &number).await;
    let after = picture(&stage, id);
    for kept in ["display_name", "owners", "members"] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r09_x04_x05_lost_answers_and_lag_change_nothing_of_distribution_lists() {
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
    stage.settle().await;
    assert_eq!(found(&stage, NEW).expect("the new list").members.len(), 2);
    assert_eq!(stage.writes("exchange:create:group:"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn r09_r19_what_must_not_be_done_to_a_distribution_list_is_refused_at_once() {
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
async fn r09_i01_a_change_of_a_distribution_list_by_somebody_else_leads_back_to_the_last_approver() {
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
async fn r09_a_deleted_distribution_list_does_not_come_back_and_approvers_read_so() {
    let stage = stage(0).await;
    let (number, read) = stage.carry_out(DELETE, &deleted(&stage)).await;
    assert!(
        read.contains("配布グループは、削除すると復元できません"),
        "{read}"
    );
    assert!(found(&stage, TARGET).is_none());
    let told = stage.undo_refused(DELETE, &number).await;
    assert_eq!(told, codes(&[("nothing_to_do", "")]));
}
