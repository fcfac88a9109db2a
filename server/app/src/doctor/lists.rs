//! The site's grant, and whether lists and levels stand as the manifests say.

use m365::sharepoint::Permission;

use super::{Finding, farm};
use crate::service::Service;
use crate::setup::{self, Mode};

/// Full control, then every difference that `setup` would remove.
pub(super) async fn look(service: &Service) -> Vec<Finding> {
    let what = format!("site grant: {}", service.config.site.url);
    match service.site.own_permissions().await {
        Ok(mask) if mask.has(Permission::ManagePermissions) && mask.has(Permission::ManageLists) => {}
        Ok(_) => return vec![lacking(service, what)],
        Err(error)
            if matches!(
                error.verdict,
                m365::Verdict::Denied { .. } | m365::Verdict::NotFound
            ) =>
        {
            return vec![lacking(service, what)];
        }
        Err(error) => return vec![Finding::unknown(what, &error)],
    }
    let mut findings = vec![Finding::good(what)];
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

fn lacking(service: &Service, what: String) -> Finding {
    if service.config.farm.is_some() {
        let (ja, en) = farm::lacking();
        return Finding::wrong(what, ja, en);
    }
    Finding::wrong(
        what,
        "このサイトへの fullcontrol の許可(Sites.Selected)をアプリに与えてください",
        "grant the app fullcontrol on this site (Sites.Selected)",
    )
}
