//! Mail contacts, which Exchange writes: made, changed, deleted, refused where they must be, and undone.

use e2e::house::House;
use serde_json::{Value, json};

use super::mailboxes::codes;
use super::stage::{Kind, LAG, ONE_EXPERT, Stage, TWO_EXPERTS};

/// The contact that requests are about.
const TARGET: &str = "ファブリカム 窓口";
pub(crate) const ADDRESS: &str = "desk@fabrikam.example";
const NEW: &str = "info@northwind.example";

const CREATE: Kind = Kind {
    workflow: "contact-create",
    last: ONE_EXPERT,
};
pub(crate) const CHANGE: Kind = Kind {
    workflow: "contact-change",
    last: ONE_EXPERT,
};
pub(crate) const DELETE: Kind = Kind {
    workflow: "contact-delete",
    last: TWO_EXPERTS,
};

/// A tenant with a [`TARGET`]. `lag`: seconds until Graph shows a change, at most.
pub(crate) async fn stage(lag: u32) -> Stage {
    Stage::built(lag, equip).await
}

async fn equip(house: &House) {
    house.switch(|switches| switches.exchange.sees_itself_seconds = 0);
    let new = json!({ "Name": "fabrikam", "ExternalEmailAddress": ADDRESS, "DisplayName": TARGET });
    house.exchange("New-MailContact", &new).await;
    let about = json!({ "Identity": "fabrikam", "Company": "ファブリカム", "Title": "担当" });
    house.exchange("Set-Contact", &about).await;
}

/// All that Exchange knows of a contact, if it is there.
pub(crate) async fn picture(stage: &Stage, identity: &str) -> Option<Value> {
    let about = json!({ "Identity": identity });
    let (status, contact) = stage.house.command_of_exchange("Get-MailContact", &about).await;
    if !status.is_success() {
        return None;
    }
    let details = stage.house.exchange("Get-Contact", &about).await;
    // A property without a value is shown as one that was never set, or as an empty text.
    let set = |row: &Value| {
        let mut row = row.as_object().cloned().unwrap_or_default();
        row.retain(|_, value| !value.is_null() && *value != "");
        row
    };
    Some(json!({ "contact": set(&contact["value"][0]), "details": set(&details[0]) }))
}

async fn target(stage: &Stage) -> Value {
    let found = picture(stage, ADDRESS).await.expect("the target");
    found["contact"]["Guid"].clone()
}

fn created() -> Value {
    json!({ "name": "ノースウィンド", "address": NEW, "company": "ノースウィンド商会", "phone": "03-0000-0000",
        "lastName": "山田", "reason": "取引開始のため" })
}

pub(crate) async fn changed(stage: &Stage) -> Value {
    json!({ "contact": target(stage).await, "items": ["name", "address", "company", "post", "department"],
        "reason": "先方の異動のため", "name": "ファブリカム 総合窓口", "address": "all@fabrikam.example",
        "company": "ファブリカム株式会社", "department": "営業部" })
}

pub(crate) async fn deleted(stage: &Stage) -> Value {
    json!({ "contact": target(stage).await, "reason": "取引終了のため" })
}

