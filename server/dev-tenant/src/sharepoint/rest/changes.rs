//! `getchanges`: the query as clients send it, the changes as SharePoint tells them.

use serde_json::{Map, Value, json};

use super::body;
use super::entities::time;
use super::outcome::Outcome;
use crate::sharepoint::operations::changes::{self, ChangeQuery, ChangeToken};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::change::{Change, Changed};
use crate::sharepoint::state::ids::ListId;

pub(super) fn answer(
    session: &Session<'_>,
    list: Option<ListId>,
    given: &Map<String, Value>,
) -> Result<Outcome, Fault> {
    let query = query(list, &body::inner(given, "query"))?;
    let found = changes::changes(session, &query)?;
    Ok(Outcome::Values(
        found
            .into_iter()
            .map(|change| tell(session, list, change))
            .collect(),
    ))
}

fn query(list: Option<ListId>, given: &Map<String, Value>) -> Result<ChangeQuery, Fault> {
    let is = |name: &str| body::truth(given, name).unwrap_or(false);
    let token = |name: &str| {
        let text = given
            .get(name)
            .and_then(|token| token.get("StringValue"))
            .and_then(Value::as_str);
        text.map(ChangeToken::parse).transpose()
    };
    changes::are_kept(is)?;
    Ok(ChangeQuery {
        list,
        item: is("Item"),
        list_changes: is("List"),
        field: is("Field"),
        view: is("View"),
        web: is("Web"),
        group: is("Group"),
        types: changes::asked_types(is),
        start: token("ChangeTokenStart")?,
        end: token("ChangeTokenEnd")?,
        limit: limit(given)?,
        latest_first: is("LatestFirst"),
        ignore_old_start: is("IgnoreStartTokenNotFoundError"),
        require_security_trim: is("RequireSecurityTrim"),
    })
}

/// `FetchLimit` is an Int64: SharePoint takes it as text only.
fn limit(given: &Map<String, Value>) -> Result<Option<usize>, Fault> {
    match given.get("FetchLimit") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => text
            .parse()
            .map(Some)
            .map_err(|_| Fault::invalid_query("The value of FetchLimit is not valid.")),
        Some(_) => Err(Fault::invalid_query(
            "Cannot convert a primitive value to the expected type 'Edm.Int64'. See the inner exception for more details.",
        )),
    }
}

fn tell(session: &Session<'_>, list: Option<ListId>, change: &Change) -> Value {
    let site = session.site();
    let token = ChangeToken::at(change.at, change.event);
    let token = match list {
        Some(list) => token.write(3, list.0),
        None => token.write(2, site.web_id.0),
    };
    let mut told = json!({
        "ChangeToken": {"StringValue": token},
        "ChangeType": change.change_type as u8,
        "SiteId": site.id,
        "Time": time(change.at),
    });
    let more = match &change.changed {
        Changed::Item {
            list,
            item,
            unique_id,
        } => json!({
            "odata.type": "SP.ChangeItem",
            "WebId": site.web_id,
            "ListId": list,
            "ItemId": item,
            "UniqueId": unique_id,
            // Never filled for items: who did it stands in the item and its versions.
            "Editor": "",
            "EditorEmailHint": null,
            "ServerRelativeUrl": "",
            "SharedByUser": null,
            "SharedWithUsers": null,
        }),
        Changed::List { list } => json!({
            "odata.type": "SP.ChangeList", "WebId": site.web_id, "ListId": list, "Editor": "", "Title": null
        }),
        Changed::Field { field, .. } => {
            json!({"odata.type": "SP.ChangeField", "WebId": site.web_id, "FieldId": field})
        }
        Changed::View { list, view } => {
            json!({"odata.type": "SP.ChangeView", "WebId": site.web_id, "ListId": list, "ViewId": view})
        }
        Changed::Web => json!({"odata.type": "SP.ChangeWeb", "WebId": site.web_id}),
        Changed::Group { id } => json!({"odata.type": "SP.ChangeGroup", "GroupId": id}),
    };
    if let (Some(told), Value::Object(more)) = (told.as_object_mut(), more) {
        told.extend(more);
    }
    told
}
