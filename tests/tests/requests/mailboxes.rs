//! Shared mailboxes, which Exchange writes: made, changed, shared out, deleted, refused where they must be, and undone.

use std::collections::BTreeSet;

use dev_tenant::directory::User;
use dev_tenant::seed::SPE_E3;
use e2e::house::House;
use serde_json::{Value, json};

use super::stage::{Kind, ONE_EXPERT, SUBJECT, Stage, TWO_EXPERTS};

/// The mailbox that requests are about.
pub(crate) const TARGET: &str = "お問い合わせ";
pub(crate) const LOCAL: &str = "info";
/// Whoever has all rights to it.
const HOLDER: &str = "kei.morita";
/// Whoever gets them.
pub(crate) const COMING: &str = "ren.nakahara";

pub(crate) const CREATE: Kind = Kind {
    workflow: "mailbox-create",
    last: ONE_EXPERT,
};
pub(crate) const CHANGE: Kind = Kind {
    workflow: "mailbox-change",
    last: ONE_EXPERT,
};
pub(crate) const DELETE: Kind = Kind {
    workflow: "mailbox-delete",
    last: TWO_EXPERTS,
};

/// A tenant with a [`TARGET`] that one person has all rights to. `lag`: seconds until Graph shows a change, at most.
pub(crate) async fn stage(lag: u32) -> Stage {
    Stage::built(lag, equip).await
}

pub(crate) async fn equip(house: &House) {
    gives_mailbox(house, COMING);
    house.switch(|switches| switches.exchange.sees_itself_seconds = 0);
    let (target, holder) = (at(house, LOCAL), at(house, HOLDER));
    let new = json!({ "Shared": true, "Name": "desk", "DisplayName": TARGET, "Alias": LOCAL, "PrimarySmtpAddress": target });
    house.exchange("New-Mailbox", &new).await;
    let addresses = [format!("SMTP:{target}"), format!("smtp:{}", at(house, "help"))];
    let also = json!({ "Identity": target, "EmailAddresses": addresses, "GrantSendOnBehalfTo": [holder] });
    house.exchange("Set-Mailbox", &also).await;
    for (cmdlet, who, right) in [
        ("Add-MailboxPermission", "User", "FullAccess"),
        ("Add-RecipientPermission", "Trustee", "SendAs"),
    ] {
        let given = json!({ "Identity": target, who: holder, "AccessRights": [right], "Confirm": false });
        house.exchange(cmdlet, &given).await;
    }
    change_account(house, LOCAL, |account| account.visible_from = account.created);
}

pub(crate) fn at(house: &House, local: &str) -> String {
    format!("{local}@{}", house.world().names.domain)
}

/// Somebody whom Exchange knows.
pub(crate) fn gives_mailbox(house: &House, local: &str) {
    let licences = [(SPE_E3, BTreeSet::new())].into();
    change_account(house, local, |user| user.licences = licences);
}

pub(crate) fn change_account(house: &House, local: &str, change: impl FnOnce(&mut User)) {
    let upn = at(house, local);
    let mut tenant = house.world().tenant();
    let mut users = tenant.directory.users.values_mut();
    let user = users.find(|user| user.user_principal_name == upn);
    change(user.expect("an account of this name"));
}

/// All that Exchange and Entra know of a mailbox, and who has rights to it.
pub(crate) async fn picture(stage: &Stage, address: &str) -> Value {
    let house = &stage.house;
    let about = json!({ "Identity": address, "ResultSize": "Unlimited" });
    let mailbox = house
        .exchange("Get-Mailbox", &json!({ "Identity": address }))
        .await;
    let full = house.exchange("Get-MailboxPermission", &about).await;
    let send = house.exchange("Get-RecipientPermission", &about).await;
    let id = mailbox[0]["ExternalDirectoryObjectId"].clone();
    let tenant = house.world().tenant();
    let mut users = tenant.directory.users.values();
    let account = users.find(|user| json!(user.id) == id);
    json!({ "mailbox": mailbox[0], "fullAccess": full, "sendAs": send, "account": account })
}

/// The people in one of a picture's lists, without the owner himself.
pub(crate) fn named(picture: &Value, right: &str, who: &str) -> BTreeSet<String> {
    let entries = picture[right].as_array().into_iter().flatten();
    let named = entries.filter_map(|entry| Some(entry[who].as_str()?.to_owned()));
    named.filter(|name| !name.starts_with("NT AUTHORITY")).collect()
}

