//! The service's configuration for a dev tenant, for the demo and for tests. Behind a feature, since the dev
//! tenant forges tokens.

mod files;
mod kept;

pub use files::{FilesError, PUBLIC_HOST, Place, write};
