//! Deleting versions, and what the change log tells to whom.

use serde_json::{Value, json};

use super::harness::{APPLY, DECIDE, House, MORI, app, house, person};
use crate::caller::Caller;
use crate::switches::Switches;

const LIST: &str = "web/lists/getbytitle('PFApplications')";

/// An item with versions 1.0 to 3.0.
fn edited() -> House {
    let house = house();
    house.list("PFApplications");
    house.post(&app(), &format!("{LIST}/items"), &json!({"Title": "one"}));
    for title in ["two", "three"] {
        house.merge(&app(), &format!("{LIST}/items(1)"), "*", &json!({"Title": title}));
    }
    house
}

fn labels(house: &House) -> Vec<Value> {
    let versions = house.get(&app(), &format!("{LIST}/items(1)/versions"));
    versions
        .values()
        .iter()
        .map(|version| version["VersionLabel"].clone())
        .collect()
}

#[test]
fn owners_delete_versions_in_every_spelling_and_others_none() {
    let house = edited();
    let delete = |caller: &Caller, how: &str| {
        house
            .post(caller, &format!("{LIST}/items(1)/versions{how}"), &json!({}))
            .status
    };
    let (level, mori) = (house.level("PF-Decide", DECIDE), house.ensure(MORI));
    house.give("web", mori, level);
    assert_eq!(delete(&person(MORI), "(512)/deleteObject"), 403);
    assert_eq!(delete(&app(), "/DeleteByLabel(versionlabel='3.0')"), 500);
    assert_eq!(delete(&app(), "/DeleteByLabel(versionlabel='9.0')"), 404);
    assert_eq!(delete(&app(), "/DeleteByLabel(versionlabel='2.0')"), 200);
    assert_eq!(labels(&house), ["3.0", "1.0"]);
    assert_eq!(delete(&app(), "(512)/deleteObject"), 200);
    assert_eq!(labels(&house), ["3.0"]);
}

#[test]
fn a_list_keeps_no_more_versions_than_its_limit() {
    let house = edited();
    house.merge(&app(), LIST, "*", &json!({"MajorVersionLimit": 2}));
    house.merge(
        &app(),
        &format!("{LIST}/items(1)"),
        "*",
        &json!({"Title": "four"}),
    );
    assert_eq!(labels(&house), ["4.0", "3.0"]);
}

#[test]
fn bare_change_rows_show_to_whoever_opens_the_list_unless_trimmed() {
    let house = edited();
    let (level, mori) = (house.level("PF-Apply", APPLY), house.ensure(MORI));
    house.give("web", mori, level);
    house.post(
        &app(),
        &format!("{LIST}/items(1)/breakroleinheritance(false,true)"),
        &json!({}),
    );
    let rows = |trim: bool| {
        let query =
            json!({"query": {"Item": true, "Add": true, "Update": true, "RequireSecurityTrim": trim}});
        house
            .post(&person(MORI), &format!("{LIST}/getchanges"), &query)
            .values()
            .len()
    };
    assert_eq!((rows(false), rows(true)), (0, 0));
    house.world.tenant().switches = Switches {
        changes_untrimmed: true,
        ..Switches::default()
    };
    assert_eq!((rows(false), rows(true)), (3, 0));
}

fn since(house: &House, token: &str, limit: &str) -> String {
    let query = json!({"query": {"ChangeToken": token, "Query": "<Query/>", "QueryOptions": "<QueryOptions/>", "RowLimit": limit}});
    let answer = house.post(&app(), &format!("{LIST}/GetListItemChangesSinceToken"), &query);
    assert_eq!(answer.status, 200);
    String::from_utf8(answer.reply.body).unwrap()
}

#[test]
fn changes_since_a_token_bring_the_items_as_they_are_now() {
    let house = edited();
    house.post(
        &app(),
        &format!("{LIST}/items"),
        &json!({"Title": "<gone> & 'quoted'"}),
    );
    let all = since(&house, "", "100");
    assert!(
        all.contains("ItemCount=\"2\"") && all.contains("ows_Title='three'"),
        "{all}"
    );
    assert!(
        all.contains("ows_Title='&lt;gone&gt; &amp; &apos;quoted&apos;'"),
        "{all}"
    );
    assert!(since(&house, "", "1").contains("ListItemCollectionPositionNext=\"Paged=TRUE&amp;p_ID=1\""));
    let token = all
        .split("LastChangeToken=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(since(&house, token, "100").contains("<rs:data ItemCount=\"0\"></rs:data>"));
    house.merge(
        &app(),
        &format!("{LIST}/items(1)"),
        "*",
        &json!({"Title": "four"}),
    );
    house.send(
        &app(),
        "DELETE",
        &format!("{LIST}/items(2)"),
        &[("if-match", "*")],
        "",
    );
    let told = since(&house, token, "100");
    assert!(
        told.contains("ItemCount=\"1\"") && told.contains("ows_Title='four'"),
        "{told}"
    );
    assert!(
        told.contains("<Id ChangeType=\"Delete\"") && told.contains(">2</Id>"),
        "{told}"
    );
}
