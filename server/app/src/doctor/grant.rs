//! What the site grants to the app.

use m365::Verdict;
use m365::sharepoint::{Permission, Site};

use super::{App, Finding, farm};

/// Whether it is full control: nothing less lets the app give items permissions of their own.
pub(crate) async fn has_full_control(site: &Site) -> m365::Result<bool> {
    match site.own_permissions().await {
        Ok(mask) => Ok(mask.has(Permission::ManagePermissions) && mask.has(Permission::ManageLists)),
        Err(error) if matches!(error.verdict, Verdict::Denied { .. } | Verdict::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

pub(super) async fn look(app: &App<'_>) -> Finding {
    let what = format!("site grant: {}", app.config.site.url);
    match has_full_control(app.site).await {
        Ok(true) => Finding::good(what),
        Ok(false) => lacking(app, what),
        Err(error) => Finding::unknown(what, &error),
    }
}

fn lacking(app: &App<'_>, what: String) -> Finding {
    if app.config.farm.is_some() {
        let (ja, en) = farm::lacking();
        return Finding::wrong(what, ja, en);
    }
    Finding::wrong(
        what,
        "このサイトへの fullcontrol の許可(Sites.Selected)をアプリに与えてください(`provisioning-flow setup app` が方法を示します)",
        "grant the app fullcontrol on this site (Sites.Selected); `provisioning-flow setup app` says how",
    )
}
