//! Whether the plan for a mailing list can be made from the form.

use super::group::adoption;
use super::{Checked, Fields, PLAN, ensure};
use crate::definition::{ChangeList, CreateList, PlanMapping};

pub(super) fn new(fields: &Fields<'_>, new: &CreateList) -> Checked {
    fields.template(&new.display_name, "displayName")?;
    fields.template(&new.alias, "alias")?;
    fields.known(new.outside.as_ref(), "outside")?;
    fields.people(&new.owners, "owners")?;
    if let Some(members) = &new.members {
        fields.people(members, "members")?;
    }
    ensure(
        PlanMapping::placeholders(&new.alias).next().is_some(),
        &format!("{PLAN}.alias"),
        "every application would make a list of the same address",
        "Name a field of the form in braces",
    )
}

pub(super) fn change(fields: &Fields<'_>, change: &ChangeList) -> Checked {
    fields.known(Some(&change.list), "list")?;
    fields.template(change.display_name.as_deref().unwrap_or_default(), "displayName")?;
    fields.known(change.outside.as_ref(), "outside")?;
    for (field, name) in [
        (&change.owners.add, "owners.add"),
        (&change.owners.remove, "owners.remove"),
        (&change.members.add, "members.add"),
        (&change.members.remove, "members.remove"),
    ] {
        field
            .as_ref()
            .map_or(Ok(()), |field| fields.people(field, name))?;
    }
    adoption(change.adopt, &change.owners)?;
    ensure(
        !change.is_idle(),
        PLAN,
        "it changes nothing",
        "Map at least one of displayName, outside, owners, members and delete",
    )
}
