//! 取消し: what leads back to how the tenant was before a plan was carried out. Pure: from the plan and what stood
//! there before each of its steps.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::action::{self, ActionPlan, ActionStep};
use crate::contact::{self, ContactPlan, ContactStep};
use crate::group::{self, GroupPlan, GroupStep};
use crate::leaving;
use crate::list::{self, ListPlan, ListStep};
use crate::mailbox::{self, MailboxPlan, MailboxStep};
use crate::{AccountPlan, AccountStep, ByHandPlan, Change, Former, Lost, Plan, StepId, licences};

/// What is known of an execution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Executed {
    /// What stood there before each step that was begun.
    before: BTreeMap<StepId, Value>,
    /// The object that it was about.
    target: Option<Uuid>,
}

impl Executed {
    /// A step was begun.
    pub fn begun(&mut self, step: StepId, before: Value) {
        self.see(&before);
        self.before.insert(step, before);
    }

    pub(crate) fn has_begun(&self, step: &StepId) -> bool {
        self.before.contains_key(step)
    }

    /// A step was undone already.
    pub fn undone(&mut self, step: &StepId) {
        self.before.remove(step);
    }

    /// The object that it was about.
    pub fn target(&self) -> Option<Uuid> {
        self.target
    }

    /// A step was done.
    pub fn done(&mut self, receipt: &Value) {
        self.see(receipt);
    }

    fn see(&mut self, told: &Value) {
        self.target = self.target.or_else(|| subject(told));
    }
}

/// Images and receipts name what they are about by its id, or show it.
pub(crate) fn subject(told: &Value) -> Option<Uuid> {
    let names = ["account", "group", "list", "mailbox", "contact"].iter();
    let id = |object: &Value| object.as_str().or_else(|| object["id"].as_str())?.parse().ok();
    names.map(|name| &told[*name]).find_map(id)
}

/// A way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inverse {
    pub plan: Plan,
    /// What does not come back with it.
    pub lost: Vec<Lost>,
}

/// The way back from everything that was begun, the last step first. A step that changed nothing has none.
pub fn inverse(plan: &Plan, executed: &Executed) -> Inverse {
    let back = match plan {
        Plan::ByHand(plan) => return by_hand(plan, executed),
        Plan::Account(plan) => Plan::Account(AccountPlan {
            account: plan.account.clone().known_as(executed.target),
            steps: executed.ways_back(&plan.steps, AccountStep::id, back),
        }),
        Plan::Group(plan) => Plan::Group(GroupPlan {
            group: plan.group.clone().known_as(executed.target),
            steps: executed.group_ways_back(&plan.steps),
        }),
        Plan::List(plan) => Plan::List(ListPlan {
            list: plan.list.clone().known_as(executed.target),
            steps: executed.list_ways_back(&plan.steps),
        }),
        Plan::Mailbox(plan) => Plan::Mailbox(MailboxPlan {
            mailbox: plan.mailbox.clone().known_as(executed.target),
            steps: executed.mailbox_ways_back(&plan.steps),
        }),
        Plan::Contact(plan) => Plan::Contact(executed.contact_way_back(plan)),
        Plan::Action(plan) => Plan::Action(ActionPlan {
            order: plan.order.clone(),
            steps: executed.ways_back(&plan.steps, ActionStep::id, |step, _| action::back(step)),
        }),
        Plan::Renewal(plan) => Plan::Renewal(plan.back()),
    };
    let mut lost = back.lost();
    match plan {
        Plan::Action(plan) => lost.extend(action::kept(plan, executed)),
        Plan::Account(plan) => lost.extend(executed.lost_password(plan)),
        _ => {}
    }
    Inverse { plan: back, lost }
}

/// Nothing was read on premises: whoever changed it there changes it back.
fn by_hand(plan: &ByHandPlan, executed: &Executed) -> Inverse {
    let mut back = inverse(&plan.rest, executed);
    back.lost.push(Lost::WorkByHand);
    back
}

impl Executed {
    fn ways_back<S, W: IntoIterator<Item = S>>(
        &self,
        steps: &[S],
        id: impl Fn(&S) -> StepId,
        back: impl Fn(&S, &Value) -> W,
    ) -> Vec<S> {
        let begun = steps.iter().rev();
        let begun = begun.filter_map(|step| Some((step, self.before.get(&id(step))?)));
        begun.flat_map(|(step, before)| back(step, before)).collect()
    }

    /// Nothing leads back to a password that nobody can read.
    fn lost_password(&self, plan: &AccountPlan) -> Option<Lost> {
        let is_reset = |step: &&AccountStep| matches!(step, AccountStep::ResetPassword { .. });
        let reset = plan.steps.iter().find(is_reset)?;
        self.has_begun(&reset.id()).then_some(Lost::Password)
    }

    /// Members go with the list.
    fn list_ways_back(&self, steps: &[ListStep]) -> Vec<ListStep> {
        let mut ways = self.ways_back(steps, ListStep::id, list::back);
        if ways.contains(&ListStep::DeleteList {}) {
            ways.retain(|way| *way == ListStep::DeleteList {});
        }
        ways
    }

