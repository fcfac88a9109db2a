//! A snapshot of the people whom the route can name: read when an application is accepted, then frozen in it.

mod directory;

use std::collections::BTreeSet;

use m365::graph::User;
use uuid::Uuid;
use workflow::definition::{Nobody, Source, Step};
use workflow::route::{Group, Organisation, Person, Post};
use workflow::{Definition, GroupId, PersonId};

use crate::jobs::JobError;
use crate::service::Service;
pub(crate) use directory::Directory;

/// Longer chains of managers are circles.
const LONGEST_CHAIN: usize = 50;

/// For an application of this person; none: for whoever is named in the definition.
pub(crate) async fn read(
    service: &Service,
    definition: &Definition,
    applicant: Option<&PersonId>,
) -> Result<Organisation, JobError> {
    let mut directory = Directory::new(service.microsoft.graph());
    read_from(service, definition, applicant, &mut directory).await
}

async fn read_from(
    service: &Service,
    definition: &Definition,
    applicant: Option<&PersonId>,
    directory: &mut Directory,
) -> Result<Organisation, JobError> {
    let mut snapshot = Snapshot {
        directory,
        found: Organisation::default(),
    };
    if let Some(applicant) = applicant {
        snapshot.chain(applicant).await?;
    }
    for source in definition.steps.iter().flat_map(Step::all_sources) {
        snapshot.named(source, applicant).await?;
    }
    snapshot.fallback(&definition.nobody).await?;
    let administrators = service.config.people.administrators;
    // A group that is gone has no members.
    snapshot.found.administrators = snapshot.members(administrators).await?.unwrap_or_default();
    Ok(snapshot.found)
}

/// The same on a day when `next` holds: whom it names is as it says, everybody else as the tenant says today.
pub(crate) async fn read_with(
    service: &Service,
    definition: &Definition,
    (applicant, next): (&PersonId, &Organisation),
    directory: &mut Directory,
) -> Result<Organisation, JobError> {
    let found = read_from(service, definition, Some(applicant), directory).await?;
    let mut snapshot = Snapshot { directory, found };
    snapshot.found.amend(next);
    // New managers, and those above them.
    let known = |found: &Organisation, person: &PersonId| found.people.contains_key(person);
    let managers = snapshot
        .found
        .people
        .values()
        .filter_map(|person| person.manager.clone());
    let unknown: BTreeSet<_> = managers
        .filter(|manager| !known(&snapshot.found, manager))
        .collect();
    snapshot.chains(unknown).await?;
    // The people of the applicant's new unit too, where they are asked.
    for source in definition.steps.iter().flat_map(Step::all_sources) {
        if matches!(source, Source::Unit { unit: None, .. }) {
            snapshot.named(source, Some(applicant)).await?;
        }
    }
    Ok(snapshot.found)
}

struct Snapshot<'a> {
    directory: &'a mut Directory,
    found: Organisation,
}

fn id(user: &User) -> PersonId {
    PersonId::new(user.id.to_string())
}

impl Snapshot<'_> {
    async fn named(&mut self, source: &Source, applicant: Option<&PersonId>) -> Result<(), JobError> {
        match source {
            Source::Group { group } => self.group(group).await?,
            Source::Unit { unit, .. } => {
                let applicant = applicant.and_then(|applicant| self.found.people.get(applicant));
                let own = || Some(applicant?.posts.first()?.unit.clone());
                if let Some(unit) = unit.clone().or_else(own) {
                    self.unit(&unit).await?;
                }
            }
            Source::People { people } => self.chains(people.iter().cloned().collect()).await?,
            // The applicant's own chain is read for every route; those above others are read with them.
            Source::Manager { .. } | Source::PreviousManager {} | Source::Choose { .. } => {}
            Source::Field { .. } | Source::Master { .. } | Source::Owner { .. } => {
                let word = source.word();
                return Err(JobError::Stuck(format!(
                    "people from the source \"{word}\" cannot be read yet"
                )));
            }
        }
        Ok(())
    }

    async fn unit(&mut self, unit: &str) -> Result<(), JobError> {
        let users = self.directory.unit(unit).await?;
        for user in &users {
            self.put(user);
        }
        self.chains(users.iter().map(id).collect()).await
    }

    async fn fallback(&mut self, nobody: &Nobody) -> Result<(), JobError> {
        match nobody {
            Nobody::People { people } => self.chains(people.clone()).await,
            Nobody::Group { group } => self.group(group).await,
            _ => Ok(()),
        }
    }

    async fn group(&mut self, group: &GroupId) -> Result<(), JobError> {
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
        let members: BTreeSet<_> = members
            .iter()
            .map(|member| PersonId::new(member.to_string()))
            .collect();
        self.chains(members.clone()).await?;
        Ok(Some(members))
    }

    async fn chains(&mut self, people: BTreeSet<PersonId>) -> Result<(), JobError> {
        for person in people {
            self.chain(&person).await?;
        }
        Ok(())
    }

    /// A person and the managers above, as far as they are not known yet.
    async fn chain(&mut self, person: &PersonId) -> Result<(), JobError> {
        let mut next = person.clone();
        for _ in 0..LONGEST_CHAIN {
            if !self.found.people.contains_key(&next) {
                // A member that is no user (a nested group, a device) decides nothing.
                let Some(user) = self.directory.user(next.as_str()).await? else {
                    return Ok(());
                };
                self.put(&user);
            }
            let known = self.found.people.get(&next);
            if known.is_some_and(|known| known.manager.is_some()) {
                return Ok(());
            }
            let Ok(object) = next.as_str().parse() else {
                return Ok(());
            };
            let Some(manager) = self.directory.manager(object).await? else {
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

    fn put(&mut self, user: &User) {
        let post = |unit| Post::main(unit, user.job_title.clone());
        let person = Person {
            manager: None,
            posts: user.department.clone().map(post).into_iter().collect(),
            enabled: user.account_enabled == Some(true),
        };
        self.found.people.entry(id(user)).or_insert(person);
    }
}
