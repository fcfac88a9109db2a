//! The app as Microsoft 365 knows it: all that is there before the first database and the first list.

use m365::Tenant;
use m365::sharepoint::Site;

use crate::config::Config;
use crate::service::Service;
use crate::workflows::Offered;

pub(crate) struct App<'a> {
    pub(crate) config: &'a Config,
    pub(crate) workflows: &'a [Offered],
    pub(crate) microsoft: &'a Tenant,
    pub(crate) site: &'a Site,
}

impl<'a> App<'a> {
    pub(crate) fn of(service: &'a Service) -> Self {
        Self {
            config: &service.config,
            workflows: &service.workflows,
            microsoft: &service.microsoft,
            site: &service.site,
        }
    }
}
