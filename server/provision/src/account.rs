//! Accounts in Entra ID: what shall be done to one, step by step.

use std::slice;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::former::Former;
use crate::licences::{Assignment, Licence};
use crate::plan::{Change, StepId};

/// What shall be done to one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPlan {
    /// The account that all steps are about. Its user principal name is the key of its creation.
    pub account: AccountKey,
    pub steps: Vec<AccountStep>,
}

/// How the account is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountKey {
    pub user_principal_name: String,
    #[serde(flatten)]
    pub identity: Identity,
}

/// Which account answers to a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Identity {
    /// One that an application of ours makes, and carries its mark.
    Marked {
        mark: String,
        /// Once it is known: whatever it is called by then, it is this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Uuid>,
    },
    /// One that was there before, whoever made it and whatever it is called by then.
    Standing { id: Uuid },
}

impl AccountKey {
    /// An account that the application with this mark makes.
    pub fn marked(user_principal_name: impl Into<String>, mark: impl Into<String>) -> Self {
        Self {
            user_principal_name: user_principal_name.into(),
            identity: Identity::Marked {
                mark: mark.into(),
                id: None,
            },
        }
    }

    /// An account that was there before.
    pub fn standing(user_principal_name: impl Into<String>, id: Uuid) -> Self {
        Self {
            user_principal_name: user_principal_name.into(),
            identity: Identity::Standing { id },
        }
    }

    /// Whether it was there before.
    pub fn is_standing(&self) -> bool {
        matches!(self.identity, Identity::Standing { .. })
    }

    /// The object, if it is known which.
    pub fn id(&self) -> Option<Uuid> {
        match self.identity {
            Identity::Marked { id, .. } => id,
            Identity::Standing { id } => Some(id),
        }
    }

    /// The same, once the object is known.
    #[must_use]
    pub fn known_as(mut self, known: Option<Uuid>) -> Self {
        if let Identity::Marked { id, .. } = &mut self.identity {
            *id = id.or(known);
        }
        self
    }
}

/// One change of the tenant. Each says under which condition it may be done and what stood there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AccountStep {
    /// Condition: nobody else holds the name. Before: no account.
    CreateUser(NewAccount),
    /// Condition: the manager may sign in, and follows the one who was there when it was approved. Before: the manager
    /// there was.
    SetManager {
        manager: Uuid,
        name: String,
        #[serde(default, skip_serializing_if = "Former::is_unsaid")]
        from: Former,
    },
    /// Condition: a seat is free, or the licence is held as it was when it was approved. Before: the licences held.
    AssignLicence(Assignment),
    /// The same of each that is given. Before: the licences held.
    ChangeLicences {
        give: Vec<Assignment>,
        take: Vec<Licence>,
    },
    /// Condition: Graph may write the group. Before: whether the account was a member.
    AddToGroup { group: Uuid, name: String },
    /// Condition: the account is there. Before: what its properties were.
    UpdateUser(Change),
    /// Condition: the manager is the one who was there when it was approved. Before: the manager there was.
    RemoveManager {
        /// None: the plan was sealed before plans named him.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        manager: Option<Uuid>,
        name: String,
    },
    /// Before: the licences held.
    RemoveLicence(Licence),
    /// Condition: Graph may write the group. Before: whether the account was a member.
    RemoveFromGroup { group: Uuid, name: String },
    /// Before: the account. Microsoft keeps a deleted account for 30 days.
    DeleteUser {},
    /// Condition: it lies in the recycle bin, and nobody else has its name. Before: no account.
    RestoreUser {},
    /// Before: whether the account may sign in. It is signed out everywhere.
    BlockSignIn {},
    /// Before: whether the account may sign in.
    AllowSignIn {},
    /// Condition: the account is there. It is signed out everywhere, and nobody learns the password: once all is done,
    /// whoever this names has another one set and shown. Before: the account; nothing shows a password.
    ResetPassword { to: Uuid, name: String },
    /// A shared mailbox needs no licence. Before: whether it was shared.
    ShareMailbox {},
    /// Condition: the account has a licence for a mailbox. Before: whether it was shared.
    UnshareMailbox {},
    /// Condition: mail goes on as it did when it was approved. Before: where it went on. `name`: of whom it goes on to.
    SetForwarding {
        from: Option<Forward>,
        to: Option<Forward>,
        name: String,
    },
    /// Before: whether he opened it.
    OpenMailbox { person: Colleague },
    /// Before: whether he opened it.
    CloseMailbox { person: Colleague },
    /// Before: whether the account was a member.
    AddToList { list: Uuid, name: String },
    /// Before: whether the account was a member.
    RemoveFromList { list: Uuid, name: String },
}

/// Where mail of a mailbox goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Forward {
    pub address: String,
    /// Whether it also stays.
    pub keeps_copy: bool,
}

/// Somebody who gets a part of what was another's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub id: Uuid,
    pub name: String,
    /// His user principal name.
    pub address: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewAccount {
    pub display_name: String,
    pub mail_nickname: String,
    /// Further properties, as Graph's JSON has them.
    pub attributes: Map<String, Value>,
}

