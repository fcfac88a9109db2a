//! From a wish and what the tenant says to a plan, or to what the applicant has to mend. Pure.

use std::collections::BTreeSet;

use forms::{Code, Issue};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    GroupChange, GroupKey, GroupKind, GroupNow, GroupPeople, GroupPlan, GroupStep, GroupWish, NameView,
    NewGroup, People, PeopleTurnover, team,
};
use crate::attributes::{MAX_DISPLAY_NAME, MAX_MAIL_NICKNAME, too_long};
use crate::{Change, Plan};

/// Graph, "group resource type": owners at most.
const MAX_OWNERS: usize = 100;
/// Graph, "group resource type": a description has 1,024 characters at most.
const MAX_DESCRIPTION: usize = 1024;

/// Plans a new group, or says everything that stands against it.
pub fn plan_group(wish: &GroupWish, view: &NameView) -> Result<Plan, Vec<Issue>> {
    let mut judge = Judge::of(&view.people);
    let fields = &wish.fields;
    judge.name(&wish.display_name, &fields.display_name, view);
    if wish.mail_nickname.is_empty() {
        judge.issue(Issue::new(Code::Required, &fields.mail_nickname));
    }
    judge.length(&fields.mail_nickname, &wish.mail_nickname, MAX_MAIL_NICKNAME);
    judge.length(&fields.description, &wish.description, MAX_DESCRIPTION);
    let owners = judge.owners(&wish.owners, &fields.owners);
    let members = judge.people(&wish.members, &fields.members);
    if wish.owners.is_empty() {
        judge.issue(Issue::new(Code::NoOwner, &fields.owners));
    }
    let mut steps = vec![GroupStep::CreateGroup(new_group(wish))];
    steps.extend(added(owners, |people| GroupStep::AddOwners { people }));
    steps.extend(added(members, |people| GroupStep::AddMembers { people }));
    steps.extend(wish.team.then_some(GroupStep::MakeTeam {}));
    let group = GroupKey::ours(&wish.display_name, &wish.application);
    judge.end(GroupPlan { group, steps })
}

fn new_group(wish: &GroupWish) -> NewGroup {
    NewGroup {
        kind: wish.kind,
        display_name: wish.display_name.clone(),
        mail_nickname: wish.mail_nickname.clone(),
        address: wish.address(),
        description: wish.description.clone(),
        visibility: (wish.kind == GroupKind::Microsoft365).then_some(wish.visibility),
    }
}

fn added(people: People, step: impl Fn(People) -> GroupStep) -> Option<GroupStep> {
    (!people.is_empty()).then(|| step(people))
}

/// Plans the change, or says everything that stands against it. `now`: none if there is no such group.
pub fn plan_group_change(wish: &GroupChange, now: Option<&GroupNow>) -> Result<Plan, Vec<Issue>> {
    let fields = &wish.fields;
    let Some(now) = now.filter(|now| wish.team.is_none() || now.team.is_some()) else {
        let issue = Issue::new(Code::UnknownGroup, &fields.group);
        return Err(vec![issue.with("group", wish.group.to_string())]);
    };
    let asked = team::asked(wish, now);
    let mut judge = Judge::of(&now.name.people);
    let mut steps = judge.steps(&asked, now);
    if let Some(is) = &now.team {
        steps = team::in_teams(&asked, is, steps).unwrap_or_else(|issue| {
            judge.issue(issue);
            Vec::new()
        });
    }
    judge.writable(wish, now);
    judge.answered_for(wish, now);
    if judge.issues.is_empty() && steps.is_empty() {
        judge.issue(Issue::new(Code::NothingToDo, &fields.group));
    }
    let group = GroupKey::of_standing(&now.display_name, wish.group);
    let plan = judge.end(GroupPlan { group, steps })?;
    Ok(if now.synced {
        plan.with_work_by_hand()
    } else {
        plan
    })
}

/// What stands against a change of something that somebody answers for, or nobody.
pub(crate) fn orphan(adopts: bool, answered_for: bool) -> Option<Code> {
    match (adopts, answered_for) {
        (false, false) => Some(Code::Orphaned),
        (true, true) => Some(Code::NotOrphaned),
        _ => None,
    }
}

struct Judge<'a> {
    known: &'a GroupPeople,
    issues: Vec<Issue>,
}

