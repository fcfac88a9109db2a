//! Microsoft Graph v1.0.

mod account;
mod delta;
mod group;
mod licence;
mod mail;
mod operation;
mod replies;
mod site_grant;
mod user;

use http::Method;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

pub use crate::odata::Filter;
use crate::{Error, Operation, Origin, Result, Service, Tenant, Work, call::Call};
pub use delta::{Delta, DeltaLink, Entry, Followed, Removed};
pub use group::{Group, NewGroup};
pub use licence::{AddLicence, LicenceDetail, PrepaidUnits, ServicePlan, Sku};
pub use mail::{Message, MessageId, NewMessage};
pub(crate) use operation::ALL as OPERATIONS;
pub use replies::{AutomaticReplies, ZonedTime};
pub use site_grant::{GraphSite, SiteGrant};
pub use user::{NewUser, User};

#[derive(Deserialize)]
struct Collection<T> {
    value: Vec<T>,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
}

/// Graph as the app sees it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Graph {
    tenant: Tenant,
}

impl Tenant {
    /// Microsoft Graph of this tenant.
    pub fn graph(&self) -> Graph {
        Graph { tenant: self.clone() }
    }
}

impl Graph {
    /// The same on account of some work.
    #[must_use]
    pub fn for_work(&self, work: Work) -> Self {
        Self {
            tenant: self.tenant.for_work(work),
        }
    }

    /// A request for `path` below `/v1.0`; the path is made of constants and escaped segments.
    fn call(&self, operation: Operation, method: Method, path: &str) -> Result<Call> {
        self.call_to(
            operation,
            method,
            &format!("{}/v1.0/{path}", self.tenant.inner.graph),
        )
    }

    fn call_to(&self, operation: Operation, method: Method, address: &str) -> Result<Call> {
        let url = Url::parse(address)
            .ok()
            .filter(|url| Origin::of(url).as_ref() == Ok(&self.tenant.inner.graph));
        let url = url.ok_or_else(|| Error::unaddressable(Service::Graph, operation.name))?;
        Ok(Call::of(operation, method, url))
    }

    async fn get<T: DeserializeOwned>(&self, operation: Operation, path: &str) -> Result<T> {
        let call = self.call(operation, Method::GET, path)?;
        self.tenant.send(call).await?.json()
    }

    /// All pages; `@odata.nextLink` is followed only on Graph's own host.
    async fn all<T: DeserializeOwned>(&self, operation: Operation, path: &str) -> Result<Vec<T>> {
        let mut page: Collection<T> = self.get(operation, path).await?;
        let mut entries = page.value;
        while let Some(next) = page.next {
            let call = self.call_to(operation, Method::GET, &next)?;
            page = self.tenant.send(call).await?.json()?;
            entries.append(&mut page.value);
        }
        Ok(entries)
    }

    /// A write on an object that the caller has found: not found then means replication lag.
    async fn change(
        &self,
        operation: Operation,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<()> {
        let mut call = self.call(operation, method, path)?.known();
        if let Some(body) = body {
            call = call.json(body);
        }
        self.tenant.send(call).await?;
        Ok(())
    }
}
