//! How full each list is, counted from our own rows, and when the newest meets its cap.

use jiff::{SignedDuration, Timestamp};
use store::{Shard, StoreError, transaction};

use super::forecast::{Forecast, LOOKED_BACK, forecast};
use crate::service::Service;

/// One list as it stands now.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Standing {
    pub(crate) shard: Shard,
    pub(crate) scopes: i64,
    /// None for a list that takes no new applications.
    pub(crate) forecast: Option<Forecast>,
}

/// All lists, in order; none before the first application.
pub(crate) async fn standings(service: &Service) -> Result<Vec<Standing>, StoreError> {
    let now = service.now();
    let from = now.checked_sub(days(LOOKED_BACK)).unwrap_or(Timestamp::MIN);
    let cap = i64::from(service.config.scopes.cap);
    transaction!(service.store.read(&service.tenant), tx => {
        let created = tx.created_per_day(from).await?;
        let shards = tx.shards().await?;
        // A young installation has fewer days to look back on.
        let age = shards.first().map_or(1, |first| now.duration_since(first.opened_at).as_hours() / 24);
        let looked_back = age.clamp(1, LOOKED_BACK);
        let mut standings = Vec::with_capacity(shards.len());
        for shard in shards {
            let scopes = tx.scopes(&shard.url).await?;
            let is_open = shard.closed_at.is_none();
            standings.push(Standing {
                forecast: is_open.then(|| forecast(scopes, cap, &created, looked_back)),
                shard,
                scopes,
            });
        }
        Ok(standings)
    })
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}