impl<'a> Judge<'a> {
    fn of(known: &'a GroupPeople) -> Self {
        let issues = Vec::new();
        Self { known, issues }
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    fn end(self, plan: GroupPlan) -> Result<Plan, Vec<Issue>> {
        if self.issues.is_empty() {
            Ok(Plan::Group(plan))
        } else {
            Err(self.issues)
        }
    }

    fn length(&mut self, field: &str, value: &str, max: usize) {
        self.issues.extend(too_long(field, value, max));
    }

    fn name(&mut self, name: &str, field: &str, view: &NameView) {
        if name.is_empty() {
            self.issue(Issue::new(Code::Required, field));
        }
        self.length(field, name, MAX_DISPLAY_NAME);
        if !view.holders.is_empty() {
            self.issue(Issue::new(Code::Taken, field));
        }
    }

    fn writable(&mut self, wish: &GroupChange, now: &GroupNow) {
        if now.synced {
            let issue = (!wish.by_hand).then(|| Issue::new(Code::SyncedFromPremises, &wish.fields.group));
            self.issues.extend(issue);
        } else if !now.writable {
            let issue = Issue::new(Code::GroupNotWritable, &wish.fields.group);
            self.issue(issue.with("group", now.display_name.clone()));
        }
    }

    /// Those who exist, by their names of today.
    fn people(&mut self, wished: &People, field: &str) -> People {
        self.known_ones(wished, field, false)
    }

    /// An owner must be able to sign in.
    fn owners(&mut self, wished: &People, field: &str) -> People {
        if wished.len() > MAX_OWNERS {
            self.issue(Issue::new(Code::TooManyItems, field).with("max", MAX_OWNERS));
        }
        self.known_ones(wished, field, true)
    }

    fn known_ones(&mut self, wished: &People, field: &str, enabled: bool) -> People {
        let mut people = People::new();
        for (id, told) in wished {
            match self.known.get(id) {
                Some(person) if person.enabled || !enabled => {
                    people.insert(*id, person.name.clone());
                }
                _ => self.issue(Issue::new(Code::UnknownPerson, field).with("person", told.clone())),
            }
        }
        people
    }

    fn steps(&mut self, wish: &GroupChange, now: &GroupNow) -> Vec<GroupStep> {
        let mut steps = Vec::new();
        steps.extend(self.properties(wish, now).map(GroupStep::UpdateGroup));
        steps.extend(self.new_owners(wish, now));
        steps.extend(self.members(wish, now));
        if wish.delete {
            steps.push(GroupStep::DeleteGroup { kind: now.kind });
        }
        steps
    }

    /// What nobody answers for is changed by nobody, but for being adopted.
    fn answered_for(&mut self, wish: &GroupChange, now: &GroupNow) {
        // Who answers for what is mastered on premises is kept there too.
        let is_kept_there = now.synced && wish.by_hand;
        let code = orphan(wish.adopt, now.answered_for || is_kept_there);
        self.issues
            .extend(code.map(|code| Issue::new(code, &wish.fields.group)));
    }

    fn properties(&mut self, wish: &GroupChange, now: &GroupNow) -> Option<Change> {
        let (mut from, mut to) = (Map::new(), Map::new());
        let mut put = |name: &str, is: &str, wanted: &str| {
            from.insert(name.to_owned(), text(is));
            to.insert(name.to_owned(), text(wanted));
        };
        if let Some(name) = wish
            .display_name
            .as_ref()
            .filter(|name| **name != now.display_name)
        {
            self.name(name, &wish.fields.display_name, &now.name);
            put("displayName", &now.display_name, name);
        }
        if let Some(text) = wish.description.as_ref().filter(|text| **text != now.description) {
            self.length(&wish.fields.description, text, MAX_DESCRIPTION);
            put("description", &now.description, text);
        }
        match (wish.visibility, now.visibility) {
            (Some(_), None) => self.issue(Issue::new(Code::NotApplicable, &wish.fields.visibility)),
            (Some(wanted), Some(is)) if wanted != is => put("visibility", is.graph(), wanted.graph()),
            _ => {}
        }
        (!to.is_empty()).then_some(Change { from, to })
    }

    /// New owners come before old ones go.
    fn new_owners(&mut self, wish: &GroupChange, now: &GroupNow) -> Vec<GroupStep> {
        let fields = &wish.fields;
        let (add, remove) = turnover(&wish.owners, &now.owners);
        let mut steps = Vec::new();
        let people = self.owners(&add, &fields.add_owners);
        steps.extend(added(people, |people| GroupStep::AddOwners { people }));
        let after: BTreeSet<Uuid> = now.owners.iter().chain(add.keys()).copied().collect();
        if !remove.is_empty() && after.iter().all(|id| remove.contains_key(id)) {
            self.issue(Issue::new(Code::NoOwner, &fields.remove_owners));
        }
        let people = self.named(remove);
        steps.extend(added(people, |people| GroupStep::RemoveOwners { people }));
        steps
    }

    fn members(&mut self, wish: &GroupChange, now: &GroupNow) -> Vec<GroupStep> {
        let (add, remove) = turnover(&wish.members, &now.members);
        let people = self.people(&add, &wish.fields.add_members);
        let mut steps = Vec::new();
        steps.extend(added(people, |people| GroupStep::AddMembers { people }));
        let people = self.named(remove);
        steps.extend(added(people, |people| GroupStep::RemoveMembers { people }));
        steps
    }

    /// Whoever goes may be gone already: then he is called as the form calls him.
    fn named(&self, people: People) -> People {
        let name = |(id, told): (Uuid, String)| {
            let known = self.known.get(&id).map(|person| person.name.clone());
            (id, known.unwrap_or(told))
        };
        people.into_iter().map(name).collect()
    }
}

/// Those who are not there yet, and those who are there and go. Whoever is wished on both sides stays.
pub(crate) fn turnover(wish: &PeopleTurnover, there: &BTreeSet<Uuid>) -> (People, People) {
    let mut add = wish.add.clone();
    add.retain(|id, _| !there.contains(id));
    let mut remove = wish.remove.clone();
    remove.retain(|id, _| there.contains(id) && !wish.add.contains_key(id));
    (add, remove)
}

/// As Graph has it: no text is none.
fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}
