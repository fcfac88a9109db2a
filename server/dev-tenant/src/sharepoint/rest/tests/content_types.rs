//! Content types of the site, of a list, of an item.

use serde_json::{Value, json};

use super::harness::{Answer, House, app, grant, house};
use crate::sharepoint::state::people::GrantRole;

const LIST: &str = "web/lists/getbytitle('Things')";

fn types(house: &House) -> Vec<Value> {
    house
        .get(&app(), &format!("{LIST}/contenttypes"))
        .values()
        .clone()
}

#[test]
fn a_list_takes_one_of_the_sites_content_types_and_an_item_is_of_it() {
    let house = house();
    house.list("Things");
    let offered = house.get(&app(), "web/availablecontenttypes").values().clone();
    assert!(
        offered.iter().any(|one| one["StringId"] == "0x0108"),
        "{offered:?}"
    );
    assert_eq!(
        house.get(&app(), "web/contenttypes('0x0108')").json["Name"],
        "Task"
    );
    let added = house.post(
        &app(),
        &format!("{LIST}/contenttypes/addavailablecontenttype"),
        &json!({"contentTypeId": "0x0108"}),
    );
    let task = added.json["StringId"].as_str().unwrap().to_owned();
    assert!(task.starts_with("0x010800"), "{task}");

    let item = house.post(
        &app(),
        &format!("{LIST}/items"),
        &json!({"Title": "one", "ContentTypeId": "0x0108"}),
    );
    assert_eq!((item.status, &item.json["ContentTypeId"]), (201, &json!(task)));
    let plain = house.post(&app(), &format!("{LIST}/items"), &json!({"Title": "two"}));
    assert_ne!(plain.json["ContentTypeId"], json!(task));
    let other = json!({"ContentTypeId": "0x0104"});
    assert_eq!(
        house
            .merge(&app(), &format!("{LIST}/items(2)"), "*", &other)
            .status,
        400,
        "not the list's"
    );
    assert_eq!(
        house
            .merge(
                &app(),
                &format!("{LIST}/items(2)"),
                "*",
                &json!({"ContentTypeId": task})
            )
            .status,
        204
    );
    let kind = house.get(&app(), &format!("{LIST}/items(2)/contenttype")).json;
    assert_eq!(kind["Name"], "Task");
}

fn add(house: &House, site_type: &str) -> Answer {
    let path = format!("{LIST}/contenttypes/addavailablecontenttype");
    house.post(&app(), &path, &json!({"contentTypeId": site_type}))
}

/// A house with the list and the address of its own copy of Task.
fn with_task() -> (House, String) {
    let house = house();
    house.list("Things");
    let task = add(&house, "0x0108").json["StringId"].clone();
    let path = format!("{LIST}/contenttypes('{}')", task.as_str().unwrap());
    (house, path)
}

fn delete(house: &House, path: &str) -> Answer {
    house.send(&app(), "DELETE", path, &[("if-match", "*")], "")
}

fn refused(answer: &Answer) -> (u16, &str, &str) {
    let text = answer.json["odata.error"]["message"]["value"].as_str();
    (answer.status, answer.code(), text.unwrap_or_default())
}

#[test]
fn a_content_type_leaves_a_list_when_nothing_is_of_it() {
    let (house, path) = with_task();
    let task = house.get(&app(), &path).json["StringId"].clone();
    let item = json!({"Title": "one", "ContentTypeId": task});
    house.post(&app(), &format!("{LIST}/items"), &item);
    let before = types(&house).len();
    assert_eq!(
        refused(&delete(&house, &path)),
        (
            500,
            "-2146232832, Microsoft.SharePoint.SPException",
            "Content type is still in use."
        )
    );
    let bin = house.post(&app(), &format!("{LIST}/items(1)/recycle"), &json!({}));
    assert_eq!(delete(&house, &path).status, 200);
    assert_eq!(types(&house).len(), before - 1);
    assert_eq!(house.get(&app(), &path).status, 404);
    // The item comes back as one of what the list has.
    let restore = format!(
        "web/recyclebin('{}')/restore",
        bin.json["value"].as_str().unwrap()
    );
    assert_eq!(house.post(&app(), &restore, &json!({})).status, 200);
    let kind = house.get(&app(), &format!("{LIST}/items(1)/contenttype")).json;
    assert_eq!(kind["Name"], "Item");
}

#[test]
fn the_last_content_type_for_items_stays() {
    let (house, task) = with_task();
    let all = types(&house);
    let item = all.iter().find(|one| one["Name"] == "Item").unwrap();
    let item = format!("{LIST}/contenttypes('{}')", item["StringId"].as_str().unwrap());
    assert_eq!(delete(&house, &item).status, 200);
    assert_eq!(
        refused(&delete(&house, &task)).2,
        "The last content type on a list cannot be deleted."
    );
    assert_eq!(house.get(&app(), &task).status, 200);
}

