//! Whom a source names, before anybody is left out.

use std::collections::{BTreeMap, BTreeSet};

use forms::FieldKey;
use serde_json::{Map, Value};

use crate::condition::{self, Facts};
use crate::definition::{Definition, Matches, Source};
use crate::ids::PersonId;
use crate::route::Request;
use crate::route::called::called;
use crate::route::resolve::{Resolver, RouteProblem};
use crate::route::walk::holds;

type People = BTreeSet<PersonId>;

/// Whom a table names for these answers, as its cells call them, before the snapshot knows these people.
pub fn people_in_table(definition: &Definition, request: &Request, source: &Source) -> Vec<Value> {
    let Source::Master {
        table, keys, person, ..
    } = source
    else {
        return Vec::new();
    };
    let resolver = Resolver::unchecked(definition, request);
    let rows = resolver.fitting(table, keys).unwrap_or_default();
    rows.into_iter()
        .filter_map(|row| row.get(person).cloned())
        .collect()
}

impl Resolver<'_> {
    /// `previous` are those who are asked at the step before.
    pub(super) fn named(&self, source: &Source, previous: &People) -> Result<People, RouteProblem> {
        let organisation = self.request.organisation;
        match source {
            Source::People { people } => Ok(people.iter().cloned().collect()),
            Source::Group { group } => match organisation.groups.get(group) {
                Some(found) => Ok(found.members.clone()),
                None => Err(RouteProblem::NoSuchGroup(group.clone())),
            },
            Source::Unit { parents, .. } => Ok(self.in_units(source, 0, usize::from(*parents))),
            Source::Manager { levels, until_rank } => Ok(self.manager(usize::from(*levels), *until_rank)),
            Source::Field { field } => self.chosen(field),
            Source::Master {
                table,
                keys,
                person,
                matches,
            } => self.rows(table, (keys, person), *matches),
            Source::Owner { of } => {
                let objects = called(self.request.values.get(of.as_str())).into_iter();
                let owners = objects.filter_map(|object| organisation.owners.get(object.name));
                Ok(owners.flatten().cloned().collect())
            }
            Source::PreviousManager {} => {
                let above = |person| self.first_present(organisation.managers(person));
                Ok(previous.iter().flat_map(above).collect())
            }
            Source::Choose { choices } => {
                let found = choices
                    .iter()
                    .find(|choice| holds(choice.when.as_ref(), &self.facts()));
                let sources = found.map(|choice| choice.sources.as_slice()).unwrap_or_default();
                let named = sources.iter().map(|source| self.named(source, previous));
                Ok(named
                    .collect::<Result<Vec<_>, _>>()?
                    .into_iter()
                    .flatten()
                    .collect())
            }
        }
    }

    /// Holders in the nearest unit in which anybody who is present fits, `from` so many units above the source's own
    /// and `most` further at most.
    pub(super) fn in_units(&self, source: &Source, from: usize, most: usize) -> People {
        let Source::Unit { post, rank, .. } = source else {
            return People::new();
        };
        let request = self.request;
        let Some(unit) = self.unit_of(source) else {
            return People::new();
        };
        let wanted = (post.as_deref(), *rank);
        let units = request.organisation.upwards(unit).into_iter().skip(from);
        let holders = units
            .take(most + 1)
            .map(|unit| request.organisation.holders(unit, wanted, request.base));
        let present = |people: &People| {
            people
                .iter()
                .any(|person| request.organisation.is_enabled(person))
        };
        let mut holders = holders.skip_while(|people| !present(people));
        holders.next().unwrap_or_default()
    }

    /// The unit that a source begins at: its own, or the one of the post that the applicant applies as.
    pub(super) fn unit_of<'b>(&'b self, source: &'b Source) -> Option<&'b str> {
        let Source::Unit { unit, .. } = source else {
            return None;
        };
        let request = self.request;
        let own = || {
            request
                .organisation
                .post(request.applicant, request.unit, request.base)
        };
        unit.as_deref().or_else(|| Some(own()?.unit.as_str()))
    }

    fn manager(&self, levels: usize, until_rank: Option<u32>) -> People {
        let request = self.request;
        let above = request.organisation.managers(request.applicant);
        let Some(rank) = until_rank else {
            return self.first_present(above.into_iter().skip(levels.saturating_sub(1)).collect());
        };
        let chain = &above[..levels.min(above.len())];
        let high = |person: &&&PersonId| request.organisation.rank(person, request.base) >= rank;
        let found = chain.iter().position(|person| high(&person));
        let from = found.unwrap_or(chain.len().saturating_sub(1));
        self.first_present(above.into_iter().skip(from).collect())
    }

    /// The first who is present, after those who are away.
    fn first_present(&self, chain: Vec<&PersonId>) -> People {
        let organisation = self.request.organisation;
        let away = chain
            .iter()
            .take_while(|person| !organisation.is_enabled(person))
            .count();
        chain.into_iter().take(away + 1).cloned().collect()
    }

    fn rows(
        &self,
        table: &str,
        (keys, person): (&BTreeMap<String, String>, &str),
        matches: Matches,
    ) -> Result<People, RouteProblem> {
        let rows = self.fitting(table, keys);
        let rows = rows.ok_or_else(|| RouteProblem::NoSuchTable(table.to_owned()))?;
        let mut found = rows.into_iter().map(|row| self.people_of(row.get(person)));
        Ok(match matches {
            Matches::First => found.next().unwrap_or_default(),
            Matches::All => found.flatten().collect(),
        })
    }

    /// Nobody whom the snapshot does not know: the applicant is to choose anew, and not somebody else to be asked.
    fn chosen(&self, field: &FieldKey) -> Result<People, RouteProblem> {
        let people = self.people_of(self.request.values.get(field.as_str()));
        let known = |person: &PersonId| self.request.organisation.people.contains_key(person);
        if people.iter().all(known) {
            return Ok(people);
        }
        Err(RouteProblem::NobodyOfThatName(field.clone()))
    }

    /// Whoever is called in a value.
    fn people_of(&self, value: Option<&Value>) -> People {
        let all = called(value).into_iter();
        all.map(|one| self.request.organisation.whom(&one)).collect()
    }

    /// The rows of a table whose columns are as the facts say; none: there is no such table.
    fn fitting(&self, table: &str, keys: &BTreeMap<String, String>) -> Option<Vec<&Map<String, Value>>> {
        let rows = self.request.organisation.masters.get(table)?.iter();
        let fits =
            |row: &&Map<String, Value>| keys.iter().all(|(column, fact)| self.says(fact, row.get(column)));
        Some(rows.filter(fits).collect())
    }

    /// Whether a fact is what a column says; the cells of a CSV file are texts.
    fn says(&self, fact: &str, column: Option<&Value>) -> bool {
        let (root, key) = condition::split(fact);
        let facts = self.facts();
        match (facts.value(root, key), column) {
            (condition::Fact::Text(text), Some(Value::String(column))) => text == column.as_str(),
            (condition::Fact::Number(number), Some(Value::String(column))) => {
                column.parse::<i64>() == Ok(number)
            }
            (condition::Fact::Boolean(boolean), Some(Value::String(column))) => {
                column.parse::<bool>() == Ok(boolean)
            }
            (condition::Fact::Number(number), Some(column)) => column.as_i64() == Some(number),
            (condition::Fact::Boolean(boolean), Some(column)) => column.as_bool() == Some(boolean),
            (condition::Fact::Date(day), Some(Value::String(column))) => day.to_string() == *column,
            _ => false,
        }
    }
}
