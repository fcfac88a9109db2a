//! Users and their managers.

use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Result, error::found, odata};

/// Members read of a user.
const SELECT: &str = "$select=id,userPrincipalName,displayName,givenName,surname,mail,mailNickname,jobTitle,\
department,companyName,employeeId,officeLocation,mobilePhone,businessPhones,usageLocation,preferredLanguage,\
accountEnabled,onPremisesSyncEnabled";

/// A user as Graph describes him; members that were not asked for or not set are `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub id: Uuid,
    pub user_principal_name: String,
    pub display_name: Option<String>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub mail: Option<String>,
    pub mail_nickname: Option<String>,
    pub job_title: Option<String>,
    pub department: Option<String>,
    pub company_name: Option<String>,
    pub employee_id: Option<String>,
    pub office_location: Option<String>,
    pub mobile_phone: Option<String>,
    #[serde(default)]
    pub business_phones: Vec<String>,
    pub usage_location: Option<String>,
    pub preferred_language: Option<String>,
    pub account_enabled: Option<bool>,
    pub on_premises_sync_enabled: Option<bool>,
}

/// A user and who is above, as one listing tells both.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Managed {
    #[serde(flatten)]
    pub user: User,
    manager: Option<Reference>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
struct Reference {
    id: Uuid,
}

impl Managed {
    /// Object id of the manager, if there is one.
    pub fn manager(&self) -> Option<Uuid> {
        self.manager.map(|manager| manager.id)
    }
}

/// A user to be. Everything beyond what Graph demands is in `attributes`, by Graph's names.
#[derive(Debug, Clone)]
pub struct NewUser<'a> {
    pub user_principal_name: &'a str,
    pub display_name: &'a str,
    pub mail_nickname: &'a str,
    pub account_enabled: bool,
    /// First password; to be changed at the first sign-in.
    pub password: &'a SecretString,
    pub attributes: &'a Map<String, Value>,
}

impl NewUser<'_> {
    fn json(&self) -> Value {
        let mut body = self.attributes.clone();
        body.insert("userPrincipalName".to_owned(), json!(self.user_principal_name));
        body.insert("displayName".to_owned(), json!(self.display_name));
        body.insert("mailNickname".to_owned(), json!(self.mail_nickname));
        body.insert("accountEnabled".to_owned(), json!(self.account_enabled));
        body.insert("passwordProfile".to_owned(), password_profile(self.password));
        Value::Object(body)
    }
}

fn password_profile(password: &SecretString) -> Value {
    json!({ "password": password.expose_secret(), "forceChangePasswordNextSignIn": true })
}

impl Graph {
    /// The user with this object id or user principal name, if there is one. A name that begins with `$` is answered by
    /// 400 as a segment of a path, and stands in quotes (Microsoft Graph, "Get a user").
    pub async fn user(&self, key: &str) -> Result<Option<User>> {
        let user = match key.strip_prefix('$') {
            Some(_) => format!("users({})", odata::literal(key)),
            None => format!("users/{}", odata::escape(key)),
        };
        let path = format!("{user}?{SELECT}");
        found(self.get(operation::READ_USER, &path).await)
    }

    /// Users of whom `filter` holds (e.g. `Filter::text("department", …)`), all pages.
    pub async fn users(&self, filter: Option<&odata::Filter>) -> Result<Vec<User>> {
        let filter = filter.map_or(String::new(), |filter| {
            format!("&$filter={}", odata::escape(filter.as_str()))
        });
        self.all(operation::READ_USERS, &format!("users?{SELECT}{filter}&$top=999"))
            .await
    }

    /// Everybody, each with the manager: all pages.
    pub async fn managed_users(&self) -> Result<Vec<Managed>> {
        let path = format!("users?{SELECT}&$expand=manager($select=id)&$top=999");
        self.all(operation::READ_USERS, &path).await
    }

    /// Creates a user. Key: the user principal name. Find first, also after `Ambiguous`; `Conflict` if taken.
    pub async fn create_user(&self, user: &NewUser<'_>) -> Result<User> {
        let call = self
            .call(operation::CREATE_USER, Method::POST, "users")?
            .json(user.json());
        self.tenant.send(call).await?.json()
    }

    /// Sets attributes by Graph's names. Idempotent.
    pub async fn update_user(&self, id: Uuid, attributes: &Map<String, Value>) -> Result<()> {
        let body = Value::Object(attributes.clone());
        self.change(
            operation::UPDATE_USER,
            Method::PATCH,
            &format!("users/{id}"),
            Some(body),
        )
        .await
    }

    /// Sets a new password, to be changed at the next sign-in. Repeating is harmless with the same password.
    pub async fn set_password(&self, id: Uuid, password: &SecretString) -> Result<()> {
        let body = json!({ "passwordProfile": password_profile(password) });
        self.change(
            operation::SET_PASSWORD,
            Method::PATCH,
            &format!("users/{id}"),
            Some(body),
        )
        .await
    }

    /// Lets a user sign in, or not. Idempotent. Who is in stays in: see [`Graph::revoke_sessions`].
    pub async fn set_enabled(&self, id: Uuid, enabled: bool) -> Result<()> {
        let body = json!({ "accountEnabled": enabled });
        self.change(
            operation::SET_ENABLED,
            Method::PATCH,
            &format!("users/{id}"),
            Some(body),
        )
        .await
    }

    /// Ends all sign-ins of a user. Idempotent.
    pub async fn revoke_sessions(&self, id: Uuid) -> Result<()> {
        let path = format!("users/{id}/revokeSignInSessions");
        self.change(operation::REVOKE_SESSIONS, Method::POST, &path, None)
            .await
    }

    /// Deletes a user; for 30 days an administrator can restore it. Idempotent: "not there" is success.
    pub async fn delete_user(&self, id: Uuid) -> Result<()> {
        let call = self.call(operation::DELETE_USER, Method::DELETE, &format!("users/{id}"))?;
        found(self.tenant.send(call).await).map(drop)
    }

    /// The manager of a user, if there is one.
    pub async fn manager(&self, id: Uuid) -> Result<Option<User>> {
        found(
            self.get(operation::READ_MANAGER, &format!("users/{id}/manager?{SELECT}"))
                .await,
        )
    }

    /// Makes `manager` the manager. Idempotent.
    pub async fn set_manager(&self, id: Uuid, manager: Uuid) -> Result<()> {
        let body = json!({ "@odata.id": format!("{}/v1.0/users/{manager}", self.tenant.inner.graph) });
        self.change(
            operation::SET_MANAGER,
            Method::PUT,
            &format!("users/{id}/manager/$ref"),
            Some(body),
        )
        .await
    }

    /// Leaves a user without a manager. Idempotent.
    pub async fn remove_manager(&self, id: Uuid) -> Result<()> {
        let call = self.call(
            operation::REMOVE_MANAGER,
            Method::DELETE,
            &format!("users/{id}/manager/$ref"),
        )?;
        found(self.tenant.send(call).await).map(drop)
    }
}
