//! One-time links to passwords, and when they end.

use jiff::Timestamp;
use store::Tx;

use crate::cases::Case;
use crate::jobs::JobError;

/// The number of each application whose password waits to be fetched, with the end of its link.
pub(super) async fn all(tx: &mut Tx, now: Timestamp) -> Result<Vec<(String, Timestamp)>, JobError> {
    let mut ends = Vec::new();
    for (application, at) in tx.open_handovers(now).await? {
        if let Some(case) = Case::load(tx, &application).await? {
            ends.push((case.application.number, at));
        }
    }
    Ok(ends)
}
