//! Moving items and folders.

use serde_json::{Value, json};

use super::folders::{LIST, ROOT, folder, item, made, move_to, place_of};
use super::harness::{DECIDE, MORI, SATO, app, person};
use crate::switches::Switches;

#[test]
fn a_move_keeps_number_history_and_etag_and_is_told_as_a_rename() {
    let house = made();
    item(&house, "one");
    house.merge(&app(), &format!("{LIST}/items(1)"), "*", &json!({"Title": "two"}));
    folder(&house, ROOT, &json!("closed"));
    let before = house.get(&app(), &format!("{LIST}/items(1)"));
    let token = house.get(&app(), LIST).json["CurrentChangeToken"].clone();
    assert_eq!(
        move_to(
            &house,
            &format!("{ROOT}/1_.000"),
            &format!("{ROOT}/closed/1_.000")
        ),
        200
    );
    let after = house.get(&app(), &format!("{LIST}/items(1)"));
    assert_eq!(before.json, after.json);
    assert_eq!(before.header("etag"), after.header("etag"));
    assert_eq!(
        house
            .get(&app(), &format!("{LIST}/items(1)/versions"))
            .values()
            .len(),
        2
    );
    assert_eq!(
        place_of(&house, 1)["FileDirRef"],
        "/sites/flow/Lists/PFArchive/closed"
    );
    let query = json!({"query": {"Item": true, "Rename": true, "Update": true, "Move": true, "ChangeTokenStart": token}});
    let told = house.post(&app(), &format!("{LIST}/getchanges"), &query);
    let types: Vec<&Value> = told.values().iter().map(|change| &change["ChangeType"]).collect();
    assert_eq!(types.last(), Some(&&json!(4)));
    let back = format!(
        "web/GetFileByServerRelativeUrl('{ROOT}/closed/1_.000')/moveto(newurl='{ROOT}/1_.000',flags=1)"
    );
    let back = house.post(&app(), &back, &json!({}));
    assert_eq!((back.status, back.json), (200, json!({"odata.null": true})));
    assert_eq!(
        place_of(&house, 1)["FileRef"],
        "/sites/flow/Lists/PFArchive/1_.000"
    );
}

#[test]
fn a_move_may_be_told_as_away_and_into() {
    let house = made();
    house.world.tenant().switches = Switches {
        move_logged_as_away_and_into: true,
        ..Switches::default()
    };
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
    let query = json!({"query": {"Item": true, "Rename": true, "Move": true}});
    let told = house.post(&app(), &format!("{LIST}/getchanges"), &query);
    let types: Vec<&Value> = told.values().iter().map(|change| &change["ChangeType"]).collect();
    assert_eq!(types, [&json!(5), &json!(6)]);
}

#[test]
fn items_in_a_folder_inherit_from_it_and_an_own_scope_survives_the_move() {
    let house = made();
    let level = house.level("PF-Decide", DECIDE);
    let (mori, sato) = (house.ensure(MORI), house.ensure(SATO));
    item(&house, "inherits");
    item(&house, "unique");
    folder(&house, ROOT, &json!("closed"));
    let unseal = |object: &str| {
        house
            .post(
                &app(),
                &format!("{LIST}/items({object})/breakroleinheritance(false,true)"),
                &json!({}),
            )
            .status
    };
    assert_eq!((unseal("3"), unseal("2")), (200, 200));
    house.give(&format!("{LIST}/items(3)"), mori, level);
    house.give(&format!("{LIST}/items(2)"), sato, level);
    for id in [1, 2] {
        assert_eq!(
            move_to(
                &house,
                &format!("{ROOT}/{id}_.000"),
                &format!("{ROOT}/closed/{id}_.000")
            ),
            200
        );
    }
    let sees = |name: &str, id: u32| house.get(&person(name), &format!("{LIST}/items({id})")).status;
    assert_eq!((sees(MORI, 1), sees(MORI, 2)), (200, 404));
    assert_eq!((sees(SATO, 1), sees(SATO, 2)), (404, 200));
    let above = house.get(
        &app(),
        &format!("{LIST}/items(1)/FirstUniqueAncestorSecurableObject"),
    );
    assert_eq!(above.json["Id"], 3);
    assert_eq!(
        house
            .post(
                &app(),
                &format!("{LIST}/items(2)/resetroleinheritance"),
                &json!({})
            )
            .status,
        200
    );
    assert_eq!((sees(MORI, 2), sees(SATO, 2)), (200, 404));
}

#[test]
fn who_may_not_add_in_the_folder_moves_nothing_there() {
    let house = made();
    let (level, mori) = (house.level("PF-Decide", DECIDE), house.ensure(MORI));
    item(&house, "one");
    folder(&house, ROOT, &json!("closed"));
    house.give("web", mori, level);
    let path = format!(
        "web/GetFileByServerRelativeUrl('{ROOT}/1_.000')/moveto(newurl='{ROOT}/closed/1_.000',flags=1)"
    );
    assert_eq!(house.post(&person(MORI), &path, &json!({})).status, 403);
    let renamed = move_to(
        &house,
        &format!("{ROOT}/1_.000"),
        &format!("{ROOT}/closed/9_.000"),
    );
    assert_eq!(renamed, 400);
    assert_eq!(
        place_of(&house, 1)["FileRef"],
        "/sites/flow/Lists/PFArchive/1_.000"
    );
}

#[test]
fn folders_move_with_what_lies_in_them_but_not_into_themselves() {
    let house = made();
    folder(&house, ROOT, &json!("a"));
    folder(&house, ROOT, &json!("b"));
    folder(&house, &format!("{ROOT}/a"), &json!("in a"));
    let path = |from: &str, to: &str| {
        format!(
            "web/GetFolderByServerRelativePath(decodedUrl='{ROOT}/{from}')/MoveToUsingPath(DecodedUrl='{ROOT}/{to}')"
        )
    };
    assert_eq!(house.post(&app(), &path("a", "a/in a/a"), &json!({})).status, 500);
    assert_eq!(house.post(&app(), &path("a", "b/c"), &json!({})).status, 200);
    assert_eq!(
        place_of(&house, 3)["FileRef"],
        "/sites/flow/Lists/PFArchive/b/c/in a"
    );
}
