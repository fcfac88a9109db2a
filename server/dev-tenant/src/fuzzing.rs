//! Doors for tests/fuzz to the readers of what clients send; those that are public already are not here.

use serde_json::{Value, json};

use crate::call::Call;
use crate::graph;
use crate::sharepoint::byte_range::part;
use crate::sharepoint::farm::soap;
use crate::sharepoint::rest::query::Query;
use crate::sharepoint::rest::{filter_syntax, path};

/// SharePoint's `$filter`, held against an item that is itself whatever was asked.
pub fn sharepoint_filter(text: &str) {
    if let Ok(filter) = filter_syntax::parse(text) {
        for value in values(text) {
            filter.holds(&|_| value.clone());
        }
    }
}

/// Graph's `$filter`.
pub fn graph_filter(text: &str) {
    if let Ok(filter) = graph::filter::parse(text) {
        filter.is_advanced();
        for value in values(text) {
            let object = json!({ "displayName": value, "accountEnabled": value, "proxyAddresses": [value] });
            graph::filter::holds(&filter, &object);
        }
    }
}

fn values(text: &str) -> [Value; 4] {
    [
        json!(text),
        json!(1.5),
        json!("2026-01-02T03:04:05Z"),
        Value::Null,
    ]
}

/// What stands behind `/_api/`, and its query.
pub fn path_and_query(rest: &str, query: &str) {
    drop(path::parse(rest, &Query::parse(query)));
}

/// What a remote event receiver answers; whether it could be read.
pub fn verdict(answer: &str) -> bool {
    soap::verdict(answer).is_some()
}

/// What of a file a call gets: status, headers and content.
pub fn byte_range(call: &Call, content: &[u8]) -> (u16, Vec<(&'static str, String)>, Vec<u8>) {
    let part = part(call, content.to_vec());
    (part.status, part.headers, part.bytes)
}
