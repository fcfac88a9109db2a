//! What tells us that a list changed: webhooks of SharePoint Online, event receivers of a farm.

use store::jobs::JobEnd;

use super::change::{Changes, Mode};
use super::{SetupError, receivers, webhooks};
use crate::jobs::JobError;
use crate::service::Service;

/// Makes every list that people write into tell us.
pub async fn ensure_all(service: &Service, changes: &mut Changes) -> Result<(), SetupError> {
    for which in super::watched(&service.site).await? {
        let (list, name) = (service.list(which), which.url());
        match &service.config.farm {
            None => webhooks::ensure(service, &list, &name, changes).await?,
            Some(_) => receivers::ensure(service, &list, &name, changes).await?,
        }
    }
    Ok(())
}

/// As a job: keeps them alive, and comes again.
pub(crate) async fn keep(service: &Service) -> Result<JobEnd, JobError> {
    let mut changes = Changes::new(Mode::Apply);
    ensure_all(service, &mut changes).await?;
    Ok(JobEnd::Done)
}

/// An address of ours that SharePoint calls.
pub(super) fn address(service: &Service, path: &str) -> String {
    let base = service.config.server.public_url.as_str();
    format!("{}{path}", base.trim_end_matches('/'))
}
