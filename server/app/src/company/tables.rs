//! Master tables: one file each, CSV with the names of its columns above, or JSON with an array of objects.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{CompanyError, Table, unreadable};

const KEY: &str = "organisation.masters";

/// By the names of their files.
pub(super) fn read(folder: &Path) -> Result<BTreeMap<String, Table>, CompanyError> {
    let mut tables = BTreeMap::new();
    for path in files(folder).map_err(unreadable(KEY, folder))? {
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else {
            continue;
        };
        let text = std::fs::read_to_string(&path).map_err(unreadable(KEY, &path))?;
        let table = table(&path, &text).map_err(|problem| CompanyError::Table {
            path: path.clone(),
            problem,
        })?;
        if tables.insert(name.to_owned(), table).is_some() {
            return Err(CompanyError::TableTwice(name.to_owned()));
        }
    }
    Ok(tables)
}

fn ends(path: &Path, end: &str) -> bool {
    path.extension().is_some_and(|extension| extension == end)
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = entries.collect::<Result<_, _>>()?;
    files.retain(|path| ends(path, "csv") || ends(path, "json"));
    files.sort();
    Ok(files)
}

fn table(path: &Path, text: &str) -> Result<Table, String> {
    if ends(path, "json") {
        return serde_json::from_str(text)
            .map_err(|error| format!("{error}; write an array of objects, one for each row"));
    }
    forms::csv::read_table(text).map_err(|error| {
        let problem = serde_json::to_value(error.problem).unwrap_or_default();
        let problem = problem.as_str().unwrap_or_default().replace('_', " ");
        let (line, column) = (error.line, error.column);
        format!(
            "line {line}, column {column}: {problem}; save it as UTF-8 CSV whose first line names the columns"
        )
    })
}
