//! `provisioning-flow setup`: makes the site be what the manifests say, and tells what it changed.

mod change;
mod columns;
mod definitions;
mod grants;
mod levels;
mod lists;
mod manifest;
mod run;
mod shards;
pub mod webhooks;

pub use change::{Action, Change, Changes, Mode};
pub use definitions::{DefinitionRow, publish};
pub use manifest::{Field, FieldKind, Grantee, Level, List, Manifest, ManifestError, View, Words};
pub(crate) use run::open_shard;
pub use run::{SetupError, WORKFLOWS, run};
pub(crate) use shards::{standing, watched};
