//! The order of rows. Empty fields come first, texts compare without case, the item number breaks ties.

use std::cmp::Ordering;

use super::cell::Cell;

pub(super) fn compare(one: &Cell, two: &Cell) -> Ordering {
    match (one, two) {
        (Cell::Number(one), Cell::Number(two)) => one.total_cmp(two),
        (Cell::Boolean(one), Cell::Boolean(two)) => one.cmp(two),
        (Cell::DateTime(one), Cell::DateTime(two)) => one.cmp(two),
        _ => text(one).to_lowercase().cmp(&text(two).to_lowercase()),
    }
}

/// A cell as the position of a page writes it.
pub(super) fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Boolean(yes) => u8::from(*yes).to_string(),
        Cell::DateTime(at) => at.to_string(),
        Cell::Texts(texts) => texts.join(";"),
        Cell::Links(links) => links.first().map(|(_, title)| title.clone()).unwrap_or_default(),
    }
}

/// A position's text as a cell of the same sort as `like`.
pub(super) fn read(text: &str, like: &Cell) -> Cell {
    let parsed = match like {
        Cell::Number(_) => text.parse().ok().map(Cell::Number),
        Cell::Boolean(_) => Some(Cell::Boolean(text == "1")),
        Cell::DateTime(_) => text.parse().ok().map(Cell::DateTime),
        _ => Some(Cell::Text(text.to_owned())),
    };
    parsed.unwrap_or(Cell::Empty)
}
