//! Writes on items as files, and on folders.

use serde_json::json;

use super::body;
use super::outcome::Outcome;
use super::path::Segment;
use super::write::Write;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{delete, moves};
use crate::sharepoint::state::ids::{ItemId, ListId};

pub(super) fn function(
    session: &mut Session<'_>,
    (list, item): (ListId, ItemId),
    asked: &Segment,
    write: &Write<'_>,
) -> Result<Option<Outcome>, Fault> {
    Ok(Some(match asked.name.as_str() {
        "moveto" => {
            let url = asked.argument("newurl", 0).map(str::to_owned);
            let url = url.map_or_else(|| body::text(&write.body()?, "newUrl"), Ok)?;
            moves::move_to(session, list, item, &url)?;
            Outcome::Void(asked.original.clone())
        }
        "movetousingpath" => {
            moves::move_to(session, list, item, asked.required("decodedurl", 0)?)?;
            Outcome::Void(asked.original.clone())
        }
        "recycle" => Outcome::Value("Recycle".to_owned(), json!(delete::recycle(session, list, item)?)),
        "deleteobject" => {
            delete::delete(session, list, item, &write.guard)?;
            Outcome::Done
        }
        _ => return Ok(None),
    }))
}
