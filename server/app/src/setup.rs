//! `provisioning-flow setup`: makes the site be what the manifests say, and tells what it changed.

mod manifest;

pub use manifest::{Field, FieldKind, Grantee, Level, List, Manifest, ManifestError, View, Words};
