//! What is carried out after the last approval.

mod action;
mod contact;
mod end;
mod group;
mod list;
mod mailbox;
mod start;
mod team;
mod user;

use forms::{FieldKey, Label};
use serde::{Deserialize, Serialize};

pub use action::{CustomAction, CustomCall};
pub use contact::{ChangeContact, ContactDetail, ContactDetails, CreateContact};
pub use end::End;
pub use group::{ChangeGroup, CreateGroup, GroupKind};
pub use list::{ChangeList, CreateList, ListKind};
pub use mailbox::{AddressChange, ChangeMailbox, CreateMailbox};
pub use start::Start;
pub use team::{ChangeTeam, TeamSetting};
pub use user::{ChangeUser, CreateUser, Leave, SignIn, Turnover};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Execution {
    pub title: Label,
    pub plan: PlanMapping,
    /// Absent: it is carried out as soon as it is approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Start>,
    /// Absent: what was carried out stands for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<End>,
}

/// Which answers go into the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "camelCase")]
pub enum PlanMapping {
    CreateUser(CreateUser),
    ChangeUser(ChangeUser),
    CreateGroup(CreateGroup),
    ChangeGroup(ChangeGroup),
    CreateList(CreateList),
    ChangeList(ChangeList),
    CreateMailbox(CreateMailbox),
    ChangeMailbox(ChangeMailbox),
    CreateContact(CreateContact),
    ChangeContact(ChangeContact),
    CustomAction(CustomAction),
}

impl PlanMapping {
    /// The field whose rows are planned one by one.
    pub fn rows(&self) -> Option<&FieldKey> {
        match self {
            Self::CreateUser(new) => new.rows.as_ref(),
            Self::ChangeUser(change) => change.rows.as_ref(),
            _ => None,
        }
    }

    /// The field that says what it is about: the name of what is made, or which object it is.
    pub fn subject(&self) -> &str {
        match self {
            Self::CreateUser(new) => new.upn_local.as_str(),
            Self::ChangeUser(change) => change.user.as_str(),
            Self::CreateGroup(new) => new.subject(),
            Self::ChangeGroup(change) => change.group.as_str(),
            Self::CreateList(new) => new.subject(),
            Self::ChangeList(change) => change.list.as_str(),
            Self::CreateMailbox(new) => new.subject(),
            Self::ChangeMailbox(change) => change.mailbox.as_str(),
            Self::CreateContact(new) => new.subject(),
            Self::ChangeContact(change) => change.contact.as_str(),
            Self::CustomAction(action) => action.subject(),
        }
    }

    /// Templates of the names that it gives to all but accounts.
    pub fn names(&self) -> Vec<&str> {
        let given: [Option<&String>; 3] = match self {
            // Names that other systems keep are theirs.
            Self::CreateUser(_) | Self::ChangeUser(_) | Self::CustomAction(_) => [None; 3],
            Self::CreateGroup(new) => [Some(&new.display_name), Some(&new.mail_nickname), None],
            Self::ChangeGroup(change) => [change.display_name.as_ref(), None, None],
            Self::CreateList(new) => [Some(&new.display_name), Some(&new.alias), None],
            Self::ChangeList(change) => [change.display_name.as_ref(), None, None],
            Self::CreateMailbox(new) => [Some(&new.display_name), Some(&new.alias), None],
            Self::ChangeMailbox(change) => {
                let AddressChange { primary, add, .. } = &change.addresses;
                [change.display_name.as_ref(), primary.as_ref(), add.as_ref()]
            }
            Self::CreateContact(new) => [Some(&new.display_name), Some(&new.address), None],
            Self::ChangeContact(change) => [change.display_name.as_ref(), change.address.as_ref(), None],
        };
        given.into_iter().flatten().map(String::as_str).collect()
    }

    /// The field of a name that must be free.
    pub fn new_name(&self) -> Option<&str> {
        match self {
            Self::CreateUser(new) => Some(new.upn_local.as_str()),
            Self::CreateGroup(new) => Some(new.subject()),
            Self::CreateList(new) => Some(new.subject()),
            Self::ChangeUser(_) | Self::ChangeList(_) | Self::CustomAction(_) => None,
            Self::ChangeGroup(change) => Self::placeholders(change.display_name.as_deref()?).next(),
            Self::CreateMailbox(new) => Some(new.subject()),
            Self::ChangeMailbox(change) => change.new_name(),
            Self::CreateContact(new) => Some(new.subject()),
            Self::ChangeContact(change) => Self::placeholders(change.address.as_deref()?).next(),
        }
    }

    /// The field of the licences that take seats.
    pub fn licences(&self) -> Option<&FieldKey> {
        match self {
            Self::CreateUser(new) => new.licence.as_ref(),
            Self::ChangeUser(change) => change.licences.add.as_ref(),
            _ => None,
        }
    }

    /// The template that a property of an account is made of.
    pub fn template(&self, property: &str) -> Option<&str> {
        let properties = match self {
            Self::CreateUser(new) => &new.properties,
            Self::ChangeUser(change) => &change.properties,
            Self::CreateContact(new) => return detail(&new.details, property),
            Self::ChangeContact(change) => return detail(&change.details, property),
            _ => return None,
        };
        properties.get(property).map(String::as_str)
    }

    /// Whether it makes a group or changes one.
    pub fn is_about_group(&self) -> bool {
        matches!(self, Self::CreateGroup(_) | Self::ChangeGroup(_))
    }

    /// Whether Teams carries something of it out.
    pub fn is_of_teams(&self) -> bool {
        matches!(self, Self::ChangeGroup(change) if change.team.is_some())
    }

    /// Whether Exchange carries it out.
    pub fn is_of_exchange(&self) -> bool {
        let is_list = matches!(self, Self::CreateList(_) | Self::ChangeList(_));
        let is_mailbox = matches!(self, Self::CreateMailbox(_) | Self::ChangeMailbox(_));
        is_list || is_mailbox || matches!(self, Self::CreateContact(_) | Self::ChangeContact(_))
    }

    /// What other systems are asked to do.
    pub fn action(&self) -> Option<&CustomAction> {
        match self {
            Self::CustomAction(action) => Some(action),
            _ => None,
        }
    }

    /// Whether Exchange has a part in it.
    pub fn needs_exchange(&self) -> bool {
        self.is_of_exchange() || matches!(self, Self::ChangeUser(change) if change.leave.is_some())
    }

    /// What kind of application it makes, as lists and reports name it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CreateUser(_) => "user.create",
            Self::ChangeUser(change) => change.kind(),
            Self::CreateGroup(new) => new.kind(),
            Self::ChangeGroup(change) => change.kind(),
            Self::CreateList(_) => "list.create",
            Self::ChangeList(change) => change.kind(),
            Self::CreateMailbox(_) => "mailbox.create",
            Self::ChangeMailbox(change) => change.kind(),
            Self::CreateContact(_) => "contact.create",
            Self::ChangeContact(change) => change.kind(),
            Self::CustomAction(_) => "action.call",
        }
    }

    /// The fields that a template names, in order.
    pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
        template
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    }
}

fn detail<'a>(details: &'a ContactDetails, name: &str) -> Option<&'a str> {
    let mut details = details.iter();
    let found = details.find(|(detail, _)| detail.as_str() == name);
    found.map(|(_, template)| template.as_str())
}
