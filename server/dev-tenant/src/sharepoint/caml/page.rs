//! One page of a query: trimmed by permission, filtered, sorted, cut.

use std::cmp::Ordering;

use super::cell::{Context, Row as _};
use super::column::ItemRow;
use super::evaluate::holds;
use super::narrowing;
use super::order;
use super::place::Place;
use super::position::{self, Position};
use super::threshold;
use super::view::View;
use super::walk::Walk;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::part::Part;

/// What is asked of a list.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    pub view: View,
    /// `PagingInfo` of an earlier page.
    pub position: Option<String>,
    /// Server-relative URL of the folder to look in; `None` = the list's root.
    pub folder: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    pub items: Vec<ItemId>,
    /// `PagingInfo` of the next page; `None` on the last.
    pub next: Option<String>,
    /// How many rows of the query lie before this page.
    pub before: usize,
}

/// Runs a query as the session's caller; items that he may not read are as if they did not exist.
///
/// # Errors
/// The list is not there or not for him, the query names unknown fields or would exceed a threshold.
pub fn page(session: &Session<'_>, list: ListId, ask: &Ask) -> Result<Page, Fault> {
    let list = session.list(list)?;
    let view = &ask.view;
    let context = context(session);
    threshold::check(session, list, view, &context)?;
    let Some(place) = Place::of(list, ask) else {
        return Ok(Page::default());
    };
    let filter = view.filter.as_ref();
    let narrowed = filter.map_or(Part::ALL, |filter| narrowing::part(list, filter, &context));
    let part = narrowed.and(place.part(list));
    let fits = |row: &ItemRow<'_>| {
        let holds = filter.is_none_or(|filter| holds(filter, row, &context));
        holds && place.holds(list, row.item) && session.may_read(list, row.item)
    };
    let position = ask.position.as_deref().and_then(Position::parse);
    if let (Some(descending), Some(limit)) = (by_number(view), view.row_limit) {
        let walk = Walk {
            descending,
            limit,
            position,
        };
        return Ok(walk.page(&part, |part, down| {
            let rows = part
                .items(&list.items, down)
                .map(|item| ItemRow::new(session, list, item));
            rows.filter(&fits)
                .map(|row| row.item.id)
                .take(limit.saturating_add(1))
                .collect()
        }));
    }
    let rows = part
        .items(&list.items, false)
        .map(|item| ItemRow::new(session, list, item));
    let mut rows: Vec<ItemRow<'_>> = rows.filter(fits).collect();
    rows.sort_by(|one, two| compare(one, two, view));
    Ok(cut(&rows, view, position.as_ref()))
}

/// Whether rows come in the order of their numbers, and downwards.
fn by_number(view: &View) -> Option<bool> {
    match view.order.as_slice() {
        [] => Some(false),
        [by] if by.field == "ID" => Some(!by.ascending),
        _ => None,
    }
}

pub(in crate::sharepoint) fn context(session: &Session<'_>) -> Context {
    Context {
        now: session.at,
        user: session.author().0,
        groups: session.principal.all.iter().map(|id| id.0).collect(),
    }
}

fn compare(one: &ItemRow<'_>, two: &ItemRow<'_>, view: &View) -> Ordering {
    for by in &view.order {
        let ordering = position::directed(order::compare(&one.cell(&by.field), &two.cell(&by.field)), by);
        if ordering.is_ne() {
            return ordering;
        }
    }
    one.item.id.cmp(&two.item.id)
}

fn cut(rows: &[ItemRow<'_>], view: &View, position: Option<&Position>) -> Page {
    let limit = view.row_limit.unwrap_or(rows.len()).max(1);
    let (start, end) = match position {
        None => (0, limit),
        Some(position) if position.backwards => {
            let end = rows.partition_point(|row| position.relation(row, &view.order).is_lt());
            (end.saturating_sub(limit), end)
        }
        Some(position) => {
            let start = rows.partition_point(|row| position.relation(row, &view.order).is_le());
            (start, start.saturating_add(limit))
        }
    };
    let end = end.min(rows.len());
    let shown = rows.get(start..end).unwrap_or_default();
    Page {
        items: shown.iter().map(|row| row.item.id).collect(),
        next: shown
            .last()
            .filter(|_| end < rows.len())
            .map(|last| position::after(last, &view.order)),
        before: start,
    }
}
