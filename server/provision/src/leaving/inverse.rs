//! What leads back to who opened a mailbox and where its mail went. Pure.

use serde_json::Value;

use crate::account::{AccountStep, Forward};

/// The way back from one step; none where it changed nothing.
pub(crate) fn back(step: &AccountStep, before: &Value) -> Option<AccountStep> {
    let was = |name: &str, value: bool| before[name] == value;
    match step {
        AccountStep::ShareMailbox {} => was("shared", false).then_some(AccountStep::UnshareMailbox {}),
        AccountStep::UnshareMailbox {} => was("shared", true).then_some(AccountStep::ShareMailbox {}),
        AccountStep::OpenMailbox { person } => {
            let person = person.clone();
            was("opens", false).then_some(AccountStep::CloseMailbox { person })
        }
        AccountStep::CloseMailbox { person } => {
            let person = person.clone();
            was("opens", true).then_some(AccountStep::OpenMailbox { person })
        }
        AccountStep::SetForwarding { to, .. } => {
            let was: Option<Forward> = serde_json::from_value(before["forward"].clone()).ok()?;
            let name = was.as_ref().map_or_else(String::new, |was| was.address.clone());
            (was != *to).then(|| AccountStep::SetForwarding {
                from: to.clone(),
                to: was,
                name,
            })
        }
        AccountStep::AddToList { list, name } => {
            let (list, name) = (*list, name.clone());
            was("member", false).then_some(AccountStep::RemoveFromList { list, name })
        }
        AccountStep::RemoveFromList { list, name } => {
            let (list, name) = (*list, name.clone());
            was("member", true).then_some(AccountStep::AddToList { list, name })
        }
        _ => None,
    }
}
