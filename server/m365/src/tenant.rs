//! One Microsoft 365 tenant as our app sees it.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use http::HeaderMap;
use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

use crate::{
    ClientProof, Clock, Origin, OriginError, Pace, Rate, Result, SharePoint, Transport,
    call::{Answer, Call},
    client_proof::Proofs,
    pace::{Door, PaceKeeper},
    token::{Identity, TokenCache},
    token_facts::TokenFacts,
};

/// Where sign-in, Graph and Exchange live; the worldwide cloud by default.
#[derive(Debug, Clone)]
pub struct Cloud {
    /// `https://login.microsoftonline.com`
    pub login: Origin,
    /// `https://graph.microsoft.com`
    pub graph: Origin,
    /// `https://outlook.office365.com`
    pub exchange: Origin,
}

impl Default for Cloud {
    fn default() -> Self {
        let login = Origin::constant("https://login.microsoftonline.com");
        Self {
            login,
            graph: Origin::constant("https://graph.microsoft.com"),
            exchange: Origin::constant("https://outlook.office365.com"),
        }
    }
}

/// What makes a tenant reachable.
#[derive(Debug, Clone)]
pub struct TenantSettings {
    /// Entra's tenant id.
    pub tenant_id: Uuid,
    /// Application (client) id of our app registration.
    pub client_id: Uuid,
    /// Newest first: while Entra has not heard of a new certificate the next one is tried.
    pub credentials: Vec<ClientProof>,
    /// Where sign-in and Graph live.
    pub cloud: Cloud,
    /// How many calls may be under way.
    pub pace: Pace,
    /// Which SharePoint holds the site.
    pub sharepoint: SharePoint,
}

/// Who waits for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Priority {
    /// A person is waiting.
    People,
    /// Timers, sweeps, bulk work: slows down first.
    #[default]
    Background,
}

/// On whose account a call is made.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// Sent as `client-request-id` with each call, so that our journal and Microsoft's logs meet.
    pub correlation: Uuid,
    /// Who waits.
    pub priority: Priority,
}

tokio::task_local! {
    static CURRENT: Work;
}

impl Work {
    /// Runs `future` so that every call in it which names no work of its own is on account of this one. What it
    /// spawns is not.
    pub async fn run<F: Future>(self, future: F) -> F::Output {
        CURRENT.scope(self, future).await
    }

    fn current() -> Option<Self> {
        CURRENT.try_with(|work| *work).ok()
    }
}

pub(crate) struct Inner {
    pub(crate) transport: Transport,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) identity: Identity,
    pub(crate) tokens: TokenCache,
    /// Exchange's addresses name it.
    pub(crate) tenant_id: Uuid,
    pub(crate) graph: Origin,
    pub(crate) exchange: Origin,
    pub(crate) sharepoint: SharePoint,
    /// See [`Pace::patience`].
    pub(crate) patience: Duration,
    paces: Arc<Paces>,
}

struct Paces {
    login: PaceKeeper,
    directory: PaceKeeper,
    mailbox: PaceKeeper,
    exchange: PaceKeeper,
    sharepoint: PaceKeeper,
}

impl Inner {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn pace(&self, door: Door) -> &PaceKeeper {
        match door {
            Door::Login => &self.paces.login,
            Door::Directory => &self.paces.directory,
            Door::Mailbox => &self.paces.mailbox,
            Door::Exchange => &self.paces.exchange,
            Door::SharePoint => &self.paces.sharepoint,
        }
    }
}

/// One tenant: tokens, pace and the way out. Cheap to clone.
#[derive(Clone)]
pub struct Tenant {
    pub(crate) inner: Arc<Inner>,
    pub(crate) work: Option<Work>,
}

