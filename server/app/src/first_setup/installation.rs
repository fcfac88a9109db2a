//! An installation that runs already, or did: its database knows by what the app proves itself since the last renewal.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use m365::Pace;

use crate::config::Config;
use crate::http::Readiness;
use crate::service::Service;

/// `None` before the first one, so that nothing is made here: neither evidence key nor database.
pub(crate) async fn open(config: &Config) -> anyhow::Result<Option<Arc<Service>>> {
    if !is_begun(config) {
        return Ok(None);
    }
    let service = Service::open_at(config.clone(), Pace::patient()).await;
    let service = service.context("the service cannot be opened")?;
    Ok(service.ready().await.is_ok().then_some(service))
}

fn is_begun(config: &Config) -> bool {
    let file = config.database.url.strip_prefix("sqlite://");
    let file = file.map(|file| file.split('?').next().unwrap_or(file));
    config.evidence.key.exists() && file.is_none_or(|file| Path::new(file).exists())
}
