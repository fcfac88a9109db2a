//! What the company's own files say of its organisation: posts, units, and master tables that routes look into.

mod tables;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use forms::Date;
use m365::graph::User;
use serde_json::{Map, Value};
use thiserror::Error;
use workflow::PersonId;
use workflow::reorganisation::{self, FileError};
use workflow::route::{Person, Unit};

use crate::config::Config;
use crate::jobs::JobError;

/// Rows of a master table, in order.
pub(crate) type Table = Vec<Map<String, Value>>;

/// As the files are now. Empty where the configuration names none.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Company {
    /// By object id or user principal name.
    people: BTreeMap<PersonId, Person>,
    pub(crate) units: BTreeMap<String, Unit>,
    pub(crate) tables: BTreeMap<String, Table>,
}

#[derive(Debug, Error)]
pub(crate) enum CompanyError {
    #[error("{key}: {path} cannot be read; name another, or leave the key out")]
    Unreadable {
        key: &'static str,
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("organisation.file: {path}: {problem}")]
    Malformed { path: PathBuf, problem: FileError },
    #[error("organisation.file: {0}: groups, owners and administrators are the directory's; take them out")]
    NotItsOwn(PathBuf),
    #[error("organisation.masters: {path}: {problem}")]
    Table { path: PathBuf, problem: String },
    #[error("organisation: the table {0} stands in two files; keep one of them")]
    TableTwice(String),
}

impl From<CompanyError> for JobError {
    fn from(error: CompanyError) -> Self {
        Self::Stuck(error.to_string())
    }
}

impl Company {
    /// Reads both; `today` is only asked by what reads CSV.
    pub(crate) fn read(config: &Config, today: Date) -> Result<Self, CompanyError> {
        let mut company = match &config.organisation.file {
            Some(path) => of_file(path, today)?,
            None => Self::default(),
        };
        if let Some(folder) = &config.organisation.masters {
            for (name, table) in tables::read(folder)? {
                if company.tables.insert(name.clone(), table).is_some() {
                    return Err(CompanyError::TableTwice(name));
                }
            }
        }
        Ok(company)
    }

    /// What is said of somebody.
    pub(crate) fn person(&self, user: &User) -> Option<&Person> {
        let told = |name: &str| self.people.get(&PersonId::new(name));
        told(&user.id.to_string()).or_else(|| told(&user.user_principal_name))
    }

    /// The names of those who have a post in a unit, on whatever days.
    pub(crate) fn of_unit(&self, unit: &str) -> Vec<PersonId> {
        let holds = |person: &Person| person.posts.iter().any(|post| post.unit == unit);
        let found = self.people.iter().filter(|(_, person)| holds(person));
        found.map(|(name, _)| name.clone()).collect()
    }
}

fn of_file(path: &Path, today: Date) -> Result<Company, CompanyError> {
    let text = std::fs::read_to_string(path).map_err(unreadable("organisation.file", path))?;
    let found = reorganisation::read(&text, today).map_err(|problem| CompanyError::Malformed {
        path: path.to_owned(),
        problem,
    })?;
    if !(found.groups.is_empty() && found.owners.is_empty() && found.administrators.is_empty()) {
        return Err(CompanyError::NotItsOwn(path.to_owned()));
    }
    Ok(Company {
        people: found.people,
        units: found.units,
        tables: found.masters,
    })
}

fn unreadable(key: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> CompanyError + use<> {
    let path = path.to_owned();
    move |source| CompanyError::Unreadable { key, path, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestService;

    async fn company(files: &[(&str, &str)]) -> Result<Company, String> {
        let mut config = TestService::open().await.service.config.clone();
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        config.organisation.file = Some(folder.path().join("organisation"));
        config.organisation.masters = Some(folder.path().to_owned());
        Company::read(&config, Date::new(2027, 4, 1).unwrap()).map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn posts_units_and_tables_are_read_and_a_wrong_file_is_named_with_the_remedy() {
        let posts = ("organisation", "user,unit,above,rank\nA@x.jp,営業部,本社,3\n");
        let found = company(&[posts, ("systems.csv", "system,person\n会計,a@x.jp\n")])
            .await
            .unwrap();
        assert_eq!(found.of_unit("営業部"), [PersonId::new("a@x.jp")]);
        assert_eq!(found.units["営業部"].parent.as_deref(), Some("本社"));
        assert_eq!(found.tables["systems"][0]["person"], "a@x.jp");
        for (files, words) in [
            (vec![], "organisation.file"),
            (
                vec![("organisation", "{\"administrators\": [\"a\"]}")],
                "take them out",
            ),
            (vec![("organisation", "user,boss\n")], "line 1"),
            (
                vec![posts, ("systems.csv", "a,a\n")],
                "systems.csv: line 1, column 2",
            ),
            (vec![posts, ("systems.json", "{}")], "systems.json"),
            (
                vec![posts, ("t.json", "[]"), ("t.csv", "a\n")],
                "the table t stands in two files",
            ),
        ] {
            let told = company(&files).await.unwrap_err();
            assert!(told.contains(words), "{words}: {told}");
        }
    }
}
