//! How many must agree at a step, read from the definitions that are shipped.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

/// What other systems do: `requests/custom_actions.rs` breaks their calls.
const ELSEWHERE: &str = "customAction";

/// The definitions of what is carried out in Microsoft 365, by their keys.
pub(crate) fn shipped() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../manifests/workflows");
    let files = std::fs::read_dir(folder).expect("manifests/workflows");
    files
        .map(|file| {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("a definition");
            let definition: Value = serde_json::from_str(&text).expect("JSON");
            let key = definition["key"].as_str().expect("a key").to_owned();
            (key, definition)
        })
        .filter(|(_, definition)| definition["execution"]["plan"]["action"] != ELSEWHERE)
        .collect()
}

/// Whether the step of this title is the last one of those that are never skipped.
pub(crate) fn is_last(definition: &Value, title: &str) -> bool {
    let mut steps = definition["steps"].as_array().into_iter().flatten();
    let last = steps.rfind(|step| step["when"].is_null());
    last.is_some_and(|step| step["title"]["ja"] == title)
}

/// Who decides at the step of this title.
pub(crate) enum Voters {
    Manager,
    /// So many of Information Systems.
    Experts(usize),
}

pub(crate) fn voters(definition: &Value, title: &str) -> Option<Voters> {
    let mut steps = definition["steps"].as_array()?.iter();
    let step = steps.find(|step| step["title"]["ja"] == title)?;
    let approval = &step["kind"]["approval"];
    if approval["assignees"][0]["from"] == "manager" {
        return Some(Voters::Manager);
    }
    let of = approval["quorum"]["of"].as_str()?;
    let number = match of {
        "any" => 1,
        "n" => usize::try_from(approval["quorum"]["n"].as_u64()?).ok()?,
        _ => usize::MAX,
    };
    Some(Voters::Experts(number))
}
