//! Content types of the site, of a list, of an item.

use serde_json::{Value, json};

use super::harness::{House, app, house};

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

#[test]
fn a_content_type_leaves_a_list_when_nothing_is_of_it() {
    let house = house();
    house.list("Things");
    let add = format!("{LIST}/contenttypes/addavailablecontenttype");
    let task = house.post(&app(), &add, &json!({"contentTypeId": "0x0108"})).json["StringId"].clone();
    let task = task.as_str().unwrap();
    house.post(
        &app(),
        &format!("{LIST}/items"),
        &json!({"Title": "one", "ContentTypeId": task}),
    );
    let path = format!("{LIST}/contenttypes('{task}')");
    let before = types(&house).len();
    let gone = || {
        house
            .send(&app(), "DELETE", &path, &[("if-match", "*")], "")
            .status
    };
    assert_eq!(gone(), 500, "an item is of it");
    house.send(
        &app(),
        "DELETE",
        &format!("{LIST}/items(1)"),
        &[("if-match", "*")],
        "",
    );
    assert_eq!(gone(), 200);
    assert_eq!(types(&house).len(), before - 1);
    assert_eq!(house.get(&app(), &path).status, 404);
}
