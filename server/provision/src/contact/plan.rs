//! From a wish and what the tenant says to a plan, or to what the applicant has to mend. Pure.

use std::collections::BTreeMap;

use forms::{Code, Issue};
use serde_json::{Map, Value, json};

use super::{
    ContactChange, ContactIdentity, ContactKey, ContactNow, ContactPlan, ContactStep, ContactView,
    ContactWish, NewContact,
};
use crate::group::unique_name;
use crate::judge::Judge;
use crate::recipient::MailPeople;
use crate::{Change, Plan};

/// Longest values in the address book ("Set-Contact": Company, Department, Title, Phone and names take 64).
const MAX_DETAIL: usize = 64;

/// Plans a new contact, or says everything that stands against it.
pub fn plan_contact(wish: &ContactWish, view: ContactView) -> Result<Plan, Vec<Issue>> {
    let nobody = MailPeople::new();
    let mut judge = Judge::of(&nobody);
    judge.name(&wish.display_name, &wish.fields.display_name);
    if wish.address.is_empty() {
        judge.tell(Code::Required, &wish.fields.address);
    }
    if view.is_taken {
        judge.tell(Code::Taken, &wish.fields.address);
    }
    let mut steps = vec![ContactStep::CreateContact(NewContact {
        display_name: wish.display_name.clone(),
        address: wish.address.clone(),
    })];
    steps.extend(details(&mut judge, &wish.details, &Map::new()));
    let contact = ContactKey {
        display_name: wish.display_name.clone(),
        address: wish.address.clone(),
        identity: ContactIdentity::Ours {
            unique_name: unique_name(&wish.application),
            id: None,
        },
    };
    judge.end(Plan::Contact(ContactPlan { contact, steps }))
}

/// Plans the change, or says everything that stands against it. `now`: none if there is no such contact.
pub fn plan_contact_change(wish: &ContactChange, now: Option<&ContactNow>) -> Result<Plan, Vec<Issue>> {
    let field = &wish.fields.contact;
    let Some(now) = now else {
        return Err(vec![Issue::new(Code::ObjectGone, field)]);
    };
    let nobody = MailPeople::new();
    let mut judge = Judge::of(&nobody);
    let mut steps = Vec::new();
    steps.extend(properties(&mut judge, wish, now).map(ContactStep::UpdateContact));
    steps.extend(details(&mut judge, &wish.details, &now.details));
    if wish.delete {
        steps.push(ContactStep::DeleteContact {});
    }
    if now.synced && !wish.by_hand {
        judge.tell(Code::SyncedFromPremises, field);
    }
    if judge.is_content() && steps.is_empty() {
        judge.tell(Code::NothingToDo, field);
    }
    let contact = ContactKey {
        display_name: now.display_name.clone(),
        address: now.address.clone(),
        identity: ContactIdentity::Standing { id: wish.contact },
    };
    judge.end_of_change(Plan::Contact(ContactPlan { contact, steps }), now.synced)
}

fn properties(judge: &mut Judge<'_>, wish: &ContactChange, now: &ContactNow) -> Option<Change> {
    let (mut from, mut to) = (Map::new(), Map::new());
    let mut set = |name: &str, was: &str, will: &str| {
        if was != will {
            from.insert(name.to_owned(), was.into());
            to.insert(name.to_owned(), will.into());
        }
    };
    if let Some(name) = &wish.display_name {
        judge.name(name, &wish.fields.display_name);
        set("displayName", &now.display_name, name);
    }
    if let Some(address) = &wish.address {
        if address.is_empty() {
            judge.tell(Code::Required, &wish.fields.address);
        }
        if now.is_taken {
            judge.tell(Code::Taken, &wish.fields.address);
        }
        set("address", &now.address, address);
    }
    (!to.is_empty()).then_some(Change { from, to })
}

/// What differs from what the address book says.
fn details(
    judge: &mut Judge<'_>,
    wished: &BTreeMap<&'static str, String>,
    now: &Map<String, Value>,
) -> Option<ContactStep> {
    let (mut from, mut to) = (Map::new(), Map::new());
    for (name, text) in wished {
        judge.length(name, text, MAX_DETAIL);
        let was = now.get(*name).cloned().unwrap_or_default();
        let will = if text.is_empty() { Value::Null } else { json!(text) };
        if was != will {
            from.insert((*name).to_owned(), was);
            to.insert((*name).to_owned(), will);
        }
    }
    (!to.is_empty()).then_some(ContactStep::UpdateDetails(Change { from, to }))
}
