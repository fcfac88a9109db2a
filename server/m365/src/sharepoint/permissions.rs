//! Who holds which level on a site, a list or an item. Writing is `csom`'s, in one request.

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    ItemId, List, PermissionMask, PrincipalId, RoleDefinition, RoleDefinitionId, Site, people::ObjectId,
};
use crate::{Result, odata};

const EXPAND: &str = "roleassignments?$expand=Member,RoleDefinitionBindings";

/// A principal with the levels that it holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Assignment {
    pub principal_id: PrincipalId,
    pub member: Member,
    pub role_definition_bindings: Vec<RoleDefinition>,
}

/// The principal of an assignment; a SharePoint group has no Entra id.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Member {
    pub login_name: String,
    pub title: String,
    pub principal_type: u8,
    aad_object_id: Option<ObjectId>,
}

impl Member {
    /// Entra's object id, if the site knows it.
    pub fn object_id(&self) -> Option<Uuid> {
        self.aad_object_id.as_ref().and_then(ObjectId::id)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inheritance {
    has_unique_role_assignments: bool,
}

impl Assignment {
    /// Whether this is only the hidden trace of a right further down (Limited Access), which opens nothing.
    pub fn is_limited_access_only(&self) -> bool {
        self.role_definition_bindings.iter().all(|role| role.hidden)
    }
}

impl List {
    /// Whether the item has permissions of its own, or inherits the list's.
    pub async fn has_unique_permissions(&self, id: ItemId) -> Result<bool> {
        let path = format!("{}/items({id})?$select=Id,HasUniqueRoleAssignments", self.path());
        let flag: Inheritance = self.site.get("read an item's inheritance", &path).await?;
        Ok(flag.has_unique_role_assignments)
    }

    /// Whether the list has permissions of its own, or inherits the site's.
    pub async fn has_own_permissions(&self) -> Result<bool> {
        let path = format!("{}?$select=Id,HasUniqueRoleAssignments", self.path());
        let flag: Inheritance = self.site.get("read a list's inheritance", &path).await?;
        Ok(flag.has_unique_role_assignments)
    }

    /// Who holds what on an item.
    pub async fn item_assignments(&self, id: ItemId) -> Result<Vec<Assignment>> {
        let path = format!("{}/items({id})/{EXPAND}", self.path());
        self.site.all("read an item's permissions", &path).await
    }

    /// Who holds what on the list.
    pub async fn assignments(&self) -> Result<Vec<Assignment>> {
        self.site
            .all("read a list's permissions", &format!("{}/{EXPAND}", self.path()))
            .await
    }

    /// Gives a level on the list, which must not inherit. Idempotent.
    pub async fn assign(&self, principal: PrincipalId, role: RoleDefinitionId) -> Result<()> {
        let path = format!(
            "{}/roleassignments/addroleassignment(principalid={},roledefid={})",
            self.path(),
            principal.0,
            role.0
        );
        self.site
            .post("assign a level on a list", &path, json!({}))
            .await?;
        Ok(())
    }

    /// Takes one level of a principal on the list away.
    pub async fn withdraw(&self, principal: PrincipalId, role: RoleDefinitionId) -> Result<()> {
        let path = format!(
            "{}/roleassignments/removeroleassignment(principalid={},roledefid={})",
            self.path(),
            principal.0,
            role.0
        );
        self.site
            .post("take a level on a list away", &path, json!({}))
            .await?;
        Ok(())
    }

    /// Takes all levels of a principal on the list away. `NotFound` on repetition.
    pub async fn unassign(&self, principal: PrincipalId) -> Result<()> {
        let path = format!(
            "{}/roleassignments/getbyprincipalid({})",
            self.path(),
            principal.0
        );
        self.site.delete("take a principal off a list", &path).await
    }

    /// Lets an item inherit the list's permissions again. Idempotent.
    pub async fn reset_item_inheritance(&self, id: ItemId) -> Result<()> {
        let path = format!("{}/items({id})/resetroleinheritance", self.path());
        self.site
            .post("reset an item's inheritance", &path, json!({}))
            .await?;
        Ok(())
    }
}

impl List {
    /// What a person (by login name) may do with an item, all groups counted in.
    pub async fn item_permissions_of(&self, id: ItemId, login: &str) -> Result<PermissionMask> {
        let user = odata::Options::default().with("@user", &odata::quoted(login));
        let path = format!(
            "{}/items({id})/getusereffectivepermissions(@user){user}",
            self.path()
        );
        self.site.get("read a person's rights on an item", &path).await
    }
}

impl Site {
    /// What the app itself may do on the site; without `ManagePermissions` nothing can be sealed.
    pub async fn own_permissions(&self) -> Result<PermissionMask> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Web {
            effective_base_permissions: PermissionMask,
        }
        let web: Web = self
            .get(
                "read the app's own rights",
                "web?$select=EffectiveBasePermissions",
            )
            .await?;
        Ok(web.effective_base_permissions)
    }

    /// Who holds what on the site.
    pub async fn assignments(&self) -> Result<Vec<Assignment>> {
        self.all("read the site's permissions", &format!("web/{EXPAND}"))
            .await
    }
}