    /// Rights go with the mailbox.
    fn mailbox_ways_back(&self, steps: &[MailboxStep]) -> Vec<MailboxStep> {
        let mut ways = self.ways_back(steps, MailboxStep::id, mailbox::back);
        if ways.contains(&MailboxStep::DeleteMailbox {}) {
            ways.retain(|way| *way == MailboxStep::DeleteMailbox {});
        }
        ways
    }

    /// Everything goes with the contact; one that was deleted is made anew.
    fn contact_way_back(&self, plan: &ContactPlan) -> ContactPlan {
        let mut steps = self.ways_back(&plan.steps, ContactStep::id, contact::back);
        if steps.contains(&ContactStep::DeleteContact {}) {
            steps.retain(|way| *way == ContactStep::DeleteContact {});
        }
        let is_anew = steps
            .iter()
            .any(|step| matches!(step, ContactStep::CreateContact(_)));
        let known = plan.contact.clone().known_as(self.target);
        let contact = if is_anew { known.anew() } else { known };
        ContactPlan { contact, steps }
    }

    /// Owners and members go with the group.
    fn group_ways_back(&self, steps: &[GroupStep]) -> Vec<GroupStep> {
        let mut ways = self.ways_back(steps, GroupStep::id, group::back);
        let is_deletion = |step: &GroupStep| matches!(step, GroupStep::DeleteGroup { .. });
        if ways.iter().any(is_deletion) {
            ways.retain(is_deletion);
        }
        ways
    }
}

/// The way back from one step; none where it changed nothing, or nothing leads back.
fn back(step: &AccountStep, before: &Value) -> Vec<AccountStep> {
    match step {
        AccountStep::AssignLicence(_)
        | AccountStep::ChangeLicences { .. }
        | AccountStep::RemoveLicence(_) => licences::back(step.licences(), before),
        step => back_by_one(step, before).into_iter().collect(),
    }
}

fn back_by_one(step: &AccountStep, before: &Value) -> Option<AccountStep> {
    match step {
        AccountStep::CreateUser(new) => match &before["account"] {
            Value::Object(was) => {
                let mut to = new.attributes.clone();
                to.insert("displayName".to_owned(), new.display_name.clone().into());
                to.insert("mailNickname".to_owned(), new.mail_nickname.clone().into());
                changed(&to, was).map(AccountStep::UpdateUser)
            }
            _ => Some(AccountStep::DeleteUser {}),
        },
        AccountStep::UpdateUser(change) => match &before["account"] {
            Value::Object(was) => changed(&change.to, was),
            _ => changed(&change.to, &change.from),
        }
        .map(AccountStep::UpdateUser),
        AccountStep::SetManager { manager, name, from } => back_from_manager(before, (*manager, name), from),
        AccountStep::RemoveManager { manager, name } => manager_before(before).map(|was| {
            let name = (*manager == Some(was)).then_some(name.as_str());
            to_manager(was, name, Former::Nobody)
        }),
        AccountStep::AddToGroup { group, name } => {
            let (group, name) = (*group, name.clone());
            (before["member"] != true).then_some(AccountStep::RemoveFromGroup { group, name })
        }
        AccountStep::RemoveFromGroup { group, name } => {
            let (group, name) = (*group, name.clone());
            (before["member"] == true).then_some(AccountStep::AddToGroup { group, name })
        }
        AccountStep::BlockSignIn {} => (before["enabled"] == true).then_some(AccountStep::AllowSignIn {}),
        AccountStep::AllowSignIn {} => (before["enabled"] == false).then_some(AccountStep::BlockSignIn {}),
        AccountStep::DeleteUser {} => (!before["account"].is_null()).then_some(AccountStep::RestoreUser {}),
        AccountStep::RestoreUser {} => before["account"].is_null().then_some(AccountStep::DeleteUser {}),
        step => leaving::back(step, before),
    }
}

/// From what a step set to what stood there before.
pub(crate) fn changed(set: &Map<String, Value>, was: &Map<String, Value>) -> Option<Change> {
    let differs = |(name, value): &(&String, &Value)| was.get(*name).unwrap_or(&Value::Null) != *value;
    let names: Vec<&String> = set.iter().filter(differs).map(|(name, _)| name).collect();
    let pick = |from: &Map<String, Value>| {
        let value = |name: &&String| ((*name).clone(), from.get(*name).cloned().unwrap_or_default());
        names.iter().map(value).collect()
    };
    (!names.is_empty()).then(|| Change {
        from: pick(set),
        to: pick(was),
    })
}

fn manager_before(before: &Value) -> Option<Uuid> {
    before["manager"].as_str().and_then(|id| id.parse().ok())
}

/// From the manager who was set to the one who stood there; `from`: who that was planned to be.
fn back_from_manager(before: &Value, (manager, name): (Uuid, &String), from: &Former) -> Option<AccountStep> {
    match manager_before(before) {
        Some(was) if was == manager => None,
        Some(was) => {
            let called = from.name().filter(|_| from.allows(Some(was)));
            let name = name.clone();
            Some(to_manager(was, called, Former::Person { id: manager, name }))
        }
        None => Some(AccountStep::RemoveManager {
            manager: Some(manager),
            name: name.clone(),
        }),
    }
}

/// `name`: none where only the id is known.
fn to_manager(manager: Uuid, name: Option<&str>, from: Former) -> AccountStep {
    AccountStep::SetManager {
        manager,
        name: name.map_or_else(|| manager.to_string(), ToOwned::to_owned),
        from,
    }
}
