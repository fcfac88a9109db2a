//! One page of a list's items: walked to by number, or sorted and cut.

use super::collection::{self, LARGEST_PAGE, Order, Page};
use super::filter_syntax::Filter;
use super::narrowing;
use super::query::Query;
use super::resource::Resource;
use super::threshold;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::item::Item;
use crate::sharepoint::state::part::Part;

/// Items in a page when nobody says otherwise (Microsoft: "Use OData query operations in SharePoint REST requests").
const DEFAULT_PAGE: usize = 100;

/// What is asked of a list.
pub(super) struct Ask<'a> {
    pub(super) list: ListId,
    pub(super) filter: Option<&'a Filter>,
    pub(super) order: &'a Order,
}

/// Items page by the id of the last one (`$skiptoken=Paged=TRUE&p_ID=7`); `$skip` has no effect.
///
/// # Errors
/// 400 for options that mean nothing here, the list view threshold.
pub(super) fn page(session: &Session<'_>, ask: &Ask<'_>, query: &Query) -> Result<Page, Fault> {
    threshold::check(session, ask.list, ask.filter, ask.order)?;
    threshold::check_lookups(session, ask, query)?;
    let size = collection::number(query, "$top")?
        .unwrap_or(DEFAULT_PAGE)
        .min(LARGEST_PAGE);
    let token = query.get("$skiptoken").unwrap_or_default();
    let after = token.split('&').find_map(|part| part.strip_prefix("p_ID="));
    let after: Option<u32> = after.and_then(|id| id.parse().ok());
    let list = session.list(ask.list)?;
    let part = ask
        .filter
        .map_or(Part::ALL, |filter| narrowing::part(list, filter));
    if let Some(descending) = by_number(ask.order) {
        let part = part.and(beyond(after, descending));
        let found = matching(
            session,
            ask,
            part.items(&list.items, descending),
            size.saturating_add(1),
        )?;
        return Ok(cut(found, 0, size));
    }
    let mut found = matching(session, ask, part.items(&list.items, false), usize::MAX)?;
    collection::sort(session, &mut found, ask.order)?;
    let start = after.map_or(0, |after| start(&found, after));
    Ok(cut(found, start, size))
}

/// Whether items come in the order of their numbers, and downwards.
fn by_number(order: &Order) -> Option<bool> {
    match order.as_slice() {
        [] => Some(false),
        [(name, descending)] if name.eq_ignore_ascii_case("id") => Some(*descending),
        _ => None,
    }
}

fn beyond(after: Option<u32>, descending: bool) -> Part {
    match after {
        None => Part::ALL,
        Some(0) if descending => Part::Range(1, 0),
        Some(id) if descending => Part::Range(0, id - 1),
        Some(id) => Part::Range(id.saturating_add(1), u32::MAX),
    }
}

fn matching<'a>(
    session: &Session<'_>,
    ask: &Ask<'_>,
    items: impl Iterator<Item = &'a Item>,
    most: usize,
) -> Result<Vec<Resource>, Fault> {
    let list = session.list(ask.list)?;
    let mut found = Vec::new();
    for item in items {
        let member = Resource::Item(ask.list, item.id);
        if session.may_read(list, item) && collection::fits(session, &member, ask.filter)? {
            found.push(member);
            if found.len() == most {
                break;
            }
        }
    }
    Ok(found)
}

fn number(resource: &Resource) -> Option<u32> {
    match resource {
        Resource::Item(_, id) => Some(id.0),
        _ => None,
    }
}

/// Behind the item that the token names; that one may be gone: then at the next number.
fn start(found: &[Resource], after: u32) -> usize {
    let there = found.iter().position(|item| number(item) == Some(after));
    let next = || found.iter().position(|item| number(item) > Some(after));
    there.map(|at| at + 1).or_else(next).unwrap_or(found.len())
}

fn cut(found: Vec<Resource>, start: usize, size: usize) -> Page {
    let rest = found.len().saturating_sub(start);
    let members: Vec<Resource> = found.into_iter().skip(start).take(size).collect();
    let last = members.last().and_then(number).map(ItemId);
    Page {
        next: last.filter(|_| rest > size),
        members,
    }
}
