//! Answering reads, and what became of writes.

use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use super::collection;
use super::entities;
use super::navigate;
use super::outcome::Outcome;
use super::path::Segment;
use super::query::Query;
use super::render::{self, Projection};
use super::reply::{Answer, Body, context};
use super::resource::Resource;
use super::shape::Shape;
use crate::call::Call;
use crate::sharepoint::byte_range::part;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::ItemId;

pub(super) fn answer(
    session: &Session<'_>,
    segments: &[Segment],
    query: &Query,
    call: &Call,
    shape: Shape,
) -> Result<Answer, Fault> {
    let target = navigate::follow(session, segments)?;
    match target {
        Resource::Scalar(name, value) => Ok(Answer::scalar(session, &name, value, shape)),
        Resource::Content(_, bytes) => {
            let part = part(call, bytes);
            Ok(Answer {
                status: part.status,
                headers: part.headers,
                body: Body::Bytes(part.bytes),
            })
        }
        Resource::Nothing => Ok(Answer::json(200, shape.void("value"))),
        collection if collection.is_collection() => list(session, &collection, query, call, shape),
        single => one(session, &single, query, shape, 200),
    }
}

fn one(
    session: &Session<'_>,
    resource: &Resource,
    query: &Query,
    shape: Shape,
    status: u16,
) -> Result<Answer, Fault> {
    let api = api(session);
    let entity = entities::entity(session, resource)?;
    let value = render::entity(session, resource, &projection(query), shape, &api)?;
    let answer = Answer::json(
        status,
        shape.whole_entity(value, &context(session, &entity.type_name)),
    );
    let answer = match entity.etag {
        Some(etag) => answer.with("ETag", etag),
        None => answer,
    };
    Ok(match status {
        201 => answer.with("Location", format!("{api}/{}", entity.path)),
        _ => answer,
    })
}

fn list(
    session: &Session<'_>,
    collection: &Resource,
    query: &Query,
    call: &Call,
    shape: Shape,
) -> Result<Answer, Fault> {
    let page = collection::page(session, collection, query)?;
    let (api, projection) = (api(session), projection(query));
    let members = page
        .members
        .iter()
        .map(|member| render::entity(session, member, &projection, shape, &api));
    let members: Result<Vec<Value>, Fault> = members.collect();
    let next = page.next.map(|last| next_link(call, last));
    Ok(Answer::json(
        200,
        shape.whole_collection(&members?, next.as_deref(), &context(session, "Collection")),
    ))
}

pub(super) fn api(session: &Session<'_>) -> String {
    format!("{}/_api", session.web_url())
}

pub(super) fn projection(query: &Query) -> Projection {
    Projection {
        select: query.names("$select"),
        expand: query.names("$expand"),
    }
}

/// The same call with the id of the last item: `…/items?%24skiptoken=Paged%3dTRUE%26p_ID%3d1&%24top=1`.
fn next_link(call: &Call, last: ItemId) -> String {
    let others = url::form_urlencoded::parse(call.query.as_bytes()).filter(|(name, _)| name != "$skiptoken");
    let others: Vec<String> = others
        .map(|(name, value)| {
            let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            format!("&{}={}", encode(&name), encode(&value))
        })
        .collect();
    format!(
        "https://{}{}?%24skiptoken=Paged%3dTRUE%26p_ID%3d{last}{}",
        call.host,
        call.path,
        others.concat()
    )
}

/// What became of a write, as an answer.
pub(super) fn outcome(
    session: &Session<'_>,
    outcome: Outcome,
    query: &Query,
    shape: Shape,
) -> Result<Answer, Fault> {
    match outcome {
        Outcome::Created(resource) => created(session, &resource, query, shape),
        Outcome::Found(resource) => one(session, &resource, query, shape, 200),
        Outcome::Changed(etag) => Ok(match etag {
            Some(etag) => Answer::empty(204).with("ETag", etag),
            None => Answer::empty(204),
        }),
        Outcome::Done => Ok(Answer::empty(200)),
        Outcome::Void(name) => Ok(Answer::json(200, shape.void(&name))),
        Outcome::Value(name, value) => Ok(Answer::scalar(session, &name, value, shape)),
        Outcome::Values(values) => {
            let values: Vec<Value> = values.into_iter().map(|value| typed(value, shape)).collect();
            Ok(Answer::json(
                200,
                shape.whole_collection(&values, None, &context(session, "Collection")),
            ))
        }
    }
}

/// A new object that its creator may not read (an inbox closed to him) is answered by an empty 201.
fn created(session: &Session<'_>, resource: &Resource, query: &Query, shape: Shape) -> Result<Answer, Fault> {
    match one(session, resource, query, shape, 201) {
        Err(fault) if fault.status == 404 => Ok(Answer::empty(201)),
        other => other,
    }
}

/// The type of a change stands where the shape wants it, or nowhere.
fn typed(mut value: Value, shape: Shape) -> Value {
    if let Some(object) = value.as_object_mut()
        && let Some(type_name) = object.remove("odata.type")
    {
        match shape {
            Shape::Verbose => object.insert("__metadata".to_owned(), serde_json::json!({"type": type_name})),
            Shape::Minimal => object.insert("odata.type".to_owned(), type_name),
            Shape::MinimalV4 => object.insert("@odata.type".to_owned(), type_name),
            Shape::NoMetadata | Shape::NoMetadataV4 | Shape::Atom => None,
        };
    }
    value
}