pub(crate) fn created(stage: &Stage) -> Value {
    json!({
        "name": "営業窓口", "alias": "sales-desk", "reason": "窓口のため",
        "fullAccess": [stage.person(COMING), stage.person(SUBJECT)],
        "sendAs": [stage.person(COMING)], "sendOnBehalf": [stage.person(SUBJECT)],
    })
}

/// Object id of the target's account.
pub(crate) fn target(stage: &Stage) -> Value {
    let upn = at(&stage.house, LOCAL);
    let tenant = stage.house.world().tenant();
    let mut users = tenant.directory.users.values();
    let account = users.find(|user| user.user_principal_name.ends_with(&upn));
    json!(account.expect("the account of the target").id)
}

/// Everything about the target, the other way round.
pub(crate) fn changed(stage: &Stage) -> Value {
    let (coming, holder) = ([stage.person(COMING)], [stage.person(HOLDER)]);
    json!({
        "mailbox": target(stage), "reason": "組織変更のため",
        "items": ["name", "addresses", "fullAccess", "sendAs", "sendOnBehalf"],
        "name": "総合窓口", "address": "desk", "addAddress": "welcome", "removeAddress": at(&stage.house, "help"),
        "addFullAccess": coming, "removeFullAccess": holder, "addSendAs": coming, "removeSendAs": holder,
        "addSendOnBehalf": coming, "removeSendOnBehalf": holder,
    })
}

pub(crate) fn deleted(stage: &Stage) -> Value {
    json!({ "mailbox": target(stage), "reason": "使わなくなったため" })
}

pub(crate) fn codes(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, field): &(&str, &str)| ((*code).to_owned(), (*field).to_owned());
    codes.iter().map(owned).collect()
}

pub(crate) async fn is_there(stage: &Stage, address: &str) -> bool {
    let about = json!({ "Identity": address });
    let (status, _) = stage.house.command_of_exchange("Get-Mailbox", &about).await;
    status.is_success()
}

