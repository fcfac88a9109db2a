//! `GetItems` and `RenderListDataAsStream`: CAML queries over REST.

use serde_json::{Map, Value};

use super::body;
use super::navigate;
use super::path::Segment;
use super::query::Query;
use super::read;
use super::render;
use super::reply::{Answer, Body, context};
use super::resource::Resource;
use super::shape::Shape;
use super::since_token;
use crate::sharepoint::caml::page::{self, Ask};
use crate::sharepoint::caml::parse;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::field::FieldKind;
use crate::sharepoint::state::ids::ListId;
use crate::sharepoint::state::list::List;
use crate::sharepoint::stream::parameters::Parameters;
use crate::sharepoint::stream::render as stream;

/// The answer, when the path ends in one of these calls on a list.
pub(super) fn answer(
    session: &Session<'_>,
    segments: &[Segment],
    query: &Query,
    bytes: &[u8],
    shape: Shape,
) -> Result<Option<Answer>, Fault> {
    let Some((asked, path)) = segments.split_last() else {
        return Ok(None);
    };
    let known = [
        "getitems",
        "renderlistdataasstream",
        "getlistitemchangessincetoken",
    ];
    if !known.contains(&asked.name.as_str()) {
        return Ok(None);
    }
    let Resource::List(list) = navigate::follow(session, path)? else {
        return Err(navigate::unknown(&asked.original));
    };
    let body = body::object(bytes)?;
    match asked.name.as_str() {
        "getitems" => items(session, list, query, &body, shape).map(Some),
        "renderlistdataasstream" => rows(session, list, query, body).map(Some),
        _ => since_token::answer(session, list, &body).map(Some),
    }
}

fn rows(
    session: &Session<'_>,
    list: ListId,
    query: &Query,
    body: Map<String, Value>,
) -> Result<Answer, Fault> {
    let mut parameters = Parameters::read(&Value::Object(body))?;
    // List views page by their own address: `?Paged=TRUE&p_ID=20`.
    let paging = || query.get("p_id").map(|id| format!("Paged=TRUE&p_ID={id}"));
    parameters.paging = parameters.paging.or_else(paging);
    let answer = stream::reply(&stream::render(session, list, &parameters)?);
    Ok(Answer {
        body: Body::Bytes(answer.body),
        ..Answer::empty(200)
    }
    .with("Content-Type", "application/json; charset=utf-8".to_owned()))
}

fn items(
    session: &Session<'_>,
    list: ListId,
    query: &Query,
    body: &Map<String, Value>,
    shape: Shape,
) -> Result<Answer, Fault> {
    let asked = body::inner(body, "query");
    let position = asked
        .get("ListItemCollectionPosition")
        .and_then(|position| position.get("PagingInfo"));
    let ask = Ask {
        view: parse::parse(&body::text(&asked, "ViewXml")?)?,
        position: position.and_then(Value::as_str).map(str::to_owned),
        folder: body::optional_text(&asked, "FolderServerRelativeUrl"),
    };
    let found = page::page(session, list, &ask)?;
    let (api, projection) = (read::api(session), read::projection(query));
    let in_utc = body::truth(&asked, "DatesInUtc").unwrap_or(false);
    let mut members = Vec::new();
    for id in found.items {
        let item = Resource::Item(list, id);
        let mut rendered = render::entity(session, &item, &projection, shape, &api)?;
        if !in_utc {
            without_zone(session.list(list)?, &mut rendered);
        }
        members.push(rendered);
    }
    let whole = shape.whole_collection(&members, None, &context(session, "Collection"));
    Ok(Answer::json(200, whole))
}

/// Dates of `GetItems` come without `Z` unless UTC was asked for.
fn without_zone(list: &List, item: &mut Value) {
    let dates = list
        .fields
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::DateTime { .. }));
    for field in dates {
        if let Some(Value::String(text)) = item.get_mut(&field.internal_name) {
            text.truncate(text.trim_end_matches('Z').len());
        }
    }
}
