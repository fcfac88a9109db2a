//! Whether the plan can be made from the form.

mod action;
mod contact;
mod group;
mod list;
mod mailbox;

use std::collections::BTreeMap;

use forms::{Availability, Field, FieldKey, Input};

use super::{Checked, check_field, ensure};
use crate::definition::{ChangeUser, CreateUser, Definition, Leave, PlanMapping};

const PLAN: &str = "execution.plan";

pub(super) fn check(definition: &Definition) -> Checked {
    let plan = &definition.execution.plan;
    let row = match plan.rows() {
        Some(rows) => rows_of(definition, rows.as_str())?,
        None => &[],
    };
    let fields = Fields { definition, row };
    fields.asked_of_directory(plan)?;
    match plan {
        PlanMapping::CreateUser(new) => new_user(&fields, new),
        PlanMapping::ChangeUser(change) => changed_user(&fields, change),
        PlanMapping::CreateGroup(new) => group::new(&fields, new),
        PlanMapping::ChangeGroup(change) => group::change(&fields, change),
        PlanMapping::CreateList(new) => list::new(&fields, new),
        PlanMapping::ChangeList(change) => list::change(&fields, change),
        PlanMapping::CreateMailbox(new) => mailbox::new(&fields, new),
        PlanMapping::ChangeMailbox(change) => mailbox::change(&fields, change),
        PlanMapping::CreateContact(new) => contact::new(&fields, new),
        PlanMapping::ChangeContact(change) => contact::change(&fields, change),
        PlanMapping::CustomAction(action) => action::check(&fields, action),
    }
}

fn new_user(fields: &Fields, new: &CreateUser) -> Checked {
    fields.templates(&new.properties)?;
    fields.known(Some(&new.upn_local), "upnLocal")?;
    fields.known(new.manager.as_ref(), "manager")?;
    fields.known(new.licence.as_ref(), "licence")?;
    fields.known(new.groups.as_ref(), "groups")?;
    ensure(
        new.properties.contains_key("displayName"),
        "execution.plan.properties",
        "no displayName",
        "Microsoft Graph demands a displayName for a new user: map it",
    )
}

fn changed_user(fields: &Fields, change: &ChangeUser) -> Checked {
    fields.templates(&change.properties)?;
    fields.person(&change.user, "user")?;
    for (field, name) in [
        (&change.manager, "manager"),
        (&change.licences.add, "licences.add"),
        (&change.licences.remove, "licences.remove"),
        (&change.groups.add, "groups.add"),
        (&change.groups.remove, "groups.remove"),
    ] {
        fields.known(field.as_ref(), name)?;
    }
    if let Some(leave) = &change.leave {
        fields.leave(leave)?;
    }
    ensure(
        !change.is_idle(),
        PLAN,
        "it changes nothing",
        "Map at least one of properties, manager, signIn, licences, groups, leave and delete",
    )
}

/// The fields that a plan may name: those of a row, and those of the form.
struct Fields<'a> {
    definition: &'a Definition,
    row: &'a [Field],
}

impl Fields<'_> {
    /// The directory is asked about the answer alone, so that must be the whole of the name.
    fn asked_of_directory(&self, plan: &PlanMapping) -> Checked {
        let names = plan.names();
        let of_form = self.definition.form.fields();
        // A user name is never made of a template.
        let is_asked = |field: &&Field| field.availability.is_some_and(|kind| kind != Availability::Upn);
        let mut asked = of_form.chain(self.row).filter(is_asked);
        asked.try_for_each(|field| {
            let whole = format!("{{{}}}", field.key);
            let mut given = names.iter().filter(|name| name.contains(&whole)).peekable();
            ensure(
                given.peek().is_none() || given.any(|name| **name == whole),
                &format!("{PLAN}: the field \"{}\" has an availability", field.key),
                "but is only a part of the name",
                "Leave availability out, or let the field alone be the name",
            )
        })
    }

    fn known(&self, field: Option<&FieldKey>, name: &str) -> Checked {
        field.map_or(Ok(()), |field| {
            self.named(field.as_str(), &format!("{PLAN}.{name}"))
        })
    }

    fn named(&self, field: &str, path: &str) -> Checked {
        let of_row = self.row.iter().any(|own| own.key.as_str() == field);
        if of_row {
            Ok(())
        } else {
            check_field(self.definition, field, path)
        }
    }

    fn templates(&self, properties: &BTreeMap<String, String>) -> Checked {
        for (property, template) in properties {
            let path = format!("{PLAN}.properties.{property}");
            PlanMapping::placeholders(template).try_for_each(|field| self.named(field, &path))?;
        }
        Ok(())
    }

    fn template(&self, template: &str, name: &str) -> Checked {
        let path = format!("{PLAN}.{name}");
        PlanMapping::placeholders(template).try_for_each(|field| self.named(field, &path))
    }

    fn leave(&self, leave: &Leave) -> Checked {
        let people = [(&leave.access, "leave.access"), (&leave.forward, "leave.forward")];
        people
            .into_iter()
            .try_for_each(|(field, name)| field.as_ref().map_or(Ok(()), |field| self.person(field, name)))
    }

    fn people(&self, field: &FieldKey, name: &str) -> Checked {
        self.known(Some(field), name)?;
        let found = self.definition.form.field(field.as_str());
        ensure(
            found.is_some_and(|found| matches!(found.input, Input::People { .. } | Input::Person {})),
            &format!("{PLAN}.{name}"),
            &format!("\"{field}\" does not ask for people"),
            "Name a field of the type \"people\" or \"person\"",
        )
    }

    fn person(&self, field: &FieldKey, name: &str) -> Checked {
        self.known(Some(field), name)?;
        let of_row = self.row.iter().find(|own| own.key == *field);
        let found = of_row.or_else(|| self.definition.form.field(field.as_str()));
        ensure(
            found.is_some_and(|found| matches!(found.input, Input::Person {})),
            &format!("{PLAN}.{name}"),
            &format!("\"{field}\" does not ask for a person"),
            "Name a field of the type \"person\"",
        )
    }
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
