//! assignLicense of a group: its members inherit, and what goes wrong shows with them alone.

use serde_json::json;

use super::show::show;
use super::{changeable, flag};
use crate::graph::fault::Fault;
use crate::graph::permission::ASSIGN_GROUP_LICENCES;
use crate::graph::request::{Outcome, Request, entity};
use crate::graph::users::assign;

pub(crate) fn assign(request: &Request, key: &str) -> Outcome {
    request.may_write(ASSIGN_GROUP_LICENCES)?;
    let wish = assign::wish(&request.object()?)?;
    let mut tenant = request.world.tenant();
    assign::check_skus(&tenant.directory, &wish)?;
    let group = changeable(&mut tenant.directory, request.now, key)?;
    if !flag(group, "securityEnabled") {
        return Err(Fault::bad_request(
            "Licenses can be assigned to security-enabled groups only.",
        ));
    }
    if let Some(absent) = wish.remove.iter().find(|sku| !group.licences.contains_key(sku)) {
        return Err(Fault::bad_request(format!(
            "Group does not have a corresponding license {absent}."
        )));
    }
    for sku in &wish.remove {
        group.licences.remove(sku);
    }
    group.licences.extend(wish.add.iter().cloned());
    group.licences_changed = Some(request.now);
    let state = json!({"state": "QueuedForProcessing"});
    group
        .properties
        .insert("licenseProcessingState".to_owned(), state);
    let (id, shown) = (group.id, show(group));
    tenant.directory.groups_give_licences = true;
    for (sku, _) in &wish.add {
        request.record(&mut tenant, format!("graph:assign-license:group:{}:{sku}", id.0));
    }
    for sku in &wish.remove {
        request.record(&mut tenant, format!("graph:remove-license:group:{}:{sku}", id.0));
    }
    Ok(entity(202, "groups/$entity", shown))
}
