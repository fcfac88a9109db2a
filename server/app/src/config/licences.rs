//! Licences as the company gives them.

use std::path::PathBuf;

use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Licences {
    /// A file of licence profiles, which forms offer beside the tenant's products. Read whenever the products are read.
    pub profiles: Option<PathBuf>,
}
