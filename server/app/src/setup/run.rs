//! The order of setup: levels, then list by list, then what the lists hold.

use m365::sharepoint::{ListInfo, ListRef, Site};
use store::Ordinal;
use thiserror::Error;
use workflow::Definition;

use super::change::{Change, Changes, Mode};
use super::definitions::{self, DefinitionRow, is_published, publish};
use super::principals::Principals;
use super::{
    List, Manifest, ManifestError, columns, content_types, grants, levels, lists, shards, views,
    workflow_names,
};
use crate::config::Config;
use crate::jobs::JobError;
use crate::places::UNREADY;
use crate::workflows::{self, Offered};

/// The workflows that this build carries, as JSON text.
pub const WORKFLOWS: [&str; 37] = [
    include_str!("../../../../manifests/workflows/user-create.json"),
    include_str!("../../../../manifests/workflows/users-create.json"),
    include_str!("../../../../manifests/workflows/user-change.json"),
    include_str!("../../../../manifests/workflows/user-block.json"),
    include_str!("../../../../manifests/workflows/user-allow.json"),
    include_str!("../../../../manifests/workflows/user-password.json"),
    include_str!("../../../../manifests/workflows/user-delete.json"),
    include_str!("../../../../manifests/workflows/user-offboard.json"),
    include_str!("../../../../manifests/workflows/user-licences.json"),
    include_str!("../../../../manifests/workflows/group-create.json"),
    include_str!("../../../../manifests/workflows/group-change.json"),
    include_str!("../../../../manifests/workflows/group-delete.json"),
    include_str!("../../../../manifests/workflows/group-adopt.json"),
    include_str!("../../../../manifests/workflows/m365-group-create.json"),
    include_str!("../../../../manifests/workflows/m365-group-change.json"),
    include_str!("../../../../manifests/workflows/m365-group-delete.json"),
    include_str!("../../../../manifests/workflows/m365-group-adopt.json"),
    include_str!("../../../../manifests/workflows/team-create.json"),
    include_str!("../../../../manifests/workflows/team-change.json"),
    include_str!("../../../../manifests/workflows/team-delete.json"),
    include_str!("../../../../manifests/workflows/team-join.json"),
    include_str!("../../../../manifests/workflows/team-adopt.json"),
    include_str!("../../../../manifests/workflows/list-create.json"),
    include_str!("../../../../manifests/workflows/list-change.json"),
    include_str!("../../../../manifests/workflows/list-delete.json"),
    include_str!("../../../../manifests/workflows/list-adopt.json"),
    include_str!("../../../../manifests/workflows/distribution-create.json"),
    include_str!("../../../../manifests/workflows/distribution-change.json"),
    include_str!("../../../../manifests/workflows/distribution-delete.json"),
    include_str!("../../../../manifests/workflows/distribution-adopt.json"),
    include_str!("../../../../manifests/workflows/mailbox-create.json"),
    include_str!("../../../../manifests/workflows/mailbox-change.json"),
    include_str!("../../../../manifests/workflows/mailbox-delete.json"),
    include_str!("../../../../manifests/workflows/contact-create.json"),
    include_str!("../../../../manifests/workflows/contact-change.json"),
    include_str!("../../../../manifests/workflows/contact-delete.json"),
    include_str!("../../../../manifests/workflows/custom-action.json"),
];

/// The list that `publish_workflows` writes.
const DEFINITIONS: &str = "Lists/PFDefinitions";
/// A new list is made and looked at so many times at most.
const LOOKS: u32 = 4;

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
    #[error(
        "{0} has no content type for items; add the content type Item in its settings and run setup again"
    )]
    NoContentType(String),
    #[error("{0} does not stay as it was made; is another setup running?")]
    Unsettled(String),
    #[error("{0} was created but cannot be read; wait a minute and run setup again")]
    Unseen(String),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Workflows(#[from] crate::workflows::WorkflowsError),
}

