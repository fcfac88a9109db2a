//! Microsoft's SPFx packages in a `node_modules` folder: their manifests, and their files by name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::Value;

use super::Missing;

/// The package that holds the loader and most of the framework in one file.
pub(super) const ASSEMBLY: &str = "sp-application-base/sp-default-assembly_en-us.js";
/// The parts of React that pages load, by the name of the module.
pub(super) const REACT: [(&str, &str); 2] = [
    ("react", "react/umd/react.production.min.js"),
    ("react-dom", "react-dom/umd/react-dom.production.min.js"),
];

#[derive(Debug)]
pub(crate) struct Runtime {
    /// Package name (`sp-http`) to its manifests.
    pub(super) manifests: Vec<(String, Value)>,
    /// `{package}/{file}` to where it lies. Only these are ever served.
    files: BTreeMap<String, PathBuf>,
}

impl Runtime {
    pub(super) fn read(modules: &Path) -> Result<Self, Missing> {
        let mut runtime = Self {
            manifests: Vec::new(),
            files: BTreeMap::new(),
        };
        let unreadable = |why: &dyn ToString| Missing::Unreadable {
            path: modules.to_owned(),
            why: why.to_string(),
        };
        runtime.collect(modules).map_err(|error| unreadable(&error))?;
        let wanted = REACT.map(|(_, file)| file).into_iter().chain([ASSEMBLY]);
        let held: BTreeSet<&str> = runtime.files.keys().map(String::as_str).collect();
        match wanted.into_iter().find(|file| !held.contains(file)) {
            Some(file) => Err(unreadable(&format!("{file} is not in it"))),
            None => Ok(runtime),
        }
    }

    fn collect(&mut self, modules: &Path) -> io::Result<()> {
        let microsoft = modules.join("@microsoft");
        for entry in fs::read_dir(&microsoft)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let dist = microsoft.join(&name).join("dist");
            if name.starts_with("sp-") && dist.is_dir() {
                self.collect_package(&name, &dist)?;
            }
        }
        for (_, file) in REACT {
            let path = modules.join(file);
            if path.is_file() {
                self.files.insert(file.to_owned(), path);
            }
        }
        Ok(())
    }

    fn collect_package(&mut self, name: &str, dist: &Path) -> io::Result<()> {
        for entry in fs::read_dir(dist)? {
            let path = entry?.path();
            let file = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if file.ends_with(".manifest.json") {
                let manifest = serde_json::from_str(&fs::read_to_string(&path)?)?;
                self.manifests.push((name.to_owned(), manifest));
            } else if path.is_file() {
                self.files.insert(format!("{name}/{file}"), path);
            }
        }
        Ok(())
    }

    /// The file `{package}/{file}`. A chunk is asked for beside the assembly, whichever package has it.
    pub(super) fn file(&self, name: &str) -> Option<&Path> {
        let exact = self.files.get(name);
        let chunk = || {
            let (_, file) = name.rsplit_once('/')?;
            let end = format!("/{file}");
            let mut files = self.files.iter();
            let found = files.find(|(key, _)| file.starts_with("chunk.") && key.ends_with(&end));
            found.map(|(_, path)| path)
        };
        exact.or_else(chunk).map(PathBuf::as_path)
    }
}
