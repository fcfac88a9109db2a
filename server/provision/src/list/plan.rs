//! From a wish and what the tenant says to a plan, or to what the applicant has to mend. Pure.

use std::collections::BTreeSet;

use forms::{Code, Issue};
use serde_json::Map;
use uuid::Uuid;

use super::{
    ListChange, ListIdentity, ListKey, ListNow, ListPlan, ListStep, ListView, ListWish, NewList, Recipients,
};
use crate::attributes::MAX_MAIL_NICKNAME;
use crate::group::{orphan, turnover, unique_name};
use crate::judge::Judge;
use crate::{Change, People, Plan};

/// Plans a new list, or says everything that stands against it.
pub fn plan_list(wish: &ListWish, view: &ListView) -> Result<Plan, Vec<Issue>> {
    let mut judge = Judge::of(&view.people);
    let fields = &wish.fields;
    judge.name(&wish.display_name, &fields.display_name);
    judge.length(&fields.alias, &wish.alias, MAX_MAIL_NICKNAME);
    if view.is_taken {
        judge.tell(Code::Taken, &fields.alias);
    }
    let owners = judge.owners(&wish.owners, &fields.add_owners);
    let members = judge.recipients(&wish.members, &fields.add_members, false);
    if wish.owners.is_empty() {
        judge.tell(Code::NoOwner, &fields.add_owners);
    }
    let mut steps = vec![ListStep::CreateList(NewList {
        kind: wish.kind,
        display_name: wish.display_name.clone(),
        alias: wish.alias.clone(),
        open_to_outside: wish.open_to_outside,
        owners,
    })];
    steps.extend(given(members, |people| ListStep::AddMembers { people }));
    let list = ListKey {
        display_name: wish.display_name.clone(),
        address: wish.address(),
        kind: wish.kind,
        identity: ListIdentity::Ours {
            unique_name: unique_name(&wish.application),
            id: None,
        },
    };
    judge.end(Plan::List(ListPlan { list, steps }))
}

fn given(people: Recipients, step: impl Fn(Recipients) -> ListStep) -> Option<ListStep> {
    (!people.is_empty()).then(|| step(people))
}

/// Plans the change, or says everything that stands against it. `now`: none if there is no such list.
pub fn plan_list_change(wish: &ListChange, now: Option<&ListNow>) -> Result<Plan, Vec<Issue>> {
    let fields = &wish.fields;
    let Some(now) = now else {
        let issue = Issue::new(Code::UnknownGroup, &fields.list);
        return Err(vec![issue.with("group", wish.list.to_string())]);
    };
    let mut judge = Judge::of(&now.people);
    let mut steps = Vec::new();
    steps.extend(judge.properties(wish, now).map(ListStep::UpdateList));
    steps.extend(judge.new_owners(wish, now));
    steps.extend(judge.members(wish, now));
    if wish.delete {
        steps.push(ListStep::DeleteList {});
    }
    if now.synced && !wish.by_hand {
        judge.tell(Code::SyncedFromPremises, &fields.list);
    }
    // Who answers for it is kept on premises too.
    let is_kept_there = now.synced && wish.by_hand;
    if let Some(code) = orphan(wish.adopt, now.answered_for || is_kept_there) {
        judge.tell(code, &fields.list);
    }
    if judge.is_content() && steps.is_empty() {
        judge.tell(Code::NothingToDo, &fields.list);
    }
    let list = ListKey {
        display_name: now.display_name.clone(),
        address: now.address.clone(),
        kind: now.kind,
        identity: ListIdentity::Standing { id: now.id },
    };
    judge.end_of_change(Plan::List(ListPlan { list, steps }), now.synced)
}

impl Judge<'_> {
    /// An owner must be able to sign in.
    fn owners(&mut self, wished: &People, field: &str) -> Recipients {
        self.recipients(wished, field, true)
    }

    fn properties(&mut self, wish: &ListChange, now: &ListNow) -> Option<Change> {
        let (mut from, mut to) = (Map::new(), Map::new());
        if let Some(name) = wish
            .display_name
            .as_ref()
            .filter(|name| **name != now.display_name)
        {
            self.name(name, &wish.fields.display_name);
            from.insert("displayName".to_owned(), now.display_name.clone().into());
            to.insert("displayName".to_owned(), name.clone().into());
        }
        if let Some(open) = wish.open_to_outside.filter(|open| *open != now.open_to_outside) {
            from.insert("openToOutside".to_owned(), now.open_to_outside.into());
            to.insert("openToOutside".to_owned(), open.into());
        }
        (!to.is_empty()).then_some(Change { from, to })
    }

    /// New owners come before old ones go.
    fn new_owners(&mut self, wish: &ListChange, now: &ListNow) -> Vec<ListStep> {
        let fields = &wish.fields;
        let (add, remove) = turnover(&wish.owners, &now.owners);
        let mut steps = Vec::new();
        let people = self.owners(&add, &fields.add_owners);
        steps.extend(given(people, |people| ListStep::AddOwners { people }));
        let after: BTreeSet<Uuid> = now.owners.iter().chain(add.keys()).copied().collect();
        if !remove.is_empty() && after.iter().all(|id| remove.contains_key(id)) {
            self.tell(Code::NoOwner, &fields.remove_owners);
        }
        let people = self.recipients(&remove, &fields.remove_owners, false);
        steps.extend(given(people, |people| ListStep::RemoveOwners { people }));
        steps
    }

    fn members(&mut self, wish: &ListChange, now: &ListNow) -> Vec<ListStep> {
        let fields = &wish.fields;
        let (add, remove) = turnover(&wish.members, &now.members);
        let people = self.recipients(&add, &fields.add_members, false);
        let mut steps = Vec::new();
        steps.extend(given(people, |people| ListStep::AddMembers { people }));
        let people = self.recipients(&remove, &fields.remove_members, false);
        steps.extend(given(people, |people| ListStep::RemoveMembers { people }));
        steps
    }
}
