//! `$select` and `$expand` on a resource.

use serde_json::{Map, Value};

use super::entities;
use super::members;
use super::navigate;
use super::path::Segment;
use super::resource::Resource;
use super::shape::{Entity, Shape};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;

/// What to show of an entity.
#[derive(Debug, Clone, Default)]
pub(super) struct Projection {
    pub(super) select: Vec<String>,
    pub(super) expand: Vec<String>,
}

impl Projection {
    /// The projection for one expanded navigation.
    fn below(&self, name: &str) -> Self {
        let inner = |paths: &[String]| {
            let split = paths.iter().filter_map(|path| path.split_once('/'));
            let mine = split.filter(|(first, _)| first.eq_ignore_ascii_case(name));
            mine.map(|(_, rest)| rest.to_owned()).collect()
        };
        Self {
            select: inner(&self.select),
            expand: inner(&self.expand),
        }
    }

    /// First steps of all expanded paths, each once.
    fn expanded(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for path in &self.expand {
            let first = path.split('/').next().unwrap_or(path);
            if !names.iter().any(|known| known.eq_ignore_ascii_case(first)) {
                names.push(first);
            }
        }
        names
    }
}

/// Renders an entity with its expanded navigations.
///
/// # Errors
/// 400 for a name in `$select` or `$expand` that the entity does not have.
pub(super) fn entity(
    session: &Session<'_>,
    resource: &Resource,
    projection: &Projection,
    shape: Shape,
    api: &str,
) -> Result<Value, Fault> {
    let mut entity = entities::entity(session, resource)?;
    select(session, resource, projection, &mut entity)?;
    let names = projection.expanded();
    entity
        .deferred
        .retain(|name| !names.iter().any(|expanded| expanded.eq_ignore_ascii_case(name)));
    if !projection.select.is_empty() && !projection.select.iter().any(|name| name == "*") {
        entity.deferred.clear();
    }
    for name in names {
        let value = expand(session, resource, name, projection, shape, api)?;
        entity.properties.insert(name.to_owned(), value);
    }
    Ok(shape.entity(entity, api))
}

fn expand(
    session: &Session<'_>,
    resource: &Resource,
    name: &str,
    projection: &Projection,
    shape: Shape,
    api: &str,
) -> Result<Value, Fault> {
    let segment = Segment {
        name: name.to_ascii_lowercase(),
        original: name.to_owned(),
        arguments: Vec::new(),
    };
    let target = navigate::step(session, resource, &segment).map_err(|fault| match fault.status {
        404 => Fault::invalid_query(format!("The field or property '{name}' does not exist.")),
        _ => fault,
    })?;
    let inner = projection.below(name);
    match target {
        Resource::Nothing => Ok(Value::Null),
        Resource::Scalar(_, value) => Ok(value),
        collection if collection.is_collection() => {
            let members = members::members(session, &collection)?;
            let rendered: Result<Vec<Value>, Fault> = members
                .iter()
                .map(|member| entity(session, member, &inner, shape, api))
                .collect();
            Ok(shape.nested(rendered?))
        }
        single => entity(session, &single, &inner, shape, api),
    }
}

fn select(
    session: &Session<'_>,
    resource: &Resource,
    projection: &Projection,
    entity: &mut Entity,
) -> Result<(), Fault> {
    if projection.select.is_empty() {
        return Ok(());
    }
    let expanded = projection.expanded();
    let is_expanded = |name: &str| expanded.iter().any(|known| known.eq_ignore_ascii_case(name));
    let mut chosen = Map::new();
    for path in &projection.select {
        let (first, nested) = path
            .split_once('/')
            .map_or((path.as_str(), false), |(first, _)| (first, true));
        match first {
            "*" => chosen.extend(entity.properties.clone()),
            _ if is_expanded(first) => {}
            _ if nested => {
                return Err(Fault::invalid_query(format!(
                    "The query to field '{path}' is not valid. The $select query string must specify the target fields and the $expand query string must contains {first}."
                )));
            }
            name => {
                let (name, value) = property(session, resource, entity, name).ok_or_else(|| {
                    Fault::invalid_query(format!("The field or property '{name}' does not exist."))
                })?;
                chosen.insert(name, value);
            }
        }
    }
    // SharePoint gives both spellings whenever one of them is asked for.
    if let (true, Resource::Item(_, id)) = (chosen.contains_key("Id") || chosen.contains_key("ID"), resource)
    {
        chosen.insert("Id".to_owned(), Value::from(id.0));
        chosen.insert("ID".to_owned(), Value::from(id.0));
    }
    entity.properties = chosen;
    Ok(())
}

fn property(
    session: &Session<'_>,
    resource: &Resource,
    entity: &Entity,
    name: &str,
) -> Option<(String, Value)> {
    let exact = entity
        .properties
        .get(name)
        .map(|value| (name.to_owned(), value.clone()));
    let asked = || entities::on_request(session, resource, name).map(|value| (name.to_owned(), value));
    let similar = || {
        let mut pairs = entity.properties.iter();
        let found = pairs.find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(key, value)| (key.clone(), value.clone()))
    };
    exact.or_else(asked).or_else(similar)
}
