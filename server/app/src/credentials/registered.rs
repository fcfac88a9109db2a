//! Whether somebody has registered the certificate that waits for it, where the present one proves nothing any more.

use super::obstacle::{Stop, is_not_taken};
use super::renewal::Phase;
use super::vault::{Vault, proof};
use super::{checks, journal};
use crate::jobs::JobError;
use crate::service::Service;

/// The new one of a renewal that was made and not registered by us does its calls already.
pub(crate) async fn is_registered(service: &Service) -> Result<bool, Stop> {
    let Some((renewal, _)) = journal::last(service).await? else {
        return Ok(false);
    };
    let Phase::Made(fresh) = renewal.phase else {
        return Ok(false);
    };
    let vault = Vault::open(service)?;
    let proof = proof(service, &vault, &fresh.certificate.id).await?;
    match checks::round(service, &proof)
        .await
        .map_err(|failed| failed.error)
    {
        Ok(_) => Ok(true),
        Err(JobError::Remote(error)) if is_not_taken(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
