//! Conflicts, digests, limits.

use serde_json::json;

use super::harness::{House, MORI, OWNER, app, browser, house, person};

const LIST: &str = "web/lists/getbytitle('Things')";

fn things() -> House {
    let house = house();
    house.list("Things");
    house
}

fn field(house: &House, schema: &str) {
    let body = json!({"parameters": {"SchemaXml": schema, "Options": 8}});
    let made = house.post(&app(), &format!("{LIST}/fields/createfieldasxml"), &body);
    assert_eq!(made.status, 200, "{}", made.json);
}

#[test]
fn an_old_etag_is_a_412_and_a_star_overwrites() {
    let house = things();
    let made = house.post(&app(), &format!("{LIST}/items"), &json!({"Title": "one"}));
    let etag = made.header("etag").unwrap().to_owned();
    let path = format!("{LIST}/items(1)");
    let first = house.merge(&app(), &path, &etag, &json!({"Title": "two"}));
    assert_eq!(first.status, 204);
    assert_ne!(first.header("etag").unwrap(), etag);
    let second = house.merge(&app(), &path, &etag, &json!({"Title": "three"}));
    assert_eq!(second.status, 412);
    assert_eq!(
        second.code(),
        "-1, Microsoft.SharePoint.Client.ClientServiceException"
    );
    assert_eq!(
        house.merge(&app(), &path, "*", &json!({"Title": "four"})).status,
        204
    );
    assert_eq!(house.get(&app(), &path).json["Title"], "four");
}

#[test]
fn a_unique_column_takes_a_value_once() {
    let house = things();
    field(
        &house,
        r#"<Field Type="Text" Name="PFSource" DisplayName="Source" Indexed="TRUE" EnforceUniqueValues="TRUE"/>"#,
    );
    let body = json!({"Title": "x", "PFSource": "12.1"});
    assert_eq!(house.post(&app(), &format!("{LIST}/items"), &body).status, 201);
    let again = house.post(&app(), &format!("{LIST}/items"), &body);
    assert_eq!(again.status, 400);
    assert!(again.code().contains("SPDuplicateValuesFoundException"));
    assert!(
        house
            .keys()
            .contains("sharepoint:create-item:Lists/Things:PFSource=12.1")
    );
}

