//! Everything that will be done, in order, and nothing that changes by itself: planning twice without a change
//! in between gives the same plan.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::account::{AccountKey, AccountPlan, AccountStep};
use crate::action::{ActionPlan, ActionStep};
use crate::by_hand::ByHandPlan;
use crate::contact::{ContactKey, ContactPlan, ContactStep};
use crate::group::{GroupKey, GroupPlan, GroupStep};
use crate::list::{ListKey, ListPlan, ListStep};
use crate::mailbox::{MailboxKey, MailboxPlan, MailboxStep};
use crate::renewal::{Renewal, RenewalPlan};

/// Names a step within its application: `create-user`, `set-manager`, `add-to-group:{id}` and so on, or `row:{number}`
/// where the plans of rows are carried out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(String);

impl StepId {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The step that makes the account.
    pub fn create_user() -> Self {
        Self::new("create-user")
    }

    /// The step that sets another password.
    pub fn reset_password() -> Self {
        Self::new("reset-password")
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for StepId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What shall be done to one object of the tenant: its key, and the steps. Each family of objects has its own steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Plan {
    Account(AccountPlan),
    Group(GroupPlan),
    List(ListPlan),
    Mailbox(MailboxPlan),
    Contact(ContactPlan),
    Action(ActionPlan),
    Renewal(RenewalPlan),
    ByHand(ByHandPlan),
}

/// One change of the tenant, and the key of what it is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step<'a> {
    Account(&'a AccountKey, &'a AccountStep),
    Group(&'a GroupKey, &'a GroupStep),
    List(&'a ListKey, &'a ListStep),
    Mailbox(&'a MailboxKey, &'a MailboxStep),
    Contact(&'a ContactKey, &'a ContactStep),
    /// With the order that its messages are named after.
    Action(&'a str, &'a ActionStep),
    Renewal(&'a Renewal),
}

/// Properties of an object, as Graph's JSON has them; null: empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub from: Map<String, Value>,
    pub to: Map<String, Value>,
}

impl Step<'_> {
    pub fn id(&self) -> StepId {
        match self {
            Self::Account(_, step) => step.id(),
            Self::Group(_, step) => step.id(),
            Self::List(_, step) => step.id(),
            Self::Mailbox(_, step) => step.id(),
            Self::Contact(_, step) => step.id(),
            Self::Action(_, step) => step.id(),
            Self::Renewal(step) => step.id(),
        }
    }
}

