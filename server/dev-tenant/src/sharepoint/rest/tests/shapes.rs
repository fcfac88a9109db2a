//! One endpoint, five shapes.

use serde_json::{Value, json};

use super::harness::{app, house};

#[test]
fn each_accept_header_gets_its_own_shape_and_link() {
    let house = house();
    house.list("Things");
    for title in ["a", "b"] {
        house.post(
            &app(),
            "web/lists/getbytitle('Things')/items",
            &json!({"Title": title}),
        );
    }
    let path = "web/lists/getbytitle('Things')/items?$select=Title&$top=1";
    let read = |accept: &str, version: &str| -> Value {
        let headers = [("accept", accept), ("odata-version", version)];
        house.send(&app(), "GET", path, &headers, "").json
    };
    let verbose = read("application/json;odata=verbose", "3.0");
    assert_eq!(verbose["d"]["results"][0]["Title"], "a");
    assert_eq!(
        verbose["d"]["results"][0]["__metadata"]["type"],
        "SP.Data.ThingsListItem"
    );
    assert!(verbose["d"]["__next"].is_string());
    let plain = read("application/json", "3.0");
    assert_eq!(plain["value"][0]["odata.type"], "SP.Data.ThingsListItem");
    assert!(plain["odata.nextLink"].is_string());
    let bare = read("application/json;odata=nometadata", "3.0");
    assert_eq!(bare["value"][0], json!({"Title": "a"}));
    assert!(bare["odata.nextLink"].is_string());
    let four = read("application/json;odata.metadata=minimal", "4.0");
    assert_eq!(four["value"][0]["@odata.type"], "#SP.Data.ThingsListItem");
    assert!(four["@odata.nextLink"].is_string());
    let bare_four = read("application/json;odata.metadata=none", "4.0");
    assert_eq!(bare_four["value"][0], json!({"Title": "a"}));
    assert!(bare_four["@odata.nextLink"].is_string());
    let atom = house.send(&app(), "GET", path, &[("accept", "application/atom+xml")], "");
    assert_eq!(
        (atom.status, &atom.json["error"]["code"]),
        (501, &json!("notModelled"))
    );
}

#[test]
fn a_refusal_has_the_shape_that_was_asked_for() {
    let house = house();
    let path = "web/lists/getbytitle('Nothing')";
    let bare = house.get(&app(), path);
    assert_eq!(bare.status, 404);
    assert_eq!(
        bare.json,
        json!({"odata.error": {"code": "-1, System.ArgumentException", "message": {
            "lang": "en-US", "value": "List 'Nothing' does not exist at site with URL '/sites/flow'."
        }}})
    );
    let verbose = house.send(
        &app(),
        "GET",
        path,
        &[("accept", "application/json;odata=verbose")],
        "",
    );
    assert_eq!(verbose.json["error"]["code"], "-1, System.ArgumentException");
}

#[test]
fn every_spelling_of_a_list_finds_it() {
    let house = house();
    house.list("O'Neil");
    let id = house.get(&app(), "web/lists/getByTitle('O''Neil')").json["Id"]
        .as_str()
        .unwrap()
        .to_owned();
    for path in [
        format!("web/lists('{id}')"),
        format!("web/lists(guid'{id}')"),
        format!("Web/Lists/GetById('{id}')"),
        format!("lists('{id}')"),
        "web/getlist('/sites/flow/Lists/ONeil')".to_owned(),
        "web/GetList(@a1)?@a1='%2Fsites%2Fflow%2FLists%2FONeil'".to_owned(),
    ] {
        assert_eq!(house.get(&app(), &path).json["Title"], "O'Neil", "{path}");
    }
}
