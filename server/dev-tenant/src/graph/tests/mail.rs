use serde_json::{Value, json};

use super::world::{SKU, call, send, user, world};
use crate::world::World;

const PROPERTY: &str = "String {00020329-0000-0000-c000-000000000046} Name Flow";
const FIND: &str = "GET /users/a@contoso.onmicrosoft.com/messages?$filter=singleValueExtendedProperties/Any(ep:%20ep/id%20eq%20'String%20{00020329-0000-0000-c000-000000000046}%20Name%20Flow'%20and%20ep/value%20eq%20'k1')";

fn mailbox(world: &World, name: &str) {
    let id = user(world, name);
    let body = json!({"addLicenses": [{"skuId": SKU}], "removeLicenses": []});
    assert_eq!(
        call(world, &format!("POST /users/{id}/assignLicense"), &body).0,
        200
    );
}

fn message() -> Value {
    json!({"subject": "S", "body": {"contentType": "HTML", "content": "x"},
        "toRecipients": [{"emailAddress": {"address": "b@contoso.onmicrosoft.com"}}],
        "singleValueExtendedProperties": [{"id": PROPERTY, "value": "k1"}]})
}

#[test]
fn a_draft_is_found_by_its_property_sent_once_and_read_by_its_recipient() {
    let world = world(0);
    mailbox(&world, "a");
    mailbox(&world, "b");
    let (status, draft) = call(
        &world,
        "POST /users/a@contoso.onmicrosoft.com/messages",
        &message(),
    );
    assert_eq!(status, 201, "{draft}");
    let (_, found) = call(&world, FIND, &Value::Null);
    assert_eq!(found["value"][0]["id"], draft["id"], "{found}");
    assert_eq!(found["value"][0]["isDraft"], json!(true));
    let line = format!(
        "POST /users/a@contoso.onmicrosoft.com/messages/{}/send",
        draft["id"].as_str().unwrap()
    );
    assert_eq!(call(&world, &line, &Value::Null).0, 202);
    assert_eq!(
        call(&world, &line, &Value::Null).0,
        404,
        "an ordinary id ends with the move"
    );
    let (_, found) = call(&world, FIND, &Value::Null);
    assert_eq!(found["value"][0]["isDraft"], json!(false));
    let (_, inbox) = call(
        &world,
        "GET /users/b@contoso.onmicrosoft.com/mailFolders/inbox/messages",
        &Value::Null,
    );
    assert_eq!(inbox["value"].as_array().unwrap().len(), 1);
    assert_eq!(
        world.tenant().ledger.effects.last().unwrap().key,
        "graph:send:message:k1"
    );
}

#[test]
fn equal_drafts_are_not_merged() {
    let world = world(0);
    mailbox(&world, "a");
    for _ in 0..2 {
        call(
            &world,
            "POST /users/a@contoso.onmicrosoft.com/messages",
            &message(),
        );
    }
    assert_eq!(
        call(&world, FIND, &Value::Null).1["value"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn automatic_replies_are_disabled_until_their_owner_sets_them_and_read_by_their_own_permission() {
    let world = world(0);
    mailbox(&world, "a");
    let line = "/users/a@contoso.onmicrosoft.com/mailboxSettings";
    let read = |permission: &str| {
        let line = format!("GET {line}/automaticRepliesSetting");
        send(&world, &[permission], &line, &[], &Value::Null)
    };
    assert_eq!(read("Mail.ReadWrite").0, 403);
    let (status, replies) = read("MailboxSettings.Read");
    assert_eq!((status, &replies["status"]), (200, &json!("disabled")));
    assert!(
        replies["scheduledEndDateTime"]["dateTime"].is_string(),
        "{replies}"
    );
    let period = json!({ "automaticRepliesSetting": {
        "status": "scheduled", "internalReplyMessage": "夏休みです",
        "scheduledStartDateTime": { "dateTime": "2027-08-10T00:00:00", "timeZone": "Tokyo Standard Time" },
        "scheduledEndDateTime": { "dateTime": "2027-08-15T00:00:00.0000000", "timeZone": "Tokyo Standard Time" },
    } });
    let change =
        |permission: &str, body: &Value| send(&world, &[permission], &format!("PATCH {line}"), &[], body);
    assert_eq!(change("MailboxSettings.Read", &period).0, 403);
    assert_eq!(change("MailboxSettings.ReadWrite", &period).0, 200);
    let (_, replies) = read("MailboxSettings.Read");
    assert_eq!(replies["status"], "scheduled");
    let start = json!({ "dateTime": "2027-08-10T00:00:00.0000000", "timeZone": "Tokyo Standard Time" });
    assert_eq!(replies["scheduledStartDateTime"], start);
    let (_, whole) = send(
        &world,
        &["MailboxSettings.Read"],
        &format!("GET {line}"),
        &[],
        &Value::Null,
    );
    assert_eq!(whole["automaticRepliesSetting"]["status"], "Scheduled");
    let other = json!({ "timeZone": "UTC" });
    assert_eq!(
        change("MailboxSettings.ReadWrite", &other).0,
        501,
        "said, not guessed"
    );
    let odd = json!({ "automaticRepliesSetting": { "status": "perhaps" } });
    assert_eq!(change("MailboxSettings.ReadWrite", &odd).0, 400);
}

#[test]
fn mail_needs_its_permission_and_a_mailbox() {
    let world = world(0);
    user(&world, "bare");
    let line = "POST /users/bare@contoso.onmicrosoft.com/sendMail";
    let body = json!({"Message": message()});
    let (status, answer) = send(&world, &["Mail.Read"], line, &[], &body);
    assert_eq!(
        (status, &answer["error"]["code"]),
        (403, &json!("ErrorAccessDenied"))
    );
    let (status, answer) = call(&world, line, &body);
    assert_eq!(
        (status, &answer["error"]["code"]),
        (404, &json!("MailboxNotEnabledForRESTAPI"))
    );
}
