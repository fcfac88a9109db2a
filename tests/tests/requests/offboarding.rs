//! 退職時一括処理: sign-in, mailbox, groups and licences in one application, and back.

use std::collections::BTreeSet;

use dev_tenant::seed::SPE_E3;
use e2e::house::House;
use serde_json::{Value, json};

use super::groups::{change, person};
use super::stage::{Kind, LAG, SUBJECT, Stage, TWO_EXPERTS};

const LEAVE: Kind = Kind {
    workflow: "user-offboard",
    last: TWO_EXPERTS,
};
const HEIR: &str = "kei.morita";
const LIST: &str = "全社連絡";

/// The subject has a mailbox, a group of its own department, and a place on a mailing list.
fn equip(house: &House) {
    let [subject, heir] = [SUBJECT, HEIR].map(|local| person(house, local));
    {
        let mut tenant = house.world().tenant();
        for id in [subject, heir] {
            let user = tenant.directory.users.get_mut(&id).expect("one of the staff");
            user.licences = [(SPE_E3, BTreeSet::new())].into();
        }
    }
    for group in ["営業部", LIST] {
        change(house, group, |group| {
            group.members.insert(subject);
            group.owners = BTreeSet::from([heir]);
        });
    }
}

fn form(stage: &Stage) -> Value {
    json!({
        "user": stage.person(SUBJECT), "access": stage.person(HEIR), "forward": stage.person(HEIR),
        "reason": "退職のため",
    })
}

fn codes(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, field): &(&str, &str)| ((*code).to_owned(), (*field).to_owned());
    codes.iter().map(owned).collect()
}

/// Every kind of write of a departure.
const WRITES: [&str; 8] = [
    "graph:revoke-sessions:",
    "graph:update:user:",
    "exchange:convert:mailbox:",
    "exchange:grant-full-access:mailbox:",
    "exchange:update:mailbox:",
    "graph:remove-member:group:",
    "exchange:remove-member:group:",
    "graph:remove-license:user:",
];

fn is_gone(stage: &Stage) {
    let shown = stage.picture(SUBJECT);
    assert_eq!(shown["user"]["account_enabled"], false);
    assert_eq!(shown["user"]["licences"], json!({}));
    assert_eq!(shown["memberOf"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn r20_i10_whoever_leaves_is_signed_out_and_gives_everything_back_and_it_all_comes_back() {
    let stage = Stage::prepared(0, equip).await;
    let before = stage.picture(SUBJECT);
    let (number, read) = stage.carry_out(LEAVE, &form(&stage)).await;
    for line in [
        "サインイン: 許可 → 停止",
        "メールボックス: 本人のメールボックス → 共有メールボックス",
        "メールボックスへのフル アクセス: （なし） → ",
        "メールの転送先: （なし） → ",
        "グループ「営業部」: メンバー → メンバーでない",
        "メーリングリスト「全社連絡」: メンバー → メンバーでない",
        "ライセンス: SPE_E3 → （なし）",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    is_gone(&stage);
    let effects = stage.house.effects();
    let at = |prefix: &str| effects.iter().position(|effect| effect.key.starts_with(prefix));
    let (shared, freed) = (at("exchange:convert:mailbox:"), at("graph:remove-license:user:"));
    assert!(shared.is_some() && shared < freed, "{shared:?} {freed:?}");
    let read = stage.undo(LEAVE, &number).await;
    assert!(
        read.contains("メールボックス: 共有メールボックス → 本人のメールボックス"),
        "{read}"
    );
    assert_eq!(stage.picture(SUBJECT), before);
}

/// Every kind of write loses its answer, and Graph shows changes late.
#[tokio::test(flavor = "multi_thread")]
async fn r20_x04_x05_lost_answers_and_lag_change_nothing_of_a_departure() {
    let stage = Stage::prepared(LAG, equip).await;
    stage.lose_answers(&WRITES).await;
    stage.carry_out(LEAVE, &form(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage.settle().await;
    is_gone(&stage);
    for once in [
        "exchange:convert:mailbox:",
        "exchange:grant-full-access:mailbox:",
        "exchange:update:mailbox:",
        "exchange:remove-member:group:",
        "graph:remove-license:user:",
    ] {
        assert_eq!(stage.writes(once), 1, "{once}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r20_i01_a_change_by_somebody_else_after_the_approval_leads_back_to_the_last_approver() {
    let stage = Stage::prepared(0, equip).await;
    let item = stage.approved_but_for_one(LEAVE, &form(&stage)).await;
    let subject = person(&stage.house, SUBJECT);
    change(&stage.house, "開発部", |group| {
        group.members.insert(subject);
    });
    stage.last_vote(LEAVE, item).await;
    stage
        .reads(LEAVE, item, "グループ「開発部」: メンバー → メンバーでない")
        .await;
    for untouched in WRITES {
        assert_eq!(stage.writes(untouched), 0, "{untouched}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r18_r20_a_departure_that_cannot_be_carried_out_is_refused_at_once() {
    let stage = Stage::prepared(0, equip).await;
    let mut alone = form(&stage);
    alone["access"] = stage.person(SUBJECT);
    assert_eq!(
        stage.refused(LEAVE, &alone).await,
        codes(&[("manager_gone", "access")])
    );
    stage.change_user(SUBJECT, |user| {
        let synced = ("onPremisesSyncEnabled".to_owned(), json!(true));
        user.properties.extend([synced]);
    });
    let told = stage.refused(LEAVE, &form(&stage)).await;
    assert_eq!(told, codes(&[("synced_from_premises", "user")]));
    for untouched in WRITES {
        assert_eq!(stage.writes(untouched), 0, "{untouched}");
    }
}
