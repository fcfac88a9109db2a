//! Creating groups, also by their unique name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::show::show;
use crate::addresses::holder;
use crate::directory::{Directory, Group, ObjectId};
use crate::graph::contacts;
use crate::graph::fault::Fault;
use crate::graph::model::{self, Entity};
use crate::graph::objects::{fresh, key_of};
use crate::graph::permission::CREATE_GROUPS;
use crate::graph::request::{Outcome, Request, entity};
use crate::graph::users::{self, rules::is_nickname};

const RESOURCE: &str = "Group";
/// Microsoft Graph, "group resource type".
const LONGEST_NAME: usize = 256;
const LONGEST_NICKNAME: usize = 64;
const LONGEST_DESCRIPTION: usize = 1024;
const VISIBILITIES: [&str; 3] = ["Private", "Public", "HiddenMembership"];
const READ_ONLY: [&str; 9] = [
    "id",
    "mail",
    "proxyAddresses",
    "createdDateTime",
    "deletedDateTime",
    "renewedDateTime",
    "onPremisesSyncEnabled",
    "assignedLicenses",
    "licenseProcessingState",
];

pub(crate) fn create(request: &Request) -> Outcome {
    let properties = model::canonical("group", &request.object()?)?;
    insert(request, properties)
}

/// Creates the group; the caller has read and spelled its properties.
pub(crate) fn insert(request: &Request, mut properties: Entity) -> Outcome {
    request.may_write(CREATE_GROUPS)?;
    check(&properties)?;
    let unique_name = take_text(&mut properties, "uniqueName");
    let display_name = take_text(&mut properties, "displayName").unwrap_or_default();
    let mut tenant = request.world.tenant();
    let members = bound(request, &tenant.directory, &mut properties, "members@odata.bind")?;
    let owners = bound(request, &tenant.directory, &mut properties, "owners@odata.bind")?;
    let is_taken = |group: &Group| group.deleted.is_none() && group.unique_name == unique_name;
    if unique_name.is_some() && tenant.directory.groups.values().any(is_taken) {
        return Err(Fault::Conflict {
            property: "uniqueName",
        });
    }
    if properties.get("mailEnabled") == Some(&Value::Bool(true)) {
        check_people(&tenant.directory, members.union(&owners))?;
        give_address(request, &tenant.directory, &mut properties)?;
    }
    let group = Group {
        id: tenant.ids.object_id(),
        display_name,
        unique_name,
        properties,
        members,
        owners,
        licences: BTreeMap::new(),
        licences_changed: None,
        made_by_app: true,
        team: None,
        operations: Vec::new(),
        picture: None,
        created: request.now,
        deleted: None,
        visible_from: fresh(&mut tenant, request.now),
    };
    let name = group.unique_name.as_ref().unwrap_or(&group.display_name);
    request.record(&mut tenant, format!("graph:create:group:{name}"));
    let shown = show(&group);
    tenant.directory.groups.insert(group.id, group);
    Ok(entity(201, "groups/$entity", shown))
}

/// A Microsoft 365 group has an address of its own, which must be free.
fn give_address(request: &Request, directory: &Directory, properties: &mut Entity) -> Result<(), Fault> {
    let nickname = properties["mailNickname"].as_str().unwrap_or_default();
    let mail = format!("{nickname}@{}", request.world.names.domain);
    if holder(directory, None, &mail).is_some() {
        return Err(Fault::Conflict {
            property: "mailNickname",
        });
    }
    properties.insert("proxyAddresses".to_owned(), json!([format!("SMTP:{mail}")]));
    properties.insert("mail".to_owned(), mail.into());
    properties.entry("visibility").or_insert_with(|| json!("Public"));
    Ok(())
}

/// Microsoft 365 groups hold people alone.
pub(crate) fn check_people<'i>(
    directory: &Directory,
    ids: impl IntoIterator<Item = &'i ObjectId>,
) -> Result<(), Fault> {
    let mut ids = ids.into_iter();
    if ids.all(|id| directory.users.contains_key(id)) {
        return Ok(());
    }
    Err(Fault::invalid("members", RESOURCE))
}

fn take_text(properties: &mut Entity, name: &str) -> Option<String> {
    properties.remove(name)?.as_str().map(str::to_owned)
}

fn check(properties: &Entity) -> Result<(), Fault> {
    check_writable(properties)?;
    for name in ["displayName", "mailEnabled", "mailNickname", "securityEnabled"] {
        if properties.get(name).is_none_or(Value::is_null) {
            return Err(Fault::required(name, RESOURCE));
        }
    }
    check_names(properties)?;
    let kinds = properties.get("groupTypes").and_then(Value::as_array);
    let has = |kind: &str| kinds.is_some_and(|kinds| kinds.iter().any(|found| found == kind));
    if properties["mailEnabled"] == Value::Bool(true) && !has("Unified") {
        return Err(Fault::bad_request(
            "The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.",
        ));
    }
    if has("DynamicMembership") && properties.get("membershipRule").is_none_or(Value::is_null) {
        return Err(Fault::required("membershipRule", RESOURCE));
    }
    if has("Unified") && properties["mailEnabled"] != Value::Bool(true) {
        return Err(Fault::invalid("mailEnabled", RESOURCE));
    }
    Ok(())
}

/// What Graph computes is not written, by whomever.
pub(crate) fn check_writable(properties: &Entity) -> Result<(), Fault> {
    match properties.keys().find(|name| READ_ONLY.contains(&name.as_str())) {
        Some(name) => Err(Fault::bad_request(format!(
            "Property '{name}' is read-only and cannot be set."
        ))),
        None => Ok(()),
    }
}

pub(crate) fn check_names(properties: &Entity) -> Result<(), Fault> {
    let text = |name: &str| properties.get(name).and_then(Value::as_str);
    let size = |text: &str| text.encode_utf16().count();
    if text("displayName").is_some_and(|name| name.is_empty() || size(name) > LONGEST_NAME) {
        return Err(Fault::invalid("displayName", RESOURCE));
    }
    if text("description").is_some_and(|text| size(text) > LONGEST_DESCRIPTION) {
        return Err(Fault::invalid("description", RESOURCE));
    }
    if text("visibility")
        .is_some_and(|word| !VISIBILITIES.iter().any(|known| known.eq_ignore_ascii_case(word)))
    {
        return Err(Fault::invalid("visibility", RESOURCE));
    }
    let bad = |name: &str| name.is_empty() || size(name) > LONGEST_NICKNAME || !is_nickname(name);
    if text("mailNickname").is_some_and(bad) {
        return Err(Fault::invalid("mailNickname", RESOURCE));
    }
    Ok(())
}

/// The visible objects that a bind names; all must be there.
pub(crate) fn bound(
    request: &Request,
    directory: &Directory,
    properties: &mut Entity,
    name: &str,
) -> Result<BTreeSet<ObjectId>, Fault> {
    let Some(binds) = properties.remove(name) else {
        return Ok(BTreeSet::new());
    };
    binds
        .as_array()
        .into_iter()
        .flatten()
        .map(|bind| {
            let key = bind.as_str().and_then(key_of);
            let key = key.ok_or_else(|| Fault::bad_request(format!("Invalid value in '{name}'.")))?;
            member(request, directory, &key)
        })
        .collect()
}

/// A visible user, group or contact.
pub(crate) fn member(request: &Request, directory: &Directory, key: &str) -> Result<ObjectId, Fault> {
    users::find(directory, request.now, key)
        .map(|user| user.id)
        .or_else(|_| super::find(directory, request.now, key).map(|group| group.id))
        .or_else(|_| contacts::find(directory, request.now, key).map(|contact| contact.id))
}
