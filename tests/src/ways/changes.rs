//! Change logs, of a list and of the whole web.

use std::collections::BTreeMap;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Sight, collected, post, refused, rest};
use crate::person::{Person, list_path};

/// Members of a change row that name nothing but which item changed, how and when.
const BARE: [&str; 12] = [
    "_ObjectIdentity_",
    "_ObjectType_",
    "ChangeToken",
    "ChangeType",
    "ItemId",
    "ListId",
    "SiteId",
    "Time",
    "UniqueId",
    "WebId",
    "odata.type",
    "@odata.type",
];

fn query(trimmed: bool) -> Value {
    json!({"query": {
        "Item": true, "Add": true, "Update": true, "SystemUpdate": true, "DeleteObject": true, "Rename": true,
        "Move": true, "Restore": true, "RoleAssignmentAdd": true, "RoleAssignmentDelete": true,
        "RequireSecurityTrim": trimmed, "LatestFirst": true,
    }})
}

pub(super) async fn of_list(person: &Person, list: &str, trimmed: bool) -> Sight {
    let path = format!("{}/getchanges", list_path(list));
    collected(post(person, &path, &query(trimmed)).await)
}

/// Rows of this list and of lists that he may not open: whatever else changed in the web is not looked for.
pub(super) async fn of_web(person: &Person, list: &str) -> Sight {
    let (status, mut body) = post(person, "web/getchanges", &query(false)).await;
    let rows = body["value"].as_array().cloned().unwrap_or_default();
    let (found, own) = rest(person, &format!("{}?$select=Id", list_path(list))).await;
    let own = if found.is_success() {
        own["Id"].as_str()
    } else {
        None
    };
    let mut hidden = BTreeMap::new();
    let mut kept = Vec::new();
    for row in rows {
        let id = row["ListId"].as_str().unwrap_or_default().to_owned();
        if !hidden.contains_key(&id) {
            let is_hidden = Some(id.as_str()) == own || is_hidden(person, &id).await;
            hidden.insert(id.clone(), is_hidden);
        }
        if hidden[&id] {
            kept.push(row);
        }
    }
    if status.is_success() {
        body["value"] = kept.into();
    }
    collected((status, body))
}

async fn is_hidden(person: &Person, list: &str) -> bool {
    let (status, _) = rest(person, &format!("web/lists(guid'{list}')?$select=Id")).await;
    refused(status)
}

pub(super) async fn since_token(person: &Person, list: &str) -> Sight {
    let path = format!("{}/GetListItemChangesSinceToken", list_path(list));
    let query = json!({"query": {
        "ChangeToken": "", "ViewName": "", "Query": "<Query/>", "QueryOptions": "<QueryOptions/>", "RowLimit": "100",
    }});
    let (status, answer) = person.send(Method::POST, &path, &[], Some(&query)).await;
    let xml = answer.as_str().unwrap_or_default();
    match status {
        status if refused(status) => Sight::Refused,
        StatusCode::OK if xml.contains("<z:row") || xml.contains("<Id ") => Sight::Row(xml.to_owned()),
        StatusCode::OK if xml.contains("<rs:data ItemCount=\"0\"") => Sight::NoRow,
        _ => Sight::Odd(format!("{status}: {answer}")),
    }
}

/// Whether the answer of a change log tells nothing but that something changed.
pub(crate) fn is_bare(answer: &str) -> bool {
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    let rows = answer["value"].as_array();
    let rows = rows.into_iter().flatten();
    let mut members = rows.filter_map(Value::as_object).flatten();
    members.all(|(name, value)| BARE.contains(&name.as_str()) || value.is_null() || value == "")
}
