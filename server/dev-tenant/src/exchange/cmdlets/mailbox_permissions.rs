//! Who opens a mailbox: FullAccess.

use serde_json::{Map, Value, json};

use crate::directory::ObjectId;
use crate::exchange::fault::Fault;
use crate::exchange::invocation::{Done, Invocation, Outcome};
use crate::exchange::recipient::{self, Kind, Recipient};
use crate::world::Tenant;

const FULL_ACCESS: &str = "FullAccess";
/// Everybody opens his own mailbox; the list begins with it.
const SELF: &str = "NT AUTHORITY\\SELF";

/// A mailbox and who is to open it: a person or a mail-enabled security group, no plain group of the directory.
fn pair<'t>(invocation: &Invocation, tenant: &'t Tenant) -> Result<(Recipient<'t>, Recipient<'t>), Fault> {
    let only_full = invocation.list("AccessRights");
    if only_full.is_empty()
        || !only_full
            .iter()
            .all(|right| right.eq_ignore_ascii_case(FULL_ACCESS))
    {
        return Err(Fault::NotModelled(format!("the access rights {only_full:?}")));
    }
    let mailbox = recipient::find(tenant, invocation.now, invocation.identity(), Kind::is_mailbox)?;
    let user = invocation.text("User").unwrap_or_default();
    Ok((
        mailbox,
        recipient::find(tenant, invocation.now, user, Kind::acts)?,
    ))
}

pub(super) fn add(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let (mailbox, user) = pair(invocation, &tenant)?;
    // Outlook mounts mailboxes for people, not for members of groups.
    let maps = invocation.flag("AutoMapping").unwrap_or(true) && user.kind.is_mailbox();
    let shown = row(mailbox.name(), user.shown_name());
    let (id, holder) = (mailbox.id, user.id);
    let is_there = mailbox.settings.full_access.get(&holder) == Some(&maps);
    if is_there {
        return Ok(Done {
            rows: vec![shown],
            warnings: vec![
                "The appropriate access control entry is already present on the object.".to_owned(),
            ],
        });
    }
    tenant.exchange.settings(id).full_access.insert(holder, maps);
    record(invocation, &mut tenant, "grant", id, holder);
    Ok(Done::rows(vec![shown]))
}

pub(super) fn remove(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let (mailbox, user) = pair(invocation, &tenant)?;
    let (id, holder) = (mailbox.id, user.id);
    if tenant.exchange.settings(id).full_access.remove(&holder).is_none() {
        return Ok(Done::warned(
            "Can't remove the access control entry on the object because the ACE isn't present.".to_owned(),
        ));
    }
    record(invocation, &mut tenant, "revoke", id, holder);
    Ok(Done::default())
}

fn record(invocation: &Invocation, tenant: &mut Tenant, verb: &str, mailbox: ObjectId, holder: ObjectId) {
    let key = format!("exchange:{verb}-full-access:mailbox:{}:{}", mailbox.0, holder.0);
    invocation.record(tenant, key);
}

fn row(mailbox: &str, user: &str) -> Map<String, Value> {
    let row = json!({
        "Identity": mailbox, "User": user, "AccessRights": [FULL_ACCESS], "IsInherited": false,
        "Deny": false, "InheritanceType": "All",
    });
    row.as_object().cloned().unwrap_or_default()
}

pub(super) fn get(invocation: &Invocation) -> Outcome {
    let tenant = invocation.world.tenant();
    let mailbox = recipient::find(&tenant, invocation.now, invocation.identity(), Kind::is_mailbox)?;
    let known = recipient::all(&tenant, invocation.now);
    let holders = mailbox.settings.full_access.keys();
    let holders = holders.filter_map(|id| known.iter().find(|known| known.id == *id));
    let names = [SELF].into_iter().chain(holders.map(Recipient::shown_name));
    let asked = match invocation.text("User") {
        Some(user) => Some(recipient::find(&tenant, invocation.now, user, Kind::acts)?.shown_name()),
        None => None,
    };
    let rows = names
        .filter(|name| asked.is_none_or(|asked| asked == *name))
        .map(|name| row(mailbox.name(), name));
    Ok(Done::rows(rows.collect()))
}
