//! Remote event receivers.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::add_in::{House, house};
use crate::sharepoint::farm::post::Post;
use crate::sharepoint::farm::soap;
use crate::sharepoint::state::people::GrantRole;
use crate::sharepoint::xml::{Element, read};

const LIST: &str = "_api/web/lists/getbytitle('Things')";
const URL: &str = "https://flow.contoso.example/events";

fn answer(status: &str, message: &str) -> String {
    format!(
        r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><ProcessEventResponse xmlns="http://schemas.microsoft.com/sharepoint/remoteapp/"><ProcessEventResult xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><ChangedItemProperties/><ErrorMessage>{message}</ErrorMessage><RedirectUrl/><Status>{status}</Status></ProcessEventResult></ProcessEventResponse></s:Body></s:Envelope>"#
    )
}

/// What a receiver was sent.
type Heard = Arc<Mutex<Vec<Element>>>;

/// A receiver that refuses items titled "bad" and takes all others.
fn receiver(house: &House) -> Heard {
    let heard = Heard::default();
    let writes = Arc::clone(&heard);
    let post = Post::new(move |url, _, envelope| {
        if url != URL {
            return None;
        }
        writes.lock().unwrap().push(read(envelope).unwrap());
        let bad = envelope.contains(">bad<");
        Some(if bad {
            answer("CancelWithError", "無効な件名です &amp; 戻してください")
        } else {
            answer("Continue", "")
        })
    });
    house.world.farm().unwrap().post.set(post).unwrap();
    heard
}

fn listen(house: &House, event: u32, url: &str) -> Value {
    let body = json!({"EventType": event, "ReceiverName": format!("r{event}"), "ReceiverUrl": url, "SequenceNumber": 100});
    let (status, made) = house.call("POST", &format!("{LIST}/eventreceivers"), &body);
    assert_eq!(status, 201, "{made}");
    made
}

fn furnished() -> House {
    let house = house(GrantRole::FullControl);
    let list = json!({"Title": "Things", "BaseTemplate": 100});
    assert_eq!(house.call("POST", "_api/web/lists", &list).0, 201);
    house
}

fn add(house: &House, title: &str) -> (u16, Value) {
    house.call("POST", &format!("{LIST}/items"), &json!({ "Title": title }))
}

fn count(house: &House) -> u64 {
    house.call("GET", LIST, &Value::Null).1["ItemCount"]
        .as_u64()
        .unwrap()
}

/// The value at a path of element names below the body's first element.
fn at<'e>(envelope: &'e Element, path: &[&str]) -> &'e Element {
    let operation = &envelope.child("Body").unwrap().children[0];
    path.iter()
        .fold(operation, |here, name| here.child(name).unwrap())
}

