//! 取消し: what leads back to how the tenant was before a plan was carried out. Pure: from the plan and what stood
//! there before each of its steps.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{Change, Licence, Lost, Plan, Step, StepId, licences};

/// What is known of an execution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Executed {
    /// What stood there before each step that was begun.
    before: BTreeMap<StepId, Value>,
    /// The account that it was about.
    account: Option<Uuid>,
}

impl Executed {
    /// A step was begun.
    pub fn begun(&mut self, step: StepId, before: Value) {
        self.see(&before);
        self.before.insert(step, before);
    }

    /// A step was undone already.
    pub fn undone(&mut self, step: &StepId) {
        self.before.remove(step);
    }

    /// The account that it was about.
    pub fn account(&self) -> Option<Uuid> {
        self.account
    }

    /// A step was done.
    pub fn done(&mut self, receipt: &Value) {
        self.see(receipt);
    }

    /// Images and receipts name the account by its id, or show it.
    fn see(&mut self, told: &Value) {
        let account = &told["account"];
        let id = account.as_str().or_else(|| account["id"].as_str());
        self.account = self.account.or_else(|| id?.parse().ok());
    }
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
    let begun = plan.steps.iter().rev();
    let begun = begun.filter_map(|step| Some((step, executed.before.get(&step.id())?)));
    let ways: Vec<_> = begun.collect();
    let is_deleted = ways.iter().any(|(step, _)| **step == Step::DeleteUser {});
    let plan = Plan {
        account: plan.account.clone().known_as(executed.account),
        steps: ways
            .into_iter()
            .flat_map(|(step, before)| back(step, before))
            .collect(),
    };
    let lost = plan.lost().into_iter().chain(is_deleted.then_some(Lost::Account));
    Inverse {
        lost: lost.collect(),
        plan,
    }
}

/// The way back from one step; none where it changed nothing, or nothing leads back.
fn back(step: &Step, before: &Value) -> Vec<Step> {
    match step {
        Step::ChangeLicences { give, take } => {
            let was = |one: &&Licence| held(before, one.sku);
            let back = take.iter().filter(was).cloned().collect();
            let away = give.iter().filter(|one| !was(one)).cloned().collect();
            licences::steps(back, away)
        }
        step => back_by_one(step, before).into_iter().collect(),
    }
}

fn back_by_one(step: &Step, before: &Value) -> Option<Step> {
    match step {
        Step::CreateUser(new) => match &before["account"] {
            Value::Object(was) => {
                let mut to = new.attributes.clone();
                to.insert("displayName".to_owned(), new.display_name.clone().into());
                to.insert("mailNickname".to_owned(), new.mail_nickname.clone().into());
                changed(&to, was)
            }
            _ => Some(Step::DeleteUser {}),
        },
        Step::UpdateUser(change) => match &before["account"] {
            Value::Object(was) => changed(&change.to, was),
            _ => changed(&change.to, &change.from),
        },
        Step::SetManager { manager, name } => back_to_manager(before, Some((*manager, name))),
        Step::RemoveManager { .. } => back_to_manager(before, None),
        Step::AssignLicence { sku, name } => {
            let step = Step::RemoveLicence {
                sku: *sku,
                name: name.clone(),
            };
            (!held(before, *sku)).then_some(step)
        }
        Step::RemoveLicence { sku, name } => {
            let step = Step::AssignLicence {
                sku: *sku,
                name: name.clone(),
            };
            held(before, *sku).then_some(step)
        }
        Step::AddToGroup { group, name } => {
            let (group, name) = (*group, name.clone());
            (before["member"] != true).then_some(Step::RemoveFromGroup { group, name })
        }
        Step::RemoveFromGroup { group, name } => {
            let (group, name) = (*group, name.clone());
            (before["member"] == true).then_some(Step::AddToGroup { group, name })
        }
        Step::BlockSignIn {} => (before["enabled"] == true).then_some(Step::AllowSignIn {}),
        Step::AllowSignIn {} => (before["enabled"] == false).then_some(Step::BlockSignIn {}),
        // Restoring a deleted account is an administrator's work.
        Step::DeleteUser {} | Step::ChangeLicences { .. } => None,
    }
}

/// From what a step set to what stood there before.
fn changed(set: &Map<String, Value>, was: &Map<String, Value>) -> Option<Step> {
    let differs = |(name, value): &(&String, &Value)| was.get(*name).unwrap_or(&Value::Null) != *value;
    let names: Vec<&String> = set.iter().filter(differs).map(|(name, _)| name).collect();
    let pick = |from: &Map<String, Value>| {
        let value = |name: &&String| ((*name).clone(), from.get(*name).cloned().unwrap_or_default());
        names.iter().map(value).collect()
    };
    (!names.is_empty()).then(|| {
        Step::UpdateUser(Change {
            from: pick(set),
            to: pick(was),
        })
    })
}

fn back_to_manager(before: &Value, set: Option<(Uuid, &String)>) -> Option<Step> {
    let was: Option<Uuid> = before["manager"].as_str().and_then(|id| id.parse().ok());
    match (was, set) {
        (Some(was), Some((manager, _))) if was == manager => None,
        (Some(manager), _) => Some(Step::SetManager {
            manager,
            name: manager.to_string(),
        }),
        (None, Some((_, name))) => Some(Step::RemoveManager { name: name.clone() }),
        (None, None) => None,
    }
}

fn held(before: &Value, sku: Uuid) -> bool {
    let held = before["licences"].as_array().into_iter().flatten();
    held.filter_map(Value::as_str).any(|id| id.parse() == Ok(sku))
}
