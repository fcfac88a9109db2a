//! The columns that a view shows, and their order.

use super::fault::Fault;
use super::session::Session;
use super::views;
use crate::sharepoint::state::ids::{ListId, ViewId};

/// Shows a column, by internal name or title, at the end; one that is shown already stays where it is.
///
/// # Errors
/// As [`views::update`].
pub fn add(session: &mut Session<'_>, list: ListId, id: ViewId, name: &str) -> Result<(), Fault> {
    let field = session.list(list)?.field_by_name_or_title(name);
    let name = field.map_or_else(|| name.to_owned(), |field| field.internal_name.clone());
    change(session, list, id, |fields| {
        if !fields.contains(&name) {
            fields.push(name);
        }
        Ok(())
    })
}

/// Takes a column, by internal name, to a position from 0; a position behind the last is the last.
///
/// # Errors
/// As [`views::update`]; a column that the view does not show.
pub fn move_to(
    session: &mut Session<'_>,
    list: ListId,
    id: ViewId,
    name: &str,
    index: usize,
) -> Result<(), Fault> {
    change(session, list, id, |fields| {
        let from = fields.iter().position(|field| field == name);
        let field = fields.remove(from.ok_or_else(|| Fault::field_not_found(name))?);
        fields.insert(index.min(fields.len()), field);
        Ok(())
    })
}

/// Hides a column, by internal name.
///
/// # Errors
/// As [`views::update`]; a column that the view does not show.
pub fn remove(session: &mut Session<'_>, list: ListId, id: ViewId, name: &str) -> Result<(), Fault> {
    change(session, list, id, |fields| {
        let from = fields.iter().position(|field| field == name);
        fields.remove(from.ok_or_else(|| Fault::field_not_found(name))?);
        Ok(())
    })
}

/// Hides all columns.
///
/// # Errors
/// As [`views::update`].
pub fn remove_all(session: &mut Session<'_>, list: ListId, id: ViewId) -> Result<(), Fault> {
    change(session, list, id, |fields| {
        fields.clear();
        Ok(())
    })
}

fn change(
    session: &mut Session<'_>,
    list: ListId,
    id: ViewId,
    work: impl FnOnce(&mut Vec<String>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut view = views::find(session, list, id)?.clone();
    work(&mut view.fields)?;
    views::update(session, list, view)
}