impl Tenant {
    /// A tenant that nothing has been asked of yet.
    pub fn new(
        transport: Transport,
        clock: Arc<dyn Clock>,
        settings: TenantSettings,
    ) -> std::result::Result<Self, OriginError> {
        let endpoint = format!(
            "{}/{}/oauth2/v2.0/token",
            settings.cloud.login, settings.tenant_id
        );
        let endpoint = Url::parse(&endpoint).map_err(|_| OriginError(endpoint))?;
        let (client_id, credentials) = (settings.client_id, settings.credentials);
        let pace = |door| PaceKeeper::new(door, settings.pace);
        let inner = Inner {
            transport,
            clock,
            identity: Identity {
                endpoint,
                client_id,
                proofs: Proofs::new(credentials),
            },
            tokens: TokenCache::default(),
            tenant_id: settings.tenant_id,
            graph: settings.cloud.graph,
            exchange: settings.cloud.exchange,
            sharepoint: settings.sharepoint,
            patience: settings.pace.patience,
            paces: Arc::new(Paces {
                login: pace(Door::Login),
                directory: pace(Door::Directory),
                mailbox: pace(Door::Mailbox),
                exchange: pace(Door::Exchange),
                sharepoint: pace(Door::SharePoint),
            }),
        };
        Ok(Self {
            inner: Arc::new(inner),
            work: None,
        })
    }

    /// The same tenant, on account of some work. Without it, and outside of [`Work::run`], each call is background
    /// work of its own.
    #[must_use]
    pub fn for_work(&self, work: Work) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            work: Some(work),
        }
    }

    /// From now on these prove who the app is, newest first, for this tenant and everything made from it; no call
    /// under way is disturbed, and tokens that were got before serve until they run out.
    pub fn prove_by(&self, proofs: Vec<ClientProof>) {
        self.inner.identity.proofs.replace(proofs);
    }

    /// The same tenant at the same pace, proving itself by this alone and with no token yet: what it does, this
    /// proof did.
    #[must_use]
    pub fn alone_by(&self, proof: ClientProof) -> Self {
        let Inner {
            transport,
            clock,
            identity,
            tokens: _,
            tenant_id,
            graph,
            exchange,
            sharepoint,
            patience,
            paces,
        } = &*self.inner;
        let inner = Inner {
            transport: transport.clone(),
            clock: Arc::clone(clock),
            identity: Identity {
                endpoint: identity.endpoint.clone(),
                client_id: identity.client_id,
                proofs: Proofs::new(vec![proof]),
            },
            tokens: TokenCache::default(),
            tenant_id: *tenant_id,
            graph: graph.clone(),
            exchange: exchange.clone(),
            sharepoint: sharepoint.clone(),
            patience: *patience,
            paces: Arc::clone(paces),
        };
        Self {
            inner: Arc::new(inner),
            work: self.work,
        }
    }

    /// Client id of the app registration.
    pub fn client_id(&self) -> Uuid {
        self.inner.identity.client_id
    }

    /// Takes the budgets of a tenant with so many licences; until then those of the smallest one.
    pub fn set_licences(&self, licences: u64) {
        for door in [Door::Login, Door::Directory, Door::SharePoint] {
            self.inner.pace(door).set_licences(licences);
        }
    }

    /// So many instances, this one included, spend the tenant's budgets together: this one keeps to its equal part.
    pub fn share_budgets(&self, sharers: NonZeroU32) {
        for door in [Door::Directory, Door::Mailbox, Door::SharePoint] {
            self.inner.pace(door).set_sharers(sharers);
        }
    }

    /// What background work of this instance may spend on SharePoint.
    pub fn background_rate(&self) -> Option<Rate> {
        self.inner.pace(Door::SharePoint).background_rate()
    }

    /// On whose account calls are made.
    pub(crate) fn work(&self) -> Option<Work> {
        self.work.or_else(Work::current)
    }

    /// Gets a token for `resource` and tells what it grants, for self-tests.
    pub async fn token_facts(&self, resource: &Origin) -> Result<TokenFacts> {
        TokenFacts::of(&self.token(resource).await?)
    }

    pub(crate) async fn send(&self, call: Call) -> Result<Answer> {
        self.authorised(call).await
    }
}

impl std::fmt::Debug for Tenant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tenant")
            .field("client_id", &self.inner.identity.client_id)
            .finish_non_exhaustive()
    }
}

/// One header of an answer as text.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
