//! Field values of an item as the client service writes them.

use crate::sharepoint::caml::cell::{Cell, Row as _};
use crate::sharepoint::caml::column::ItemRow;
use crate::sharepoint::csom::objects::lists::content_type_id;
use crate::sharepoint::csom::wire::Wire;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::field::FieldKind;
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::PrincipalId;
use crate::sharepoint::state::item::Item;
use crate::sharepoint::state::list::List;

/// Members that a query for all properties of an item gives, beside its fields.
pub(in crate::sharepoint::csom) const PROPERTIES: [&str; 2] = ["FileSystemObjectType", "Id"];

/// The fields that a query for all properties gives.
pub(in crate::sharepoint::csom) fn field_names(list: &List) -> Vec<String> {
    let own = list.fields.iter().map(|field| field.internal_name.clone());
    own.chain(
        [
            "GUID",
            "FileRef",
            "FileDirRef",
            "FileLeafRef",
            "FSObjType",
            "UniqueId",
        ]
        .map(str::to_owned),
    )
    .collect()
}

pub(in crate::sharepoint::csom) fn title(session: &Session<'_>, list: &List, item: &Item) -> Wire {
    match ItemRow::new(session, list, item).cell("Title") {
        Cell::Text(title) => Wire::Text(title),
        _ => Wire::text(&item.leaf),
    }
}

/// `None` for a name that is no field of the list.
pub(in crate::sharepoint::csom) fn field(row: &ItemRow<'_>, name: &str) -> Option<Wire> {
    let kind = row.list.field(name).map(|field| &field.kind);
    let special = match name {
        "GUID" => Some(Wire::Guid(row.item.guid)),
        "UniqueId" => Some(Wire::Guid(row.item.unique_id)),
        "FSObjType" | "FileRef" | "FileDirRef" | "FileLeafRef" | "_UIVersion" => Some(plain(row, name)),
        "ContentTypeId" => Some(content_type_id(&row.item.content_type)),
        "_ModerationStatus" | "owshiddenversion" | "ID" => Some(whole(row, name)),
        _ => None,
    };
    special.or_else(|| Some(by_kind(row, name, kind?)))
}

fn whole(row: &ItemRow<'_>, name: &str) -> Wire {
    match row.cell(name) {
        Cell::Number(number) => number
            .to_string()
            .parse()
            .map_or(Wire::Double(number), Wire::Integer),
        _ => Wire::Null,
    }
}

fn by_kind(row: &ItemRow<'_>, name: &str, kind: &FieldKind) -> Wire {
    match (kind, row.cell(name)) {
        (FieldKind::User { multi }, Cell::Links(links)) => several(
            *multi,
            links.into_iter().map(|link| user_value(row.session, link)),
        ),
        (FieldKind::Lookup { multi, .. }, Cell::Links(links)) => several(
            *multi,
            links
                .into_iter()
                .map(|link| lookup_value("SP.FieldLookupValue", link)),
        ),
        (FieldKind::Integer, _) => whole(row, name),
        (FieldKind::Url, _) => match row.version.values.get(name) {
            Some(FieldValue::Url { url, description }) => Wire::typed(
                "SP.FieldUrlValue",
                [("Description", Wire::text(description)), ("Url", Wire::text(url))],
            ),
            _ => Wire::Null,
        },
        _ => plain(row, name),
    }
}

fn plain(row: &ItemRow<'_>, name: &str) -> Wire {
    match row.cell(name) {
        Cell::Empty | Cell::Links(_) => Wire::Null,
        Cell::Text(text) => Wire::Text(text),
        Cell::Number(number) => Wire::Double(number),
        Cell::Boolean(yes) => Wire::Boolean(yes),
        Cell::DateTime(at) => Wire::Date(at),
        Cell::Texts(texts) => Wire::Array(texts.into_iter().map(Wire::Text).collect()),
    }
}

fn several(multi: bool, mut values: impl Iterator<Item = Wire>) -> Wire {
    if multi {
        Wire::Array(values.collect())
    } else {
        values.next().unwrap_or(Wire::Null)
    }
}

fn lookup_value(type_name: &str, (id, title): (u32, String)) -> Wire {
    Wire::typed(
        type_name,
        [
            ("LookupId", Wire::Integer(i64::from(id))),
            ("LookupValue", Wire::text(title)),
        ],
    )
}

fn user_value(session: &Session<'_>, (id, title): (u32, String)) -> Wire {
    let email = session
        .site()
        .users
        .get(&PrincipalId(id))
        .map(|user| user.email.as_str());
    Wire::typed(
        "SP.FieldUserValue",
        [
            ("LookupId", Wire::Integer(i64::from(id))),
            ("LookupValue", Wire::text(title)),
            ("Email", Wire::optional(email)),
        ],
    )
}