#[tokio::test(flavor = "multi_thread")]
async fn r15_i10_a_mail_contact_is_made_as_approvers_read_it_and_undone() {
    let stage = stage(0).await;
    let (number, read) = stage.carry_out(CREATE, &created()).await;
    for line in [
        "メール連絡先: （なし） → ノースウィンド",
        "メールアドレス: （なし） → info@northwind.example",
        "会社: （なし） → ノースウィンド商会",
        "電話: （なし） → 03-0000-0000",
        "姓: （なし） → 山田",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let made = picture(&stage, NEW).await.expect("the new contact");
    assert_eq!(made["contact"]["DisplayName"], "ノースウィンド");
    assert_eq!(made["details"]["Company"], "ノースウィンド商会");
    assert_eq!(made["details"]["LastName"], "山田");
    assert_eq!(stage.writes("exchange:create:contact:"), 1);
    let told = stage.refused(CREATE, &created()).await;
    assert_eq!(told, codes(&[("taken", "address")]));
    let read = stage.undo(CREATE, &number).await;
    assert!(read.contains("メール連絡先: ノースウィンド → （なし）"), "{read}");
    assert_eq!(picture(&stage, NEW).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn r15_i10_a_mail_contact_is_changed_as_approvers_read_it_and_undone_to_what_was() {
    let stage = stage(0).await;
    let before = picture(&stage, ADDRESS).await;
    let (number, read) = stage.carry_out(CHANGE, &changed(&stage).await).await;
    for line in [
        "対象のメール連絡先: ファブリカム 窓口 <desk@fabrikam.example>",
        "表示名: ファブリカム 窓口 → ファブリカム 総合窓口",
        "メールアドレス: desk@fabrikam.example → all@fabrikam.example",
        "会社: ファブリカム → ファブリカム株式会社",
        "役職: 担当 → （なし）",
        "部署: （なし） → 営業部",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    assert_eq!(picture(&stage, ADDRESS).await, None);
    let after = picture(&stage, "all@fabrikam.example")
        .await
        .expect("the contact");
    let address = "SMTP:all@fabrikam.example";
    assert_eq!(after["contact"]["ExternalEmailAddress"], address);
    assert_eq!(after["contact"]["PrimarySmtpAddress"], "all@fabrikam.example");
    stage.undo(CHANGE, &number).await;
    assert_eq!(picture(&stage, ADDRESS).await, before);
}

/// Nothing brings the deleted one back: a like one takes its place, under another id and another unique name.
#[tokio::test(flavor = "multi_thread")]
async fn r15_i10_a_deleted_mail_contact_is_made_anew_by_undoing_it() {
    let stage = stage(0).await;
    let before = picture(&stage, ADDRESS).await.expect("the target");
    let (number, read) = stage.carry_out(DELETE, &deleted(&stage).await).await;
    assert!(read.contains("同じ内容で作り直します"), "{read}");
    assert_eq!(picture(&stage, ADDRESS).await, None);
    stage.undo(DELETE, &number).await;
    let after = picture(&stage, ADDRESS).await.expect("the contact");
    assert_ne!(after["contact"]["Guid"], before["contact"]["Guid"]);
    for kept in ["DisplayName", "ExternalEmailAddress", "EmailAddresses"] {
        assert_eq!(after["contact"][kept], before["contact"][kept], "{kept}");
    }
    for kept in ["Company", "Title", "Department", "Phone", "FirstName", "LastName"] {
        assert_eq!(after["details"][kept], before["details"][kept], "{kept}");
    }
}

/// Every kind of write loses its answer, and changes show late: nothing is done twice, and all comes to what it comes
/// to without that.
#[tokio::test(flavor = "multi_thread")]
async fn r15_x04_x05_lost_answers_and_lag_change_nothing_of_mail_contacts() {
    let stage = stage(LAG).await;
    stage
        .house
        .switch(|switches| switches.exchange.sees_itself_seconds = 5);
    let lost = async |kinds: &[&str]| stage.lose_answers(kinds).await;
    lost(&["exchange:create:contact:", "exchange:update:contact:"]).await;
    let (number, _) = stage.carry_out(CREATE, &created()).await;
    assert!(stage.house.unstruck().await.is_empty());
    lost(&["exchange:update:contact:", "exchange:update:contact:"]).await;
    let change = changed(&stage).await;
    stage.carry_out(CHANGE, &change).await;
    assert!(stage.house.unstruck().await.is_empty());
    let after = picture(&stage, "all@fabrikam.example")
        .await
        .expect("the contact");
    assert_eq!(after["contact"]["PrimarySmtpAddress"], "all@fabrikam.example");
    assert_eq!(after["details"]["Department"], "営業部");
    lost(&["exchange:delete:contact:"]).await;
    stage.undo(CREATE, &number).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage.settle().await;
    assert_eq!(picture(&stage, NEW).await, None);
    for once in ["exchange:create:contact:", "exchange:delete:contact:"] {
        assert_eq!(stage.writes(once), 1, "{once}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r15_what_must_not_be_done_to_a_mail_contact_is_refused_at_once() {
    let stage = stage(0).await;
    let mut twin = created();
    twin["address"] = json!(ADDRESS);
    let told = stage.refused(CREATE, &twin).await;
    assert_eq!(told, codes(&[("taken", "address")]));
    let target = target(&stage).await;
    let idle = json!({ "contact": target, "items": ["name", "company"], "reason": "整理のため", "name": TARGET,
        "company": "ファブリカム" });
    let told = stage.refused(CHANGE, &idle).await;
    assert_eq!(told, codes(&[("nothing_to_do", "contact")]));
    // Somebody else's open application holds the address.
    stage.open(CREATE, &created()).await;
    let told = stage.refused(CREATE, &created()).await;
    assert_eq!(told, codes(&[("taken", "address")]));
    stage.open(CHANGE, &changed(&stage).await).await;
    let told = stage.refused(DELETE, &deleted(&stage).await).await;
    assert_eq!(told, codes(&[("target_busy", "contact")]));
    assert_eq!(stage.writes("exchange:"), 0);
}

/// Approve what you see: what somebody else changed meanwhile is shown again, and not overwritten.
#[tokio::test(flavor = "multi_thread")]
async fn r15_i01_a_change_by_somebody_else_after_the_approval_leads_back_to_the_last_approver() {
    let stage = stage(0).await;
    let item = stage.approved_but_for_one(CHANGE, &changed(&stage).await).await;
    let other = json!({ "Identity": ADDRESS, "Company": "別の会社" });
    stage.house.exchange("Set-Contact", &other).await;
    stage.last_vote(CHANGE, item).await;
    stage
        .reads(CHANGE, item, "会社: 別の会社 → ファブリカム株式会社")
        .await;
    assert_eq!(stage.writes("exchange:"), 0);
}
