use super::super::testing::{CONTACT, contact, ours, standing};
use super::*;
use crate::Failure;
use serde_json::json;

fn described(is_there: bool, details: Option<&Value>) -> Described {
    Described {
        contact: is_there.then(|| contact(&json!({}))),
        details: details.map(|shown| serde_json::from_value(shown.clone()).expect("details")),
    }
}

fn map(json: &Value) -> Map<String, Value> {
    json.as_object().cloned().unwrap_or_default()
}

#[test]
fn r15_only_what_differs_is_written_and_what_somebody_else_changed_is_not_overwritten() {
    let (key, new) = (standing(), ours());
    let change = Change {
        from: map(&json!({ "companyName": "前", "jobTitle": "担当" })),
        to: map(&json!({ "companyName": "後", "jobTitle": null })),
    };
    let of = |contact| UpdateDetails {
        contact,
        change: &change,
    };
    let want = of(&key);
    let write = |open: Value| Next::Write((CONTACT, map(&open)));
    for (shown, next) in [
        (
            json!({ "Company": "前", "Title": "担当" }),
            write(json!({ "companyName": "後", "jobTitle": null })),
        ),
        (
            json!({ "Company": "前", "Title": "" }),
            write(json!({ "companyName": "後" })),
        ),
        (json!({ "Company": "後", "Title": "" }), Next::Nothing),
        (
            json!({ "Company": "別", "Title": "担当" }),
            Next::Refuse(Failure::ChangedMeanwhile),
        ),
    ] {
        assert_eq!(want.compare(&described(true, Some(&shown))), next, "{shown}");
    }
    assert_eq!(want.compare(&described(true, None)), Next::Wait);
    assert_eq!(
        want.compare(&described(false, None)),
        Next::Refuse(Failure::ObjectGone)
    );
    assert_eq!(of(&new).compare(&described(false, None)), Next::Wait);
}

/// What is not described cannot be made anew.
#[test]
fn r15_i10_a_contact_is_described_before_it_is_deleted() {
    let key = standing();
    let want = DeleteContact { contact: &key };
    assert_eq!(want.compare(&described(false, None)), Next::Nothing);
    let unseen = described(true, None);
    assert_eq!((want.compare(&unseen), want.image(&unseen)), (Next::Wait, None));
    let whole = described(true, Some(&json!({ "Company": "ファブリカム" })));
    assert_eq!(want.compare(&whole), Next::Write(CONTACT));
    let image = want.image(&whole).expect("an image");
    assert_eq!(image["contact"]["companyName"], "ファブリカム");
    assert_eq!(image["contact"]["address"], "desk@fabrikam.example");
}
