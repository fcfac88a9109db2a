use serde_json::json;

use super::super::testing::{BOX, mailbox, ours, standing};
use super::*;
use crate::Failure;

fn map(json: &Value) -> Map<String, Value> {
    json.as_object().cloned().unwrap_or_default()
}

#[test]
fn r10_a_mailbox_is_made_once_never_beside_a_stranger_and_is_done_when_its_account_is_known() {
    let key = ours();
    let new = NewMailbox {
        display_name: "窓口".to_owned(),
        alias: "info".to_owned(),
    };
    let want = CreateMailbox {
        mailbox: &key,
        new: &new,
    };
    let held = |ours: Option<Value>, is_taken, is_coming| Held {
        ours: ours.map(|more| mailbox(&more)),
        is_taken,
        is_coming,
    };
    let no_account = json!({ "ExternalDirectoryObjectId": "" });
    for (have, next) in [
        (held(None, false, false), Next::Write(())),
        (held(None, true, false), Next::Refuse(Failure::NameTaken)),
        (held(None, false, true), Next::Wait),
        (held(Some(no_account), false, false), Next::Wait),
        (held(Some(json!({})), false, false), Next::Nothing),
    ] {
        assert_eq!(want.compare(&have), next);
    }
}

#[test]
fn r10_addresses_are_written_whole_and_what_is_no_mail_address_stays() {
    let key = standing();
    let change = Change {
        from: map(&json!({ "address": "info@contoso.example", "otherAddresses": ["help@contoso.example"] })),
        to: map(&json!({ "address": "desk@contoso.example", "otherAddresses": ["info@contoso.example"] })),
    };
    let want = UpdateMailbox {
        mailbox: &key,
        change: &change,
    };
    let entries = [
        "SMTP:desk@contoso.example",
        "smtp:info@contoso.example",
        "SIP:info@contoso.example",
    ];
    let Next::Write((id, open, Some(all))) = want.compare(&Some(mailbox(&json!({})))) else {
        panic!("something is open");
    };
    assert_eq!(
        (id, open.len(), all),
        (BOX, 2, entries.map(str::to_owned).to_vec())
    );
    let done = json!({ "PrimarySmtpAddress": "desk@contoso.example", "EmailAddresses": entries });
    assert_eq!(want.compare(&Some(mailbox(&done))), Next::Nothing);
}

#[test]
fn r10_what_somebody_else_changed_since_the_approval_is_not_overwritten() {
    let key = standing();
    let change = Change {
        from: map(&json!({ "displayName": "窓口" })),
        to: map(&json!({ "displayName": "総合窓口" })),
    };
    let want = UpdateMailbox {
        mailbox: &key,
        change: &change,
    };
    let open = || (BOX, change.to.clone(), None);
    for (name, next) in [
        ("窓口", Next::Write(open())),
        ("総合窓口", Next::Nothing),
        ("別の名前", Next::Refuse(Failure::ChangedMeanwhile)),
    ] {
        let have = mailbox(&json!({ "DisplayName": name }));
        assert_eq!(want.compare(&Some(have)), next, "{name}");
    }
    assert_eq!(want.compare(&None), Next::Refuse(Failure::ObjectGone));
}