#[test]
fn receivers_are_made_listed_and_taken_away_by_who_manages_the_list() {
    let house = furnished();
    let made = listen(&house, 1, URL);
    assert_eq!(
        (&made["EventType"], &made["Synchronization"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(listen(&house, 10002, URL)["Synchronization"], 2);
    let (_, all) = house.call("GET", &format!("{LIST}/eventreceivers"), &Value::Null);
    assert_eq!(all["value"].as_array().unwrap().len(), 2);
    for body in [
        json!({"EventType": 1, "ReceiverName": "r", "ReceiverUrl": "nowhere"}),
        json!({"EventType": 1, "ReceiverName": "r"}),
        json!({"ReceiverName": "r", "ReceiverUrl": URL}),
    ] {
        assert_eq!(
            house.call("POST", &format!("{LIST}/eventreceivers"), &body).0,
            400,
            "{body}"
        );
    }
    let one = format!(
        "{LIST}/eventreceivers(guid'{}')",
        made["ReceiverId"].as_str().unwrap()
    );
    house.trust(GrantRole::Write, true);
    assert_eq!(house.call("DELETE", &one, &Value::Null).0, 403);
    house.trust(GrantRole::FullControl, true);
    assert_eq!(house.call("GET", &one, &Value::Null).1["ReceiverUrl"], URL);
    assert_eq!(house.call("DELETE", &one, &Value::Null).0, 200);
    assert_eq!(house.call("GET", &one, &Value::Null).0, 404);
}

#[test]
fn a_veto_stops_the_write_with_the_receivers_words() {
    let house = furnished();
    let heard = receiver(&house);
    for event in [1, 2, 3] {
        listen(&house, event, URL);
    }
    let (status, refused) = add(&house, "bad");
    assert_eq!(status, 500);
    assert_eq!(
        refused["odata.error"]["message"]["value"],
        "無効な件名です & 戻してください"
    );
    assert_eq!(count(&house), 0);
    assert_eq!(add(&house, "good").0, 201);
    let item = format!("{LIST}/items(1)");
    assert_eq!(house.call("MERGE", &item, &json!({"Title": "bad"})).0, 500);
    assert_eq!(house.call("GET", &item, &Value::Null).1["Title"], "good");
    assert_eq!(house.call("MERGE", &item, &json!({"Title": "better"})).0, 204);
    let form =
        json!({"formValues": [{"FieldName": "Title", "FieldValue": "bad"}], "bNewDocumentUpdate": false});
    assert_eq!(
        house
            .call("POST", &format!("{item}/validateupdatelistitem"), &form)
            .0,
        500
    );
    assert_eq!(house.call("DELETE", &item, &Value::Null).0, 200);
    let kinds: Vec<String> = heard
        .lock()
        .unwrap()
        .iter()
        .map(|sent| at(sent, &["properties", "EventType"]).text.clone())
        .collect();
    let (adding, updating) = ("ItemAdding", "ItemUpdating");
    assert_eq!(
        kinds,
        [adding, adding, updating, updating, updating, "ItemDeleting"],
        "each is asked once"
    );
}

#[test]
fn a_veto_counts_in_object_model_requests_too_and_what_came_before_stays() {
    let house = furnished();
    receiver(&house);
    listen(&house, 1, URL);
    let add = |id: u32, title: &str| {
        format!(
            r#"<Method Name="SetFieldValue" Id="{}" ObjectPathId="{id}"><Parameters><Parameter Type="String">Title</Parameter><Parameter Type="String">{title}</Parameter></Parameters></Method><Method Name="Update" Id="{}" ObjectPathId="{id}" />"#,
            id + 100,
            id + 200
        )
    };
    let new = |id: u32| {
        format!(
            r#"<Method Id="{id}" ParentId="4" Name="AddItem"><Parameters><Parameter TypeId="{{54cdbee5-0897-44ac-829f-411557fa11be}}"><Property Name="FolderUrl" Type="Null" /><Property Name="LeafName" Type="Null" /><Property Name="UnderlyingObjectType" Type="Number">0</Property></Parameter></Parameters></Method>"#
        )
    };
    let query = format!(
        r#"<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" SchemaVersion="15.0.0.0" LibraryVersion="16.0.0.0" ApplicationName="x"><Actions>{}{}</Actions><ObjectPaths><StaticProperty Id="1" TypeId="{{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}}" Name="Current" /><Property Id="2" ParentId="1" Name="Web" /><Property Id="3" ParentId="2" Name="Lists" /><Method Id="4" ParentId="3" Name="GetByTitle"><Parameters><Parameter Type="String">Things</Parameter></Parameters></Method>{}{}</ObjectPaths></Request>"#,
        add(5, "good"),
        add(6, "bad"),
        new(5),
        new(6)
    );
    let reply = house.send_text("_vti_bin/client.svc/ProcessQuery", &query);
    let text = String::from_utf8(reply.body).unwrap();
    assert_eq!(reply.status, 200);
    assert!(
        text.contains("無効な件名です") || text.contains("\\u7121"),
        "{text}"
    );
    assert_eq!(count(&house), 1);
}

#[test]
fn a_receiver_that_cannot_be_reached_or_understood_stops_the_write() {
    let house = furnished();
    receiver(&house);
    listen(&house, 1, "https://nowhere.contoso.example/");
    let (status, refused) = add(&house, "good");
    assert_eq!(status, 500);
    let message = refused["odata.error"]["message"]["value"].as_str().unwrap();
    assert!(
        message.starts_with("The remote event receiver callout failed."),
        "{message}"
    );
    assert_eq!(soap::verdict("<html/>"), None);
    assert_eq!(
        soap::verdict(&answer("Continue", "")),
        Some(soap::Verdict::Continue)
    );
}

/// A member of the item's properties in a message.
fn told(message: &Element, name: &str) -> String {
    at(message, &["properties", "ItemEventProperties", name])
        .text
        .clone()
}

/// The title in `AfterProperties` or `BeforeProperties`.
fn title(message: &Element, side: &str) -> Option<String> {
    let pairs = &at(message, &["properties", "ItemEventProperties", side]).children;
    let title = pairs
        .iter()
        .find(|pair| pair.child("Key").unwrap().text == "Title");
    title.map(|pair| pair.child("Value").unwrap().text.clone())
}

/// What waits to be told.
fn due(house: &House) -> Vec<Element> {
    let mut tenant = house.world.tenant();
    let farm = tenant
        .sharepoint
        .sites
        .iter_mut()
        .find_map(|site| site.farm.as_mut());
    let due = farm.unwrap().due.iter();
    due.map(|(_, occurrence)| read(&soap::envelope(occurrence)).unwrap())
        .collect()
}

#[test]
fn what_has_happened_is_told_with_who_did_it_and_the_values_before_and_after() {
    let house = furnished();
    for event in [10001, 10002, 10003] {
        listen(&house, event, URL);
    }
    let versions = json!({"EnableVersioning": true, "MajorVersionLimit": 50});
    assert_eq!(house.call("MERGE", LIST, &versions).0, 204);
    let admin = house.as_person("toru.soma", |_| {});
    let act = |method: &str, path: &str, body: &Value| house.send(Some(&admin), method, path, body).status;
    let item = format!("{LIST}/items(1)");
    assert_eq!(
        act("POST", &format!("{LIST}/items"), &json!({"Title": "<one>"})),
        201
    );
    assert_eq!(act("MERGE", &item, &json!({"Title": "two"})), 204);
    assert_eq!(act("DELETE", &item, &Value::Null), 200);
    let sent = due(&house);
    let operation = |one: &Element| one.child("Body").unwrap().children[0].name.clone();
    assert_eq!(
        sent.iter().map(operation).collect::<Vec<_>>(),
        ["ProcessOneWayEvent"; 3]
    );
    assert_eq!(told(&sent[0], "UserLoginName"), "i:0#.w|contoso\\toru.soma");
    assert_eq!(
        (told(&sent[0], "ListItemId"), told(&sent[0], "ListTitle")),
        ("1".to_owned(), "Things".to_owned())
    );
    assert_eq!(
        told(&sent[0], "WebUrl"),
        "https://sharepoint.contoso.local/sites/flow"
    );
    assert_eq!(title(&sent[0], "AfterProperties").as_deref(), Some("<one>"));
    assert_eq!(title(&sent[1], "AfterProperties").as_deref(), Some("two"));
    assert_eq!(title(&sent[1], "BeforeProperties").as_deref(), Some("<one>"));
    assert_eq!(at(&sent[2], &["properties", "EventType"]).text, "ItemDeleted");
}
