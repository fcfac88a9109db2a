//! Answers that hold many resources: filter, select, pages.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::fault::Fault;
use super::model::{self, Entity};
use super::request::{Outcome, Request, context_url, json};
use super::{filter, filter::Filter};

/// Microsoft Graph, "List users": 100 when not said.
pub(crate) const PAGE: usize = 100;

/// What a list shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Collection<'n> {
    pub(crate) resource: &'n str,
    pub(crate) context: &'n str,
    /// Shown when the caller selects nothing; empty = everything.
    pub(crate) default: &'n [&'n str],
}

/// Answers a directory query over `entities`, each with an `id`.
pub(crate) fn directory(request: &Request, collection: Collection, mut entities: Vec<Entity>) -> Outcome {
    if let Some(filter) = request_filter(request)? {
        if filter.is_advanced() && !request.is_advanced() {
            return Err(unsupported(
                "The specified filter needs ConsistencyLevel: eventual and $count=true.",
            ));
        }
        let all = entities.into_iter().map(Value::Object);
        let found = all.filter(|entity| filter::holds(&filter, entity));
        entities = found
            .filter_map(|entity| match entity {
                Value::Object(entity) => Some(entity),
                _ => None,
            })
            .collect();
    }
    if let Some(order) = &request.options.order_by {
        if request.options.filter.is_some() && !request.is_advanced() {
            return Err(unsupported("Sorting not supported for current query."));
        }
        sort(&mut entities, order);
    }
    answer(request, collection, &entities)
}

fn unsupported(message: &str) -> Fault {
    Fault::refused(400, "Request_UnsupportedQuery", message)
}

pub(crate) fn request_filter(request: &Request) -> Result<Option<Filter>, Fault> {
    request.options.filter.as_deref().map(filter::parse).transpose()
}

pub(crate) fn sort(entities: &mut [Entity], order: &str) {
    let (name, descending) = match order.split_once(' ') {
        Some((name, direction)) => (name, direction.trim().eq_ignore_ascii_case("desc")),
        None => (order, false),
    };
    entities.sort_by_key(|entity| entity.get(name).and_then(Value::as_str).map(str::to_lowercase));
    if descending {
        entities.reverse();
    }
}

/// One page of what is left after filtering and sorting, with the way to the next.
pub(crate) fn answer(request: &Request, collection: Collection, entities: &[Entity]) -> Outcome {
    paged(request, collection, entities, PAGE, |entity| {
        let chosen = &request.options.select;
        let shown = select(entity, collection.resource, chosen, collection.default)?;
        Ok(with_expanded(request, entity, shown))
    })
}

/// What `$expand` asks for is shown whatever `$select` says.
pub(crate) fn with_expanded(request: &Request, entity: &Entity, mut shown: Entity) -> Entity {
    for expand in &request.options.expand {
        if let Some(expanded) = entity.get(&expand.name) {
            shown.insert(expand.name.clone(), expanded.clone());
        }
    }
    shown
}

fn paged(
    request: &Request,
    collection: Collection,
    entities: &[Entity],
    size: usize,
    show: impl Fn(&Entity) -> Result<Entity, Fault>,
) -> Outcome {
    let start = match &request.options.skip_token {
        Some(token) => after(entities, token)?,
        None => request.options.skip,
    };
    let size = request.options.top.unwrap_or(size);
    let page: Vec<&Entity> = entities.iter().skip(start).take(size).collect();
    let mut body = Entity::new();
    body.insert(
        "@odata.context".to_owned(),
        context_url(collection.context).into(),
    );
    if request.options.count {
        body.insert("@odata.count".to_owned(), entities.len().into());
    }
    if let Some(last) = page.last().filter(|_| start + page.len() < entities.len()) {
        let token = URL_SAFE_NO_PAD.encode(id(last));
        let query = request.options.continued("$skiptoken", &token);
        let link = format!("https://graph.microsoft.com{}?{query}", request.path);
        body.insert("@odata.nextLink".to_owned(), link.into());
    }
    let shown = page.into_iter().map(show).collect::<Result<Vec<_>, _>>()?;
    body.insert("value".to_owned(), shown.into_iter().map(Value::Object).collect());
    Ok(json(200, &Value::Object(body)))
}

/// Like [`answer`] for resources of several types, whose properties were selected before.
pub(crate) fn unselected(
    request: &Request,
    collection: Collection,
    entities: &[Entity],
    size: usize,
) -> Outcome {
    paged(request, collection, entities, size, |entity| Ok(entity.clone()))
}

/// The position behind the resource a skip token names.
fn after(entities: &[Entity], token: &str) -> Result<usize, Fault> {
    URL_SAFE_NO_PAD
        .decode(token)
        .ok()
        .and_then(|last| entities.iter().position(|entity| id(entity).as_bytes() == last))
        .map(|position| position + 1)
        .ok_or_else(|| {
            Fault::refused(
                400,
                "Directory_ExpiredPageToken",
                "The specified page token value has expired and can no longer be included in your request.",
            )
        })
}

fn id(entity: &Entity) -> &str {
    entity.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// The chosen properties; a known property without a value is null, or an empty collection, as Graph shows it.
pub(crate) fn select(
    entity: &Entity,
    resource: &str,
    chosen: &[String],
    default: &[&str],
) -> Result<Entity, Fault> {
    let mut shown: Entity = entity
        .iter()
        .filter(|(name, _)| name.starts_with('@'))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let mut show = |name: &str| {
        let value = entity
            .get(name)
            .cloned()
            .unwrap_or_else(|| model::absent(resource, name));
        shown.insert(name.to_owned(), value);
    };
    for name in chosen.iter().filter(|name| *name != "*") {
        let head = name.split('/').next().unwrap_or(name);
        let (known, _) = model::property(resource, head).ok_or_else(|| {
            Fault::refused(
                400,
                "Request_BadRequest",
                format!("Could not find a property named '{head}' on type 'microsoft.graph.{resource}'."),
            )
        })?;
        show(known);
    }
    if chosen.is_empty() && !default.is_empty() {
        for name in default {
            show(name);
        }
    } else if chosen.is_empty() {
        return Ok(entity.clone());
    }
    Ok(shown)
}
