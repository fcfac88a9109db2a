//! The workflows that are offered: the definitions of the configured folder, else those that this build carries.

use std::path::{Path, PathBuf};

use thiserror::Error;
use workflow::{Definition, DefinitionError};

use crate::actions::unknown;
use crate::config::Config;
use crate::setup::WORKFLOWS;

/// A definition, and the text that is pinned with each application.
#[derive(Debug, Clone)]
pub struct Offered {
    pub definition: Definition,
    pub body: String,
}

impl Offered {
    /// What is wrong when applications are pinned to another text under this version.
    pub fn altered(&self) -> String {
        let Definition { key, version, .. } = &self.definition;
        format!(
            "workflow {key}: version {version} was changed after applications were made with it; raise its \
             `version`, run `setup` and start `serve` anew"
        )
    }
}

#[derive(Debug, Error)]
pub enum WorkflowsError {
    #[error("site.workflows: {path} cannot be read; name a folder of definitions, or leave the key out")]
    Unreadable {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("site.workflows: {0} holds no file *.json; put definitions there, or leave the key out")]
    Empty(PathBuf),
    #[error("site.workflows: {path}: {problem}")]
    Malformed { path: PathBuf, problem: DefinitionError },
    #[error("site.workflows: {path}: another file defines {key} too; keep one of them")]
    Twice { path: PathBuf, key: String },
    #[error(
        "workflow {key}: `numbering.prefix` {prefix} is that of workflow {other} too, so both would give the same \
         numbers; choose another prefix"
    )]
    SameNumbers {
        key: String,
        other: String,
        prefix: String,
    },
    #[error("workflow {key}: {problem}")]
    Unconfigured { key: String, problem: DefinitionError },
    #[error("manifests/workflows: {0}")]
    Shipped(DefinitionError),
}

/// All of them, in order of file name.
pub fn read(config: &Config) -> Result<Vec<Offered>, WorkflowsError> {
    let offered = match &config.site.workflows {
        Some(folder) => known_alone(of_folder(folder)?, config),
        None => Ok(without_unknown(shipped()?, config)),
    }?;
    numbered_apart(&offered)?;
    Ok(offered)
}

/// Numbers are unique in the list of applications: two that count for themselves under one prefix would shut out each
/// other's applications.
fn numbered_apart(offered: &[Offered]) -> Result<(), WorkflowsError> {
    for (at, one) in offered.iter().enumerate() {
        let prefix = &one.definition.numbering.prefix;
        let is_same = |other: &&Offered| other.definition.numbering.prefix.eq_ignore_ascii_case(prefix);
        if let Some(other) = offered[..at].iter().find(is_same) {
            return Err(WorkflowsError::SameNumbers {
                key: one.definition.key.to_string(),
                other: other.definition.key.to_string(),
                prefix: prefix.clone(),
            });
        }
    }
    Ok(())
}

/// What asks a system that the configuration does not name is refused where somebody wrote it for this company.
fn known_alone(offered: Vec<Offered>, config: &Config) -> Result<Vec<Offered>, WorkflowsError> {
    let faults = offered
        .iter()
        .filter_map(|one| Some((one, unknown(config, &one.definition)?)));
    match faults
        .map(|(one, problem)| (one.definition.key.to_string(), problem))
        .next()
    {
        Some((key, problem)) => Err(WorkflowsError::Unconfigured { key, problem }),
        None => Ok(offered),
    }
}

/// Of what is shipped, whatever needs such a system waits until the configuration names it.
fn without_unknown(mut offered: Vec<Offered>, config: &Config) -> Vec<Offered> {
    offered.retain(|one| unknown(config, &one.definition).is_none());
    offered
}

fn shipped() -> Result<Vec<Offered>, WorkflowsError> {
    let offered = WORKFLOWS.iter().map(|body| {
        let definition = Definition::parse(body).map_err(WorkflowsError::Shipped)?;
        Ok(Offered {
            definition,
            body: (*body).to_owned(),
        })
    });
    offered.collect()
}

fn of_folder(folder: &Path) -> Result<Vec<Offered>, WorkflowsError> {
    let mut offered: Vec<Offered> = Vec::new();
    for path in files(folder).map_err(unreadable(folder))? {
        let body = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
        let definition = match Definition::parse(&body) {
            Ok(definition) => definition,
            Err(problem) => return Err(WorkflowsError::Malformed { path, problem }),
        };
        if offered.iter().any(|other| other.definition.key == definition.key) {
            let key = definition.key.to_string();
            return Err(WorkflowsError::Twice { path, key });
        }
        offered.push(Offered { definition, body });
    }
    if offered.is_empty() {
        return Err(WorkflowsError::Empty(folder.to_owned()));
    }
    Ok(offered)
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = entries.collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    Ok(files)
}

fn unreadable(path: &Path) -> impl FnOnce(std::io::Error) -> WorkflowsError + use<> {
    let path = path.to_owned();
    |source| WorkflowsError::Unreadable { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_that_are_shipped_give_the_same_numbers_and_two_that_would_are_refused() {
        let mut offered = shipped().unwrap();
        numbered_apart(&offered).unwrap();
        offered[1].definition.numbering.prefix = offered[0].definition.numbering.prefix.to_lowercase();
        let told = numbered_apart(&offered).unwrap_err().to_string();
        let [first, second] = [0, 1].map(|at| offered[at].definition.key.to_string());
        assert!(told.contains(&first) && told.contains(&second), "{told}");
    }

    #[test]
    fn a_folder_offers_each_definition_once_or_says_what_is_wrong_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, body: &str| std::fs::write(folder.path().join(name), body).unwrap();
        assert!(matches!(of_folder(folder.path()), Err(WorkflowsError::Empty(_))));
        put("a.json", WORKFLOWS[0]);
        put("notes.txt", "nothing of ours");
        assert_eq!(of_folder(folder.path()).unwrap().len(), 1);
        put("b.json", WORKFLOWS[0]);
        let twice = of_folder(folder.path()).unwrap_err().to_string();
        assert!(
            twice.contains("b.json") && twice.contains("user-create"),
            "{twice}"
        );
        put("b.json", "{}");
        let malformed = of_folder(folder.path()).unwrap_err().to_string();
        assert!(
            malformed.starts_with("site.workflows") && malformed.contains("b.json"),
            "{malformed}"
        );
    }
}
