//! What the site calls things that setup made once: read at first use and kept while we run.

use m365::sharepoint::{PrincipalId, RoleDefinitionId, Site};

use crate::config::Config;
use crate::jobs::JobError;
use crate::service::Service;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Places {
    /// 閲覧 PF-Read
    pub(crate) read: RoleDefinitionId,
    /// 判断 PF-Decide
    pub(crate) decide: RoleDefinitionId,
    pub(crate) administrators: PrincipalId,
}

pub(crate) const UNREADY: JobError = JobError::Wait("the site is not set up; run setup");

impl Service {
    pub(crate) async fn places(&self) -> Result<Places, JobError> {
        self.places.get_or_try_init(|| find(self)).await.copied()
    }
}

/// The administrators' group as the site knows it: a farm has no provider that knows groups of Entra.
pub(crate) fn administrators_login(config: &Config) -> String {
    match &config.farm {
        None => Site::group_login(config.people.administrators),
        Some(farm) => farm.administrators.clone(),
    }
}

async fn find(service: &Service) -> Result<Places, JobError> {
    let level = async |name: &str| -> Result<RoleDefinitionId, JobError> {
        let level = service.site.role_definition(name).await?;
        Ok(level.ok_or(UNREADY)?.id)
    };
    let login = administrators_login(&service.config);
    Ok(Places {
        read: level("PF-Read").await?,
        decide: level("PF-Decide").await?,
        administrators: service.site.ensure_login(&login).await?.ok_or(UNREADY)?.id,
    })
}
