//! Workflow definitions: rows of the list 定義, which everyone reads.

use m365::sharepoint::{Filter, Item, ItemQuery, List};
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

/// Makes the row of this key say this. Idempotent: found by key and kind first. Where `setup` and `serve` made the first
/// one at the same time there are two, and both say it: whoever reads either reads what holds.
pub async fn publish(list: &List, row: &DefinitionRow<'_>, changes: &mut Changes) -> Result<(), SetupError> {
    let found = all_named(list, row.kind, row.key).await?;
    let others: Vec<&Item> = found.iter().filter(|item| !says(item, row)).collect();
    let is_good = !found.is_empty() && others.is_empty();
    if is_good || !changes.wanted(Action::PublishDefinition, format!("{} {}", row.kind, row.key)) {
        return Ok(());
    }
    let fields = fields(row);
    if found.is_empty() {
        list.add_item(&fields).await?;
    }
    for item in others {
        list.overwrite_item(item.id, &fields).await?;
    }
    Ok(())
}

/// Whether its row says this already; not where there is no list yet.
pub(crate) async fn is_published(list: &List, row: &DefinitionRow<'_>) -> Result<bool, m365::Error> {
    match find(list, row).await {
        Ok(found) => Ok(found.is_some_and(|item| says(&item, row))),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}

/// The text of a workflow as everyone reads it; none: it is not published, or there is no list yet.
pub(crate) async fn published(list: &List, key: &str) -> Result<Option<String>, m365::Error> {
    match named(list, "workflow", key).await {
        Ok(found) => Ok(found.and_then(|item| item.text("PFBody").map(str::to_owned))),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

async fn find(list: &List, row: &DefinitionRow<'_>) -> Result<Option<Item>, m365::Error> {
    named(list, row.kind, row.key).await
}

async fn named(list: &List, kind: &str, key: &str) -> Result<Option<Item>, m365::Error> {
    Ok(all_named(list, kind, key).await?.into_iter().next())
}

async fn all_named(list: &List, kind: &str, key: &str) -> Result<Vec<Item>, m365::Error> {
    let query = ItemQuery::select(&["Title", "PFKind", "PFDefVersion", "PFBody"])
        .filter(Filter::text("PFKind", kind));
    let mut items = list.items(&query).await?;
    items.retain(|item| item.text("Title") == Some(key));
    Ok(items)
}

fn says(item: &Item, row: &DefinitionRow<'_>) -> bool {
    item.text("PFBody") == Some(row.body)
        && item.fields.get("PFDefVersion").and_then(Value::as_f64) == Some(f64::from(row.version))
}

fn fields(row: &DefinitionRow<'_>) -> Map<String, Value> {
    let fields =
        json!({"Title": row.key, "PFKind": row.kind, "PFDefVersion": row.version, "PFBody": row.body});
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
