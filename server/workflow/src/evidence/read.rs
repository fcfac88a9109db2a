//! From the bytes of a file to a package: only the canonical text of one is taken.

use serde_json::Value;

use crate::evidence::{FORMAT, Fault, Package, Problem, VERSION};
use crate::hash::canonical;

pub(super) fn read(file: &[u8]) -> Result<(Value, Package), Fault> {
    let fault = |problem, bytes, detail: String| Fault {
        problem,
        line: None,
        member: String::new(),
        bytes,
        detail,
    };
    let text = std::str::from_utf8(file).map_err(|error| {
        let from = error.valid_up_to();
        fault(Problem::NotText, from..from + 1, String::new())
    })?;
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let at = offset(text, &error);
        fault(Problem::NotJson, at..at + 1, error.to_string())
    })?;
    let wanted = canonical(&value);
    if wanted != text {
        let same = wanted
            .bytes()
            .zip(text.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        return Err(fault(Problem::NotCanonical, same..text.len(), String::new()));
    }
    if value["format"] != FORMAT || value["version"] != VERSION {
        let found = format!("{} {}", value["format"], value["version"]);
        return Err(fault(Problem::OtherFormat, 0..text.len(), found));
    }
    let package = serde_json::from_str(text).map_err(|error| {
        let at = offset(text, &error);
        fault(Problem::NotAPackage, at..at + 1, error.to_string())
    })?;
    Ok((value, package))
}

/// Where serde says that it stopped.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1)
}
