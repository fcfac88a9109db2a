//! From a wish and what the tenant says to a plan, or to what the applicant has to mend. Pure.

use std::collections::BTreeSet;

use forms::{Code, Issue};
use serde_json::{Map, json};

use super::{
    MailboxAddresses, MailboxChange, MailboxIdentity, MailboxKey, MailboxNow, MailboxPlan, MailboxStep,
    MailboxView, MailboxWish, NewMailbox, Right, TurnoverFields,
};
use crate::attributes::MAX_MAIL_NICKNAME;
use crate::group::{turnover, unique_name};
use crate::judge::Judge;
use crate::{Change, Plan};

/// Plans a new shared mailbox, or says everything that stands against it.
pub fn plan_mailbox(wish: &MailboxWish, view: &MailboxView) -> Result<Plan, Vec<Issue>> {
    let mut judge = Judge::of(&view.people);
    let fields = &wish.fields;
    judge.name(&wish.display_name, &fields.display_name);
    judge.length(&fields.address, &wish.alias, MAX_MAIL_NICKNAME);
    if view.is_taken {
        judge.tell(Code::Taken, &fields.address);
    }
    let new = MailboxStep::CreateMailbox(NewMailbox {
        display_name: wish.display_name.clone(),
        alias: wish.alias.clone(),
    });
    let mut steps = vec![new, MailboxStep::BlockSignIn {}];
    for (right, people) in &wish.rights {
        let right = *right;
        let field = fields.rights.get(&right).map_or("", |field| field.add.as_str());
        let people = judge.recipients(people, field, true);
        if !people.is_empty() {
            steps.push(MailboxStep::GiveRight { right, people });
        }
    }
    let mailbox = MailboxKey {
        display_name: wish.display_name.clone(),
        address: wish.address(),
        identity: MailboxIdentity::Ours {
            unique_name: unique_name(&wish.application),
            id: None,
        },
    };
    judge.end(Plan::Mailbox(MailboxPlan { mailbox, steps }))
}

/// Plans the change, or says everything that stands against it. `now`: none if there is no such mailbox.
pub fn plan_mailbox_change(wish: &MailboxChange, now: Option<&MailboxNow>) -> Result<Plan, Vec<Issue>> {
    let field = &wish.fields.mailbox;
    let Some(now) = now else {
        return Err(vec![Issue::new(Code::ObjectGone, field)]);
    };
    let mut judge = Judge::of(&now.people);
    let mut steps = Vec::new();
    steps.extend(properties(&mut judge, wish, now).map(MailboxStep::UpdateMailbox));
    for right in Right::ALL {
        steps.extend(rights(&mut judge, wish, now, right));
    }
    if wish.delete {
        steps.push(MailboxStep::DeleteMailbox {});
    }
    if now.synced && !wish.by_hand {
        judge.tell(Code::SyncedFromPremises, field);
    }
    if judge.is_content() && steps.is_empty() {
        judge.tell(Code::NothingToDo, field);
    }
    let mailbox = MailboxKey {
        display_name: now.display_name.clone(),
        address: now.address.clone(),
        identity: MailboxIdentity::Standing { id: wish.mailbox },
    };
    judge.end_of_change(Plan::Mailbox(MailboxPlan { mailbox, steps }), now.synced)
}

/// New people come before old ones go.
fn rights(judge: &mut Judge<'_>, wish: &MailboxChange, now: &MailboxNow, right: Right) -> Vec<MailboxStep> {
    let (Some(wished), Some(there)) = (wish.rights.get(&right), now.rights.get(&right)) else {
        return Vec::new();
    };
    let unnamed = TurnoverFields::default();
    let fields = wish.fields.rights.get(&right).unwrap_or(&unnamed);
    let (add, remove) = turnover(wished, there);
    let mut steps = Vec::new();
    let people = judge.recipients(&add, &fields.add, true);
    if !people.is_empty() {
        steps.push(MailboxStep::GiveRight { right, people });
    }
    let people = judge.recipients(&remove, &fields.remove, false);
    if !people.is_empty() {
        steps.push(MailboxStep::TakeRight { right, people });
    }
    steps
}

fn properties(judge: &mut Judge<'_>, wish: &MailboxChange, now: &MailboxNow) -> Option<Change> {
    let (mut from, mut to) = (Map::new(), Map::new());
    let mut set = |name: &str, was: serde_json::Value, will: serde_json::Value| {
        if was != will {
            from.insert(name.to_owned(), was);
            to.insert(name.to_owned(), will);
        }
    };
    if let Some(name) = &wish.display_name {
        judge.name(name, &wish.fields.display_name);
        set("displayName", json!(now.display_name), json!(name));
    }
    let (address, others) = addresses(judge, wish, now);
    set("address", json!(now.address), json!(address));
    set("otherAddresses", json!(now.other_addresses), json!(others));
    (!to.is_empty()).then_some(Change { from, to })
}

/// What they shall be: the address from which mail is sent, and all others.
fn addresses(judge: &mut Judge<'_>, wish: &MailboxChange, now: &MailboxNow) -> (String, BTreeSet<String>) {
    let MailboxAddresses { primary, add, remove } = &wish.addresses;
    let fields = &wish.fields;
    let mut others = now.other_addresses.clone();
    others.insert(now.address.clone());
    for (new, field) in [(primary, &fields.address), (add, &fields.add_address)] {
        let Some(new) = new else { continue };
        if now.taken.contains(new) {
            judge.tell(Code::Taken, field);
        }
        judge.length(field, new.split('@').next().unwrap_or(new), MAX_MAIL_NICKNAME);
        if !others.iter().any(|other| same(other, new)) {
            others.insert(new.clone());
        }
    }
    let wanted = primary.as_ref().unwrap_or(&now.address);
    let address = others.iter().find(|other| same(other, wanted)).cloned();
    let address = address.unwrap_or_else(|| now.address.clone());
    others.remove(&address);
    if let Some(remove) = remove {
        let before = others.len();
        others.retain(|other| !same(other, remove));
        if others.len() == before {
            let issue = Issue::new(Code::UnknownAddress, &fields.remove_address);
            judge.extend([issue.with("address", remove.as_str())]);
        }
    }
    (address, others)
}

/// Exchange does not tell capital letters from small ones.
fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}
