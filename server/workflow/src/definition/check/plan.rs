//! Whether the plan can be made from the form.

use forms::{Field, Input};

use super::{Checked, check_field, ensure};
use crate::definition::{Definition, PlanMapping};

pub(super) fn check(definition: &Definition) -> Checked {
    let PlanMapping::CreateUser {
        rows,
        upn_local,
        properties,
        manager,
        licence,
        groups,
    } = &definition.execution.plan;
    let row = match rows {
        Some(rows) => rows_of(definition, rows.as_str())?,
        None => &[],
    };
    let known = |field: &str, path: &str| {
        let of_row = row.iter().any(|own| own.key.as_str() == field);
        if of_row {
            Ok(())
        } else {
            check_field(definition, field, path)
        }
    };
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

fn rows_of<'a>(definition: &'a Definition, key: &str) -> Result<&'a [Field], crate::DefinitionError> {
    let field = definition.form.field(key);
    if let Some(Input::Rows { fields, .. }) = field.map(|field| &field.input) {
        return Ok(fields);
    }
    ensure(
        false,
        "execution.plan.rows",
        &format!("the form has no rows \"{key}\""),
        "Name a field of the type \"rows\"",
    )?;
    Ok(&[])
}
