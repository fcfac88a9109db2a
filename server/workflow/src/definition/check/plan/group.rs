//! Whether the plan for a group can be made from the form.

use super::{Checked, Fields, PLAN, ensure};
use crate::definition::{ChangeGroup, ChangeTeam, CreateGroup, GroupKind, PlanMapping, Turnover};

pub(super) fn new(fields: &Fields<'_>, new: &CreateGroup) -> Checked {
    fields.template(&new.display_name, "displayName")?;
    fields.template(&new.mail_nickname, "mailNickname")?;
    fields.template(new.description.as_deref().unwrap_or_default(), "description")?;
    fields.people(&new.owners, "owners")?;
    if let Some(members) = &new.members {
        fields.people(members, "members")?;
    }
    fields.known(new.visibility.as_ref(), "visibility")?;
    ensure(
        new.visibility.is_none() || new.kind == GroupKind::Microsoft365,
        &format!("{PLAN}.visibility"),
        "only Microsoft 365 groups have one",
        "Leave visibility out, or use the kind \"microsoft365\"",
    )?;
    ensure(
        !new.team || new.kind == GroupKind::Microsoft365,
        &format!("{PLAN}.team"),
        "only Microsoft 365 groups can be teams",
        "Leave team out, or use the kind \"microsoft365\"",
    )?;
    ensure(
        PlanMapping::placeholders(&new.display_name).next().is_some(),
        &format!("{PLAN}.displayName"),
        "every application would make a group of the same name",
        "Name a field of the form in braces",
    )
}

pub(super) fn change(fields: &Fields<'_>, change: &ChangeGroup) -> Checked {
    fields.known(Some(&change.group), "group")?;
    fields.template(change.display_name.as_deref().unwrap_or_default(), "displayName")?;
    fields.template(change.description.as_deref().unwrap_or_default(), "description")?;
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
    fields.known(change.visibility.as_ref(), "visibility")?;
    if let Some(team) = &change.team {
        of_team(fields, team)?;
    }
    adoption(change.adopt, &change.owners)?;
    ensure(
        !change.is_idle(),
        PLAN,
        "it changes nothing",
        "Map at least one of displayName, description, visibility, owners, members, team and delete",
    )
}

/// Whoever adopts names owners.
pub(super) fn adoption(adopts: bool, owners: &Turnover) -> Checked {
    ensure(
        !adopts || (owners.add.is_some() && owners.remove.is_none()),
        &format!("{PLAN}.adopt"),
        "nobody becomes an owner, or somebody is one no more",
        "Map owners.add and leave owners.remove out",
    )
}

fn of_team(fields: &Fields<'_>, team: &ChangeTeam) -> Checked {
    team.settings
        .values()
        .try_for_each(|field| fields.known(Some(field), "team.settings"))?;
    fields.known(team.archive.as_ref(), "team.archive")?;
    fields.known(team.picture.as_ref(), "team.picture")
}