impl AccountStep {
    pub fn id(&self) -> StepId {
        match self {
            Self::CreateUser(_) => StepId::create_user(),
            Self::SetManager { .. } => StepId::new("set-manager"),
            Self::AssignLicence(one) => StepId::new(format!("assign-licence:{}", one.sku)),
            Self::ChangeLicences { .. } => StepId::new("change-licences"),
            Self::AddToGroup { group, .. } => StepId::new(format!("add-to-group:{group}")),
            Self::UpdateUser(_) => StepId::new("update-user"),
            Self::RemoveManager { .. } => StepId::new("remove-manager"),
            Self::RemoveLicence(one) => StepId::new(format!("remove-licence:{}", one.sku)),
            Self::RemoveFromGroup { group, .. } => StepId::new(format!("remove-from-group:{group}")),
            Self::DeleteUser {} => StepId::new("delete-user"),
            Self::RestoreUser {} => StepId::new("restore-user"),
            Self::BlockSignIn {} => StepId::new("block-sign-in"),
            Self::AllowSignIn {} => StepId::new("allow-sign-in"),
            Self::ResetPassword { .. } => StepId::reset_password(),
            Self::ShareMailbox {} => StepId::new("share-mailbox"),
            Self::UnshareMailbox {} => StepId::new("unshare-mailbox"),
            Self::SetForwarding { .. } => StepId::new("set-forwarding"),
            Self::OpenMailbox { person } => StepId::new(format!("open-mailbox:{}", person.id)),
            Self::CloseMailbox { person } => StepId::new(format!("close-mailbox:{}", person.id)),
            Self::AddToList { list, .. } => StepId::new(format!("add-to-list:{list}")),
            Self::RemoveFromList { list, .. } => StepId::new(format!("remove-from-list:{list}")),
        }
    }

    /// Whether it changes the account itself, and not what the account is given: licences and groups.
    pub(crate) fn is_of_account(&self) -> bool {
        match self {
            Self::CreateUser(_)
            | Self::UpdateUser(_)
            | Self::SetManager { .. }
            | Self::RemoveManager { .. }
            | Self::BlockSignIn {}
            | Self::AllowSignIn {}
            | Self::ResetPassword { .. }
            | Self::DeleteUser {}
            | Self::RestoreUser {} => true,
            Self::AssignLicence { .. }
            | Self::ChangeLicences { .. }
            | Self::RemoveLicence { .. }
            | Self::AddToGroup { .. }
            | Self::RemoveFromGroup { .. }
            | Self::ShareMailbox {}
            | Self::UnshareMailbox {}
            | Self::SetForwarding { .. }
            | Self::OpenMailbox { .. }
            | Self::CloseMailbox { .. }
            | Self::AddToList { .. }
            | Self::RemoveFromList { .. } => false,
        }
    }

    /// The licences that it gives and takes away.
    pub(crate) fn licences(&self) -> (&[Assignment], &[Licence]) {
        match self {
            Self::AssignLicence(one) => (slice::from_ref(one), &[]),
            Self::ChangeLicences { give, take } => (give, take),
            Self::RemoveLicence(one) => (&[], slice::from_ref(one)),
            _ => (&[], &[]),
        }
    }

    /// The same without names that people give and change: what is done stays the same under a new name.
    pub(crate) fn deed(&self) -> Self {
        let mut deed = self.clone();
        match &mut deed {
            Self::CreateUser(_)
            | Self::UpdateUser(_)
            | Self::DeleteUser {}
            | Self::RestoreUser {}
            | Self::BlockSignIn {}
            | Self::AllowSignIn {}
            | Self::ShareMailbox {}
            | Self::UnshareMailbox {} => {}
            Self::OpenMailbox { person } | Self::CloseMailbox { person } => person.name.clear(),
            Self::AssignLicence(one) => one.forget_names(),
            Self::ChangeLicences { give, take } => {
                give.iter_mut().for_each(Assignment::forget_names);
                for licence in take {
                    licence.name.clear();
                }
            }
            Self::RemoveLicence(one) => one.name.clear(),
            Self::SetManager { name, from, .. } => {
                name.clear();
                from.forget_name();
            }
            Self::ResetPassword { name, .. }
            | Self::AddToGroup { name, .. }
            | Self::RemoveManager { name, .. }
            | Self::RemoveFromGroup { name, .. }
            | Self::SetForwarding { name, .. }
            | Self::AddToList { name, .. }
            | Self::RemoveFromList { name, .. } => name.clear(),
        }
        deed
    }
}

impl AccountPlan {
    /// Whether it makes an account.
    pub fn is_creation(&self) -> bool {
        self.steps
            .iter()
            .any(|step| matches!(step, AccountStep::CreateUser(_)))
    }

    /// The manager that the account gets.
    fn manager(&self) -> Option<Uuid> {
        self.steps.iter().find_map(|step| match step {
            AccountStep::SetManager { manager, .. } => Some(*manager),
            _ => None,
        })
    }

    /// Who has a password shown once the plan is carried out, and the step that this is about.
    pub fn hand_over(&self) -> Option<(StepId, Uuid)> {
        let reset = self.steps.iter().find_map(|step| match step {
            AccountStep::ResetPassword { to, .. } => Some((step.id(), *to)),
            _ => None,
        });
        reset.or_else(|| {
            let new = self.is_creation().then(StepId::create_user);
            new.zip(self.manager())
        })
    }

    /// The licences that the plan takes a seat of, and what they are called.
    pub fn licences(&self) -> impl Iterator<Item = (Uuid, &str)> {
        let given = self.steps.iter().flat_map(|step| step.licences().0);
        let seats = given.filter(|one| one.takes_seat());
        seats.map(|one| (one.sku, one.name.as_str()))
    }
}
