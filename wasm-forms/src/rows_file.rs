//! Rows in a file beside the form: a list column cannot carry a thousand of them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::values::Values;

/// Stands in the form where the rows would: `{"file": "people.rows.json", "sha256": "…", "rows": 1000}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowsFile {
    /// Name of an attachment of the same list item; it ends with [`ROWS_FILE`].
    pub file: String,
    /// Of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    pub rows: usize,
}

/// What the names of such files end with; such attachments are part of the form.
pub const ROWS_FILE: &str = ".rows.json";

/// The fields whose rows stand in files.
pub fn rows_files(values: &Values) -> Vec<(String, RowsFile)> {
    let file = |(key, value): (&String, &Value)| Some((key.clone(), RowsFile::deserialize(value).ok()?));
    values.as_map().iter().filter_map(file).collect()
}

/// The rows of a file's bytes; none if they are not what was announced: rows, and so many.
pub fn read_rows(file: &RowsFile, bytes: &[u8]) -> Option<Value> {
    let rows: Vec<Map<String, Value>> = serde_json::from_slice(bytes).ok()?;
    (rows.len() == file.rows).then(|| rows.into_iter().map(Value::Object).collect())
}
