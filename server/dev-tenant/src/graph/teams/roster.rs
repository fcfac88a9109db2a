//! The roster of a team: owners, members and guests of its group, each with a membership id.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::bad_request;
use crate::directory::{Directory, Group, ObjectId, User};
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::objects::key_of;
use crate::graph::permission::{WRITE_TEAM_MEMBERS, WRITE_TEAM_ROSTER};
use crate::graph::request::Request;
use crate::graph::users;

pub(super) struct Entry<'d> {
    pub(super) user: &'d User,
    pub(super) is_owner: bool,
}

pub(super) fn is_guest(user: &User) -> bool {
    user.properties.get("userType").and_then(Value::as_str) == Some("Guest")
}

impl Entry<'_> {
    /// `None` = a plain member.
    pub(super) fn role(&self) -> Option<&'static str> {
        match (self.is_owner, is_guest(self.user)) {
            (true, _) => Some("owner"),
            (false, true) => Some("guest"),
            (false, false) => None,
        }
    }

    pub(super) fn show(&self, request: &Request, group: &Group) -> Entity {
        let shown = json!({
            "@odata.type": "#microsoft.graph.aadUserConversationMember",
            "id": membership(request, group.id, self.user.id),
            "roles": self.role().into_iter().collect::<Vec<_>>(),
            "displayName": self.user.display_name,
            "visibleHistoryStartDateTime": "0001-01-01T00:00:00Z",
            "userId": self.user.id,
            "email": self.user.properties.get("mail"),
            "tenantId": request.world.names.id,
        });
        shown.as_object().cloned().unwrap_or_default()
    }
}

/// Opaque to clients; never the user's id.
fn membership(request: &Request, team: ObjectId, user: ObjectId) -> String {
    let tenant = request.world.names.id;
    STANDARD.encode(format!("MCMjMSMj##{tenant}##{}##{}", team.0, user.0))
}

pub(super) fn of<'d>(directory: &'d Directory, now: Timestamp, group: &'d Group) -> Vec<Entry<'d>> {
    let ids = group.members.union(&group.owners);
    let people = ids.filter_map(|id| directory.users.get(id).filter(|user| user.is_seen(now)));
    let entries = people.map(|user| Entry {
        user,
        is_owner: group.owners.contains(&user.id),
    });
    entries.collect()
}

/// The entry behind a membership id.
pub(super) fn find<'d>(
    request: &Request,
    directory: &'d Directory,
    group: &'d Group,
    id: &str,
) -> Result<Entry<'d>, Fault> {
    let mut all = of(directory, request.now, group).into_iter();
    all.find(|entry| membership(request, group.id, entry.user.id) == id)
        .ok_or_else(|| Fault::refused(404, "NotFound", format!("No membership found with id {id}")))
}

/// Who is to join, and whether as an owner.
pub(super) struct Wish {
    pub(super) user: String,
    pub(super) owner: bool,
}

/// Reads one `aadUserConversationMember` of a body.
pub(super) fn wish(body: &Value) -> Result<Wish, Fault> {
    if body["@odata.type"] != "#microsoft.graph.aadUserConversationMember" {
        return Err(bad_request(
            "Invalid member: '@odata.type' must be '#microsoft.graph.aadUserConversationMember'.",
        ));
    }
    let user = body["user@odata.bind"].as_str().and_then(key_of);
    Ok(Wish {
        user: user.ok_or_else(|| bad_request("Invalid bind property name user in request."))?,
        owner: is_owner(&body["roles"])?,
    })
}

/// `["owner"]` or nothing; `guest` is what a guest is anyway.
pub(super) fn is_owner(roles: &Value) -> Result<bool, Fault> {
    let roles: Vec<&str> = roles
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    match roles.as_slice() {
        [] | ["guest"] => Ok(false),
        ["owner"] => Ok(true),
        _ => Err(bad_request("Invalid role specified for member.")),
    }
}

/// Members are for the narrow permission too, owners for the wide one alone.
pub(super) fn may_write(request: &Request, touches_owners: bool) -> Result<(), Fault> {
    request.may_write(if touches_owners {
        WRITE_TEAM_ROSTER
    } else {
        WRITE_TEAM_MEMBERS
    })
}

/// The person of a wish, who may join.
pub(super) fn candidate(
    request: &Request,
    directory: &Directory,
    group: &Group,
    wish: &Wish,
    refuses_twice: bool,
) -> Result<ObjectId, Fault> {
    let user = users::find(directory, request.now, &wish.user).map_err(|_| {
        Fault::refused(
            404,
            "NotFound",
            format!("User with id {} was not found", wish.user),
        )
    })?;
    if wish.owner && is_guest(user) {
        return Err(bad_request("A guest can't be an owner of a team."));
    }
    let is_there = group.members.contains(&user.id) || group.owners.contains(&user.id);
    if is_there && refuses_twice {
        return Err(bad_request(format!(
            "User {} is already a member of the team.",
            user.id.0
        )));
    }
    Ok(user.id)
}

pub(super) fn join(group: &mut Group, user: ObjectId, owner: bool) {
    group.members.insert(user);
    if owner {
        group.owners.insert(user);
    }
}

/// A team keeps an owner.
pub(super) fn check_owner_remains(group: &Group, leaving: ObjectId) -> Result<(), Fault> {
    if group.owners.contains(&leaving) && group.owners.len() == 1 {
        return Err(bad_request(
            "The last owner of a team can't be removed; add another owner first.",
        ));
    }
    Ok(())
}
