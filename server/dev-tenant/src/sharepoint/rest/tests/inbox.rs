//! Own-items-only: everybody sees his own rows, owners and the app see all.

use serde_json::json;

use super::harness::{APPLY, House, MORI, OWNER, SATO, app, house, person};

const ITEMS: &str = "web/lists/getbytitle('PFInbox')/items";

fn inbox() -> House {
    let house = house();
    house.list("PFInbox");
    let level = house.level("PF-Apply", APPLY);
    for name in [SATO, MORI] {
        let id = house.ensure(name);
        house.give("web", id, level);
    }
    let settings = json!({"ReadSecurity": 2, "WriteSecurity": 2});
    let set = house.merge(&app(), "web/lists/getbytitle('PFInbox')", "*", &settings);
    assert_eq!(set.status, 204, "{}", set.json);
    house
}

#[test]
fn a_row_is_readable_by_its_author_the_owner_and_the_app_alone() {
    let house = inbox();
    let made = house.post(&person(SATO), ITEMS, &json!({"Title": "draft"}));
    assert_eq!(made.status, 201, "{}", made.json);
    for (caller, status, count) in [
        (person(SATO), 200, 1),
        (person(OWNER), 200, 1),
        (app(), 200, 1),
        (person(MORI), 404, 0),
    ] {
        assert_eq!(house.get(&caller, &format!("{ITEMS}(1)")).status, status);
        assert_eq!(house.get(&caller, &format!("{ITEMS}(1)/versions")).status, status);
        assert_eq!(
            house.get(&caller, &format!("{ITEMS}(1)/AttachmentFiles")).status,
            status
        );
        assert_eq!(house.get(&caller, ITEMS).values().len(), count);
        let changes = json!({"query": {"Item": true, "Add": true}});
        let seen = house.post(&caller, "web/lists/getbytitle('PFInbox')/getchanges", &changes);
        assert_eq!(seen.values().len(), count);
        let edited = house.merge(&caller, &format!("{ITEMS}(1)"), "*", &json!({"Title": "x"}));
        assert_eq!(edited.status, if status == 200 { 204 } else { 404 });
    }
}

#[test]
fn an_applicant_deletes_nothing_not_even_his_own_row() {
    let house = inbox();
    house.post(&person(SATO), ITEMS, &json!({"Title": "draft"}));
    let headers = [("x-http-method", "DELETE"), ("if-match", "*")];
    assert_eq!(
        house
            .send(&person(SATO), "POST", &format!("{ITEMS}(1)"), &headers, "")
            .status,
        403
    );
    assert_eq!(
        house
            .post(&person(SATO), &format!("{ITEMS}(1)/recycle"), &json!({}))
            .status,
        403
    );
    assert_eq!(house.get(&person(SATO), &format!("{ITEMS}(1)")).status, 200);
}

#[test]
fn what_was_recycled_shows_to_the_owner_and_can_be_restored_with_its_versions() {
    let house = inbox();
    house.post(&person(SATO), ITEMS, &json!({"Title": "one"}));
    house.merge(
        &person(SATO),
        &format!("{ITEMS}(1)"),
        "*",
        &json!({"Title": "two"}),
    );
    let bin = house.post(&app(), &format!("{ITEMS}(1)/recycle"), &json!({}));
    let id = bin.json["value"].as_str().unwrap().to_owned();
    assert_eq!(house.get(&person(SATO), "web/recyclebin").values().len(), 0);
    assert_eq!(house.get(&person(OWNER), "web/recyclebin").values().len(), 1);
    assert_eq!(
        house
            .post(
                &person(SATO),
                &format!("web/recyclebin('{id}')/restore"),
                &json!({})
            )
            .status,
        404
    );
    assert_eq!(
        house
            .post(
                &person(OWNER),
                &format!("web/recyclebin('{id}')/restore"),
                &json!({})
            )
            .status,
        200
    );
    assert_eq!(
        house
            .get(&person(SATO), &format!("{ITEMS}(1)/versions"))
            .values()
            .len(),
        2
    );
}

#[test]
fn each_version_keeps_its_own_editor_time_and_values() {
    let house = inbox();
    house.post(&person(SATO), ITEMS, &json!({"Title": "one"}));
    house.merge(&app(), &format!("{ITEMS}(1)"), "*", &json!({"Title": "two"}));
    let versions = house.get(
        &app(),
        &format!("{ITEMS}(1)/versions?$select=VersionLabel,Title,Editor"),
    );
    let seen: Vec<_> = versions
        .values()
        .iter()
        .map(|v| {
            (
                v["VersionLabel"].clone(),
                v["Title"].clone(),
                v["Editor"]["LookupValue"].clone(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (json!("2.0"), json!("two"), json!("SharePoint App")),
            (json!("1.0"), json!("one"), json!("sato")),
        ]
    );
}

#[test]
fn the_editor_is_rewritten_by_owners_and_apps_but_not_by_an_applicant() {
    for (caller, forged) in [(person(SATO), false), (person(OWNER), true), (app(), true)] {
        let house = inbox();
        house.post(&person(SATO), ITEMS, &json!({"Title": "one"}));
        let key = json!([{"Key": "i:0#.f|membership|mori@contoso.onmicrosoft.com"}]).to_string();
        let body =
            json!({"bNewDocumentUpdate": true, "formValues": [{"FieldName": "Editor", "FieldValue": key}]});
        let told = house.post(&caller, &format!("{ITEMS}(1)/ValidateUpdateListItem()"), &body);
        assert_eq!(told.status, 200, "{}", told.json);
        let item = house.get(
            &app(),
            &format!("{ITEMS}(1)?$select=Id,Editor/Title&$expand=Editor"),
        );
        assert_eq!(item.json["Editor"]["Title"] == "mori", forged);
    }
}
