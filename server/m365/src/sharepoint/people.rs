//! People and groups as a site knows them.

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::Site;
use crate::{Result, Verdict, odata};

/// Number of a user or group in a site collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrincipalId(pub i32);

/// The account under which app-only calls write ("SharePoint App").
pub const SHAREPOINT_APP: PrincipalId = PrincipalId(1_073_741_822);

/// A site user.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Person {
    pub id: PrincipalId,
    /// E.g. `i:0#.f|membership|yamada@contoso.example`.
    pub login_name: String,
    pub title: String,
    pub email: Option<String>,
    /// 1 user, 2 distribution list, 4 security group, 8 SharePoint group.
    pub principal_type: u8,
    pub is_site_admin: bool,
    pub user_principal_name: Option<String>,
    aad_object_id: Option<ObjectId>,
    user_id: Option<NameId>,
}

/// Entra's object id, bare or as `{NameId, NameIdIssuer}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum ObjectId {
    Bare(Uuid),
    Named {
        #[serde(rename = "NameId")]
        name_id: Option<Uuid>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NameId {
    name_id: String,
    name_id_issuer: Option<String>,
}

/// Issuer of the permanent ids of Windows accounts, which are their security identifiers.
const ACTIVE_DIRECTORY: &str = "urn:office:idp:activedirectory";

impl ObjectId {
    pub(super) fn id(&self) -> Option<Uuid> {
        match self {
            Self::Bare(id) => Some(*id),
            Self::Named { name_id } => *name_id,
        }
    }
}

impl Person {
    /// Entra's object id, if the site knows it.
    pub fn object_id(&self) -> Option<Uuid> {
        self.aad_object_id.as_ref().and_then(ObjectId::id)
    }

    /// The permanent id of the account (`1003…`): differs when a user principal name is given to somebody new.
    pub fn name_id(&self) -> Option<&str> {
        self.user_id.as_ref().map(|id| id.name_id.as_str())
    }

    /// Active Directory's security identifier of a farm's Windows account, as Active Directory spells it
    /// (`S-1-5-21-…`). It is given to nobody else ever.
    pub fn security_identifier(&self) -> Option<String> {
        let id = self.user_id.as_ref()?;
        let is_windows = id.name_id_issuer.as_deref() == Some(ACTIVE_DIRECTORY);
        let is_account = id
            .name_id
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("s-1-"));
        (is_windows && is_account).then(|| id.name_id.to_uppercase())
    }
}

impl Site {
    /// Login name by which an Entra security group is known.
    pub fn group_login(object_id: Uuid) -> String {
        format!("c:0t.c|tenant|{object_id}")
    }

    /// Login name of "everyone except external users".
    pub fn everyone_login(tenant_id: Uuid) -> String {
        format!("c:0-.f|rolemanager|spo-grid-all-users/{tenant_id}")
    }

    /// Login name of everybody who has a Windows account of a farm's domains.
    pub fn windows_users_login() -> String {
        "c:0!.s|windows".to_owned()
    }

    /// The site user of this claims login, if the site knows it already. Writes nothing.
    pub async fn known_login(&self, login: &str) -> Result<Option<Person>> {
        let name = odata::Options::default().with("@login", &odata::quoted(login));
        let path = format!("web/siteusers/getbyloginname(@login){name}");
        crate::error::found(self.get("read a site user", &path).await)
    }

    /// Makes sure that the site knows a user by his principal name; `None` when Entra knows no such user
    /// (or not yet). Idempotent.
    pub async fn ensure_user(&self, user_principal_name: &str) -> Result<Option<Person>> {
        self.ensure_login(&format!("i:0#.f|membership|{user_principal_name}"))
            .await
    }

    /// Makes sure that a farm's site knows a Windows account by its domain's NetBIOS name and its account name; `None`
    /// when Active Directory knows no such account. Idempotent.
    pub async fn ensure_windows_account(&self, domain: &str, account: &str) -> Result<Option<Person>> {
        self.ensure_login(&format!("i:0#.w|{domain}\\{account}")).await
    }

    /// Makes sure that the site knows a principal by its claims login; `None` when there is no such. Idempotent.
    pub async fn ensure_login(&self, login: &str) -> Result<Option<Person>> {
        match self
            .post("ensure a user", "web/ensureuser", json!({ "logonName": login }))
            .await
        {
            Ok(answer) => answer.json().map(Some),
            Err(error)
                if error.verdict == Verdict::Invalid && error.sharepoint_code() == Some(USER_NOT_FOUND) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Site users with this Entra object id; more than one when an account was made anew. Reads all site
    /// users, since SharePoint documents no filter for it: keep the result.
    pub async fn users_by_object_id(&self, id: Uuid) -> Result<Vec<Person>> {
        let users = self.users().await?;
        Ok(users
            .into_iter()
            .filter(|user| user.object_id() == Some(id))
            .collect())
    }

    /// The site user with this number.
    pub async fn user(&self, id: PrincipalId) -> Result<Option<Person>> {
        crate::error::found(
            self.get("read a site user", &format!("web/getuserbyid({})", id.0))
                .await,
        )
    }

    /// All site users.
    pub async fn users(&self) -> Result<Vec<Person>> {
        self.all("read site users", "web/siteusers").await
    }
}

/// "The specified user … could not be found." (ensureUser, recorded as 400).
const USER_NOT_FOUND: i64 = -2_146_232_832;

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name_id: &str, issuer: &str) -> Person {
        serde_json::from_value(json!({
            "Id": 7, "LoginName": "i:0#.w|contoso\\yamada", "Title": "山田", "Email": "", "PrincipalType": 1,
            "IsSiteAdmin": false, "UserPrincipalName": null, "AadObjectId": null,
            "UserId": { "NameId": name_id, "NameIdIssuer": issuer },
        }))
        .unwrap()
    }

    #[test]
    fn a_security_identifier_is_what_active_directory_issued_and_nothing_else() {
        let sid = "s-1-5-21-1-2-3-1104";
        assert_eq!(
            person(sid, ACTIVE_DIRECTORY).security_identifier().as_deref(),
            Some("S-1-5-21-1-2-3-1104")
        );
        assert_eq!(
            person(sid, "urn:federation:microsoftonline").security_identifier(),
            None
        );
        assert_eq!(person("10032000", ACTIVE_DIRECTORY).security_identifier(), None);
    }
}
