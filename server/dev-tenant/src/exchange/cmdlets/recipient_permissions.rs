//! Who sends as a recipient: SendAs.

use serde_json::{Map, Value, json};

use crate::directory::ObjectId;
use crate::exchange::fault::Fault;
use crate::exchange::invocation::{Done, Invocation, Outcome};
use crate::exchange::recipient::{self, Kind, Recipient};
use crate::world::Tenant;

/// Everybody sends as himself.
const SELF: &str = "NT AUTHORITY\\SELF";

fn pair<'t>(invocation: &Invocation, tenant: &'t Tenant) -> Result<(Recipient<'t>, Recipient<'t>), Fault> {
    let target = recipient::find(tenant, invocation.now, invocation.identity(), recipient::any)?;
    let trustee = invocation.text("Trustee").unwrap_or_default();
    Ok((
        target,
        recipient::find(tenant, invocation.now, trustee, Kind::acts)?,
    ))
}

pub(super) fn add(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let (target, trustee) = pair(invocation, &tenant)?;
    let shown = row(target.name(), trustee.shown_name());
    let (id, holder) = (target.id, trustee.id);
    if !tenant.exchange.settings(id).send_as.insert(holder) {
        return Ok(Done {
            rows: vec![shown],
            warnings: vec![
                "The appropriate access control entry is already present on the object.".to_owned(),
            ],
        });
    }
    record(invocation, &mut tenant, "grant", id, holder);
    Ok(Done::rows(vec![shown]))
}

pub(super) fn remove(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let (target, trustee) = pair(invocation, &tenant)?;
    let (id, holder) = (target.id, trustee.id);
    if !tenant.exchange.settings(id).send_as.remove(&holder) {
        return Ok(Done::warned(
            "Can't remove the access control entry on the object because the ACE isn't present.".to_owned(),
        ));
    }
    record(invocation, &mut tenant, "revoke", id, holder);
    Ok(Done::default())
}

fn record(invocation: &Invocation, tenant: &mut Tenant, verb: &str, target: ObjectId, holder: ObjectId) {
    let key = format!("exchange:{verb}-send-as:recipient:{}:{}", target.0, holder.0);
    invocation.record(tenant, key);
}

fn row(target: &str, trustee: &str) -> Map<String, Value> {
    let row = json!({
        "Identity": target, "Trustee": trustee, "AccessControlType": "Allow", "AccessRights": ["SendAs"],
        "IsInherited": false, "InheritanceType": "None",
    });
    row.as_object().cloned().unwrap_or_default()
}

pub(super) fn get(invocation: &Invocation) -> Outcome {
    let tenant = invocation.world.tenant();
    let target = recipient::find(&tenant, invocation.now, invocation.identity(), recipient::any)?;
    let known = recipient::all(&tenant, invocation.now);
    let holders = target.settings.send_as.iter();
    let holders = holders.filter_map(|id| known.iter().find(|known| known.id == *id));
    let names = [SELF].into_iter().chain(holders.map(Recipient::shown_name));
    let asked = match invocation.text("Trustee") {
        Some(name) => Some(recipient::find(&tenant, invocation.now, name, Kind::acts)?.shown_name()),
        None => None,
    };
    let rows = names
        .filter(|name| asked.is_none_or(|asked| asked == *name))
        .map(|name| row(target.name(), name));
    Ok(Done::rows(rows.collect()))
}
