//! The scopes that a package asks for, granted to all web parts of the tenant.

use std::collections::BTreeSet;

use super::Spfx;
use crate::directory::{DelegatedGrant, Directory};
use crate::entra::PRINCIPAL_NAME;

impl Spfx {
    /// What an administrator does on the page "API access" after deploying a package: approves its requests.
    /// A request for an app or a scope that is not there stays open, as it does with Microsoft.
    pub(crate) fn approve(&self, directory: &mut Directory) {
        let Ok(package) = &self.package else {
            return;
        };
        let named = |name: &str| directory.apps.values().find(|app| app.display_name == name);
        let Some(client) = named(PRINCIPAL_NAME).map(|app| app.app_id) else {
            return;
        };
        let requests = package.permissions.iter();
        let grants = requests.filter_map(|request| {
            let app = named(&request.resource)?;
            let scope = app.exposed_scopes.get(&request.scope)?;
            Some(DelegatedGrant {
                client,
                resource: app.app_id,
                scopes: BTreeSet::from([scope.clone()]),
            })
        });
        let grants: Vec<DelegatedGrant> = grants.collect();
        directory.delegated_grants.extend(grants);
    }
}
