//! Whether a credential alone does what the product does: real calls that change nothing.

use m365::{ClientProof, Origin, Tenant};
use serde::{Deserialize, Serialize};

use crate::jobs::JobError;
use crate::service::Service;

const GRAPH: &str = "https://graph.microsoft.com";
const EXCHANGE: &str = "https://outlook.office365.com";
const EXCHANGE_ROLE: &str = "Exchange.ManageAsApp";

/// Who was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Asked {
    Entra,
    Graph,
    SharePoint,
    Exchange,
}

/// One real call and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Check {
    pub asked: Asked,
    /// False: this installation does not use the service by this kind of credential.
    pub used: bool,
}

/// One round of calls by this credential alone. An error: one of them failed.
pub(crate) async fn round(service: &Service, proof: &ClientProof) -> Result<Vec<Check>, JobError> {
    let alone = service.microsoft.alone_by(proof.clone());
    alone.token_facts(&origin(GRAPH)?).await?;
    alone.graph().application(alone.client_id()).await?;
    // SharePoint takes no token that was got by a secret, and a farm takes none of Entra's.
    let by_secret = matches!(proof, ClientProof::Secret(_));
    let sharepoint = !by_secret && service.config.farm.is_none();
    if sharepoint {
        let site = alone.site(service.config.site.url.as_str());
        let site = site.map_err(|error| JobError::Stuck(error.to_string()))?;
        site.info().await?;
    }
    let exchange = !by_secret && exchange(&alone).await?;
    let check = |asked, used| Check { asked, used };
    Ok(vec![
        check(Asked::Entra, true),
        check(Asked::Graph, true),
        check(Asked::SharePoint, sharepoint),
        check(Asked::Exchange, exchange),
    ])
}

/// Whether the app uses Exchange; then a call there was made.
async fn exchange(alone: &Tenant) -> Result<bool, JobError> {
    let facts = alone.token_facts(&origin(EXCHANGE)?).await?;
    if !facts.roles.iter().any(|role| role == EXCHANGE_ROLE) {
        return Ok(false);
    }
    alone.exchange().accepted_domains().await?;
    Ok(true)
}

fn origin(text: &str) -> Result<Origin, JobError> {
    Origin::parse(text).map_err(|error| JobError::Stuck(error.to_string()))
}
