//! What a directory on premises masters: approved as ever, done there by people who prove it, and never touched here.

use e2e::deed::ask;
use e2e::house::House;
use e2e::rows::APPLICATIONS;
use e2e::scene::until;
use serde_json::{Value, json};

use super::stage::{Kind, SUBJECT, Stage};
use super::users::{ALLOW, BLOCK, CHANGE, DELETE};
use super::{contacts, distributions, groups, lists, mailboxes};

const BY_HAND: &str = "承認の後に担当者が手作業で行います";
const FOR_GOOD: &str = "手作業で行った変更は、取消申請や補償では元に戻りません";
const FLAG: &str = "onPremisesSyncEnabled";

impl Stage {
    /// Approved, and asked for by hand: the item as whoever works reads it.
    async fn is_asked_for_by_hand(&self, kind: Kind, form: &Value, line: &str) -> (i64, Value) {
        let item = self.approved_but_for_one(kind, form).await;
        self.last_vote(kind, item).await;
        let waits = |row: &Value| ["MW", "RV", "CO"].iter().any(|state| row["PFStatus"] == *state);
        let row = until(&self.house, self.expert(), (APPLICATIONS, item), waits).await;
        assert_eq!(row["PFStatus"], "MW", "{row}");
        let read = row["PFPreview"].as_str().expect("what was approved");
        for line in [BY_HAND, line, FOR_GOOD] {
            assert!(read.contains(line), "{line} in {read}");
        }
        (item, row)
    }

    /// Carried out by hand, with proof; nothing is written here, and nothing leads back.
    async fn is_done_by_hand(&self, kind: Kind, form: &Value, line: &str) {
        let (item, row) = self.is_asked_for_by_hand(kind, form, line).await;
        let number = row["PFNumber"].as_str().expect("a number").to_owned();
        let told =
            json!({ "PFStepToken": row["PFStepToken"], "PFDecisionComment": "Active Directory で変更した" });
        let (house, worker) = (&self.house, self.expert());
        let done = async || ask(house, worker, &number, "作業完了", &told).await;
        assert_eq!(done().await, "proof_missing", "{}", kind.workflow);
        worker.attach(APPLICATIONS, item, "ad.png", "a photograph").await;
        let is_kept = |row: &Value| {
            let hashes = row["PFAttachHashes"].as_str();
            hashes.is_some_and(|hashes| hashes.contains("ad.png"))
        };
        until(house, worker, (APPLICATIONS, item), is_kept).await;
        assert_eq!(done().await, "CO", "{}", kind.workflow);
        assert_eq!(self.undo_refused(kind, &number).await, not_restorable());
        self.is_untouched();
    }

    /// The product wrote to no account, group or mailbox.
    fn is_untouched(&self) {
        let effects = self.house.effects();
        let kinds = [":user:", ":group:", "exchange:"];
        let keys = effects.iter().map(|effect| effect.key.as_str());
        let written: Vec<&str> = keys
            .filter(|key| kinds.iter().any(|kind| key.contains(kind)))
            .collect();
        assert!(written.is_empty(), "{written:?}");
    }

    fn comes_from_premises(&self, local: &str) {
        self.change_user(local, |user| {
            user.properties.insert(FLAG.to_owned(), json!(true));
        });
    }
}

fn not_restorable() -> Vec<(String, String)> {
    vec![("not_restorable".to_owned(), String::new())]
}

fn about(stage: &Stage) -> Value {
    json!({ "user": stage.person(SUBJECT), "reason": "退職のため" })
}

