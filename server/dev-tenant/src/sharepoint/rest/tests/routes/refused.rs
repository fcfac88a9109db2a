//! What the reference tells of these routes and the tenant does not do: it says so, and never guesses.

use serde_json::{Value, json};

use super::super::harness::{House, app, call, house};
use crate::sharepoint::door;

const LIST: &str = "web/lists/getbytitle('Refused')";
const SESSION: &str = r#"<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" SchemaVersion="15.0.0.0" LibraryVersion="16.0.0.0" ApplicationName="refused"><Actions>{action}</Actions><ObjectPaths><StaticProperty Id="1" TypeId="{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}" Name="Current"/><Property Id="2" ParentId="1" Name="Web"/></ObjectPaths></Request>"#;

/// Actions of CSOM (section 4.2), each with why it is left out.
const ACTIONS: [(&str, &str); 2] = [
    // No client that was recorded sends it: a condition is a thing of hand-written JSOM, and JSOM's own tests are not
    // at hand to say what it answers.
    (
        "ConditionalScope",
        r#"<ConditionalScope Id="9"><Test/><IfTrueScope Id="10"/></ConditionalScope>"#,
    ),
    // The reference names no static method that the routes here need.
    (
        "StaticMethod",
        r#"<StaticMethod Id="9" TypeId="{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}" Name="Nothing"/>"#,
    ),
];
/// Parts of a rendered list (section 2.3) other than its data: context, schema, menu, content types, form, view. They
/// are for pages, and no page here asks for them.
const RENDER_OPTIONS: [u32; 6] = [1, 4, 8, 16, 64, 1024];
/// Objects of the change log (section 6.3) of which no change is kept here.
const UNKEPT: [&str; 10] = [
    "Activity",
    "Alert",
    "AppConsentPrincipal",
    "ContentType",
    "File",
    "Folder",
    "Navigation",
    "SecurityPolicy",
    "Site",
    "User",
];

fn opened() -> House {
    let house = house();
    house.list("Refused");
    house
}

fn is_refused(house: &House, path: &str, body: &Value) {
    let answer = house.post(&app(), path, body);
    assert_eq!(
        (answer.status, answer.code()),
        (501, "-1, NotModelled"),
        "{path} {body}: {}",
        answer.json
    );
}

#[test]
fn atom_is_refused() {
    let house = opened();
    // Answers are the same in JSON, which every client here asks for (section 2.1).
    let answer = house.send(&app(), "GET", "web", &[("accept", "application/atom+xml")], "");
    assert_eq!(answer.status, 501);
    assert!(String::from_utf8_lossy(&answer.reply.body).contains("application/json"));
}

#[test]
fn parts_of_a_rendered_list_other_than_its_data_are_refused() {
    let house = opened();
    for options in RENDER_OPTIONS {
        let body = json!({"parameters": {"ViewXml": "<View/>", "RenderOptions": options | 2}});
        is_refused(&house, &format!("{LIST}/RenderListDataAsStream"), &body);
    }
}

#[test]
fn changes_that_are_not_kept_are_refused_and_those_of_groups_are_told() {
    let house = opened();
    for object in UNKEPT {
        let body = json!({"query": {object: true, "Add": true}});
        is_refused(&house, "web/getchanges", &body);
    }
    let made = house.post(&app(), "web/sitegroups", &json!({"Title": "Told"}));
    let query = json!({"query": {"Group": true, "Add": true}});
    let told = house.post(&app(), "web/getchanges", &query);
    let last = told.values().last().expect("a change");
    assert_eq!(
        (&last["ChangeType"], &last["GroupId"]),
        (&json!(1), &made.json["Id"])
    );
}

#[test]
fn actions_of_csom_that_no_client_sends_are_refused() {
    let house = opened();
    for (name, action) in ACTIONS {
        let headers = [("content-type", "text/xml")];
        let mut asked = call("POST", "", &headers, SESSION.replace("{action}", action));
        asked.path = "/sites/flow/_vti_bin/client.svc/ProcessQuery".to_owned();
        let reply = door::answer_as(&house.world, &app(), &asked);
        let answer: Value = serde_json::from_slice(&reply.body).unwrap();
        let error = &answer[0]["ErrorInfo"];
        let text = error["ErrorMessage"].as_str().unwrap_or_default();
        assert!(
            text.contains("does not model") && text.contains(name),
            "{name}: {error}"
        );
    }
}