#[tokio::test(flavor = "multi_thread")]
async fn r10_i10_a_shared_mailbox_is_made_as_approvers_read_it_and_undone() {
    let stage = stage(0).await;
    let (number, read) = stage.carry_out(CREATE, &created(&stage)).await;
    for line in [
        "共有メールボックス: （なし） → 営業窓口",
        "メールアドレス: （なし） → sales-desk@",
        "メールボックスのアカウント: サインインできない",
        "フルアクセスの追加: ",
        "所有者として送信の追加: ",
        "代理人として送信の追加: ",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let house = &stage.house;
    let address = at(house, "sales-desk");
    let made = picture(&stage, &address).await;
    assert_eq!(made["mailbox"]["RecipientTypeDetails"], "SharedMailbox");
    assert_eq!(made["mailbox"]["DisplayName"], "営業窓口");
    assert_eq!(made["mailbox"]["GrantSendOnBehalfTo"], json!([SUBJECT]));
    assert_eq!(made["account"]["account_enabled"], false);
    let both = BTreeSet::from([COMING, SUBJECT].map(|local| at(house, local)));
    assert_eq!(named(&made, "fullAccess", "User"), both);
    assert_eq!(
        named(&made, "sendAs", "Trustee"),
        BTreeSet::from([at(house, COMING)])
    );
    assert_eq!(stage.writes("exchange:create:mailbox:"), 1);
    assert_eq!(stage.writes("exchange:grant-full-access:mailbox:"), 2);
    let told = stage.refused(CREATE, &created(&stage)).await;
    assert_eq!(told, codes(&[("taken", "alias")]));
    let read = stage.undo(CREATE, &number).await;
    assert!(
        read.contains("共有メールボックス: sales-desk@") && read.contains("→ （なし）"),
        "{read}"
    );
    assert!(!is_there(&stage, &address).await);
    // The deleted one can still be restored: its address is not free.
    let told = stage.refused(CREATE, &created(&stage)).await;
    assert_eq!(told, codes(&[("taken", "alias")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn r10_i10_a_shared_mailbox_is_changed_as_approvers_read_it_and_undone_to_what_was() {
    let stage = stage(0).await;
    let (house, before) = (&stage.house, picture(&stage, &at(&stage.house, LOCAL)).await);
    let (number, read) = stage.carry_out(CHANGE, &changed(&stage)).await;
    for line in [
        "対象の共有メールボックス: お問い合わせ <info@",
        "表示名: お問い合わせ → 総合窓口",
        "メールアドレス: info@",
        "追加のアドレス: help@",
        "フルアクセスの追加: ",
        "フルアクセスの削除: ",
        "所有者として送信の追加: ",
        "所有者として送信の削除: ",
        "代理人として送信の追加: ",
        "代理人として送信の削除: ",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let after = picture(&stage, &at(house, "desk")).await;
    assert_eq!(after["mailbox"]["DisplayName"], "総合窓口");
    let entries = ["SMTP:desk", "smtp:info", "smtp:welcome"].map(|local| at(house, local));
    let shown: BTreeSet<&str> = after["mailbox"]["EmailAddresses"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(shown, entries.iter().map(String::as_str).collect());
    let coming = BTreeSet::from([at(house, COMING)]);
    assert_eq!(named(&after, "fullAccess", "User"), coming);
    assert_eq!(named(&after, "sendAs", "Trustee"), coming);
    assert_eq!(after["mailbox"]["GrantSendOnBehalfTo"], json!([COMING]));
    let told = stage.refused(CHANGE, &changed(&stage)).await;
    assert_eq!(told, codes(&[("unknown_address", "removeAddress")]));
    stage.undo(CHANGE, &number).await;
    assert_eq!(picture(&stage, &at(house, LOCAL)).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn r10_i10_a_deleted_shared_mailbox_comes_back_with_its_rights_while_it_lies_in_the_bin() {
    let stage = stage(0).await;
    let address = at(&stage.house, LOCAL);
    let before = picture(&stage, &address).await;
    let (number, read) = stage.carry_out(DELETE, &deleted(&stage)).await;
    assert!(read.contains("30日以内"), "{read}");
    assert!(!is_there(&stage, &address).await);
    let read = stage.undo(DELETE, &number).await;
    assert!(
        read.contains("共有メールボックス: （削除済み） → info@"),
        "{read}"
    );
    assert_eq!(picture(&stage, &address).await, before);
    let (number, _) = stage.carry_out(DELETE, &deleted(&stage)).await;
    let account = target(&stage);
    stage
        .house
        .world()
        .tenant()
        .directory
        .users
        .retain(|_, user| json!(user.id) != account);
    let told = stage.undo_refused(DELETE, &number).await;
    assert_eq!(told, codes(&[("not_restorable", "")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn r10_what_must_not_be_done_to_a_shared_mailbox_is_refused_at_once() {
    let stage = stage(0).await;
    let target = target(&stage);
    let told_of = async |items: &str, more: Value| {
        let mut form = json!({ "mailbox": target, "items": [items], "reason": "整理のため" });
        let members = form.as_object_mut().expect("an object");
        members.extend(more.as_object().cloned().unwrap_or_default());
        stage.refused(CHANGE, &form).await
    };
    let told = told_of("name", json!({ "name": TARGET })).await;
    assert_eq!(told, codes(&[("nothing_to_do", "mailbox")]));
    let taken = json!({ "addAddress": SUBJECT });
    assert_eq!(
        told_of("addresses", taken).await,
        codes(&[("taken", "addAddress")])
    );
    let nobody = json!({ "addSendAs": [{ "upn": at(&stage.house, "nobody") }] });
    assert_eq!(
        told_of("sendAs", nobody).await,
        codes(&[("unknown_person", "addSendAs")])
    );
    // Our own mails come from it.
    let sender = person(&stage.house, "flow");
    let told = stage
        .refused(DELETE, &json!({ "mailbox": sender, "reason": "整理のため" }))
        .await;
    assert_eq!(told, codes(&[("unknown_choice", "mailbox")]));
    // Somebody else's open application holds the address.
    stage.open(CREATE, &created(&stage)).await;
    let told = stage.refused(CREATE, &created(&stage)).await;
    assert_eq!(told, codes(&[("taken", "alias")]));
    assert_eq!(stage.writes("exchange:"), 0);
}

fn person(house: &House, local: &str) -> Value {
    json!(super::groups::person(house, local))
}
