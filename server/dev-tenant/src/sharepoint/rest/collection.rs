//! `$filter`, `$orderby`, `$top` and paging over the members of a collection.

use std::cmp::Ordering;

use serde_json::Value;

use super::entities;
use super::filter::sorted;
use super::filter_syntax::{self, Filter};
use super::item_page;
use super::members;
use super::navigate;
use super::path::Segment;
use super::query::Query;
use super::resource::Resource;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::ItemId;

/// The most items in a page.
pub(super) const LARGEST_PAGE: usize = 5_000;

/// One page of a collection; `next` is the id after which the next page of items starts.
pub(super) struct Page {
    pub(super) members: Vec<Resource>,
    pub(super) next: Option<ItemId>,
}

/// # Errors
/// 400 for options that mean nothing here, the list view threshold for items.
pub(super) fn page(session: &Session<'_>, collection: &Resource, query: &Query) -> Result<Page, Fault> {
    let filter = query.get("$filter").map(filter_syntax::parse).transpose()?;
    let order = order(query)?;
    if let Resource::Items(list) = collection {
        let ask = item_page::Ask {
            list: *list,
            filter: filter.as_ref(),
            order: &order,
        };
        return item_page::page(session, &ask, query);
    }
    let mut found = Vec::new();
    for member in members::members(session, collection)? {
        if fits(session, &member, filter.as_ref())? {
            found.push(member);
        }
    }
    sort(session, &mut found, &order)?;
    plain_page(found, query)
}

pub(super) fn fits(session: &Session<'_>, member: &Resource, filter: Option<&Filter>) -> Result<bool, Fault> {
    let Some(filter) = filter else {
        return Ok(true);
    };
    let mut values = Vec::new();
    let mut paths = filter.paths();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        values.push((path, value_at(session, member, path)?));
    }
    let value = |path: &str| {
        values
            .iter()
            .find(|(known, _)| *known == path)
            .map(|(_, value)| value.clone())
    };
    Ok(filter.holds(&|path| value(path).unwrap_or_default()))
}

/// The value behind a path such as `Title` or `Author/Title`.
pub(super) fn value_at(session: &Session<'_>, resource: &Resource, path: &str) -> Result<Value, Fault> {
    let missing = || Fault::invalid_query(format!("The field or property '{path}' does not exist."));
    if let Some((first, rest)) = path.split_once('/') {
        let segment = Segment {
            name: first.to_ascii_lowercase(),
            original: first.to_owned(),
            arguments: Vec::new(),
        };
        return match navigate::step(session, resource, &segment).map_err(|_| missing())? {
            Resource::Nothing => Ok(Value::Null),
            next => value_at(session, &next, rest),
        };
    }
    let properties = entities::entity(session, resource)?.properties;
    let known = properties.get(path).cloned();
    let found = known
        .or_else(|| entities::on_request(session, resource, path))
        .or_else(|| {
            let mut pairs = properties.iter();
            pairs
                .find(|(key, _)| key.eq_ignore_ascii_case(path))
                .map(|(_, value)| value.clone())
        });
    found.ok_or_else(missing)
}

/// Property and whether descending.
pub(super) type Order = Vec<(String, bool)>;

fn order(query: &Query) -> Result<Order, Fault> {
    let names = query.names("$orderby").into_iter();
    names
        .map(|part| match part.split_once(' ') {
            None => Ok((part, false)),
            Some((name, direction)) => match direction.trim().to_ascii_lowercase().as_str() {
                "asc" => Ok((name.to_owned(), false)),
                "desc" => Ok((name.to_owned(), true)),
                _ => Err(Fault::invalid_query(format!(
                    "The expression \"{part}\" is not valid."
                ))),
            },
        })
        .collect()
}

pub(super) fn sort(session: &Session<'_>, members: &mut Vec<Resource>, order: &Order) -> Result<(), Fault> {
    if order.is_empty() {
        return Ok(());
    }
    let mut keyed = Vec::new();
    for member in members.drain(..) {
        let keys: Result<Vec<Value>, Fault> = order
            .iter()
            .map(|(path, _)| value_at(session, &member, path))
            .collect();
        keyed.push((keys?, member));
    }
    keyed.sort_by(|(one, _), (two, _)| {
        let columns = one.iter().zip(two).zip(order);
        columns
            .map(|((one, two), (_, descending))| {
                if *descending {
                    sorted(two, one)
                } else {
                    sorted(one, two)
                }
            })
            .find(|order| *order != Ordering::Equal)
            .unwrap_or(Ordering::Equal)
    });
    members.extend(keyed.into_iter().map(|(_, member)| member));
    Ok(())
}

pub(super) fn number(query: &Query, option: &str) -> Result<Option<usize>, Fault> {
    let text = query.get(option);
    let wrong = |_| {
        Fault::invalid_query(format!(
            "The expression \"{}\" is not valid.",
            text.unwrap_or_default()
        ))
    };
    text.map(|text| text.trim().parse().map_err(wrong)).transpose()
}

fn plain_page(found: Vec<Resource>, query: &Query) -> Result<Page, Fault> {
    let skip = number(query, "$skip")?.unwrap_or(0);
    let top = number(query, "$top")?.unwrap_or(usize::MAX);
    Ok(Page {
        members: found.into_iter().skip(skip).take(top).collect(),
        next: None,
    })
}
