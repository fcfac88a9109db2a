//! People as directory and company say they are, each with the managers above.

use std::collections::BTreeSet;

use forms::Date;
use m365::graph::User;
use uuid::Uuid;
use workflow::definition::Nobody;
use workflow::route::{Group, Organisation, Person, Post};
use workflow::{Definition, GroupId, PersonId};

use super::Directory;
use crate::company::Company;
use crate::jobs::JobError;
use crate::service::Service;

/// Longer chains of managers are circles.
const LONGEST_CHAIN: usize = 50;

pub(super) struct Snapshot<'a> {
    pub(super) directory: &'a mut Directory,
    pub(super) company: Company,
    /// The day whose posts count.
    pub(super) base: Date,
    pub(super) found: Organisation,
    /// Those whose manager is known, also where they have none.
    settled: BTreeSet<PersonId>,
}

pub(super) fn id(user: &User) -> PersonId {
    PersonId::new(user.id.to_string())
}

impl<'a> Snapshot<'a> {
    /// Of nobody yet.
    pub(super) fn new(directory: &'a mut Directory, company: Company, base: Date) -> Self {
        let found = Organisation {
            units: company.units.clone(),
            ..Organisation::default()
        };
        Self {
            directory,
            company,
            base,
            found,
            settled: BTreeSet::new(),
        }
    }

    /// Whom `next` names is as it says, managers included.
    pub(super) async fn amend(&mut self, next: &Organisation) -> Result<(), JobError> {
        self.found.amend(next);
        self.settled.extend(next.people.keys().cloned());
        self.managers().await
    }

    /// Those who are asked where nobody else is left.
    pub(super) async fn rest(&mut self, service: &Service, definition: &Definition) -> Result<(), JobError> {
        match &definition.nobody {
            Nobody::People { people } => self.chains(people.clone()).await?,
            Nobody::Group { group } => self.group(group).await?,
            _ => {}
        }
        let administrators = service.config.people.administrators;
        // A group that is gone has no members.
        self.found.administrators = self.members(administrators).await?.unwrap_or_default();
        Ok(())
    }

    pub(super) async fn group(&mut self, group: &GroupId) -> Result<(), JobError> {
        let id: Uuid = group
            .as_str()
            .parse()
            .map_err(|error| JobError::unreadable("a group's id in the definition", &error))?;
        if let Some(members) = self.members(id).await? {
            self.found.groups.insert(group.clone(), Group { members });
        }
        Ok(())
    }

    /// Members of a group, each with the managers above; none: there is no such group.
    async fn members(&mut self, group: Uuid) -> Result<Option<BTreeSet<PersonId>>, JobError> {
        let Some(members) = self.directory.members(group).await? else {
            return Ok(None);
        };
        self.all(members).await.map(Some)
    }

    /// People by their object ids, each with the managers above.
    pub(super) async fn all(
        &mut self,
        ids: impl IntoIterator<Item = Uuid>,
    ) -> Result<BTreeSet<PersonId>, JobError> {
        let people = ids.into_iter().map(|id| PersonId::new(id.to_string()));
        let people: BTreeSet<_> = people.collect();
        self.chains(people.clone()).await?;
        Ok(people)
    }

    pub(super) async fn chains(&mut self, people: BTreeSet<PersonId>) -> Result<(), JobError> {
        for person in people {
            self.chain(&person).await?;
        }
        Ok(())
    }

    /// A person and the managers above, as far as they are not known yet.
    pub(super) async fn chain(&mut self, person: &PersonId) -> Result<(), JobError> {
        let mut next = person.clone();
        for _ in 0..LONGEST_CHAIN {
            if !self.found.people.contains_key(&next) {
                // A member that is no user (a nested group, a device) decides nothing.
                let Some(user) = self.directory.user(next.as_str()).await? else {
                    return Ok(());
                };
                self.put(&user);
            }
            if !self.settled.insert(next.clone()) {
                return Ok(());
            }
            let Some(manager) = self.manager(&next).await? else {
                return Ok(());
            };
            let above = id(&manager);
            if let Some(person) = self.found.people.get_mut(&next) {
                person.manager = Some(above.clone());
            }
            next = above;
        }
        Ok(())
    }

    /// As the company says, else as the directory does.
    async fn manager(&mut self, of: &PersonId) -> Result<Option<User>, JobError> {
        let user = self.directory.user(of.as_str()).await?;
        let told = user.as_ref().and_then(|user| self.company.person(user));
        if let Some(name) = told.and_then(|told| told.manager.clone()) {
            let manager = self.directory.user(name.as_str()).await?;
            return manager.map(Some).ok_or_else(|| {
                JobError::Stuck(format!(
                    "organisation.file: {name} is named as a manager, but the tenant knows nobody of that name; \
                     correct the file"
                ))
            });
        }
        match of.as_str().parse() {
            Ok(object) => Ok(self.directory.manager(object).await?),
            Err(_) => Ok(None),
        }
    }

    /// New managers, and those above them.
    async fn managers(&mut self) -> Result<(), JobError> {
        let people = &self.found.people;
        let managers = people.values().filter_map(|person| person.manager.clone());
        let unknown: BTreeSet<_> = managers.filter(|manager| !people.contains_key(manager)).collect();
        self.chains(unknown).await
    }

    fn put(&mut self, user: &User) {
        let person = self.person(user);
        self.found.people.entry(id(user)).or_insert(person);
    }

    /// The company's posts where it names any, else the directory's department and title.
    pub(super) fn person(&self, user: &User) -> Person {
        let told = self.company.person(user);
        let of_directory = || {
            let post = |unit| Post::main(unit, user.job_title.clone());
            user.department.clone().map(post).into_iter().collect()
        };
        let posts = told
            .map(|told| told.posts.clone())
            .filter(|posts| !posts.is_empty());
        Person {
            manager: None,
            posts: posts.unwrap_or_else(of_directory),
            enabled: user.account_enabled == Some(true) && told.is_none_or(|told| told.enabled),
        }
    }
}