fn group_comes_from_premises(house: &House, name: &str) {
    groups::change(house, name, |group| {
        group.properties.insert(FLAG.to_owned(), json!(true));
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn r18_r02_r03_r04_an_account_of_the_directory_on_premises_is_changed_blocked_and_deleted_by_hand() {
    let stage = Stage::new().await;
    stage.comes_from_premises(SUBJECT);
    let before = stage.picture(SUBJECT);
    let mut change = about(&stage);
    change["items"] = json!(["post"]);
    change["post"] = json!("課長");
    stage.is_done_by_hand(CHANGE, &change, "→ 課長").await;
    stage
        .is_done_by_hand(BLOCK, &about(&stage), "サインイン: 許可 → 停止")
        .await;
    stage
        .is_done_by_hand(DELETE, &about(&stage), "アカウント: ")
        .await;
    assert_eq!(stage.picture(SUBJECT), before);
    stage.change_user(SUBJECT, |user| user.account_enabled = false);
    stage
        .is_done_by_hand(ALLOW, &about(&stage), "サインイン: 停止 → 許可")
        .await;
}

/// Approve what you see: what was changed on premises before the last vote is shown to the last approver.
#[tokio::test(flavor = "multi_thread")]
async fn r18_i01_what_changed_on_premises_meanwhile_is_shown_to_the_last_approver() {
    let stage = Stage::new().await;
    stage.comes_from_premises(SUBJECT);
    let mut change = about(&stage);
    change["items"] = json!(["post"]);
    change["post"] = json!("課長");
    let item = stage.approved_but_for_one(CHANGE, &change).await;
    stage.change_user(SUBJECT, |user| {
        user.properties.insert("jobTitle".to_owned(), json!("部長代理"));
    });
    stage.last_vote(CHANGE, item).await;
    stage.reads(CHANGE, item, "部長代理 → 課長").await;
    stage.is_untouched();
}

/// Nobody was told that it would be done by hand.
#[tokio::test(flavor = "multi_thread")]
async fn r18_what_came_under_the_directory_on_premises_after_it_was_read_waits_for_an_administrator() {
    let stage = Stage::new().await;
    let item = stage.approved_but_for_one(BLOCK, &about(&stage)).await;
    stage.comes_from_premises(SUBJECT);
    stage.last_vote(BLOCK, item).await;
    until(&stage.house, &stage.applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "RV"
    })
    .await;
    assert_eq!(stage.picture(SUBJECT)["user"]["account_enabled"], true);
    stage.is_untouched();
}

#[tokio::test(flavor = "multi_thread")]
async fn r18_r07_a_security_group_of_the_directory_on_premises_is_offered_and_changed_by_hand() {
    let stage = Stage::prepared(0, |house| {
        groups::equip(house, groups::SECURITY);
        group_comes_from_premises(house, groups::TARGET);
    })
    .await;
    let id = groups::found(&stage, groups::TARGET).expect("the target").id;
    let before = groups::picture(&stage, id);
    let (change, delete) = (groups::changed(&stage), groups::deleted(&stage));
    stage
        .is_done_by_hand(groups::SECURITY.change, &change, "対象のグループ: ")
        .await;
    stage
        .is_done_by_hand(groups::SECURITY.delete, &delete, "対象のグループ: ")
        .await;
    assert_eq!(groups::picture(&stage, id), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn r18_r08_a_mailing_list_of_the_directory_on_premises_is_offered_and_deleted_by_hand() {
    let stage = Stage::prepared(0, |house| {
        lists::equip(house);
        group_comes_from_premises(house, lists::TARGET);
    })
    .await;
    let form = lists::deleted(&stage);
    stage
        .is_done_by_hand(lists::DELETE, &form, "メーリングリスト")
        .await;
    assert!(groups::found(&stage, lists::TARGET).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn r18_r09_a_distribution_list_of_the_directory_on_premises_is_offered_and_changed_by_hand() {
    let stage = Stage::prepared(0, |house| {
        distributions::equip(house);
        group_comes_from_premises(house, distributions::TARGET);
    })
    .await;
    let form = distributions::changed(&stage);
    stage
        .is_done_by_hand(distributions::CHANGE, &form, "→ 全社員連絡")
        .await;
    assert!(groups::found(&stage, distributions::TARGET).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn r18_r10_a_shared_mailbox_of_the_directory_on_premises_is_deleted_by_hand() {
    let stage = mailboxes::stage(0).await;
    mailboxes::change_account(&stage.house, mailboxes::LOCAL, |account| {
        account.properties.insert(FLAG.to_owned(), json!(true));
    });
    let form = mailboxes::deleted(&stage);
    stage
        .is_done_by_hand(mailboxes::DELETE, &form, "共有メールボックス")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r18_r15_a_mail_contact_of_the_directory_on_premises_is_changed_and_deleted_by_hand() {
    let stage = contacts::stage(0).await;
    {
        let mut tenant = stage.house.world().tenant();
        let mut all = tenant.directory.contacts.values_mut();
        let target = all.find(|contact| contact.external_address == contacts::ADDRESS);
        let target = target.expect("the target");
        target.properties.insert(FLAG.to_owned(), json!(true));
    }
    let before = contacts::picture(&stage, contacts::ADDRESS).await;
    let (change, delete) = (contacts::changed(&stage).await, contacts::deleted(&stage).await);
    stage
        .is_done_by_hand(
            contacts::CHANGE,
            &change,
            "会社: ファブリカム → ファブリカム株式会社",
        )
        .await;
    stage
        .is_done_by_hand(contacts::DELETE, &delete, "メール連絡先: ")
        .await;
    assert_eq!(contacts::picture(&stage, contacts::ADDRESS).await, before);
}
