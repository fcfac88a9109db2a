//! The change log.

use crate::sharepoint::csom::argument::{boolean, number, text};
use crate::sharepoint::csom::object::{Object, Property};
use crate::sharepoint::csom::parameter::{Record, Value};
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::changes::{self, ChangeQuery, ChangeToken};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::change::{Change, Changed};
use crate::sharepoint::state::ids::ListId;

pub(super) fn query(session: &Session<'_>, list: Option<ListId>, record: &Record) -> Result<Object, Fault> {
    let flag = |name: &str| boolean(record.get(name)).unwrap_or(false);
    if let Some(list) = list {
        session.list(list)?;
    }
    changes::are_kept(flag)?;
    let query = ChangeQuery {
        list,
        item: flag("Item"),
        list_changes: flag("List"),
        field: flag("Field"),
        view: flag("View"),
        web: flag("Web"),
        group: flag("Group"),
        types: changes::asked_types(flag),
        start: token(record, "ChangeTokenStart")?,
        end: token(record, "ChangeTokenEnd")?,
        limit: number(record.get("FetchLimit")).and_then(|limit| usize::try_from(limit).ok()),
        latest_first: flag("LatestFirst"),
        ignore_old_start: flag("IgnoreStartTokenNotFoundError"),
        require_security_trim: flag("RequireSecurityTrim"),
    };
    let found = changes::changes(session, &query)?;
    Ok(Object::Changes(found.into_iter().cloned().collect()))
}

fn token(record: &Record, name: &str) -> Result<Option<ChangeToken>, Fault> {
    match record.get(name) {
        Value::Record(token) => text(token.get("StringValue")).map(ChangeToken::parse).transpose(),
        _ => Ok(None),
    }
}

pub(in crate::sharepoint::csom) fn type_name(change: &Change) -> &'static str {
    match change.changed {
        Changed::Item { .. } => "SP.ChangeItem",
        Changed::List { .. } => "SP.ChangeList",
        Changed::Field { .. } => "SP.ChangeField",
        Changed::View { .. } => "SP.ChangeView",
        Changed::Web => "SP.ChangeWeb",
        Changed::Group { .. } => "SP.ChangeGroup",
    }
}

/// What a query for all properties gives; `Editor` is empty, as it was in nearly every row seen on real tenants.
pub(in crate::sharepoint::csom) fn properties(change: &Change) -> Vec<&'static str> {
    let own: &[&str] = match change.changed {
        Changed::Item { .. } => &["WebId", "ListId", "ItemId", "UniqueId", "Editor"],
        Changed::List { .. } => &["WebId", "ListId", "Editor"],
        Changed::Field { .. } => &["WebId", "FieldId"],
        Changed::View { .. } => &["WebId", "ListId", "ViewId"],
        Changed::Web => &["WebId"],
        Changed::Group { .. } => &["GroupId"],
    };
    [&["ChangeToken", "ChangeType", "SiteId", "Time"], own].concat()
}

pub(in crate::sharepoint::csom) fn property(
    session: &Session<'_>,
    change: &Change,
    name: &str,
) -> Option<Property> {
    let site = session.site();
    Some(Property::Value(match name {
        "ChangeToken" => {
            let (scope, id) = match change.changed.list() {
                Some(list) => (3, list.0),
                None => (2, site.web_id.0),
            };
            let text = ChangeToken::at(change.at, change.event).write(scope, id);
            Wire::typed("SP.ChangeToken", [("StringValue", Wire::text(text))])
        }
        "ChangeType" => Wire::Integer(change.change_type as i64),
        "SiteId" => Wire::Guid(site.id.0),
        "WebId" => Wire::Guid(site.web_id.0),
        "Time" => Wire::Date(change.at),
        "Editor" => Wire::text(""),
        "ListId" => Wire::Guid(change.changed.list()?.0),
        own => of_kind(&change.changed, own)?,
    }))
}

fn of_kind(changed: &Changed, name: &str) -> Option<Wire> {
    Some(match (changed, name) {
        (Changed::Item { item, .. }, "ItemId") => Wire::Integer(i64::from(item.0)),
        (Changed::Item { unique_id, .. }, "UniqueId") => Wire::Guid(*unique_id),
        (Changed::Field { field, .. }, "FieldId") => Wire::Guid(*field),
        (Changed::View { view, .. }, "ViewId") => Wire::Guid(*view),
        (Changed::Group { id }, "GroupId") => Wire::Integer(i64::from(*id)),
        _ => return None,
    })
}
