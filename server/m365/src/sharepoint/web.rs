//! The site itself.

use serde::Deserialize;
use uuid::Uuid;

use super::Site;
use crate::Result;

/// Ids and names of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebInfo {
    /// Id of the site collection.
    pub site_id: Uuid,
    /// Id of the web.
    pub web_id: Uuid,
    /// Title.
    pub title: String,
    /// Path on the host, e.g. `/sites/flow`.
    pub server_relative_url: String,
    /// Template and configuration, e.g. `STS`; a classic team site is `STS#0`.
    pub template: String,
    /// Locale id of the site's language, e.g. 1041 for Japanese.
    pub language: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Web {
    id: Uuid,
    title: String,
    server_relative_url: String,
    #[serde(rename = "WebTemplate")]
    template: String,
    language: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Id {
    id: Uuid,
}

impl Site {
    /// Reads the site; proves at once that token, consent and grant are right.
    pub async fn info(&self) -> Result<WebInfo> {
        let select = "web?$select=Id,Title,ServerRelativeUrl,WebTemplate,Language";
        let web: Web = self.get("read the site", select).await?;
        let site: Id = self.get("read the site collection", "site?$select=Id").await?;
        Ok(WebInfo {
            site_id: site.id,
            web_id: web.id,
            title: web.title,
            server_relative_url: web.server_relative_url,
            template: web.template,
            language: web.language,
        })
    }
}
