//! Whether lists and levels stand as the manifests say.

use super::{App, Finding, grant};
use crate::service::Service;
use crate::setup::{self, Mode};

/// Full control, then every difference that `setup` would remove.
pub(super) async fn look(service: &Service) -> Vec<Finding> {
    let grant = grant::look(&App::of(service)).await;
    if grant.is_wrong() {
        return vec![grant];
    }
    let mut findings = vec![grant];
    match setup::run(&service.site, &service.config, Mode::Plan).await {
        Ok(changes) if changes.is_empty() => findings.push(Finding::good("lists and levels")),
        Ok(changes) => findings.extend(changes.iter().map(|change| {
            Finding::wrong(
                change.object.clone(),
                format!(
                    "{}。`provisioning-flow setup` を実行してください",
                    change.line(crate::config::Language::Ja)
                ),
                format!(
                    "{}: run `provisioning-flow setup`",
                    change.line(crate::config::Language::En)
                ),
            )
        })),
        Err(error) => findings.push(Finding::broken_off("lists and levels", &error)),
    }
    findings
}
