//! `provisioning-flow setup`: makes the site be what the manifests say, and tells what it changed.

#[cfg(test)]
mod add_in;
mod change;
mod columns;
mod content_types;
mod definitions;
mod formatting;
mod grants;
pub mod hints;
mod levels;
mod lists;
mod manifest;
mod principals;
pub mod receivers;
mod run;
mod shards;
pub mod template;
mod views;
pub mod webhooks;
mod workflow_names;

pub use change::{Action, Change, Changes, Mode};
pub use definitions::{DefinitionRow, publish};
pub use formatting::formatter;
pub use manifest::{
    BuiltIn, Button, Choice, Field, FieldKind, Grant, Grantee, Level, List, Manifest, ManifestError, View,
    Words,
};
pub use run::{SetupError, WORKFLOWS, run};
pub(crate) use run::{open_shard, published, unpublished};
pub(crate) use shards::{standing, watched};
