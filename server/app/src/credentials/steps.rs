//! What each step does outside, and the line that tells of it. Whatever is kept is kept with its line.

use m365::graph::Application;
use m365::{ClientProof, Service as Asked, Verdict};
use store::transaction;
use uuid::Uuid;

use super::advance::{Signer, write};
use super::event::{Event, How, Secret, Which};
use super::obstacle::Stop;
use super::renewal::Renewal;
use super::vault::{Vault, VaultError};
use super::{entra, in_use, journal};
use crate::jobs::JobError;
use crate::service::Service;

/// A step that asks Entra for something.
pub(super) struct Step<'a> {
    pub(super) service: &'a Service,
    pub(super) holder: &'a str,
    pub(super) renewal: &'a Renewal,
    pub(super) signer: &'a Signer,
    pub(super) application: &'a Application,
}

impl Step<'_> {
    /// With a proof of possession; where Entra does not take that, by the whole list.
    pub(super) async fn add_key(&self) -> Result<(), Stop> {
        let new = self.new_certificate().await?;
        let (graph, name) = (self.signer.tenant.graph(), &self.renewal.plan.name);
        let added = graph
            .add_key(self.application, &new, name, &self.signer.credential)
            .await;
        let (key, how) = match added {
            Ok(key) => (key, How::Possession),
            Err(error) if is_about_the_proof(&error) => {
                (graph.list_key(self.application, &new, name).await?, How::List)
            }
            Err(error) => return Err(error.into()),
        };
        self.write(&Event::KeyAdded { key, how }).await
    }

    async fn new_certificate(&self) -> Result<m365::Credential, Stop> {
        let id = self.renewal.fresh().map(|fresh| fresh.certificate.id.clone());
        let id = id.ok_or_else(|| JobError::Stuck("nothing was made".to_owned()))?;
        let proofs = in_use::proofs(self.service, &[Which::Kept(id)]).await?;
        match proofs.into_iter().next() {
            Some(ClientProof::Certificate(credential)) => Ok(credential),
            _ => Err(VaultError::Malformed.into()),
        }
    }

    /// The text is told once: it is kept before anything else happens.
    pub(super) async fn add_secret(&self) -> Result<(), Stop> {
        let vault = Vault::open(self.service)?;
        let plan = &self.renewal.plan;
        let graph = self.signer.tenant.graph();
        let made = graph.add_secret(self.application, &plan.name, plan.ends).await?;
        let secret = Secret {
            id: format!("{}-secret", plan.name),
            key: made.key_id,
            ends: made.secret.expires,
        };
        let sealed = vault.seal_secret(&secret.id, &made.secret, self.service.now())?;
        let event = Event::SecretAdded { secret };
        let place = (self.renewal.number, self.renewal.lines);
        transaction!(self.service.store.write(&self.service.tenant), tx => {
            tx.keep_credential(&sealed).await?;
            journal::add(tx, (self.service, self.holder), place, &event).await
        })
    }

    /// What signs this very call is never taken away: the signer is the one that stays.
    pub(super) async fn take_key(&self, key: Uuid) -> Result<(), Stop> {
        let graph = self.signer.tenant.graph();
        let taken = graph
            .remove_key(self.application, key, &self.signer.credential)
            .await;
        match taken {
            Err(error) if is_about_the_proof(&error) => graph.unlist_key(self.application, key).await?,
            taken => taken?,
        }
        let registered = entra::registered(self.application);
        let taken = registered.keys.into_iter().find(|one| one.id == key);
        let thumbprint = taken.and_then(|taken| taken.thumbprint);
        self.write(&Event::Taken { key, thumbprint }).await
    }

    pub(super) async fn take_secret(&self, key: Uuid) -> Result<(), Stop> {
        let graph = self.signer.tenant.graph();
        graph.remove_secret(self.application, key).await?;
        let thumbprint = None;
        self.write(&Event::Taken { key, thumbprint }).await
    }

    /// A line for what is so already. What proves nothing any more is forgotten with the last one.
    pub(super) async fn close(&self, event: &Event) -> Result<(), Stop> {
        let forgotten = self.forgotten(event);
        let place = (self.renewal.number, self.renewal.lines);
        transaction!(self.service.store.write(&self.service.tenant), tx => {
            for id in &forgotten {
                tx.forget_credential(id).await?;
            }
            journal::add(tx, (self.service, self.holder), place, event).await
        })
    }

    fn forgotten(&self, event: &Event) -> Vec<String> {
        let fresh = self.renewal.fresh();
        let new_secret = fresh.and_then(|fresh| fresh.secret.as_ref());
        let old = &self.renewal.plan.old;
        let (certificate, secret) = match event {
            Event::Removed => {
                let Which::Kept(id) = &old.which else {
                    return Vec::new();
                };
                (Some(id), old.secret.as_ref().filter(|_| new_secret.is_some()))
            }
            Event::RolledBack => (fresh.map(|fresh| &fresh.certificate.id), new_secret),
            _ => return Vec::new(),
        };
        let secret = secret.map(|secret| &secret.id);
        certificate.into_iter().chain(secret).cloned().collect()
    }

    async fn write(&self, event: &Event) -> Result<(), Stop> {
        write(self.service, self.holder, self.renewal, event).await
    }
}

/// Graph takes no proof of this certificate, or none at all: the list needs none. A 401 is about the proof, too: the
/// token did for reading the registration a moment ago.
fn is_about_the_proof(error: &m365::Error) -> bool {
    let by_policy = error
        .code
        .as_deref()
        .is_some_and(|code| code.starts_with("Credential"));
    let unproven = error.status == Some(401) && error.service == Asked::Graph;
    let refused = matches!(error.verdict, Verdict::Denied { .. } | Verdict::Invalid);
    (refused || unproven) && !by_policy
}
