//! How far rows of the inbox were read: every line names the row that it came from.

use std::collections::BTreeMap;

use m365::sharepoint::ItemId;
use store::{ApplicationId, Tx};
use workflow::Event;
use workflow::journal::{Line, Place};

use crate::inbox::Seen;
use crate::jobs::JobError;
use crate::service::Service;

pub(super) fn of(id: &ApplicationId, lines: &[Line]) -> BTreeMap<i64, Seen> {
    let mut rows: BTreeMap<i64, Seen> = BTreeMap::new();
    for line in lines {
        let Some(Place::Inbox { row, version }) = line.via else {
            continue;
        };
        let is_form = matches!(line.event, Event::Submitted(_) | Event::Resubmitted { .. });
        let seen = rows.entry(row).or_default();
        seen.version = seen.version.max(version);
        if is_form {
            seen.application = Some(id.clone());
        }
    }
    rows
}

/// The row of the form, from whatever line names it.
pub(super) fn form(lines: &[Line]) -> Option<i64> {
    lines.iter().find_map(|line| match &line.event {
        Event::Submitted(submitted) => submitted.source.inbox_item(),
        Event::Resubmitted { source, .. } => source.inbox_item(),
        _ => None,
    })
}

pub(super) async fn keep(tx: &mut Tx, service: &Service, rows: &BTreeMap<i64, Seen>) -> Result<(), JobError> {
    for (row, seen) in rows {
        let row = i32::try_from(*row).map_err(|error| JobError::unreadable("an inbox row", &error))?;
        seen.keep(tx, service, ItemId(row)).await?;
    }
    Ok(())
}

/// The form of an application that is left alone: it is not taken for a new one.
pub(super) async fn close(tx: &mut Tx, service: &Service, row: i64) -> Result<(), JobError> {
    let Ok(row) = i32::try_from(row) else {
        return Ok(());
    };
    let seen = Seen::of(tx, ItemId(row)).await?;
    if seen.application.is_some() {
        return Ok(());
    }
    let seen = Seen {
        version: u32::MAX,
        ..seen
    };
    seen.keep(tx, service, ItemId(row)).await
}
