use serde_json::{Value, json};

use super::world::{SKU, call, reply, send, user, world};
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

/// The address of a message of the first mailbox.
fn address(message: &Value) -> String {
    let id = message["id"].as_str().unwrap();
    format!("/users/a@contoso.onmicrosoft.com/messages/{id}")
}

fn code(answer: &(u16, Value)) -> (u16, &str) {
    (answer.0, answer.1["error"]["code"].as_str().unwrap_or_default())
}

#[test]
fn a_draft_that_is_deleted_for_good_is_neither_found_nor_sent_nor_deleted_again() {
    let world = world(0);
    mailbox(&world, "a");
    let line = "POST /users/a@contoso.onmicrosoft.com/messages";
    let draft = address(&call(&world, line, &message()).1);
    let delete = format!("POST {draft}/permanentDelete");
    let denied = send(&world, &["Mail.Read", "Mail.Send"], &delete, &[], &Value::Null);
    assert_eq!(code(&denied), (403, "ErrorAccessDenied"));
    let deleted = reply(&world, &["Mail.ReadWrite"], &delete);
    assert_eq!((deleted.status, deleted.body.len()), (204, 0));
    assert_eq!(call(&world, FIND, &Value::Null).1["value"], json!([]));
    for gone in [format!("GET {draft}"), format!("POST {draft}/send"), delete] {
        let answer = call(&world, &gone, &Value::Null);
        assert_eq!(code(&answer), (404, "ErrorItemNotFound"), "{gone}");
    }
    let tenant = world.tenant();
    let last = tenant.ledger.effects.last().unwrap();
    assert_eq!(last.key, "graph:purge:draft:k1");
    assert_eq!(
        (tenant.mailboxes.messages.len(), tenant.mailboxes.purges.len()),
        (0, 1)
    );
}

#[test]
fn what_was_sent_is_deleted_for_good_in_one_mailbox_and_stays_in_the_other() {
    let world = world(0);
    mailbox(&world, "a");
    mailbox(&world, "b");
    let line = "POST /users/a@contoso.onmicrosoft.com/sendMail";
    call(&world, line, &json!({"message": message()}));
    let list = |name: &str| {
        let line = format!("GET /users/{name}@contoso.onmicrosoft.com/messages");
        call(&world, &line, &Value::Null).1["value"].clone()
    };
    let delete = format!("POST {}/permanentDelete", address(&list("a")[0]));
    assert_eq!(call(&world, &delete, &Value::Null).0, 204);
    assert_eq!(list("a"), json!([]));
    assert_eq!(list("b").as_array().unwrap().len(), 1);
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
