//! Microsoft Graph v1.0.

mod account;
mod app_credential;
mod app_policy;
mod application;
mod batch;
mod contact;
mod deleted;
mod delta;
mod directory_role;
mod group;
mod licence;
mod licence_state;
mod mail;
mod members;
mod name;
mod operation;
mod owners;
mod picture;
mod refusal;
mod replies;
mod site_grant;
mod team;
mod team_member;
mod team_operation;
mod team_settings;
mod unified;
mod user;

use http::{HeaderName, HeaderValue, Method};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

pub use crate::odata::Filter;
use crate::{Error, Operation, Result, Service, Tenant, Work, call::Call};
pub use app_credential::NewSecret;
pub use app_policy::{AppPolicy, Restriction, RestrictionState, RestrictionType, Restrictions};
pub use application::{Application, KeyCredential, PasswordCredential};
pub use contact::OrgContact;
pub use deleted::Deleted;
pub use delta::{DELTA_TOKEN_LIVES, Delta, DeltaLink, Entry, Followed, Removed};
pub use directory_role::DirectoryRole;
pub use group::{Group, NewGroup};
pub use licence::{AddLicence, LicenceDetail, PrepaidUnits, ServicePlan, Sku};
pub use licence_state::LicenceState;
pub use mail::{Message, MessageId, NewMessage};
pub use name::{HolderKind, Name, NameHolder};
pub(crate) use operation::ALL as OPERATIONS;
pub use picture::{Picture, PictureFormat, TooLarge};
pub use refusal::Refusal;
pub use replies::{AutomaticReplies, ZonedTime};
pub use site_grant::{GraphSite, SiteGrant};
pub use team::Team;
pub use team_member::{MembershipId, RefusedMember, TeamMember, TeamRole};
pub use team_operation::{OperationError, TEAM_POLL, TeamOperation, TeamOperationLink, TeamOperationStatus};
pub use team_settings::{
    FunSettings, GiphyRating, GuestSettings, MemberSettings, MessagingSettings, TeamSettings,
};
pub use unified::{NewUnifiedGroup, UnifiedGroup, Visibility};
pub use user::{Managed, NewUser, User};

/// What an advanced query says besides `$count=true`.
const EVENTUAL: (HeaderName, HeaderValue) = (
    HeaderName::from_static("consistencylevel"),
    HeaderValue::from_static("eventual"),
);

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
        let url = self.tenant.inner.graph.own(address);
        let url = url.ok_or_else(|| Error::unaddressable(Service::Graph, operation.name))?;
        Ok(Call::of(operation, method, url))
    }

    async fn get<T: DeserializeOwned>(&self, operation: Operation, path: &str) -> Result<T> {
        let call = self.call(operation, Method::GET, path)?;
        self.tenant.send(call).await?.json()
    }

    /// All pages; `@odata.nextLink` is followed only on Graph's own host.
    async fn all<T: DeserializeOwned>(&self, operation: Operation, path: &str) -> Result<Vec<T>> {
        let first = self.call(operation, Method::GET, path)?;
        self.pages(operation, first, |call| call).await
    }

    /// All pages of an advanced query (`endsWith`, conditions on deleted objects, counts); its path says
    /// `$count=true`. What was written a moment ago may be missing ("Advanced query capabilities").
    async fn search<T: DeserializeOwned>(&self, operation: Operation, path: &str) -> Result<Vec<T>> {
        let (name, value) = EVENTUAL;
        let eventual = |call: Call| call.header(name.clone(), value.clone());
        let first = eventual(self.call(operation, Method::GET, path)?);
        self.pages(operation, first, eventual).await
    }

    async fn pages<T: DeserializeOwned>(
        &self,
        operation: Operation,
        first: Call,
        like_it: impl Fn(Call) -> Call,
    ) -> Result<Vec<T>> {
        let mut page: Collection<T> = self.tenant.send(first).await?.json()?;
        let mut entries = page.value;
        while let Some(next) = page.next {
            let call = like_it(self.call_to(operation, Method::GET, &next)?);
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
