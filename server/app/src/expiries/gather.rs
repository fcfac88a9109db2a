//! Reads what ends from the database and from files; Microsoft 365 is not asked.

use jiff::{SignedDuration, Timestamp};
use m365::{ClientProof, Credential};
use openssl::asn1::Asn1Time;
use openssl::x509::X509;
use store::{StoreError, transaction};

use super::{Ending, Expiry, accesses, handovers, subscriptions};
use crate::credentials::{self, Stop};
use crate::following;
use crate::jobs::JobError;
use crate::service::Service;

/// What ends first comes first.
pub(crate) async fn gather(service: &Service) -> Result<Vec<Expiry>, Stop> {
    let mut all = ours(service).await?;
    all.extend(farm(service)?);
    all.extend(server(service)?);
    let hooks: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => subscriptions::all(tx).await);
    all.extend(by_themselves(Ending::Webhook, hooks?));
    let given: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => accesses::all(tx).await);
    all.extend(by_themselves(Ending::Access, given?));
    let followed: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => following::ends(tx).await);
    all.extend(by_themselves(Ending::DeltaToken, followed?));
    let links: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => handovers::all(tx, service.now()).await);
    all.extend(by_themselves(Ending::Handover, links?));
    all.extend(own(service));
    all.sort_by_key(|expiry| expiry.at);
    Ok(all)
}

/// What nobody has to see to.
fn by_themselves(kind: Ending, ends: Vec<(String, Timestamp)>) -> impl Iterator<Item = Expiry> {
    ends.into_iter().map(move |(name, at)| Expiry {
        kind,
        name,
        at,
        on: None,
        by_itself: true,
    })
}

/// What only people know of, from the beginning of its day on.
fn own(service: &Service) -> impl Iterator<Item = Expiry> {
    let zone = service.calendar.zone().clone();
    service.config.expiries.iter().map(move |own| Expiry {
        kind: Ending::Own,
        name: own.name.clone(),
        at: own.begins(&zone),
        on: Some(own.on),
        by_itself: false,
    })
}

/// What proves the app; federated credentials never end.
async fn ours(service: &Service) -> Result<Vec<Expiry>, Stop> {
    let proofs = credentials::in_use::configured(&service.config).unwrap_or_default();
    if !proofs
        .iter()
        .any(|proof| matches!(proof, ClientProof::Certificate(_)))
    {
        return Ok(Vec::new());
    }
    let current = credentials::current(service).await?;
    let configured = service.config.credentials.as_ref();
    let by_itself = configured.is_some_and(|configured| configured.automatic.enabled)
        && current.ends > service.now()
        && !credentials::is_hindered(service).await?;
    let certificate = Expiry {
        kind: Ending::Credential,
        name: current.thumbprint,
        at: current.ends,
        on: None,
        by_itself,
    };
    let secret = current.secret.map(|secret| Expiry {
        kind: Ending::Secret,
        name: secret.key.to_string(),
        at: secret.ends,
        on: None,
        by_itself,
    });
    Ok(std::iter::once(certificate).chain(secret).collect())
}

fn farm(service: &Service) -> Result<Option<Expiry>, Stop> {
    let Some(farm) = &service.config.farm else {
        return Ok(None);
    };
    let credential = Credential::from_files(&[&farm.certificate]);
    let credential = credential.map_err(|error| JobError::Stuck(format!("farm.certificate: {error}")))?;
    Ok(Some(Expiry {
        kind: Ending::Farm,
        name: credential.sha1_hex(),
        at: credential.expires(),
        on: None,
        by_itself: false,
    }))
}

fn server(service: &Service) -> Result<Option<Expiry>, Stop> {
    let Some(tls) = &service.config.server.tls else {
        return Ok(None);
    };
    let wrong = |error: &dyn std::fmt::Display| JobError::Stuck(format!("server.tls.certificate: {error}"));
    let pem = std::fs::read(&tls.certificate).map_err(|error| wrong(&error))?;
    let certificate = X509::from_pem(&pem).map_err(|error| wrong(&error))?;
    let since = Asn1Time::from_unix(0).and_then(|epoch| epoch.diff(certificate.not_after()));
    let since = since.map_err(|error| wrong(&error))?;
    let seconds = i64::from(since.days) * 86_400 + i64::from(since.secs);
    let at = Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_secs(seconds));
    Ok(Some(Expiry {
        kind: Ending::Server,
        name: service.config.server.public_url.to_string(),
        at: at.unwrap_or(Timestamp::MAX),
        on: None,
        by_itself: false,
    }))
}
