//! Whether a credential alone does what the product does: real calls that change nothing.

use m365::{ClientProof, Origin, Tenant};
use serde::{Deserialize, Serialize};

use super::obstacle::Stop;
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

impl Asked {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Entra => "Entra",
            Self::Graph => "Graph",
            Self::SharePoint => "SharePoint",
            Self::Exchange => "Exchange",
        }
    }
}

/// One real call and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Check {
    pub asked: Asked,
    /// False: this installation does not use the service by this kind of credential.
    pub used: bool,
}

/// The call that failed.
#[derive(Debug)]
pub(crate) struct Failed {
    pub asked: Asked,
    pub error: JobError,
}

/// What Microsoft answered may be an obstacle that somebody can mend.
impl From<Failed> for Stop {
    fn from(failed: Failed) -> Self {
        match failed.error {
            JobError::Remote(error) => error.into(),
            error => Self::Job(error),
        }
    }
}

impl Failed {
    fn at<E: Into<JobError>>(asked: Asked) -> impl FnOnce(E) -> Self {
        move |error| Self {
            asked,
            error: error.into(),
        }
    }
}

/// One round of calls by this credential alone. An error: one of them failed.
pub(crate) async fn round(service: &Service, proof: &ClientProof) -> Result<Vec<Check>, Failed> {
    let alone = service.microsoft.alone_by(proof.clone());
    entra(&alone).await.map_err(Failed::at(Asked::Entra))?;
    // What every installation may read: where nothing is renewed, the registration is none of ours.
    let sender = alone.graph().user(&service.config.mail.sender).await;
    sender.map_err(Failed::at(Asked::Graph))?;
    // SharePoint takes no token that was got by a secret, and a farm takes none of Entra's.
    let by_secret = matches!(proof, ClientProof::Secret(_));
    let sharepoint = !by_secret && service.config.farm.is_none();
    if sharepoint {
        let site = sharepoint_site(service, &alone).await;
        site.map_err(Failed::at(Asked::SharePoint))?;
    }
    let exchange = if by_secret {
        false
    } else {
        exchange(&alone).await.map_err(Failed::at(Asked::Exchange))?
    };
    let check = |asked, used| Check { asked, used };
    Ok(vec![
        check(Asked::Entra, true),
        check(Asked::Graph, true),
        check(Asked::SharePoint, sharepoint),
        check(Asked::Exchange, exchange),
    ])
}

async fn entra(alone: &Tenant) -> Result<(), JobError> {
    alone.token_facts(&origin(GRAPH)?).await?;
    Ok(())
}

async fn sharepoint_site(service: &Service, alone: &Tenant) -> Result<(), JobError> {
    let site = alone.site(service.config.site.url.as_str());
    let site = site.map_err(|error| JobError::Stuck(format!("site.url: {error}")))?;
    site.info().await?;
    Ok(())
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
