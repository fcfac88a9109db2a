//! Who holds a name already, among everything that may hold one: one request.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{Collection, Deleted, Graph, batch::Part, operation};
use crate::{Error, Result, Service, odata};

const SELECT: &str = "$count=true&$select=id,displayName,mail,mailNickname";
/// What is read of deleted objects, too.
const DELETED: &str = ",deletedDateTime";
/// By which a deleted user is told from one whose name merely ends like it.
const NAMES: &str = ",deletedDateTime,userPrincipalName,proxyAddresses";

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
    /// Of what was deleted, where Graph tells when.
    pub deleted: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Object {
    #[serde(flatten)]
    object: Deleted,
    #[serde(default)]
    proxy_addresses: Vec<String>,
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

    /// Of a deleted user Graph compares only how his name ends.
    fn is_held_by(&self, kind: HolderKind, found: &Object) -> bool {
        let is_address = |text: &str| text.eq_ignore_ascii_case(self.address);
        let object = &found.object;
        let nickname = object.mail_nickname.as_deref();
        let mut mails = found
            .proxy_addresses
            .iter()
            .filter_map(|entry| entry.split_once(':'));
        kind != HolderKind::DeletedUser
            || object.former_user_principal_name().is_some_and(is_address)
            || nickname.is_some_and(|name| name.eq_ignore_ascii_case(self.nickname))
            || mails.any(|(_, mail)| is_address(mail))
    }
}

impl HolderKind {
    fn select(self) -> &'static str {
        match self {
            Self::User | Self::Group | Self::Contact => "",
            Self::DeletedUser => NAMES,
            Self::DeletedGroup => DELETED,
        }
    }
}

impl Graph {
    /// Users, groups and contacts that hold a name, and deleted users and groups that held it. What was made a moment
    /// ago may be missing. Distribution lists are groups here.
    pub async fn name_holders(&self, name: &Name<'_>) -> Result<Vec<NameHolder>> {
        let part = |(kind, id, path): (HolderKind, &'static str, &str)| {
            let filter = odata::escape(&name.condition(kind));
            let path = format!("{path}?{SELECT}{}&$filter={filter}", kind.select());
            Part { id, path }
        };
        let parts = KINDS.map(part);
        let bodies = self.batch(operation::READ_NAME_HOLDERS, &parts).await?;
        let mut holders = Vec::new();
        for ((kind, ..), body) in KINDS.into_iter().zip(bodies) {
            let found = read(body)?;
            let held = found.into_iter().filter(|found| name.is_held_by(kind, found));
            holders.extend(held.map(|found| shown(kind, found)));
        }
        Ok(holders)
    }
}

fn read(body: Value) -> Result<Vec<Object>> {
    let page: std::result::Result<Collection<Object>, _> = serde_json::from_value(body);
    let page = page.map_err(|error| {
        let why = format!("not the expected JSON: {error}");
        Error::broken(Service::Graph, operation::READ_NAME_HOLDERS.name, &why)
    })?;
    Ok(page.value)
}

fn shown(kind: HolderKind, found: Object) -> NameHolder {
    let object = found.object;
    NameHolder {
        kind,
        id: object.id,
        display_name: object.display_name,
        mail: object.mail,
        mail_nickname: object.mail_nickname,
        deleted: object.deleted_date_time,
    }
}
