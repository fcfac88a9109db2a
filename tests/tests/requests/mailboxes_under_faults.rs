//! Shared mailboxes while answers are lost, while Graph and Exchange show changes late, and while somebody else changes
//! them.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use uuid::Uuid;

use super::mailboxes::{
    CHANGE, COMING, CREATE, DELETE, LOCAL, at, changed, created, deleted, is_there, named, picture, stage,
    target,
};
use super::stage::{Kind, LAG, ONE_EXPERT, SUBJECT, Stage, TWO_EXPERTS};

/// Every kind of write loses its answer, and changes show late: nothing is done twice, and all comes to what it comes
/// to without that.
#[tokio::test(flavor = "multi_thread")]
async fn r10_x04_x05_lost_answers_and_lag_change_nothing_of_shared_mailboxes() {
    let stage = stage(LAG).await;
    stage
        .house
        .switch(|switches| switches.exchange.sees_itself_seconds = 5);
    let lost = async |kinds: &[&str]| stage.lose_answers(kinds).await;
    lost(&[
        "exchange:create:mailbox:",
        "exchange:grant-full-access:mailbox:",
        "exchange:grant-send-as:recipient:",
        "exchange:update:mailbox:",
    ])
    .await;
    stage.carry_out(CREATE, &created(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    lost(&[
        "exchange:update:mailbox:",
        "exchange:grant-full-access:mailbox:",
        "exchange:revoke-full-access:mailbox:",
        "exchange:grant-send-as:recipient:",
        "exchange:revoke-send-as:recipient:",
    ])
    .await;
    stage.carry_out(CHANGE, &changed(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    all_is_as_without_faults(&stage).await;
    lost(&["exchange:delete:mailbox:"]).await;
    let (number, _) = stage.carry_out(DELETE, &deleted(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    assert!(!is_there(&stage, &at(&stage.house, "desk")).await);
    lost(&["graph:restore:user:"]).await;
    stage.undo(DELETE, &number).await;
    assert!(stage.house.unstruck().await.is_empty());
    all_is_as_without_faults(&stage).await;
    stage.settle().await;
    for (written, times) in [
        ("exchange:create:mailbox:", 1),
        ("exchange:grant-full-access:mailbox:", 3),
        ("exchange:revoke-full-access:mailbox:", 1),
        ("exchange:delete:mailbox:", 1),
        ("graph:restore:user:", 1),
    ] {
        assert_eq!(stage.writes(written), times, "{written}");
    }
}

async fn all_is_as_without_faults(stage: &Stage) {
    let house = &stage.house;
    let both = BTreeSet::from([COMING, SUBJECT].map(|local| at(house, local)));
    let made = picture(stage, &at(house, "sales-desk")).await;
    assert_eq!(named(&made, "fullAccess", "User"), both);
    assert_eq!(made["mailbox"]["GrantSendOnBehalfTo"], json!([SUBJECT]));
    let changed = picture(stage, &at(house, "desk")).await;
    let coming = BTreeSet::from([at(house, COMING)]);
    assert_eq!(changed["mailbox"]["DisplayName"], "総合窓口");
    assert_eq!(named(&changed, "fullAccess", "User"), coming);
    assert_eq!(named(&changed, "sendAs", "Trustee"), coming);
    assert_eq!(changed["mailbox"]["GrantSendOnBehalfTo"], json!([COMING]));
}

fn renamed(stage: &Stage) -> Value {
    json!({ "mailbox": target(stage), "items": ["name", "sendAs"], "reason": "整理のため", "name": "総合窓口",
        "addSendAs": [stage.person(COMING)] })
}

/// Approve what you see: what somebody else changed meanwhile is shown again, and not overwritten.
#[tokio::test(flavor = "multi_thread")]
async fn r10_i01_a_change_by_somebody_else_after_the_approval_leads_back_to_the_last_approver() {
    let stage = stage(0).await;
    let item = stage.approved_but_for_one(CHANGE, &renamed(&stage)).await;
    let other = json!({ "Identity": at(&stage.house, LOCAL), "DisplayName": "別の名前" });
    stage.house.exchange("Set-Mailbox", &other).await;
    stage.last_vote(CHANGE, item).await;
    stage.reads(CHANGE, item, "表示名: 別の名前 → 総合窓口").await;
    assert_eq!(stage.writes("exchange:"), 0);
}

/// Whoever wants the mailbox while another application about it is open waits for that one to end.
#[tokio::test(flavor = "multi_thread")]
async fn r10_one_open_application_at_a_time_is_about_a_shared_mailbox() {
    let stage = stage(0).await;
    stage.open(CHANGE, &renamed(&stage)).await;
    let told = stage.refused(DELETE, &deleted(&stage)).await;
    assert_eq!(told, [("target_busy".to_owned(), "mailbox".to_owned())]);
    // Its account is the same object.
    let leaving = Kind {
        workflow: "user-delete",
        last: TWO_EXPERTS,
    };
    let told = stage
        .refused(
            leaving,
            &json!({ "user": stage.person(LOCAL), "reason": "整理のため" }),
        )
        .await;
    assert_eq!(told, [("target_busy".to_owned(), "user".to_owned())]);
}

/// Whoever does without Exchange is not let in there: its choices are missing, and all else works.
#[tokio::test(flavor = "multi_thread")]
async fn r10_without_the_permission_for_exchange_only_its_choices_are_missing() {
    let stage = Stage::prepared(0, |house| {
        let ours = house.our_app().app_id;
        let mut tenant = house.world().tenant();
        let app = tenant.directory.apps.get_mut(&ours).expect("our registration");
        for roles in app.roles.values_mut() {
            roles.remove("Exchange.ManageAsApp");
        }
    })
    .await;
    let house = &stage.house;
    assert!(house.run(&["setup"]).status.success(), "{}", house.log());
    let asked = json!({ "mailbox": Uuid::nil(), "reason": "整理のため" });
    let told = stage.refused(DELETE, &asked).await;
    assert_eq!(told, [("master_missing".to_owned(), "mailbox".to_owned())]);
    let block = Kind {
        workflow: "user-block",
        last: ONE_EXPERT,
    };
    let form = json!({ "user": stage.person(SUBJECT), "reason": "整理のため" });
    stage.carry_out(block, &form).await;
}
