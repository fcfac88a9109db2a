//! The budget of scopes as Prometheus gauges, in every instance.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::standing::{Standing, standings};
use crate::service::Service;

/// Counted anew this often.
const EVERY: Duration = Duration::from_secs(10);

/// Shows the gauges until `stop` turns true.
pub(crate) async fn show(service: Arc<Service>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match standings(&service).await {
            Ok(standings) => standings.iter().for_each(|standing| set(&service, standing)),
            Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "scopes are not counted"),
        }
        let _ = tokio::time::timeout(EVERY, stop.changed()).await;
    }
}

fn set(service: &Service, standing: &Standing) {
    let list = || standing.shard.url.clone();
    let scopes = u32::try_from(standing.scopes).map_or(f64::INFINITY, f64::from);
    metrics::gauge!("scopes", "list" => list()).set(scopes);
    metrics::gauge!("scopes_cap", "list" => list()).set(f64::from(service.config.scopes.cap));
    if let Some(forecast) = standing.forecast {
        metrics::gauge!("scopes_days_left", "list" => list()).set(forecast.days());
    }
}
