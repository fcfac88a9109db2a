//! Whether the plan for a mail contact can be made from the form.

use super::{Checked, Fields, PLAN, ensure};
use crate::definition::{ChangeContact, ContactDetails, CreateContact, PlanMapping};

pub(super) fn new(fields: &Fields<'_>, new: &CreateContact) -> Checked {
    fields.template(&new.display_name, "displayName")?;
    fields.template(&new.address, "address")?;
    details(fields, &new.details)?;
    ensure(
        PlanMapping::placeholders(&new.address).next().is_some(),
        &format!("{PLAN}.address"),
        "every application would make a contact of the same address",
        "Name a field of the form in braces",
    )
}

pub(super) fn change(fields: &Fields<'_>, change: &ChangeContact) -> Checked {
    fields.known(Some(&change.contact), "contact")?;
    fields.template(change.display_name.as_deref().unwrap_or_default(), "displayName")?;
    fields.template(change.address.as_deref().unwrap_or_default(), "address")?;
    details(fields, &change.details)?;
    ensure(
        !change.is_idle(),
        PLAN,
        "it changes nothing",
        "Map at least one of displayName, address, details and delete",
    )
}

fn details(fields: &Fields<'_>, details: &ContactDetails) -> Checked {
    for (detail, template) in details {
        fields.template(template, &format!("details.{}", detail.as_str()))?;
    }
    Ok(())
}
