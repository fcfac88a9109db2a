//! The body of an answer: rows with the types that JSON does not show, and warnings.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::invocation::Invocation;
use crate::call::Reply;

type Row = Map<String, Value>;

pub(super) fn success(
    invocation: &Invocation,
    rows: Vec<Row>,
    warnings: &[String],
    next: Option<String>,
) -> Reply {
    let chosen = chosen(&invocation.call.query);
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|row| Value::Object(annotated(only(row, &chosen))))
        .collect();
    let version = invocation.call.path.split('/').nth(2).unwrap_or_default();
    let context = format!(
        "https://outlook.office365.com/adminapi/{version}/{}/$metadata#Collection(Exchange.GenericHashTable)",
        invocation.world.names.id
    );
    let mut body = json!({
        "@odata.context": context,
        "adminapi.warnings@odata.type": "#Collection(String)",
        "@adminapi.warnings": warnings,
        "value": rows,
    });
    if let Some(next) = next {
        body["@odata.nextLink"] = next.into();
    }
    let reply = Reply::json(200, &body);
    let reply = match invocation.call.header("prefer") {
        Some(wish) => reply.with("Preference-Applied", wish),
        None => reply,
    };
    match warnings.first() {
        Some(warning) => reply.with(
            "X-Warnings",
            warning.replace(|c: char| !c.is_ascii_graphic() && c != ' ', "?"),
        ),
        None => reply,
    }
}

/// `$select=a,b`.
fn chosen(query: &str) -> Vec<String> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let select = pairs.find(|(name, _)| name == "$select").map(|(_, value)| value);
    let names = select.as_deref().unwrap_or_default().split(',').map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn only(mut row: Row, chosen: &[String]) -> Row {
    let is_chosen = |name: &str| chosen.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
    row.retain(|name, _| chosen.is_empty() || is_chosen(name));
    row
}

fn annotated(row: Row) -> Row {
    let mut shown = Row::new();
    for (name, value) in row {
        let is_guid = value.as_str().is_some_and(|text| Uuid::try_parse(text).is_ok());
        if value.is_array() {
            shown.insert(format!("{name}@odata.type"), "#Collection(String)".into());
        } else if is_guid && name.ends_with("Guid") {
            shown.insert(format!("{name}@data.type"), "System.Guid".into());
            shown.insert(format!("{name}@odata.type"), "#Guid".into());
        }
        shown.insert(name, value);
    }
    shown
}
