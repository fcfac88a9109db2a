//! Our web parts on Microsoft's own SharePoint Framework runtime.
//!
//! The runtime is not open source: it is read from the developer's own `node_modules` and never shipped.
//! What SharePoint's pages do around it (loader data, assets, single sign-on page) is done here.

mod application;
mod approval;
mod files;
mod manifests;
mod package;
mod page_context;
mod preloaded;
mod runtime;

use std::path::{Path, PathBuf};

pub(super) use files::answer;
pub(super) use package::Package;
pub(super) use preloaded::preloaded;
use runtime::Runtime;

/// Why the home page cannot host the web parts, in words for the developer.
#[derive(Debug, thiserror::Error)]
pub enum Missing {
    #[error("no folder with Microsoft's SPFx packages was given")]
    NoModules,
    #[error("no .sppkg was given")]
    NoPackage,
    #[error("{}: {why}", path.display())]
    Unreadable { path: PathBuf, why: String },
}

/// The runtime and our package, as far as they are there.
#[derive(Debug)]
pub struct Spfx {
    pub(super) runtime: Result<Runtime, Missing>,
    pub(super) package: Result<Package, Missing>,
}

impl Default for Spfx {
    fn default() -> Self {
        Self::open(None, None)
    }
}

impl Spfx {
    /// Reads the manifests below `modules` (a `node_modules` folder) and unpacks `package` (a `.sppkg`).
    /// What is missing is told on the home page, not here: the rest of the site works without.
    pub fn open(modules: Option<&Path>, package: Option<&Path>) -> Self {
        Self {
            runtime: modules.ok_or(Missing::NoModules).and_then(Runtime::read),
            package: package.ok_or(Missing::NoPackage).and_then(Package::open),
        }
    }
}
