//! Folders in lists and their permissions.

use serde_json::{Value, json};

use super::harness::{DECIDE, House, MORI, app, house, person};
use crate::sharepoint::state::role::LIMITED_ACCESS;

pub(super) const LIST: &str = "web/lists/getbytitle('PFArchive')";
pub(super) const ROOT: &str = "/sites/flow/Lists/PFArchive";

pub(super) fn made() -> House {
    let house = house();
    house.list("PFArchive");
    house
}

pub(super) fn folder(house: &House, place: &str, name: &Value) -> Value {
    let body = json!({
        "listItemCreateInfo": {"FolderPath": {"DecodedUrl": place}, "UnderlyingObjectType": 1, "LeafName": name},
        "formValues": [], "bNewDocumentUpdate": false,
    });
    let made = house.post(&app(), &format!("{LIST}/AddValidateUpdateItemUsingPath"), &body);
    assert_eq!(made.status, 200, "{}", made.json);
    made.json["value"].as_array().unwrap().last().unwrap()["FieldValue"].clone()
}

pub(super) fn item(house: &House, title: &str) {
    let made = house.post(&app(), &format!("{LIST}/items"), &json!({"Title": title}));
    assert_eq!(made.status, 201, "{}", made.json);
}

pub(super) fn place_of(house: &House, id: u32) -> Value {
    house
        .get(
            &app(),
            &format!("{LIST}/items({id})?$select=FileRef,FileDirRef,FileLeafRef,FSObjType"),
        )
        .json
}

pub(super) fn move_to(house: &House, from: &str, to: &str) -> u16 {
    let path = format!(
        "web/GetFileByServerRelativePath(decodedUrl='{from}')/MoveToUsingPath(DecodedUrl='{to}',moveOperations=1)"
    );
    house.post(&app(), &path, &json!({})).status
}

#[test]
fn folders_are_items_with_an_address() {
    let house = made();
    assert_eq!(folder(&house, ROOT, &json!({"DecodedUrl": "2026"})), "1");
    assert_eq!(folder(&house, &format!("{ROOT}/2026"), &json!("11")), "2");
    let inner = place_of(&house, 2);
    assert_eq!(inner["FileRef"], "/sites/flow/Lists/PFArchive/2026/11");
    assert_eq!(inner["FileDirRef"], "/sites/flow/Lists/PFArchive/2026");
    assert_eq!(
        (&inner["FSObjType"], &inner["FileLeafRef"]),
        (&json!("1"), &json!("11"))
    );
    let found = house.get(&app(), "web/GetFolderByServerRelativePath(decodedUrl='/sites/flow/Lists/PFArchive/2026/11')/ListItemAllFields");
    assert_eq!(
        (&found.json["Id"], &found.json["FileSystemObjectType"]),
        (&json!(2), &json!(1))
    );
    let taken = json!({"listItemCreateInfo": {"FolderPath": {"DecodedUrl": ROOT}, "UnderlyingObjectType": 1, "LeafName": "2026"}, "formValues": []});
    let taken = house.post(&app(), &format!("{LIST}/AddValidateUpdateItemUsingPath"), &taken);
    assert_eq!(taken.json["value"][0], Value::Null);
    assert_eq!(house.get(&app(), &format!("{LIST}/items")).values().len(), 2);
}

#[test]
fn an_item_is_created_in_a_folder() {
    let house = made();
    folder(&house, ROOT, &json!("closed"));
    let body = json!({
        "listItemCreateInfo": {"FolderPath": {"DecodedUrl": format!("{ROOT}/closed")}, "UnderlyingObjectType": 0},
        "formValues": [{"FieldName": "Title", "FieldValue": "x"}],
    });
    let added = house.post(&app(), &format!("{LIST}/AddValidateUpdateItemUsingPath"), &body);
    assert_eq!(added.status, 200, "{}", added.json);
    assert_eq!(
        place_of(&house, 2)["FileRef"],
        "/sites/flow/Lists/PFArchive/closed/2_.000"
    );
    let nowhere = json!({"listItemCreateInfo": {"FolderPath": {"DecodedUrl": format!("{ROOT}/nowhere")}, "UnderlyingObjectType": 0}, "formValues": []});
    let refused = house.post(
        &app(),
        &format!("{LIST}/AddValidateUpdateItemUsingPath"),
        &nowhere,
    );
    assert_eq!(refused.status, 404);
}

