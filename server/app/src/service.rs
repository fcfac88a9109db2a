//! What every job and handler works with.

use std::sync::Arc;

use anyhow::Context;
use m365::sharepoint::{ListRef, Site};
use m365::{Cloud, Credential, Farm, Pace, SharePoint, Tenant, TenantSettings, Transport, TransportSettings};
use store::{Ordinal, Store, StoreError, TenantId, transaction};
use workflow::calendar::Calendar;

use crate::actions::Destinations;
use crate::calendar;
use crate::clock::Clock;
use crate::company::Company;
use crate::config::Config;
use crate::credentials::{Stop, Which, columns, in_use};
use crate::evidence::EvidenceKey;
use crate::http::Readiness;
use crate::licence_profiles;
use crate::mail::Templates;
use crate::places::Places;
use crate::prepare;
use crate::shards;
use crate::workflows::{self, Offered};

/// One running installation for one tenant and one workflow site.
pub struct Service {
    pub config: Config,
    pub clock: Clock,
    pub store: Store,
    pub tenant: TenantId,
    /// Microsoft 365 as our app sees it.
    pub microsoft: Tenant,
    pub site: Site,
    /// The way out to other systems.
    pub transport: Transport,
    pub destinations: Destinations,
    pub evidence: EvidenceKey,
    pub calendar: Calendar,
    pub mails: Templates,
    /// The workflows that people may apply by.
    pub workflows: Vec<Offered>,
    pub(crate) places: tokio::sync::OnceCell<Places>,
    /// By what this process proves itself first.
    pub(crate) proof: tokio::sync::watch::Sender<Which>,
}

/// The lists that people write into; `walk` follows their change logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WatchedList {
    Inbox,
    /// One shard of the applications.
    Applications(Ordinal),
}

impl WatchedList {
    /// Address relative to the site, as in `manifests/lists.json`.
    pub fn url(self) -> String {
        match self {
            Self::Inbox => "Lists/PFInbox".to_owned(),
            Self::Applications(ordinal) => shards::url(ordinal),
        }
    }
}

impl Service {
    /// Opens the database and reads the keys; asks nothing of the outside yet.
    pub async fn open(config: Config) -> anyhow::Result<Arc<Self>> {
        Self::open_at(config, Pace::default()).await
    }

    /// The same for calls at another pace.
    pub async fn open_at(config: Config, pace: Pace) -> anyhow::Result<Arc<Self>> {
        let clock = Clock::new(config.network.clock_offset.as_deref());
        let microsoft = microsoft(&config, &clock, pace)?;
        let site = microsoft.site(config.site.url.as_str())?;
        let store = Store::open(&config.database.url).await?;
        let evidence = EvidenceKey::read_or_create(&config.evidence.key)?;
        let tenant = TenantId::new(config.tenant.id.to_string());
        let calendar = calendar::read(&config)?;
        let workflows = workflows::read(&config)?;
        let mails = Templates::read(&config)?;
        let (transport, destinations) = (transport(&config)?, Destinations::read(&config)?);
        let service = Self {
            config,
            clock,
            store,
            tenant,
            microsoft,
            site,
            transport,
            destinations,
            evidence,
            calendar,
            mails,
            workflows,
            places: tokio::sync::OnceCell::new(),
            proof: tokio::sync::watch::Sender::new(Which::Configured),
        };
        // Read anew for every route; what is wrong with the files is told before anything is served.
        Company::read(&service.config, prepare::today(&service)?)?;
        licence_profiles::read(&service.config)?;
        columns::open(&service).await.map_err(Stop::from)?;
        in_use::adopt(&service, None).await?;
        Ok(Arc::new(service))
    }

    /// Brings the database to this version's tables, its files to this version's rights, and its columns under the data
    /// key or from under it.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        self.narrow();
        self.store.migrate().await?;
        Ok(columns::migrate(self).await.map_err(Stop::from)?)
    }

    /// What could not be narrowed, `doctor` tells, too.
    fn narrow(&self) {
        for (file, done) in self.store.narrow() {
            let file = file.display();
            match done {
                Ok(()) => tracing::warn!(
                    "{file} was open to everybody on this machine, as earlier versions made it: it is its owner's alone now (mode 0600)"
                ),
                Err(error) => tracing::error!(
                    %error, "{file} is open to everybody on this machine, and this user cannot change that: chmod 600 {file}"
                ),
            }
        }
    }

    pub fn list(&self, list: WatchedList) -> m365::sharepoint::List {
        self.list_at(&list.url())
    }

    /// A list by its address relative to the site.
    pub fn list_at(&self, url: &str) -> m365::sharepoint::List {
        self.site.list(ListRef::Path(url.to_owned()))
    }
}

impl Readiness for Service {
    /// Ready when the database answers; Microsoft's health is not ours to report.
    async fn ready(&self) -> Result<(), String> {
        let due: Result<_, StoreError> =
            transaction!(self.store.read(&self.tenant), tx => tx.next_due().await);
        due.map(|_| ()).map_err(|error| format!("database: {error}"))
    }
}

/// The client of Microsoft 365 that the configuration describes.
pub fn microsoft(config: &Config, clock: &Clock, pace: Pace) -> anyhow::Result<Tenant> {
    let transport = transport(config)?;
    let settings = TenantSettings {
        tenant_id: config.tenant.id,
        client_id: config.app.client_id,
        credentials: in_use::configured(config)?,
        cloud: Cloud::default(),
        pace,
        sharepoint: sharepoint(config)?,
    };
    Ok(Tenant::new(transport, Arc::new(clock.clone()), settings)?)
}

fn transport(config: &Config) -> anyhow::Result<Transport> {
    let ca_pem = config.network.ca_file.as_ref().map(std::fs::read).transpose()?;
    let addresses = config.network.resolve.clone();
    Ok(Transport::new(&TransportSettings { ca_pem, addresses })?)
}

/// Who signs the tokens for the site.
fn sharepoint(config: &Config) -> anyhow::Result<SharePoint> {
    let Some(farm) = &config.farm else {
        return Ok(SharePoint::Online);
    };
    let credential = Credential::from_files(&[&farm.certificate]).context("farm.certificate")?;
    let farm = Farm::new(&config.site.url, farm.issuer, credential, farm.realm.clone());
    Ok(SharePoint::Server(Box::new(farm.context("site.url")?)))
}
