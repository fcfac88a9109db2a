//! From the answers of a form to a wish for an account that is there already. Pure.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Code, Issue, Schema, Values};
use provision::{ChangeFields, ChangeWish, LeaveFields, LeaveWish, LicenceTurnover, Turnover};
use workflow::definition::{self, ChangeUser, Leave, PlanMapping};

use super::answers::{Answers, Person, key};
use super::licences::Offered;

/// A wish whose people are not looked up yet.
#[derive(Debug, PartialEq)]
pub(super) struct Wished {
    pub(super) wish: ChangeWish,
    pub(super) account: Option<Person>,
    pub(super) manager: Manager,
    /// Who opens the mailbox of somebody who leaves, and whom its mail goes on to.
    pub(super) access: Option<Person>,
    pub(super) forward: Option<Person>,
}

/// What the answers say of the manager.
#[derive(Debug, PartialEq)]
pub(super) enum Manager {
    /// Nobody asked.
    Stays,
    /// The answer is empty.
    Nobody,
    Becomes(Person),
}

/// Reads the answers.
pub(super) fn wished(
    mapping: &ChangeUser,
    schema: &Schema,
    values: &Values,
    offered: &Offered,
) -> Result<Wished, Vec<Issue>> {
    let answers = Answers { values };
    let asked = Asked::of(mapping, schema, values);
    let is_asked = |template: &str| PlanMapping::placeholders(template).all(|field| asked.asks(field));
    let properties: BTreeMap<String, String> = mapping
        .properties
        .iter()
        .filter(|(_, template)| is_asked(template))
        .map(|(name, template)| (name.clone(), answers.fill(template)))
        .collect();
    let groups = Turnover {
        add: answers.ids(mapping.groups.add.as_ref(), Code::UnknownGroup)?,
        remove: answers.ids(mapping.groups.remove.as_ref(), Code::UnknownGroup)?,
    };
    let wish = ChangeWish {
        properties,
        sign_in: mapping.sign_in.map(sign_in),
        reset_password: mapping.reset_password,
        licences: licences(&answers, &mapping.licences, offered)?,
        groups,
        leave: mapping.leave.as_ref().map(left),
        delete: mapping.delete,
        fields: ChangeFields {
            account: mapping.user.as_str().to_owned(),
            manager: key(mapping.manager.as_ref()),
            add_licences: key(mapping.licences.add.as_ref()),
            remove_licences: key(mapping.licences.remove.as_ref()),
            add_groups: key(mapping.groups.add.as_ref()),
            remove_groups: key(mapping.groups.remove.as_ref()),
        },
        ..ChangeWish::default()
    };
    let manager = mapping
        .manager
        .as_ref()
        .filter(|field| asked.asks(field.as_str()));
    let leave = mapping.leave.as_ref();
    Ok(Wished {
        wish,
        access: answers.person(leave.and_then(|leave| leave.access.as_ref())),
        forward: answers.person(leave.and_then(|leave| leave.forward.as_ref())),
        account: answers.person(Some(&mapping.user)),
        manager: match manager.map(|field| answers.person(Some(field))) {
            None => Manager::Stays,
            Some(None) => Manager::Nobody,
            Some(Some(person)) => Manager::Becomes(person),
        },
    })
}

fn licences(
    answers: &Answers<'_>,
    fields: &definition::Turnover,
    offered: &Offered,
) -> Result<LicenceTurnover, Vec<Issue>> {
    let removed = answers.licences(fields.remove.as_ref(), offered)?;
    Ok(LicenceTurnover {
        add: answers.licences(fields.add.as_ref(), offered)?,
        remove: removed.into_keys().collect(),
    })
}

/// Who is meant is looked up later.
fn left(mapping: &Leave) -> LeaveWish {
    LeaveWish {
        fields: LeaveFields {
            access: key(mapping.access.as_ref()),
            forward: key(mapping.forward.as_ref()),
        },
        ..LeaveWish::default()
    }
}

fn sign_in(mapped: definition::SignIn) -> provision::SignIn {
    match mapped {
        definition::SignIn::Block => provision::SignIn::Blocked,
        definition::SignIn::Allow => provision::SignIn::Allowed,
    }
}

/// The fields whose answers count, empty ones included.
struct Asked<'a>(BTreeSet<&'a str>);

impl<'a> Asked<'a> {
    /// Of a form all that it asks; of rows what they say.
    fn of(mapping: &ChangeUser, schema: &'a Schema, values: &'a Values) -> Self {
        if mapping.rows.is_some() {
            return Self(values.as_map().keys().map(String::as_str).collect());
        }
        Self(
            forms::visible(schema, values)
                .map(|field| field.key.as_str())
                .collect(),
        )
    }

    fn asks(&self, field: &str) -> bool {
        self.0.contains(field)
    }
}