#[test]
fn rights_on_an_item_bring_limited_access_on_its_folder() {
    let house = made();
    let (level, mori) = (house.level("PF-Decide", DECIDE), house.ensure(MORI));
    item(&house, "one");
    folder(&house, ROOT, &json!("closed"));
    assert_eq!(
        move_to(
            &house,
            &format!("{ROOT}/1_.000"),
            &format!("{ROOT}/closed/1_.000")
        ),
        200
    );
    for id in [2, 1] {
        house.post(
            &app(),
            &format!("{LIST}/items({id})/breakroleinheritance(false)"),
            &json!({}),
        );
    }
    house.give(&format!("{LIST}/items(1)"), mori, level);
    let rows = house.get(
        &app(),
        &format!("{LIST}/items(2)/roleassignments?$expand=RoleDefinitionBindings"),
    );
    let row = rows
        .values()
        .iter()
        .find(|row| row["PrincipalId"] == mori)
        .unwrap();
    assert_eq!(row["RoleDefinitionBindings"][0]["Id"], LIMITED_ACCESS.0);
    // The way through a folder is no right to read it.
    assert_eq!(house.get(&person(MORI), &format!("{LIST}/items(2)")).status, 404);
    assert_eq!(house.get(&person(MORI), &format!("{LIST}/items(1)")).status, 200);
}

#[test]
fn caml_looks_into_one_folder_or_through_all() {
    let house = made();
    item(&house, "one");
    item(&house, "two");
    folder(&house, ROOT, &json!("closed"));
    assert_eq!(
        move_to(
            &house,
            &format!("{ROOT}/1_.000"),
            &format!("{ROOT}/closed/1_.000")
        ),
        200
    );
    let ids = |view: &str, folder: Option<&str>| -> Vec<u64> {
        let query = json!({"query": {"ViewXml": view, "FolderServerRelativeUrl": folder}});
        let found = house.post(&app(), &format!("{LIST}/GetItems"), &query);
        found
            .values()
            .iter()
            .map(|item| item["Id"].as_u64().unwrap())
            .collect()
    };
    let closed = format!("{ROOT}/closed");
    assert_eq!(ids("<View/>", None), [2, 3]);
    assert_eq!(ids("<View/>", Some(&closed)), [1]);
    assert_eq!(ids("<View Scope='RecursiveAll'/>", None), [1, 2, 3]);
    assert_eq!(
        ids("<View Scope='Recursive'><RowLimit>9</RowLimit></View>", None),
        [1, 2]
    );
    assert_eq!(ids("<View Scope='RecursiveAll'/>", Some(&closed)), [1]);
    assert!(ids("<View/>", Some("/sites/flow/Lists/PFArchive/none")).is_empty());
    let by_folder = "<View Scope='RecursiveAll'><Query><Where><Eq><FieldRef Name='FileDirRef'/><Value Type='Text'>/sites/flow/Lists/PFArchive/closed</Value></Eq></Where></Query></View>";
    assert_eq!(ids(by_folder, None), [1]);
}

#[test]
fn breaking_a_folder_clears_the_scopes_in_it_when_asked_to() {
    let house = made();
    item(&house, "one");
    folder(&house, ROOT, &json!("closed"));
    assert_eq!(
        move_to(
            &house,
            &format!("{ROOT}/1_.000"),
            &format!("{ROOT}/closed/1_.000")
        ),
        200
    );
    house.post(
        &app(),
        &format!("{LIST}/items(1)/breakroleinheritance(false)"),
        &json!({}),
    );
    let scopes = |house: &House| {
        let tenant = house.world.tenant();
        let mut lists = tenant.sharepoint.sites[0].lists.values();
        lists
            .find(|list| list.title == "PFArchive")
            .unwrap()
            .items
            .unique_scopes()
    };
    assert_eq!(scopes(&house), 1);
    house.post(
        &app(),
        &format!("{LIST}/items(2)/breakroleinheritance(false,true)"),
        &json!({}),
    );
    assert_eq!(scopes(&house), 1);
    let own = house.get(
        &app(),
        &format!("{LIST}/items(1)?$select=HasUniqueRoleAssignments"),
    );
    assert_eq!(own.json["HasUniqueRoleAssignments"], false);
}