#[test]
fn a_list_changes_its_own_content_type_and_the_sites_stays() {
    let (house, path) = with_task();
    let id = house.get(&app(), &path).json["StringId"].clone();
    let id = id.as_str().unwrap();
    let renamed =
        json!({"__metadata": {"type": "SP.ContentType"}, "Name": "申請", "Description": "d", "Group": "g"});
    assert_eq!(house.merge(&app(), &path, "*", &renamed).status, 204);
    let by_address = format!("web/getlist('/sites/flow/Lists/Things')/contenttypes('{id}')");
    let form = json!({"Hidden": true, "NewFormUrl": "/n.aspx", "EditFormClientSideComponentId": "c", "DisplayFormUrl": null});
    let changed = house.send(&app(), "PATCH", &by_address, &[], form.to_string());
    assert_eq!((changed.status, changed.reply.body.len()), (204, 0));
    let by_id = format!("{LIST}/contenttypes/getbyid('{id}')");
    assert_eq!(
        house
            .send(&app(), "MERGE", &by_id, &[], json!({"Group": "h"}).to_string())
            .status,
        204
    );
    let told = house.get(&app(), &path).json;
    let expected = json!({
        "Name": "申請", "Description": "d", "Group": "h", "Hidden": true, "ReadOnly": false,
        "NewFormUrl": "/n.aspx", "EditFormClientSideComponentId": "c", "EditFormUrl": "", "DisplayFormUrl": "",
    });
    for (member, value) in expected.as_object().unwrap() {
        assert_eq!(&told[member], value, "{member}");
    }
    assert_eq!(
        house.get(&app(), "web/contenttypes('0x0108')").json["Name"],
        "Task"
    );
    assert!(
        house
            .keys()
            .contains("sharepoint:update-content-type:Lists/Things:申請")
    );
    // Its name of before is free again.
    assert_eq!(add(&house, "0x0108").status, 200);
}

#[test]
fn two_content_types_of_a_list_never_bear_one_name() {
    let (house, path) = with_task();
    let (duplicate, twice) = (json!({"Name": "item"}), add(&house, "0x0108"));
    let answer = house.merge(&app(), &path, "*", &duplicate);
    assert_eq!(
        refused(&answer),
        (
            500,
            "-2146232832, Microsoft.SharePoint.SPException",
            "A duplicate content type \"item\" was found."
        )
    );
    assert_eq!(refused(&twice).2, "A duplicate content type \"Task\" was found.");
    // Its own name, in whatever case, is no duplicate.
    assert_eq!(
        house.merge(&app(), &path, "*", &json!({"Name": "TASK"})).status,
        204
    );
    for name in [
        String::new(),
        "a/b".to_owned(),
        "a..b".to_owned(),
        "x".repeat(129),
    ] {
        let answer = house.merge(&app(), &path, "*", &json!({"Name": name}));
        assert_eq!(answer.status, 500, "{name}");
        assert!(
            answer.code().ends_with("SPInvalidContentTypeNameException"),
            "{name}"
        );
    }
    assert_eq!(house.get(&app(), &path).json["Name"], "TASK");
}

#[test]
fn what_is_no_property_of_a_content_type_is_refused_and_nothing_changes() {
    let (house, path) = with_task();
    let before = house.get(&app(), &path).json;
    let strange = house.merge(&app(), &path, "*", &json!({"Group": "g", "Titel": "t"}));
    assert_eq!(
        refused(&strange),
        (
            400,
            "-1, Microsoft.SharePoint.Client.InvalidClientQueryException",
            "The property 'Titel' does not exist on type 'SP.ContentType'. Make sure to only use property names that are defined by the type."
        )
    );
    for wrong in [json!({"Hidden": "yes"}), json!({"Name": 1})] {
        assert_eq!(house.merge(&app(), &path, "*", &wrong).status, 400, "{wrong}");
    }
    for unkept in [json!({"JSLink": "x.js"}), json!({"StringId": "0x01"})] {
        let answer = house.merge(&app(), &path, "*", &unkept);
        assert_eq!(
            (answer.status, answer.code()),
            (501, "-1, NotModelled"),
            "{unkept}"
        );
    }
    let site = house.merge(&app(), "web/contenttypes('0x0108')", "*", &json!({"Name": "x"}));
    assert_eq!((site.status, site.code()), (501, "-1, NotModelled"));
    let missing = format!("{LIST}/contenttypes('0x0104')");
    assert_eq!(
        house.merge(&app(), &missing, "*", &json!({"Name": "x"})).status,
        404
    );
    assert_eq!(house.get(&app(), &path).json, before);
}

#[test]
fn a_read_only_content_type_changes_only_when_it_is_opened() {
    let (house, path) = with_task();
    let merge = |body: Value| house.merge(&app(), &path, "*", &body);
    assert_eq!(merge(json!({"ReadOnly": true})).status, 204);
    let expected = (
        500,
        "-2146232832, Microsoft.SharePoint.SPContentTypeReadOnlyException",
        "The content type \"Task\" at \"/sites/flow/Lists/Things\" is read only.",
    );
    assert_eq!(refused(&merge(json!({"Name": "x"}))), expected);
    assert_eq!(refused(&delete(&house, &path)), expected);
    assert_eq!(merge(json!({"ReadOnly": false, "Name": "x"})).status, 204);
    assert_eq!(house.get(&app(), &path).json["Name"], "x");
}

#[test]
fn content_types_are_changed_by_those_who_manage_the_list() {
    let (house, path) = with_task();
    for (role, status) in [(GrantRole::Write, 403), (GrantRole::Manage, 204)] {
        grant(&house, role);
        let answer = house.merge(&app(), &path, "*", &json!({"Group": "g"}));
        assert_eq!(answer.status, status, "{role:?}");
    }
    grant(&house, GrantRole::Write);
    assert_eq!(delete(&house, &path).status, 403);
}
