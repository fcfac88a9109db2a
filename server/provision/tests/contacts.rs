//! What the planner promises about mail contacts, and where the way back leads.

use std::collections::BTreeMap;

use forms::{Code, Issue, Language};
use provision::{
    ContactChange, ContactFields, ContactIdentity, ContactNow, ContactView, ContactWish, Executed, Plan,
    Plans, inverse, plan_contact, plan_contact_change,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

const CONTACT: Uuid = Uuid::from_u128(9);

fn fields() -> ContactFields {
    ContactFields {
        contact: "contact".to_owned(),
        display_name: "name".to_owned(),
        address: "address".to_owned(),
    }
}

fn details(all: &[(&'static str, &str)]) -> BTreeMap<&'static str, String> {
    all.iter()
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect()
}

fn map(json: &Value) -> Map<String, Value> {
    json.as_object().cloned().unwrap_or_default()
}

fn wish() -> ContactWish {
    ContactWish {
        application: "a-1".to_owned(),
        display_name: "ファブリカム 窓口".to_owned(),
        address: "desk@fabrikam.example".to_owned(),
        details: details(&[("companyName", "ファブリカム"), ("phone", "")]),
        fields: fields(),
    }
}

fn now() -> ContactNow {
    ContactNow {
        display_name: "ファブリカム 窓口".to_owned(),
        address: "desk@fabrikam.example".to_owned(),
        details: map(&json!({ "companyName": "ファブリカム", "phone": null })),
        synced: false,
        is_taken: false,
    }
}

fn change() -> ContactChange {
    ContactChange {
        contact: CONTACT,
        fields: fields(),
        ..ContactChange::default()
    }
}

fn refused(planned: Result<Plan, Vec<Issue>>) -> Vec<(Code, String)> {
    let issues = planned.expect_err("something stands against it");
    let told = issues.into_iter().map(|issue| (issue.code, issue.field));
    told.collect()
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.step_ids().iter().map(ToString::to_string).collect()
}

#[test]
fn r15_approvers_read_what_a_new_contact_will_be_and_its_plan_can_be_read_again() {
    let plan = plan_contact(&wish(), ContactView { is_taken: false }).expect("a good wish");
    assert_eq!(ids(&plan), ["create-contact", "update-details"]);
    let lines = [
        "メール連絡先: （なし） → ファブリカム 窓口",
        "メールアドレス: （なし） → desk@fabrikam.example",
        "会社: （なし） → ファブリカム",
    ];
    assert_eq!(plan.preview(Language::Ja), lines);
    let plans = Plans::One(plan);
    assert_eq!(Plans::read(&plans.body().expect("JSON")).expect("a plan"), plans);
}

#[test]
fn r15_r18_what_stands_against_a_contact_is_told_at_its_field() {
    let mut bad = wish();
    bad.details.insert("department", "営".repeat(65));
    let told = refused(plan_contact(&bad, ContactView { is_taken: true }));
    // The form's field of a detail is found by the detail's name.
    let expected = [
        (Code::Taken, "address".to_owned()),
        (Code::TooLong, "department".to_owned()),
    ];
    assert_eq!(told, expected);
    let held = ContactNow {
        is_taken: true,
        ..now()
    };
    let synced = ContactNow {
        synced: true,
        ..now()
    };
    let moved = ContactChange {
        address: Some("info@fabrikam.example".to_owned()),
        ..change()
    };
    let idle = ContactChange {
        display_name: Some("ファブリカム 窓口".to_owned()),
        details: details(&[("companyName", "ファブリカム"), ("phone", "")]),
        ..change()
    };
    for (wish, now, code, field) in [
        (&moved, Some(&held), Code::Taken, "address"),
        (&moved, Some(&synced), Code::SyncedFromPremises, "contact"),
        (&idle, Some(&now()), Code::NothingToDo, "contact"),
        (&moved, None, Code::ObjectGone, "contact"),
    ] {
        let told = refused(plan_contact_change(wish, now));
        assert_eq!(told, [(code, field.to_owned())]);
    }
}

#[test]
fn r15_i10_only_what_differs_is_changed_and_leads_back_to_what_was() {
    let wish = ContactChange {
        display_name: Some("ファブリカム 総合窓口".to_owned()),
        address: Some("desk@fabrikam.example".to_owned()),
        details: details(&[("companyName", ""), ("phone", "03-0000-0000")]),
        ..change()
    };
    let plan = plan_contact_change(&wish, Some(&now())).expect("a good wish");
    let lines = [
        "対象のメール連絡先: ファブリカム 窓口 <desk@fabrikam.example>",
        "表示名: ファブリカム 窓口 → ファブリカム 総合窓口",
        "会社: ファブリカム → （なし）",
        "電話: （なし） → 03-0000-0000",
    ];
    assert_eq!(plan.preview(Language::Ja), lines);
    let mut executed = Executed::default();
    for (step, image) in plan.steps().iter().zip([
        json!({ "contact": { "id": CONTACT, "displayName": "ファブリカム 窓口" } }),
        json!({ "contact": { "id": CONTACT, "companyName": "ファブリカム", "phone": null } }),
    ]) {
        executed.begun(step.id(), image);
    }
    let lines = [
        "対象のメール連絡先: ファブリカム 窓口 <desk@fabrikam.example>",
        "会社: （なし） → ファブリカム",
        "電話: 03-0000-0000 → （なし）",
        "表示名: ファブリカム 総合窓口 → ファブリカム 窓口",
    ];
    assert_eq!(inverse(&plan, &executed).plan.preview(Language::Ja), lines);
}

#[test]
fn r15_i10_a_deleted_contact_is_made_anew_under_a_name_of_its_own() {
    let delete = ContactChange {
        delete: true,
        ..change()
    };
    let plan = plan_contact_change(&delete, Some(&now())).expect("a good wish");
    assert!(plan.preview(Language::Ja)[2].contains("同じ内容で作り直します"));
    let mut executed = Executed::default();
    let was = json!({ "id": CONTACT, "displayName": "ファブリカム 窓口", "address": "desk@fabrikam.example",
        "companyName": "ファブリカム", "phone": null });
    executed.begun(plan.step_ids()[0].clone(), json!({ "contact": was }));
    let back = inverse(&plan, &executed);
    let lines = [
        "メール連絡先: （なし） → ファブリカム 窓口",
        "メールアドレス: （なし） → desk@fabrikam.example",
        "会社: （なし） → ファブリカム",
    ];
    assert_eq!(back.plan.preview(Language::Ja), lines);
    let Plan::Contact(anew) = &back.plan else {
        panic!("it is about a contact");
    };
    let ContactIdentity::Ours { unique_name, id } = &anew.contact.identity else {
        panic!("the old one is gone for good");
    };
    assert!(unique_name.ends_with(&CONTACT.to_string()), "{unique_name}");
    assert_eq!(*id, None);
    // And undoing that deletes the new one.
    let mut again = Executed::default();
    for step in back.plan.step_ids() {
        again.begun(step, json!({ "contact": null }));
    }
    assert_eq!(ids(&inverse(&back.plan, &again).plan), ["delete-contact"]);
}

#[test]
fn r18_what_a_directory_on_premises_masters_of_a_contact_is_people_s_work_where_they_are_asked_for_it() {
    let synced = ContactNow {
        synced: true,
        ..now()
    };
    let wish = ContactChange {
        display_name: Some("総合窓口".to_owned()),
        by_hand: true,
        ..change()
    };
    let plan = plan_contact_change(&wish, Some(&synced)).expect("a good wish");
    assert!(ids(&plan).is_empty(), "nothing is done here");
    assert_eq!(plan.standing(), Some(CONTACT), "it is held all the same");
    assert!(plan.is_for_good(), "nothing leads back");
    let read = plan.preview(Language::Ja);
    assert!(read[1].contains("手作業で行います"), "{read:?}");
    assert_eq!(read[2], "表示名: ファブリカム 窓口 → 総合窓口");
    assert!(read[3].contains("元に戻りません"), "{read:?}");
    let plans = Plans::One(plan.clone());
    let again = Plans::read(&plans.body().expect("JSON")).expect("a plan");
    assert_eq!(again, plans);
    let other = ContactChange {
        display_name: Some("窓口".to_owned()),
        ..wish.clone()
    };
    let other = plan_contact_change(&other, Some(&synced)).expect("a good wish");
    assert!(
        provision::differs(&plan, &other),
        "people would do something else"
    );
    let here = plan_contact_change(&wish, Some(&now())).expect("a good wish");
    assert_eq!(ids(&here), ["update-contact"]);
    assert!(provision::differs(&plan, &here), "who does it is a difference");
    assert!(inverse(&plan, &Executed::default()).plan.is_empty());
}
