//! SharePoint, Online or Server: REST for reading and for lists, CSOM where many things have to happen at once.

mod attachments;
mod changes;
mod content_types;
mod features;
mod field_schema;
mod fields;
mod folders;
mod items;
mod lists;
mod markup;
mod own_items;
mod people;
mod permissions;
mod receivers;
mod roles;
mod subscriptions;
mod versions;
mod views;
mod web;

use http::{HeaderValue, Method, header};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use crate::{
    Error, Origin, OriginError, Result, Service, SharePoint, Tenant, Work,
    call::{Answer, Call},
    odata,
    pace::units,
};

pub use crate::odata::Filter;
pub use attachments::Attachment;
pub use changes::{Change, ChangeKind, ChangeToken, Changes};
pub use content_types::ContentType;
pub use features::LIMITED_ACCESS_LOCKDOWN;
pub use field_schema::Form;
pub use fields::{Field, FieldWish};
pub use items::{ETag, Item, ItemId, ItemQuery, LARGEST_PAGE, Page};
pub use lists::{List, ListInfo, ListRef, ListSettings};
pub use markup::is_same_markup;
pub use own_items::{ReadSecurity, WriteSecurity};
pub use people::{Person, PrincipalId, SHAREPOINT_APP};
pub use permissions::{Assignment, Member};
pub use receivers::{ItemEvent, Receiver, ReceiverId, ReceiverWish};
pub use roles::{Permission, PermissionMask, RoleDefinition, RoleDefinitionId, RoleWish};
pub use subscriptions::{SUBSCRIPTION_MAX_DAYS, Subscription, SubscriptionId};
pub use versions::Version;
pub use views::{View, ViewFields, ViewWish};
pub use web::WebInfo;

const NO_METADATA: HeaderValue = HeaderValue::from_static("application/json;odata=nometadata");

const SITE_GRANT: &str = "Sites.Selected (SharePoint) with a fullcontrol grant on this site";
const ADD_IN_GRANT: &str = "the add-in's FullControl of this site collection with AllowAppOnlyPolicy";

/// Words in the addresses of calls about permissions, as this crate writes them.
const PERMISSIONS: [&str; 3] = ["roleassignments", "roleinheritance", "effectivepermissions"];

/// One site (web), as the app sees it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Site {
    pub(crate) tenant: Tenant,
    url: Url,
}

/// SharePoint's collections without metadata.
#[derive(Deserialize)]
pub(crate) struct Collection<T> {
    pub(crate) value: Vec<T>,
    #[serde(rename = "odata.nextLink")]
    pub(crate) next: Option<String>,
}

impl SharePoint {
    /// What a refused call on a site most probably lacks.
    pub(crate) fn needs(&self) -> &'static str {
        match self {
            Self::Online => SITE_GRANT,
            Self::Server(_) => ADD_IN_GRANT,
        }
    }
}

impl Tenant {
    /// The site at this address, e.g. `https://contoso.sharepoint.com/sites/flow`.
    pub fn site(&self, url: &str) -> std::result::Result<Site, OriginError> {
        Origin::parse(url)?;
        let url = Url::parse(url.trim_end_matches('/')).map_err(|_| OriginError(url.to_owned()))?;
        Ok(Site {
            tenant: self.clone(),
            url,
        })
    }
}

impl Site {
    /// The same site on account of some work.
    #[must_use]
    pub fn for_work(&self, work: Work) -> Self {
        Self {
            tenant: self.tenant.for_work(work),
            url: self.url.clone(),
        }
    }

    /// Address of the site, without a slash at the end.
    pub fn url(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    /// Path of the site on its host, e.g. `/sites/flow`; empty for the root site.
    pub fn server_relative_url(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    /// A list of this site.
    pub fn list(&self, list: ListRef) -> List {
        List::new(self.clone(), list)
    }

    /// A request for `path` below `/_api`; the path is made of constants and escaped parts.
    pub(crate) fn call(&self, operation: &'static str, method: Method, path: &str) -> Result<Call> {
        self.call_to(operation, method, &format!("{}/_api/{path}", self.url()))
    }

    pub(crate) fn call_to(&self, operation: &'static str, method: Method, address: &str) -> Result<Call> {
        let url = Url::parse(address).map_err(|_| Error::unaddressable(Service::SharePoint, operation))?;
        if url.origin() != self.url.origin() {
            return Err(Error::unaddressable(Service::SharePoint, operation));
        }
        let about_permissions = PERMISSIONS.iter().any(|word| url.path().contains(word));
        let call = Call::new(Service::SharePoint, operation, method, url)
            .needs(self.tenant.inner.sharepoint.needs());
        let call = call.header(header::ACCEPT, NO_METADATA);
        Ok(if about_permissions {
            call.costing(units::PERMISSION)
        } else {
            call
        })
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, operation: &'static str, path: &str) -> Result<T> {
        let call = self.call(operation, Method::GET, path)?;
        self.tenant.send(call).await?.json()
    }

    /// All entries of a collection, following `odata.nextLink`s that stay on this host.
    pub(crate) async fn all<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        path: &str,
    ) -> Result<Vec<T>> {
        let mut page: Collection<T> = self.get(operation, path).await?;
        let mut entries = page.value;
        while let Some(next) = page.next {
            let call = self.call_to(operation, Method::GET, &next)?;
            page = self.tenant.send(call).await?.json()?;
            entries.append(&mut page.value);
        }
        Ok(entries)
    }

    pub(crate) async fn post(&self, operation: &'static str, path: &str, body: Value) -> Result<Answer> {
        let call = self.call(operation, Method::POST, path)?.json(body);
        self.tenant.send(call).await
    }

    /// Changes some members of an object. `etag` `*` overwrites.
    pub(crate) async fn merge(
        &self,
        operation: &'static str,
        path: &str,
        etag: &str,
        body: Value,
    ) -> Result<Answer> {
        let etag =
            HeaderValue::from_str(etag).map_err(|_| Error::unaddressable(Service::SharePoint, operation))?;
        let call = self.call(operation, Method::POST, path)?.json(body);
        let call = call.header(
            http::HeaderName::from_static("x-http-method"),
            HeaderValue::from_static("MERGE"),
        );
        self.tenant.send(call.header(header::IF_MATCH, etag)).await
    }

    pub(crate) async fn delete(&self, operation: &'static str, path: &str) -> Result<()> {
        let call = self.call(operation, Method::DELETE, path)?;
        self.tenant
            .send(call.header(header::IF_MATCH, HeaderValue::from_static("*")))
            .await?;
        Ok(())
    }
}

/// `guid'…'` inside a path.
pub(crate) fn guid(id: Uuid) -> String {
    format!("guid{}", odata::literal(&id.to_string()))
}
