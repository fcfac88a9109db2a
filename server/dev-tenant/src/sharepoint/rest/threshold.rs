//! The thresholds of list views and of lookups for OData queries on items, and columns that cannot be filtered.

use std::collections::BTreeSet;

use super::collection::{Order, value_at};
use super::entities::property_name;
use super::filter_syntax::{Filter, Operand};
use super::item_page::Ask;
use super::narrowing;
use super::query::Query;
use super::resource::Resource;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::limits::{LIST_VIEW_THRESHOLD, LOOKUP_COLUMNS_A_QUERY};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::ids::ListId;
use crate::sharepoint::state::list::List;

/// # Errors
/// 400 for a filter on multi-line text, several people, links; the threshold for a large list without an index
/// that narrows the result. Paging by ID never hits it.
pub(super) fn check(
    session: &Session<'_>,
    list: ListId,
    filter: Option<&Filter>,
    order: &Order,
) -> Result<(), Fault> {
    let target = session.list(list)?;
    for path in filter.map(Filter::paths).unwrap_or_default() {
        if field(target, path).is_some_and(cannot_be_filtered) {
            return Err(Fault::invalid_query(format!(
                "The field '{path}' of type Note cannot be used in the query filter expression."
            )));
        }
    }
    let unfiltered_by_id = filter.is_none() && order.iter().all(|(name, _)| name.eq_ignore_ascii_case("id"));
    if target.items.len() <= LIST_VIEW_THRESHOLD || unfiltered_by_id {
        return Ok(());
    }
    match filter {
        Some(filter) if narrows(session, target, filter) => Ok(()),
        _ => Err(Fault::list_view_threshold()),
    }
}

/// # Errors
/// More columns of people, lookups and managed metadata than one query may join, named anywhere in it.
pub(super) fn check_lookups(session: &Session<'_>, ask: &Ask<'_>, query: &Query) -> Result<(), Fault> {
    let list = session.list(ask.list)?;
    let (shown, expanded) = (query.names("$select"), query.names("$expand"));
    let filtered = ask.filter.map(Filter::paths).unwrap_or_default();
    let named = shown.iter().chain(&expanded).map(String::as_str);
    let named = named
        .chain(filtered)
        .chain(ask.order.iter().map(|(name, _)| name.as_str()));
    let joined: BTreeSet<_> = named
        .filter_map(|path| field(list, path))
        .filter(|field| field.kind.is_lookup_type())
        .map(|field| field.id)
        .collect();
    if joined.len() > LOOKUP_COLUMNS_A_QUERY {
        return Err(Fault::too_many_lookups());
    }
    Ok(())
}

fn cannot_be_filtered(field: &Field) -> bool {
    matches!(
        field.kind,
        FieldKind::Note { .. }
            | FieldKind::Url
            | FieldKind::Lookup { multi: true, .. }
            | FieldKind::User { multi: true }
    )
}

/// The column behind a property path: `PFStatus`, `PFApplicantId`, `PFApplicant/Title`.
pub(super) fn field<'a>(list: &'a List, path: &str) -> Option<&'a Field> {
    let first = path.split('/').next().unwrap_or(path);
    let named = |name: &str| {
        list.fields
            .iter()
            .find(|field| property_name(field).eq_ignore_ascii_case(name))
    };
    named(first).or_else(|| first.strip_suffix("Id").and_then(named))
}

/// Whether one of the conditions that must all hold is on an index and leaves few enough items.
fn narrows(session: &Session<'_>, list: &List, filter: &Filter) -> bool {
    match filter {
        Filter::And(left, right) => narrows(session, list, left) || narrows(session, list, right),
        Filter::Compare(_, Operand::Path(path), _) => {
            let indexed = field(list, path).is_some_and(|field| field.indexed);
            path.eq_ignore_ascii_case("id") || (indexed && few(session, list, filter, path))
        }
        _ => false,
    }
}

fn few(session: &Session<'_>, list: &List, filter: &Filter, path: &str) -> bool {
    let part = narrowing::part(list, filter);
    if part.is_at_most(LIST_VIEW_THRESHOLD) {
        return true;
    }
    let matches = part.items(&list.items, false).filter(|item| {
        let item = Resource::Item(list.id, item.id);
        value_at(session, &item, path).is_ok_and(|value| filter.holds(&|_| value.clone()))
    });
    matches.take(LIST_VIEW_THRESHOLD + 1).count() <= LIST_VIEW_THRESHOLD
}
