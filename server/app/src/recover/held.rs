//! Forms of applications of which neither a line nor an item says where they came from: every form that may be one of
//! them is held, so that none is made a second time.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use m365::sharepoint::ItemQuery;

use super::history::Told;
use crate::inbox::{self, Seen};
use crate::jobs::JobError;
use crate::journal::Fault;
use crate::service::{Service, WatchedList};

/// Rows asked for at once.
const PAGE: u32 = 1_000;

/// Rows of the inbox that were handed in before the history ends and that no application came from, when an application
/// lacks its form. `named`: rows that an item names.
pub(super) async fn forms(
    service: &Service,
    told: &Told,
    named: &BTreeSet<i64>,
) -> Result<Vec<i64>, JobError> {
    let mut held = Vec::new();
    if told.formless.is_empty() {
        return Ok(held);
    }
    // SharePoint keeps whole seconds.
    let end = told.end.checked_add(SignedDuration::from_secs(1));
    let end = end.unwrap_or(Timestamp::MAX);
    let list = service.list(WatchedList::Inbox);
    for row in list.items(&ItemQuery::select(&["PFKind"]).top(PAGE)).await? {
        let number = i64::from(row.id.0);
        let is_known = named.contains(&number) || Seen::load(service, row.id).await?.version > 0;
        if is_known || row.text("PFKind") != Some("application") {
            continue;
        }
        let first = inbox::first_submission(service, row.id).await?;
        if first.is_some_and(|first| first <= end) {
            held.push(number);
        }
    }
    Ok(held)
}

/// One for each application without its form.
pub(super) fn faults(told: &Told, held: &[i64]) -> Vec<Fault> {
    let rows: Vec<_> = held.iter().map(ToString::to_string).collect();
    let rows = if rows.is_empty() {
        "no row of the inbox comes into question".to_owned()
    } else {
        format!(
            "held in the inbox, because each may be its form: row {}",
            rows.join(", row ")
        )
    };
    let fault = |number: &String| Fault {
        number: number.clone(),
        problem: format!("neither a line nor an item names its form; {rows}"),
    };
    told.formless.iter().map(fault).collect()
}
