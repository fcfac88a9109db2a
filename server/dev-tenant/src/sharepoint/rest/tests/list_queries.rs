//! Queries that are sent as POST.

use serde_json::json;

use super::harness::{app, house};

#[test]
fn get_items_answers_a_caml_query_and_writes_dates_without_zone_unless_asked() {
    let house = house();
    house.list("Things");
    for title in ["a", "b", "c"] {
        house.post(
            &app(),
            "web/lists/getbytitle('Things')/items",
            &json!({"Title": title}),
        );
    }
    let view = "<View><Query><Where><Neq><FieldRef Name='Title'/><Value Type='Text'>b</Value></Neq></Where></Query><RowLimit>1</RowLimit></View>";
    let ask = |position: &str, utc: bool| {
        let query = json!({"ViewXml": view, "DatesInUtc": utc, "ListItemCollectionPosition": {"PagingInfo": position}});
        house.post(
            &app(),
            "web/lists/getbytitle('Things')/GetItems",
            &json!({"query": query}),
        )
    };
    let first = ask("", false);
    assert_eq!((first.status, first.values().len()), (200, 1));
    assert_eq!(first.values()[0]["Title"], "a");
    assert!(!first.values()[0]["Created"].as_str().unwrap().ends_with('Z'));
    let second = ask("Paged=TRUE&p_ID=1", true);
    assert_eq!(second.values()[0]["Title"], "c");
    assert!(second.values()[0]["Created"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn a_list_is_rendered_as_a_stream() {
    let house = house();
    house.list("Things");
    house.post(
        &app(),
        "web/lists/getbytitle('Things')/items",
        &json!({"Title": "a"}),
    );
    let body = json!({"parameters": {"RenderOptions": 2}});
    let answer = house.post(
        &app(),
        "web/lists/getbytitle('Things')/RenderListDataAsStream",
        &body,
    );
    assert_eq!(answer.json["Row"][0]["ID"], "1");
    let unread = house.post(
        &app(),
        "web/lists/getbytitle('Things')/GetItems",
        &json!({"query": {"ViewXml": "<View"}}),
    );
    assert_eq!(unread.status, 500);
}
