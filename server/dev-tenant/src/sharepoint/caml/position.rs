//! `ListItemCollectionPosition`: `Paged=TRUE&p_{field}={value}&p_ID={last id}`.

use std::cmp::Ordering;

use url::form_urlencoded;

use super::cell::{Cell, Row};
use super::column::ItemRow;
use super::order;
use super::view::OrderBy;

/// The row after which (or before which) a page lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) id: u32,
    /// `PageFirstRow`: the number of the page's first row, as the client knows it.
    pub(super) first_row: Option<usize>,
    keys: Vec<(String, String)>,
    pub(super) backwards: bool,
}

impl Position {
    /// Reads paging information; a leading `?` is allowed. `None` when it names no item.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(text.trim_start_matches('?').as_bytes())
            .into_owned()
            .collect();
        let get = |name: &str| pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        let id = get("p_ID")?.1.parse().ok()?;
        let backwards = get("PagedPrev").is_some_and(|(_, value)| value.eq_ignore_ascii_case("true"));
        let first_row = get("PageFirstRow").and_then(|(_, row)| row.parse().ok());
        Some(Self {
            id,
            first_row,
            keys: pairs,
            backwards,
        })
    }

    /// Where a row stands in relation to this position.
    pub(super) fn relation(&self, row: &ItemRow<'_>, sorting: &[OrderBy]) -> Ordering {
        for by in sorting {
            let cell = row.cell(&by.field);
            let key = self
                .key(&by.field)
                .map_or(Cell::Empty, |text| order::read(text, &cell));
            let ordering = directed(order::compare(&cell, &key), by);
            if ordering.is_ne() {
                return ordering;
            }
        }
        row.item.id.0.cmp(&self.id)
    }

    fn key(&self, field: &str) -> Option<&str> {
        let name = format!("p_{field}");
        self.keys
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.as_str())
    }
}

pub(super) fn directed(ordering: Ordering, by: &OrderBy) -> Ordering {
    if by.ascending {
        ordering
    } else {
        ordering.reverse()
    }
}

/// The paging information that leads on from a row.
pub(super) fn after(row: &ItemRow<'_>, sorting: &[OrderBy]) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.append_pair("Paged", "TRUE");
    for by in sorting.iter().filter(|by| by.field != "ID") {
        text.append_pair(&format!("p_{}", by.field), &order::text(&row.cell(&by.field)));
    }
    text.append_pair("p_ID", &row.item.id.to_string());
    text.finish()
}
