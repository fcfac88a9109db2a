//! Who holds a name already, among everything that may hold one: one request.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{Collection, Graph, batch::Part, operation};
use crate::{Error, Result, Service, odata};

const SELECT: &str = "$count=true&$select=id,displayName,mail,mailNickname";
/// Of deleted users besides: by these it is judged whether one held the name.
const HELD: &str = ",userPrincipalName,proxyAddresses";

/// A name that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    /// The part before the `@`.
    pub nickname: &'a str,
    /// The whole of it.
    pub address: &'a str,
    /// What people read; groups alone are looked for by it.
    pub display_name: Option<&'a str>,
}

/// What holds a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HolderKind {
    User,
    Group,
    Contact,
    /// One that can still be restored.
    DeletedUser,
    /// One that can still be restored: its name is not free before.
    DeletedGroup,
}

/// Somebody or something that holds a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameHolder {
    pub kind: HolderKind,
    pub id: Uuid,
    pub display_name: Option<String>,
    pub mail: Option<String>,
    pub mail_nickname: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Object {
    id: Uuid,
    display_name: Option<String>,
    mail: Option<String>,
    mail_nickname: Option<String>,
    user_principal_name: Option<String>,
    #[serde(default)]
    proxy_addresses: Vec<String>,
}

impl Object {
    /// Whether a deleted user held the name. The name of one begins with his id without hyphens, which a filter cannot
    /// say: one that ends like ours may be another's ("old-desk@" and "desk@").
    fn held(&self, name: &Name<'_>) -> bool {
        let is = |text: &Option<String>, other: &str| {
            text.as_deref()
                .is_some_and(|text| text.eq_ignore_ascii_case(other))
        };
        let as_deleted = format!("{}{}", self.id.simple(), name.address);
        let proxy = format!("smtp:{}", name.address);
        is(&self.mail_nickname, name.nickname)
            || is(&self.user_principal_name, name.address)
            || is(&self.user_principal_name, &as_deleted)
            || self
                .proxy_addresses
                .iter()
                .any(|own| own.eq_ignore_ascii_case(&proxy))
    }
}

const KINDS: [(HolderKind, &str, &str); 5] = [
    (HolderKind::User, "users", "users"),
    (HolderKind::Group, "groups", "groups"),
    (HolderKind::Contact, "contacts", "contacts"),
    (
        HolderKind::DeletedUser,
        "deletedUsers",
        "directory/deletedItems/microsoft.graph.user",
    ),
    (
        HolderKind::DeletedGroup,
        "deletedGroups",
        "directory/deletedItems/microsoft.graph.group",
    ),
];

impl Name<'_> {
    fn condition(&self, kind: HolderKind) -> String {
        let (nickname, address) = (odata::quoted(self.nickname), odata::quoted(self.address));
        let held = format!(
            "mailNickname eq {nickname} or {}",
            odata::has_mail_address(self.address)
        );
        let shown = self.display_name.map(odata::quoted);
        match (kind, shown) {
            (HolderKind::User, _) => format!("userPrincipalName eq {address} or {held}"),
            (HolderKind::DeletedUser, _) => format!("endsWith(userPrincipalName,{address}) or {held}"),
            (HolderKind::Group | HolderKind::DeletedGroup, Some(shown)) => {
                format!("displayName eq {shown} or {held}")
            }
            _ => held,
        }
    }
}

impl Graph {
    /// Users, groups and contacts that hold a name, and deleted users and groups that held it. What was made a moment
    /// ago may be missing. Distribution lists are groups here.
    pub async fn name_holders(&self, name: &Name<'_>) -> Result<Vec<NameHolder>> {
        let part = |(kind, id, path): (HolderKind, &'static str, &str)| {
            let filter = odata::escape(&name.condition(kind));
            let held = if kind == HolderKind::DeletedUser { HELD } else { "" };
            let path = format!("{path}?{SELECT}{held}&$filter={filter}");
            Part { id, path }
        };
        let parts = KINDS.map(part);
        let bodies = self.batch(operation::READ_NAME_HOLDERS, &parts).await?;
        let mut holders = Vec::new();
        for ((kind, ..), body) in KINDS.into_iter().zip(bodies) {
            holders.extend(read(kind, body, name)?);
        }
        Ok(holders)
    }
}

fn read(kind: HolderKind, body: Value, name: &Name<'_>) -> Result<Vec<NameHolder>> {
    let page: Collection<Object> = serde_json::from_value(body).map_err(|error| {
        let why = format!("not the expected JSON: {error}");
        Error::broken(Service::Graph, operation::READ_NAME_HOLDERS.name, &why)
    })?;
    let objects = page.value.into_iter();
    let objects = objects.filter(|object| kind != HolderKind::DeletedUser || object.held(name));
    let holders = objects.map(|object| NameHolder {
        kind,
        id: object.id,
        display_name: object.display_name,
        mail: object.mail,
        mail_nickname: object.mail_nickname,
    });
    Ok(holders.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_deleted_user_whose_name_ends_alike_does_not_hold_it() {
        let name = Name {
            nickname: "desk",
            address: "desk@contoso.example",
            display_name: None,
        };
        let (ours, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let deleted = |id: Uuid, local: &str| {
            json!({ "id": id, "mailNickname": local,
                "userPrincipalName": format!("{}{local}@contoso.example", id.simple()) })
        };
        let alike = json!({ "value": [deleted(other, "old-desk")] });
        assert_eq!(read(HolderKind::DeletedUser, alike, &name).unwrap(), []);
        let mut own = deleted(ours, "desk");
        own["mailNickname"] = json!("another");
        let same = json!({ "value": [own, deleted(other, "old-desk")] });
        let holders = read(HolderKind::DeletedUser, same, &name).unwrap();
        assert_eq!(holders.iter().map(|holder| holder.id).collect::<Vec<_>>(), [ours]);
    }
}
