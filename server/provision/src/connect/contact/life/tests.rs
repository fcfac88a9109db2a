use super::super::testing::{CONTACT, contact, ours, standing};
use super::*;
use crate::Failure;
use serde_json::json;

fn map(json: &Value) -> Map<String, Value> {
    json.as_object().cloned().unwrap_or_default()
}

#[test]
fn r15_a_contact_is_made_once_and_never_beside_a_stranger() {
    let key = ours();
    let new = NewContact {
        display_name: "窓口".to_owned(),
        address: "desk@fabrikam.example".to_owned(),
    };
    let want = CreateContact {
        contact: &key,
        new: &new,
    };
    for (is_there, is_taken, is_coming, next) in [
        (false, false, false, Next::Write(())),
        (false, true, false, Next::Refuse(Failure::NameTaken)),
        (false, false, true, Next::Wait),
        (true, false, false, Next::Nothing),
    ] {
        let have = Held {
            ours: is_there.then(|| contact(&json!({}))),
            is_taken,
            is_coming,
        };
        assert_eq!(want.compare(&have), next);
    }
}

#[test]
fn r15_an_address_is_done_when_mail_goes_there_and_people_see_it() {
    let key = standing();
    let to = map(&json!({ "address": "all@fabrikam.example" }));
    let change = Change {
        from: map(&json!({ "address": "desk@fabrikam.example" })),
        to: to.clone(),
    };
    let want = UpdateContact {
        contact: &key,
        change: &change,
    };
    let open = || Next::Write((CONTACT, to.clone()));
    let half = json!({ "ExternalEmailAddress": "SMTP:all@fabrikam.example" });
    let done = json!({ "ExternalEmailAddress": "SMTP:all@fabrikam.example", "PrimarySmtpAddress": "all@fabrikam.example" });
    let other = json!({ "ExternalEmailAddress": "SMTP:other@fabrikam.example" });
    for (shown, next) in [
        (json!({}), open()),
        (half, open()),
        (done, Next::Nothing),
        (other, Next::Refuse(Failure::ChangedMeanwhile)),
    ] {
        assert_eq!(want.compare(&Some(contact(&shown))), next, "{shown}");
    }
    assert_eq!(want.compare(&None), Next::Refuse(Failure::ObjectGone));
}
