//! Requests to other systems, as definitions describe them.

use serde_json::{Value, json};
use workflow::Definition;

const SHIPPED: &str = include_str!("../../../../manifests/workflows/custom-action.json");

fn changed(pointer: &str, to: Value) -> Result<Definition, workflow::DefinitionError> {
    let mut definition: Value = serde_json::from_str(SHIPPED).unwrap();
    *definition.pointer_mut(pointer).unwrap() = to;
    Definition::parse(&definition.to_string())
}

#[test]
fn r24_a_call_names_its_destination_by_a_name_and_never_by_an_address() {
    for bad in ["https://evil.example/", "10.0.0.1", "badge_office", "", "Badge"] {
        let error = changed("/execution/plan/calls/0/destination", json!(bad)).unwrap_err();
        assert_eq!(error.path, "execution.plan.calls[0].destination", "{bad}");
    }
}

#[test]
fn r24_whatever_is_wrong_with_a_call_is_named_with_its_place() {
    let call = json!({ "key": "issue-badge", "title": { "ja": "題", "en": "Title" }, "destination": "badge-office",
                       "fields": [] });
    for (pointer, bad, path) in [
        ("/execution/plan/calls", json!([]), "execution.plan.calls"),
        (
            "/execution/plan/calls",
            json!([call, call]),
            "execution.plan.calls[1].key",
        ),
        (
            "/execution/plan/calls/0/key",
            json!("issue badge"),
            "execution.plan.calls[0].key",
        ),
        (
            "/execution/plan/calls/0/title/en",
            json!(""),
            "execution.plan.calls[0].title",
        ),
        (
            "/execution/plan/calls/0/fields/1",
            json!("noSuchField"),
            "execution.plan.calls[0].fields[1]",
        ),
    ] {
        let error = changed(pointer, bad).unwrap_err();
        assert_eq!(error.path, path, "{error}");
        assert!(!error.remedy.is_empty());
    }
}
