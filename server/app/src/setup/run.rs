//! The order of setup: levels, then list by list, then what the lists hold.

use m365::sharepoint::Site;
use thiserror::Error;

use super::change::{Change, Changes, Mode};
use super::definitions::{DefinitionRow, publish};
use super::principals::Principals;
use super::{Manifest, ManifestError, columns, grants, levels, lists, views};
use crate::config::Config;

/// The workflows that this build carries, as JSON text.
pub const WORKFLOWS: [&str; 1] = [include_str!("../../../../manifests/workflows/user-create.json")];

#[derive(Debug, Error)]
pub enum SetupError {
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error(transparent)]
    Remote(#[from] m365::Error),
    #[error(transparent)]
    Evidence(#[from] crate::evidence::EvidenceError),
    #[error("manifests/lists.json: unknown right {0}")]
    Right(String),
    #[error("{0}: the tenant knows no such principal; correct it in the configuration")]
    Principal(&'static str),
    #[error("the permission level {0} is missing; run setup without --plan first")]
    Level(String),
    #[error("{0} was created but cannot be read; wait a minute and run setup again")]
    Unseen(String),
    #[error("manifests/workflows: {0}")]
    Definition(#[from] workflow::DefinitionError),
}

/// Compares the site with the manifests and, in `Mode::Apply`, removes each difference.
/// Running it again changes nothing. Needs full control of the site.
pub async fn run(site: &Site, config: &Config, mode: Mode) -> Result<Vec<Change>, SetupError> {
    let manifest = Manifest::embedded()?;
    let mut changes = Changes::new(mode);
    let levels = levels::ensure(site, &manifest.levels, &mut changes).await?;
    let principals = Principals::ensure(site, config, &mut changes).await?;
    let language = config.mail.language;
    for wish in &manifest.lists {
        let Some(list) = lists::ensure(site, wish, language, &mut changes).await? else {
            continue;
        };
        columns::ensure(&list, wish, language, &mut changes).await?;
        views::ensure(&list, wish, language, &mut changes).await?;
        grants::ensure(&list, wish, &principals, &levels, &mut changes).await?;
        if wish.key == "definitions" {
            publish_workflows(&list, &mut changes).await?;
        }
    }
    Ok(changes.made)
}

async fn publish_workflows(list: &m365::sharepoint::List, changes: &mut Changes) -> Result<(), SetupError> {
    for body in WORKFLOWS {
        let definition = workflow::Definition::parse(body)?;
        let row = DefinitionRow {
            key: definition.key.as_str(),
            kind: "workflow",
            version: definition.version,
            body,
        };
        publish(list, &row, changes).await?;
    }
    Ok(())
}
