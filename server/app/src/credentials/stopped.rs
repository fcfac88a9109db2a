//! Where a renewal that is not over has stopped.

use super::event::Event;
use super::obstacle::Stop;
use super::{journal, rehearsal};
use crate::service::Service;
use crate::setup::Words;

/// The number of the renewal and what stopped it, as long as it has not gone on.
pub(crate) async fn stopped(service: &Service) -> Result<Option<(i64, Words)>, Stop> {
    let last = journal::last(service).await?;
    let Some((renewal, lines)) = last.filter(|(renewal, _)| !renewal.is_over()) else {
        return Ok(None);
    };
    Ok(match lines.last() {
        Some((_, Event::Hindered { why, ja })) => {
            let ja = ja.as_ref().unwrap_or(why);
            Some((renewal.number, Words::new(ja, why)))
        }
        _ => None,
    })
}

/// Whether nothing renews itself before somebody mends something: a renewal has stopped, or the last rehearsal found what
/// stands in the way.
pub(crate) async fn is_hindered(service: &Service) -> Result<bool, Stop> {
    let rehearsed = rehearsal::last(service).await?;
    let is_free = rehearsed.is_none_or(|last| last.obstacles.is_empty());
    Ok(!is_free || stopped(service).await?.is_some())
}
