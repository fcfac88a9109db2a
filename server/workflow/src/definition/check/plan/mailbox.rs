//! Whether the plan for a shared mailbox can be made from the form.

use super::{Checked, Fields, PLAN, ensure};
use crate::definition::{ChangeMailbox, CreateMailbox, PlanMapping};

pub(super) fn new(fields: &Fields<'_>, new: &CreateMailbox) -> Checked {
    fields.template(&new.display_name, "displayName")?;
    fields.template(&new.alias, "alias")?;
    for (field, name) in [
        (&new.full_access, "fullAccess"),
        (&new.send_as, "sendAs"),
        (&new.send_on_behalf, "sendOnBehalf"),
    ] {
        field
            .as_ref()
            .map_or(Ok(()), |field| fields.people(field, name))?;
    }
    ensure(
        PlanMapping::placeholders(&new.alias).next().is_some(),
        &format!("{PLAN}.alias"),
        "every application would make a mailbox of the same address",
        "Name a field of the form in braces",
    )
}

pub(super) fn change(fields: &Fields<'_>, change: &ChangeMailbox) -> Checked {
    fields.known(Some(&change.mailbox), "mailbox")?;
    fields.template(change.display_name.as_deref().unwrap_or_default(), "displayName")?;
    for (name, template) in change.addresses.templates() {
        fields.template(template.unwrap_or_default(), name)?;
    }
    for (turnover, name) in [
        (&change.full_access, "fullAccess"),
        (&change.send_as, "sendAs"),
        (&change.send_on_behalf, "sendOnBehalf"),
    ] {
        for (field, side) in [(&turnover.add, "add"), (&turnover.remove, "remove")] {
            field
                .as_ref()
                .map_or(Ok(()), |field| fields.people(field, &format!("{name}.{side}")))?;
        }
    }
    ensure(
        !change.is_idle(),
        PLAN,
        "it changes nothing",
        "Map at least one of displayName, addresses, fullAccess, sendAs, sendOnBehalf and delete",
    )
}