/// What waiting cannot mend needs a person.
impl From<SetupError> for JobError {
    fn from(error: SetupError) -> Self {
        match error {
            SetupError::Remote(error) if error.is_not_found() => UNREADY,
            SetupError::Remote(error) => error.into(),
            SetupError::Store(error) => error.into(),
            error => Self::Stuck(error.to_string()),
        }
    }
}

/// Compares the site with the manifests and, in `Mode::Apply`, removes each difference.
/// Running it again changes nothing. Needs full control of the site.
pub async fn run(site: &Site, config: &Config, mode: Mode) -> Result<Vec<Change>, SetupError> {
    let manifest = Manifest::embedded()?;
    let mut lists = manifest.lists.clone();
    for ordinal in shards::standing(site).await?.into_iter().skip(1) {
        lists.push(manifest.shard(ordinal)?);
    }
    workflow_names::put(&mut lists, &workflows::read(config)?);
    ensure(site, config, mode, (&manifest, &lists)).await
}

/// Makes the list of applications of this number be what the manifest says, and looks again until nothing differs:
/// another instance may have been at it at the same time. Idempotent.
pub(crate) async fn open_shard(
    site: &Site,
    config: &Config,
    ordinal: Ordinal,
) -> Result<ListInfo, SetupError> {
    let manifest = Manifest::embedded()?;
    let mut list = manifest.shard(ordinal)?;
    workflow_names::put(std::slice::from_mut(&mut list), &workflows::read(config)?);
    let wishes = (&manifest, std::slice::from_ref(&list));
    for _ in 0..LOOKS {
        if !ensure(site, config, Mode::Apply, wishes).await?.is_empty() {
            continue;
        }
        let standing = site.list(ListRef::Path(list.url.clone())).info().await?;
        return standing.ok_or(SetupError::Unseen(list.url));
    }
    Err(SetupError::Unsettled(list.url))
}

async fn ensure(
    site: &Site,
    config: &Config,
    mode: Mode,
    (manifest, wishes): (&Manifest, &[List]),
) -> Result<Vec<Change>, SetupError> {
    let mut changes = Changes::new(mode);
    let levels = levels::ensure(site, &manifest.levels, &mut changes).await?;
    let principals = Principals::ensure(site, config, &mut changes).await?;
    let language = config.mail.language;
    for wish in wishes {
        let Some(list) = lists::ensure(site, wish, language, &mut changes).await? else {
            continue;
        };
        content_types::ensure(&list, wish, language, &mut changes).await?;
        columns::ensure(&list, wish, language, &mut changes).await?;
        views::ensure(&list, wish, language, &mut changes).await?;
        grants::ensure(&list, wish, &principals, &levels, &mut changes).await?;
        if wish.key == "definitions" {
            publish_workflows(&list, config, &mut changes).await?;
        }
    }
    Ok(changes.made)
}

async fn publish_workflows(
    list: &m365::sharepoint::List,
    config: &Config,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    for offered in workflows::read(config)? {
        publish(list, &row(&offered), changes).await?;
    }
    Ok(())
}

fn row(offered: &Offered) -> DefinitionRow<'_> {
    DefinitionRow {
        key: offered.definition.key.as_str(),
        kind: "workflow",
        version: offered.definition.version,
        body: &offered.body,
    }
}

/// The text of a workflow as the site shows it; none: it is not published.
pub(crate) async fn published(site: &Site, key: &str) -> Result<Option<String>, m365::Error> {
    let list = site.list(ListRef::Path(DEFINITIONS.to_owned()));
    definitions::published(&list, key).await
}

/// The workflows that are offered and that the site does not show yet as they are.
pub(crate) async fn unpublished(site: &Site, config: &Config) -> Result<Vec<Definition>, SetupError> {
    let list = site.list(ListRef::Path(DEFINITIONS.to_owned()));
    let mut unpublished = Vec::new();
    for offered in workflows::read(config)? {
        if !is_published(&list, &row(&offered)).await? {
            unpublished.push(offered.definition);
        }
    }
    Ok(unpublished)
}
