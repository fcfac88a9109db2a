//! The answer of RenderListDataAsStream.

use serde_json::{Map, Value, json};

use super::parameters::Parameters;
use super::value;
use crate::call::Reply;
use crate::sharepoint::caml::column::ItemRow;
use crate::sharepoint::caml::page::{self, Ask, Page};
use crate::sharepoint::caml::parse;
use crate::sharepoint::caml::view::View;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::ListId;
use crate::sharepoint::state::list::List;

/// Rows of a page when the view names no limit.
const DEFAULT_ROW_LIMIT: usize = 30;

/// Columns that every row has, whatever the view shows.
const ALWAYS: [&str; 6] = [
    "ID",
    "FSObjType",
    "UniqueId",
    "ContentTypeId",
    "FileRef",
    "FileLeafRef",
];

/// Renders a page of a list, trimmed to what the caller may read.
///
/// # Errors
/// As the query itself: no such list for the caller, unknown fields, thresholds.
pub fn render(session: &Session<'_>, list: ListId, parameters: &Parameters) -> Result<Value, Fault> {
    let list = session.list(list)?;
    let mut view = view(list, parameters)?;
    let limit = *view.row_limit.get_or_insert(DEFAULT_ROW_LIMIT);
    let ask = Ask {
        view,
        position: parameters.paging.clone(),
        folder: parameters.folder.clone(),
    };
    let page = page::page(session, list.id, &ask)?;
    let rows: Result<Vec<Value>, Fault> = page
        .items
        .iter()
        .map(|id| {
            let row = ItemRow::new(session, list, session.item(list.id, *id)?);
            Ok(Value::Object(row_of(&row, &ask.view, parameters.dates_in_utc)))
        })
        .collect();
    Ok(Value::Object(frame(session, list, &page, rows?, limit)))
}

/// JSON as this call writes it: indented, with CRLF.
pub fn reply(answer: &Value) -> Reply {
    let text = format!("{answer:#}").replace('\n', "\r\n");
    Reply::text(200, "application/json; charset=utf-8", text)
}

fn view(list: &List, parameters: &Parameters) -> Result<View, Fault> {
    if let Some(xml) = &parameters.view_xml {
        return Ok(parse::parse(xml)?);
    }
    let Some(stored) = list.views.iter().find(|view| view.default_view) else {
        return Ok(View::default());
    };
    let mut view = parse::parse_query(&stored.query)?;
    view.fields = Some(stored.fields.clone());
    view.row_limit = usize::try_from(stored.row_limit).ok();
    view.paged = stored.paged;
    Ok(view)
}

fn row_of(row: &ItemRow<'_>, view: &View, dates_in_utc: bool) -> Map<String, Value> {
    let mut members = Map::new();
    let mask = row.session.item_permissions(row.list, row.item);
    members.insert("PermMask".to_owned(), json!(format!("{:#x}", mask.0)));
    let shown: Vec<&str> = match &view.fields {
        Some(fields) => fields.iter().map(String::as_str).collect(),
        None => row
            .list
            .fields
            .iter()
            .map(|field| field.internal_name.as_str())
            .collect(),
    };
    for name in ALWAYS.into_iter().chain(shown) {
        members.extend(value::members(row, name, dates_in_utc));
    }
    members
}

fn frame(
    session: &Session<'_>,
    list: &List,
    page: &Page,
    rows: Vec<Value>,
    limit: usize,
) -> Map<String, Value> {
    let end = page.before + rows.len();
    let mask = session.list_permissions(list);
    let mut frame = Map::new();
    frame.insert("FirstRow".to_owned(), json!(page.before + 1));
    frame.insert("LastRow".to_owned(), json!(end));
    frame.insert("RowLimit".to_owned(), json!(limit));
    frame.insert("FolderPermissions".to_owned(), json!(format!("{:#x}", mask.0)));
    if let Some(next) = &page.next {
        let view = list.views.iter().find(|view| view.default_view);
        let view = view.map_or_else(uuid::Uuid::nil, |view| view.id.0);
        let href = format!("?{next}&PageFirstRow={}&View={view}", end + 1);
        frame.insert("NextHref".to_owned(), json!(href));
    }
    for (name, fixed) in [
        ("FilterLink", "?"),
        ("ForceNoHierarchy", "1"),
        ("HierarchyHasIndention", ""),
        ("CurrentFolderSpItemUrl", ""),
    ] {
        frame.insert(name.to_owned(), json!(fixed));
    }
    frame.insert("Row".to_owned(), Value::Array(rows));
    frame
}