impl Plan {
    /// What is carried out here, in order.
    pub fn steps(&self) -> Vec<Step<'_>> {
        match self {
            Self::Account(plan) => {
                let steps = plan.steps.iter();
                steps.map(|step| Step::Account(&plan.account, step)).collect()
            }
            Self::Group(plan) => {
                let steps = plan.steps.iter();
                steps.map(|step| Step::Group(&plan.group, step)).collect()
            }
            Self::List(plan) => {
                let steps = plan.steps.iter();
                steps.map(|step| Step::List(&plan.list, step)).collect()
            }
            Self::Mailbox(plan) => {
                let steps = plan.steps.iter();
                steps.map(|step| Step::Mailbox(&plan.mailbox, step)).collect()
            }
            Self::Contact(plan) => {
                let steps = plan.steps.iter();
                steps.map(|step| Step::Contact(&plan.contact, step)).collect()
            }
            Self::Action(plan) => {
                let steps = plan.steps.iter();
                steps.map(|step| Step::Action(&plan.order, step)).collect()
            }
            Self::Renewal(plan) => plan.steps().map(Step::Renewal).to_vec(),
            Self::ByHand(plan) => plan.rest.steps(),
        }
    }

    pub fn step_ids(&self) -> Vec<StepId> {
        self.steps().iter().map(Step::id).collect()
    }

    pub fn step(&self, id: &StepId) -> Option<Step<'_>> {
        self.steps().into_iter().find(|step| step.id() == *id)
    }

    /// The same with this step alone, or with none where it has no such step.
    #[must_use]
    pub fn only(&self, id: &StepId) -> Self {
        let mut only = match self {
            Self::ByHand(plan) => (*plan.rest).clone(),
            plan => plan.clone(),
        };
        only.keep(|step| step.id() == *id);
        only
    }

    /// Leaves out every step that is not wanted.
    pub(crate) fn keep(&mut self, wanted: impl Fn(&Step<'_>) -> bool) {
        match self {
            Self::Account(AccountPlan { account, steps }) => {
                steps.retain(|step| wanted(&Step::Account(account, step)));
            }
            Self::Group(GroupPlan { group, steps }) => {
                steps.retain(|step| wanted(&Step::Group(group, step)));
            }
            Self::List(ListPlan { list, steps }) => steps.retain(|step| wanted(&Step::List(list, step))),
            Self::Mailbox(MailboxPlan { mailbox, steps }) => {
                steps.retain(|step| wanted(&Step::Mailbox(mailbox, step)));
            }
            Self::Contact(ContactPlan { contact, steps }) => {
                steps.retain(|step| wanted(&Step::Contact(contact, step)));
            }
            Self::Action(ActionPlan { order, steps }) => {
                steps.retain(|step| wanted(&Step::Action(order, step)));
            }
            // It has one.
            Self::Renewal(_) => {}
            Self::ByHand(plan) => plan.rest.keep(wanted),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.steps().is_empty()
    }

    /// The plan, if it is about an account: what is done here.
    pub fn account(&self) -> Option<&AccountPlan> {
        match self {
            Self::Account(plan) => Some(plan),
            Self::ByHand(plan) => plan.rest.account(),
            _ => None,
        }
    }

    /// The object that it is about, where that was there before.
    pub fn standing(&self) -> Option<Uuid> {
        match self {
            Self::Account(plan) => plan.account.is_standing().then(|| plan.account.id()).flatten(),
            Self::Group(plan) => plan.group.standing(),
            Self::List(plan) => plan.list.standing(),
            Self::Mailbox(plan) => plan.mailbox.standing(),
            Self::Contact(plan) => plan.contact.standing(),
            Self::Action(_) | Self::Renewal(_) => None,
            Self::ByHand(plan) => plan.by_hand.standing(),
        }
    }

    /// The licences that the plan takes a seat of, and what they are called.
    pub fn licences(&self) -> impl Iterator<Item = (Uuid, &str)> {
        self.account().into_iter().flat_map(AccountPlan::licences)
    }
}

/// Whether the two would do different things. A group that was only renamed makes no difference.
pub fn differs(a: &Plan, b: &Plan) -> bool {
    match (a, b) {
        (Plan::Account(a), Plan::Account(b)) => {
            let deeds = |plan: &AccountPlan| plan.steps.iter().map(AccountStep::deed).collect::<Vec<_>>();
            a.account != b.account || deeds(a) != deeds(b)
        }
        (Plan::Group(a), Plan::Group(b)) => {
            let deeds = |plan: &GroupPlan| plan.steps.iter().map(GroupStep::deed).collect::<Vec<_>>();
            a.group != b.group || deeds(a) != deeds(b)
        }
        (Plan::List(a), Plan::List(b)) => {
            let deeds = |plan: &ListPlan| plan.steps.iter().map(ListStep::deed).collect::<Vec<_>>();
            a.list != b.list || deeds(a) != deeds(b)
        }
        (Plan::Mailbox(a), Plan::Mailbox(b)) => {
            let deeds = |plan: &MailboxPlan| plan.steps.iter().map(MailboxStep::deed).collect::<Vec<_>>();
            a.mailbox != b.mailbox || deeds(a) != deeds(b)
        }
        (Plan::Contact(a), Plan::Contact(b)) => a != b,
        (Plan::Action(a), Plan::Action(b)) => !a.is_like(b),
        (Plan::Renewal(a), Plan::Renewal(b)) => a != b,
        (Plan::ByHand(a), Plan::ByHand(b)) => differs(&a.by_hand, &b.by_hand) || differs(&a.rest, &b.rest),
        _ => true,
    }
}