#[test]
fn a_browser_session_writes_only_with_its_own_fresh_digest() {
    let house = things();
    let path = format!("{LIST}/items");
    let write = |digest: &str| {
        let headers = [("x-requestdigest", digest)];
        house.send(&browser(OWNER), "POST", &path, &headers, r#"{"Title":"x"}"#)
    };
    assert_eq!(write("").status, 403);
    let info = house.post(&browser(OWNER), "contextinfo", &json!({}));
    let digest = info.json["FormDigestValue"].as_str().unwrap().to_owned();
    assert_eq!(write(&digest).status, 201);
    assert_eq!(write(&digest.replace("0x", "0xA")).status, 403);
    house.world.clock.advance(jiff::SignedDuration::from_secs(1801));
    let late = write(&digest);
    assert_eq!(late.status, 403);
    assert!(late.code().starts_with("-2130575251"));
    // A token needs none.
    assert_eq!(
        house.post(&person(OWNER), &path, &json!({"Title": "y"})).status,
        201
    );
}

#[test]
fn a_digest_of_one_person_is_worth_nothing_to_another() {
    let house = things();
    let mori = house.ensure(MORI);
    house.give("web", mori, 1_073_741_827);
    let info = house.post(&browser(OWNER), "contextinfo", &json!({}));
    let digest = info.json["FormDigestValue"].as_str().unwrap().to_owned();
    let headers = [("x-requestdigest", digest.as_str())];
    let stolen = house.send(
        &browser(MORI),
        "POST",
        &format!("{LIST}/items"),
        &headers,
        r#"{"Title":"x"}"#,
    );
    assert_eq!(stolen.status, 403);
}

#[test]
fn pages_follow_the_ids_and_the_filter_reads_plus_as_a_blank() {
    let house = things();
    for number in 1..=5 {
        house.post(
            &app(),
            &format!("{LIST}/items"),
            &json!({"Title": format!("t{number}")}),
        );
    }
    let first = house.get(&app(), &format!("{LIST}/items?$select=Id&$top=2&$filter=Id+gt+1"));
    assert_eq!(first.values().len(), 2);
    let next = first.json["odata.nextLink"].as_str().unwrap();
    assert!(next.contains("%24skiptoken=Paged%3dTRUE%26p_ID%3d3"));
    let next = next.split_once("/_api/").unwrap().1;
    let second = house.get(&app(), next);
    assert_eq!(
        second
            .values()
            .iter()
            .map(|item| item["Id"].as_u64().unwrap())
            .collect::<Vec<_>>(),
        [4, 5]
    );
    assert!(second.json.get("odata.nextLink").is_none());
}

#[test]
fn beyond_five_thousand_items_only_an_index_that_narrows_may_be_filtered() {
    let house = things();
    field(
        &house,
        r#"<Field Type="Text" Name="Kind" DisplayName="Kind" Indexed="TRUE"/>"#,
    );
    house.post(
        &app(),
        &format!("{LIST}/items"),
        &json!({"Title": "t", "Kind": "rare"}),
    );
    {
        let mut tenant = house.world.tenant();
        let list = tenant.sharepoint.sites[0]
            .lists
            .values_mut()
            .find(|list| list.title == "Things")
            .unwrap();
        let item = list.items.values().next().unwrap().clone();
        for number in 2..=5002 {
            let mut copy = item.clone();
            copy.id = crate::sharepoint::state::ids::ItemId(number);
            copy.versions[0].values.remove("Kind");
            list.items.insert(copy);
        }
    }
    let filtered = |filter: &str| house.get(&app(), &format!("{LIST}/items?$top=1&$filter={filter}"));
    let refused = filtered("Title eq 't'");
    assert_eq!(
        (refused.status, refused.code()),
        (500, "-2147024860, Microsoft.SharePoint.SPQueryThrottledException")
    );
    assert_eq!(filtered("Kind eq 'rare' and Title eq 't'").status, 200);
    assert_eq!(filtered("Kind eq null").status, 500);
    assert_eq!(filtered("ID gt 4000").status, 200);
    assert_eq!(house.get(&app(), &format!("{LIST}/items?$top=1")).status, 200);
}

#[test]
fn what_is_no_number_is_not_asked_for_as_one() {
    let house = things();
    field(
        &house,
        r#"<Field Type="Number" Name="Seats" DisplayName="Seats" Indexed="TRUE"/>"#,
    );
    let one = json!({"Title": "t", "Seats": 1});
    house.post(&app(), &format!("{LIST}/items"), &one);
    for wanted in ["gt NaN", "lt -NaN", "ge inf"] {
        let found = house.get(&app(), &format!("{LIST}/items?$filter=Seats {wanted}"));
        assert_eq!(found.status, 400, "{wanted}");
    }
}

#[test]
fn attachments_are_added_read_and_deleted_and_move_the_etag() {
    let house = things();
    let made = house.post(&app(), &format!("{LIST}/items"), &json!({"Title": "x"}));
    let before = made.header("etag").unwrap().to_owned();
    let path = format!("{LIST}/items(1)/AttachmentFiles");
    let added = house.send(
        &app(),
        "POST",
        &format!("{path}/add(FileName='a b.bin')"),
        &[],
        vec![0_u8, 255, 10],
    );
    assert_eq!(
        added.json["ServerRelativeUrl"],
        "/sites/flow/Lists/Things/Attachments/1/a b.bin"
    );
    let read = house.get(&app(), &format!("{path}('A B.bin')/$value"));
    assert_eq!(read.reply.body, [0, 255, 10]);
    let file = "web/GetFileByServerRelativePath(decodedUrl='/sites/flow/Lists/Things/Attachments/1/a%20b.bin')/$value";
    assert_eq!(house.get(&app(), file).reply.body, [0, 255, 10]);
    let some = house.send(&app(), "GET", file, &[("range", "bytes=1-")], "");
    assert_eq!((some.status, some.reply.body.as_slice()), (206, &[255, 10][..]));
    assert_eq!(some.header("content-range"), Some("bytes 1-2/3"));
    let none = house.send(&app(), "GET", file, &[("range", "bytes=3-")], "");
    assert_eq!(
        (none.status, none.header("content-range")),
        (416, Some("bytes */3"))
    );
    assert_eq!(house.get(&app(), &file.replace("/1/", "/2/")).status, 404);
    assert_eq!(
        house
            .merge(
                &app(),
                &format!("{LIST}/items(1)"),
                &before,
                &json!({"Title": "y"})
            )
            .status,
        412
    );
    let gone = house.send(
        &app(),
        "POST",
        &format!("{path}/getByFileName('a b.bin')"),
        &[("x-http-method", "DELETE")],
        "",
    );
    assert_eq!(gone.status, 200);
    assert_eq!(house.get(&app(), &path).values().len(), 0);
}

#[test]
fn changes_start_at_a_token_and_tell_no_editor() {
    let house = things();
    let list = house.get(&app(), &format!("{LIST}?$select=CurrentChangeToken"));
    house.post(&app(), &format!("{LIST}/items"), &json!({"Title": "x"}));
    house.post(
        &app(),
        &format!("{LIST}/items(1)/breakroleinheritance(false)"),
        &json!({}),
    );
    let query = |types: &[&str]| {
        let mut query =
            json!({"Item": true, "FetchLimit": "100", "ChangeTokenStart": list.json["CurrentChangeToken"]});
        for name in types {
            query[*name] = json!(true);
        }
        let answer = house.post(&app(), &format!("{LIST}/getchanges"), &json!({"query": query}));
        answer
            .values()
            .iter()
            .map(|change| change["ChangeType"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(query(&["Add", "Update"]), [1]);
    assert_eq!(query(&["RoleAssignmentAdd"]), [11, 17, 11]);
    let number = json!({"query": {"Item": true, "Add": true, "FetchLimit": 100}});
    assert_eq!(
        house.post(&app(), &format!("{LIST}/getchanges"), &number).status,
        400
    );
}

#[test]
fn caml_finds_items_over_rest_and_as_a_stream_of_texts() {
    let house = things();
    for title in ["a", "b"] {
        house.post(&app(), &format!("{LIST}/items"), &json!({"Title": title}));
    }
    let xml = "<View><Query><Where><Eq><FieldRef Name='Title'/><Value Type='Text'>b</Value></Eq></Where></Query></View>";
    let items = house.post(
        &app(),
        &format!("{LIST}/getitems?$select=Id,Created"),
        &json!({"query": {"ViewXml": xml}}),
    );
    assert_eq!(items.values().len(), 1, "{}", items.json);
    assert_eq!(items.values()[0]["Id"], 2);
    assert!(!items.values()[0]["Created"].as_str().unwrap().ends_with('Z'));
    let body = json!({"parameters": {"ViewXml": xml, "RenderOptions": 2}});
    let rows = house.post(&app(), &format!("{LIST}/RenderListDataAsStream"), &body);
    assert_eq!(rows.json["Row"][0]["ID"], "2");
    assert_eq!(
        rows.header("content-type").unwrap(),
        "application/json; charset=utf-8"
    );
}
