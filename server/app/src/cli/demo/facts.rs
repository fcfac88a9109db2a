//! What people and programs must know of a demo: where its parts answer, and who administers its tenant.

use std::path::Path;

use dev_tenant::directory::User;
use dev_tenant::shell::Running;
use serde_json::{Value, json};

use crate::cli::print;
use crate::config::Config;
use crate::demo::PUBLIC_HOST;
use crate::first_setup::consent_link;
use crate::permissions::Api;

pub(super) struct Facts(Value);

impl Facts {
    pub(super) fn of(tenant: &Running, config: &Config, administrator: &User) -> anyhow::Result<Self> {
        Ok(Self(json!({
            "site": config.site.url, "tenant": tenant.address, "control": tenant.control_address,
            "service": config.server.listen, "publicHost": PUBLIC_HOST, "caFile": tenant.ca_file,
            "config": config.file, "appId": config.app.client_id, "tenantId": config.tenant.id,
            "administrator": administrator.user_principal_name, "administratorId": administrator.id,
            "language": config.mail.language.word(),
            "consent": consent_link(config, Api::Graph)?,
        })))
    }

    /// All at once: who sees the file finds everything answering.
    pub(super) fn tell(&self, file: Option<&Path>) -> anyhow::Result<()> {
        print(&format!("demo: {}", self.0["site"].as_str().unwrap_or_default()));
        if let Some(path) = file {
            let draft = path.with_extension("draft");
            std::fs::write(&draft, self.0.to_string())?;
            std::fs::rename(&draft, path)?;
        }
        Ok(())
    }
}
