//! Whether the plan can be made from the form.

use super::{Checked, check_field, ensure};
use crate::definition::{Definition, PlanMapping};

pub(super) fn check(definition: &Definition) -> Checked {
    let PlanMapping::CreateUser {
        upn_local,
        properties,
        manager,
        licence,
        groups,
    } = &definition.execution.plan;
    let known = |field: &str, path: &str| check_field(definition, field, path);
    known(upn_local.as_str(), "execution.plan.upnLocal")?;
    for (property, template) in properties {
        let path = format!("execution.plan.properties.{property}");
        PlanMapping::placeholders(template).try_for_each(|field| known(field, &path))?;
    }
    for (field, name) in [(manager, "manager"), (licence, "licence"), (groups, "groups")] {
        if let Some(field) = field {
            known(field.as_str(), &format!("execution.plan.{name}"))?;
        }
    }
    ensure(
        properties.contains_key("displayName"),
        "execution.plan.properties",
        "no displayName",
        "Microsoft Graph demands a displayName for a new user: map it",
    )
}
