//! Workflow definitions: rows of the list 定義, which everyone reads.

use m365::sharepoint::{Filter, ItemQuery, List};
use serde_json::{Map, Value, json};

use super::SetupError;
use super::change::{Action, Changes};

/// What one row is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionRow<'a> {
    pub key: &'a str,
    /// `workflow` or `master`.
    pub kind: &'a str,
    pub version: u32,
    /// JSON text.
    pub body: &'a str,
}

/// Makes the row of this key say this. Idempotent: found by key and kind first.
pub async fn publish(list: &List, row: &DefinitionRow<'_>, changes: &mut Changes) -> Result<(), SetupError> {
    let query = ItemQuery::select(&["Title", "PFKind", "PFDefVersion", "PFBody"])
        .filter(Filter::text("PFKind", row.kind));
    let items = list.items(&query).await?;
    let found = items.iter().find(|item| item.text("Title") == Some(row.key));
    let same = found.is_some_and(|item| {
        item.text("PFBody") == Some(row.body)
            && item.fields.get("PFDefVersion").and_then(Value::as_f64) == Some(f64::from(row.version))
    });
    if same || !changes.wanted(Action::PublishDefinition, format!("{} {}", row.kind, row.key)) {
        return Ok(());
    }
    let fields = fields(row);
    match found {
        Some(item) => list.overwrite_item(item.id, &fields).await?,
        None => {
            list.add_item(&fields).await?;
        }
    }
    Ok(())
}

fn fields(row: &DefinitionRow<'_>) -> Map<String, Value> {
    let fields =
        json!({"Title": row.key, "PFKind": row.kind, "PFDefVersion": row.version, "PFBody": row.body});
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
