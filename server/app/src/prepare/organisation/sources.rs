//! Whom the sources of a definition can name.

use std::collections::BTreeSet;

use m365::graph::User;
use serde_json::Value;
use uuid::Uuid;
use workflow::PersonId;
use workflow::definition::Source;
use workflow::route::{Called, called, people_in_table};

use super::snapshot::{Snapshot, id};
use super::{Asked, JobError};

/// The title and the least rank that a source asks for.
type Wanted<'a> = (Option<&'a str>, Option<u32>);

impl Snapshot<'_> {
    /// For one application.
    pub(super) async fn named(&mut self, source: &Source, asked: &Asked<'_>) -> Result<(), JobError> {
        match source {
            Source::Unit {
                unit: None,
                post,
                rank,
                ..
            } => {
                let unit = asked.definition.unit(asked.values);
                let own = self.found.post(asked.applicant, unit, self.base);
                if let Some(unit) = own.map(|post| post.unit.clone()) {
                    self.units(&unit, (post.as_deref(), *rank)).await?;
                }
            }
            Source::Field { field } => self.people(asked.values.get(field.as_str())).await?,
            Source::Owner { of } => {
                for object in called(asked.values.get(of.as_str())) {
                    self.owners(&object).await?;
                }
            }
            Source::Master { table, .. } => {
                self.table(table);
                let names = people_in_table(asked.definition, &asked.of(&self.found), source);
                self.people(Some(&Value::Array(names))).await?;
            }
            _ => self.named_to_all(source).await?,
        }
        Ok(())
    }

    /// For whatever anybody may answer.
    pub(super) async fn named_to_anybody(&mut self, source: &Source) -> Result<(), JobError> {
        let Source::Master { table, person, .. } = source else {
            return self.named_to_all(source).await;
        };
        self.table(table);
        let rows = self.found.masters.get(table).into_iter().flatten();
        let names = rows.filter_map(|row| row.get(person).cloned()).collect();
        self.people(Some(&Value::Array(names))).await
    }

    /// Where a source asks in the applicant's own unit: in all units of these.
    pub(super) async fn in_their_units(
        &mut self,
        source: &Source,
        applicants: &BTreeSet<PersonId>,
    ) -> Result<(), JobError> {
        let Source::Unit {
            unit: None,
            post,
            rank,
            ..
        } = source
        else {
            return Ok(());
        };
        let held = applicants
            .iter()
            .flat_map(|applicant| self.found.units_of(applicant, self.base));
        let units: BTreeSet<String> = held.map(str::to_owned).collect();
        for unit in units {
            self.units(&unit, (post.as_deref(), *rank)).await?;
        }
        Ok(())
    }

    /// Sources that depend on nothing.
    async fn named_to_all(&mut self, source: &Source) -> Result<(), JobError> {
        match source {
            Source::Group { group } => self.group(group).await,
            Source::Unit {
                unit: Some(unit),
                post,
                rank,
                ..
            } => self.units(unit, (post.as_deref(), *rank)).await,
            Source::People { people } => self.chains(people.iter().cloned().collect()).await,
            // The applicant's own chain is read for every route; those above others are read with them.
            _ => Ok(()),
        }
    }

    /// Who is wanted in a unit and in those above it.
    async fn units(&mut self, unit: &str, wanted: Wanted<'_>) -> Result<(), JobError> {
        let units: Vec<String> = self.found.upwards(unit).into_iter().map(str::to_owned).collect();
        for unit in units {
            let mut users = self.directory.unit(&unit).await?;
            for name in self.company.of_unit(&unit) {
                // Whoever has no account decides nothing.
                users.extend(self.directory.user(name.as_str()).await?);
            }
            let fits = |user: &&User| {
                let posts = self.person(user).posts;
                posts.iter().any(|post| post.fits(&unit, wanted, self.base))
            };
            let fitting: BTreeSet<PersonId> = users.iter().filter(fits).map(id).collect();
            self.chains(fitting).await?;
        }
        Ok(())
    }

    fn table(&mut self, name: &str) {
        if let Some(table) = self.company.tables.get(name) {
            let masters = &mut self.found.masters;
            masters.entry(name.to_owned()).or_insert_with(|| table.clone());
        }
    }

    /// Whoever is called in a value, with the managers above.
    async fn people(&mut self, value: Option<&Value>) -> Result<(), JobError> {
        for one in called(value) {
            if let Some(user) = self.look_up(&one).await? {
                self.found.names.insert(one.name.to_lowercase(), id(&user));
                self.chain(&id(&user)).await?;
            }
        }
        Ok(())
    }

    /// By the name, else by the id that stands beside it.
    async fn look_up(&mut self, called: &Called<'_>) -> Result<Option<User>, JobError> {
        for key in [Some(called.name), called.id].into_iter().flatten() {
            // Nothing else is a name that somebody could have.
            if !key.contains('@') && Uuid::try_parse(key).is_err() {
                continue;
            }
            if let Some(user) = self.directory.user(key).await? {
                return Ok(Some(user));
            }
        }
        Ok(None)
    }

    /// Of a group its owners and, where none of them is there, who is above them; of a person the nearest manager who
    /// is there, after those who are not.
    async fn owners(&mut self, object: &Called<'_>) -> Result<(), JobError> {
        if let Ok(group) = Uuid::try_parse(object.name)
            && let Some(owners) = self.directory.owners(group).await?
        {
            let mut owners = self.all(owners).await?;
            if !owners.iter().any(|owner| self.found.is_enabled(owner)) {
                for owner in owners.clone() {
                    owners.extend(self.above(&owner).await?);
                }
            }
            self.found.owners.insert(object.name.to_owned(), owners);
            return Ok(());
        }
        let Some(user) = self.look_up(object).await? else {
            return Ok(());
        };
        let above = self.above(&id(&user)).await?;
        self.found.owners.insert(object.name.to_owned(), above);
        Ok(())
    }

    /// The managers of somebody up to the first who is there.
    async fn above(&mut self, person: &PersonId) -> Result<BTreeSet<PersonId>, JobError> {
        self.chain(person).await?;
        let mut above = BTreeSet::new();
        for manager in self.found.managers(person) {
            above.insert(manager.clone());
            if self.found.is_enabled(manager) {
                break;
            }
        }
        Ok(above)
    }
}
