//! Values for the item's columns, as each way of writing wants them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use m365::csom::FieldValue;
use m365::sharepoint::PrincipalId;
use serde_json::{Map, Value, json};
use workflow::PersonId;

use crate::columns::{self, Columns};
use crate::jobs::JobError;
use crate::people;
use crate::service::Service;

/// What a column shall hold; people by their own identity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(u32),
    Moment(Timestamp),
    Person(PersonId),
    People(Vec<PersonId>),
}

pub(crate) type Cells = BTreeMap<&'static str, Cell>;

/// What the item shall show, with people as the site numbers them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wish {
    values: BTreeMap<&'static str, FieldValue>,
}

impl Wish {
    pub(super) async fn resolve(service: &Service, cells: Cells) -> Result<Self, JobError> {
        let mut values = BTreeMap::new();
        for (name, cell) in cells {
            values.insert(name, value(service, cell).await?);
        }
        Ok(Self { values })
    }

    /// For sealing: everything that is not empty.
    pub(super) fn fields(&self) -> Vec<(String, FieldValue)> {
        let full = self
            .values
            .iter()
            .filter(|(_, value)| **value != FieldValue::Empty);
        full.map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect()
    }

    /// In the spelling in which items and versions are compared.
    pub(super) fn columns(&self) -> Columns {
        let column = |(name, value): (&&'static str, &FieldValue)| {
            let spelled = columns::spelled(name, &rest(value))?;
            Some(((*name).to_owned(), spelled))
        };
        self.values.iter().filter_map(column).collect()
    }

    /// For REST: the columns that differ from what the item shows.
    pub(super) fn differing(&self, current: &Columns) -> Map<String, Value> {
        let wanted = self.columns();
        let differs = |name: &&&'static str| wanted.get(**name) != current.get(**name);
        let body = |name: &&'static str| {
            let suffix = if columns::is_person(name) { "Id" } else { "" };
            (format!("{name}{suffix}"), rest(&self.values[name]))
        };
        self.values.keys().filter(differs).map(body).collect()
    }
}

async fn value(service: &Service, cell: Cell) -> Result<FieldValue, JobError> {
    Ok(match cell {
        Cell::Text(text) if text.is_empty() => FieldValue::Empty,
        Cell::Empty => FieldValue::Empty,
        Cell::Text(text) => FieldValue::Text(text),
        Cell::Number(number) => FieldValue::Number(f64::from(number)),
        Cell::Moment(at) => FieldValue::Moment(whole_second(at)),
        Cell::Person(person) => match people::shown_as(service, &person).await? {
            Some(id) => FieldValue::Person(id),
            None => FieldValue::Empty,
        },
        Cell::People(all) => {
            let mut ids: Vec<PrincipalId> = Vec::new();
            for person in &all {
                ids.extend(people::shown_as(service, person).await?);
            }
            FieldValue::People(ids)
        }
    })
}

/// SharePoint keeps whole seconds.
fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

fn rest(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(text) => json!(text),
        FieldValue::Number(number) => json!(number),
        FieldValue::Integer(number) => json!(number),
        FieldValue::Flag(flag) => json!(flag),
        FieldValue::Moment(at) => json!(at.to_string()),
        FieldValue::Person(id) => json!(id.0),
        FieldValue::People(ids) => json!(ids.iter().map(|id| id.0).collect::<Vec<_>>()),
        FieldValue::Empty => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> Wish {
        Wish {
            values: BTreeMap::from([
                ("PFNumber", FieldValue::Text("USR-2026-00001".into())),
                ("PFRound", FieldValue::Number(1.0)),
                ("PFApplicant", FieldValue::Person(PrincipalId(7))),
                (
                    "PFAssignees",
                    FieldValue::People(vec![PrincipalId(9), PrincipalId(8)]),
                ),
                ("PFStepName", FieldValue::Empty),
            ]),
        }
    }

    #[test]
    fn what_the_item_shows_already_is_not_written_again() {
        let wish = wish();
        assert!(wish.differing(&wish.columns()).is_empty());
        let mut current = wish.columns();
        current.insert("PFStepName".into(), json!("上長承認"));
        current.remove("PFApplicant");
        let expected = json!({ "PFApplicantId": 7, "PFStepName": null });
        assert_eq!(Value::Object(wish.differing(&current)), expected);
    }

    #[test]
    fn an_empty_column_is_not_sealed() {
        assert!(!wish().fields().iter().any(|(name, _)| name == "PFStepName"));
    }
}
