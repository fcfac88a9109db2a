//! Verdicts on refusals of Exchange's admin API. It describes a failed cmdlet as `id|type of exception|words`; the id
//! may be missing, and so may everything around it.

use http::HeaderMap;
use serde_json::Value;

use super::{Remote, lost};
use crate::{Verdict, call::Call};

/// Said of a server that did not take the cmdlet: nothing was done.
const BUSY: [&str; 2] = ["ServerBusyException", "CmdletProxyNotAvailableFailure"];
/// Said of a server that failed in the middle of it.
const FAILED: [&str; 2] = ["TransientException", "BackendCommunicationException"];

const NOT_FOUND: [&str; 2] = ["ManagementObjectNotFoundException", "MemberNotFoundException"];
/// `MemberAlreadyExistsException`, `ADObjectAlreadyExistsException` and their like.
const EXISTS: [&str; 2] = ["AlreadyExistsException", "ProxyAddressExistsException"];
/// Several objects have the name: asking again does not change that.
const AMBIGUOUS: &str = "ManagementObjectAmbiguousException";

/// Reads an error: `code` is the exception's name without its namespace where one is told, `kind` the whole of it.
pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Remote {
    let plain = Remote::read(headers, body);
    let Ok(json) = serde_json::from_slice::<Value>(body) else {
        return plain;
    };
    let words = words(&json);
    let Some(first) = words.first() else {
        return plain;
    };
    let (kind, message) = split(first);
    let name = kind.map(|kind| kind.rsplit('.').next().unwrap_or(kind).to_owned());
    Remote {
        code: name.or(plain.code),
        kind: kind.map(str::to_owned),
        details: words.iter().map(|text| (*text).to_owned()).collect(),
        message: message.to_owned(),
    }
    .shortened()
}

/// The verdict by what is told, if that says enough.
pub(super) fn verdict(call: &Call, remote: &Remote) -> Option<Verdict> {
    if tells(remote, BUSY) {
        return Some(Verdict::Transient { retry_after: None });
    }
    if tells(remote, FAILED) {
        return Some(lost(call));
    }
    match remote.code.as_deref()? {
        code if NOT_FOUND.contains(&code) || code == "NotFound" => Some(Verdict::NotFound),
        code if EXISTS.iter().any(|end| code.ends_with(end)) => Some(Verdict::Conflict),
        AMBIGUOUS => Some(Verdict::Invalid),
        _ => None,
    }
}

fn tells(remote: &Remote, words: [&str; 2]) -> bool {
    let told = |word: &str| remote.details.iter().any(|detail| detail.contains(word));
    words.into_iter().any(told)
}

/// What is told, best words first. Names of members come in more than one spelling.
fn words(json: &Value) -> Vec<&str> {
    let error = member(json, "error");
    let details = member(error, "details").as_array().into_iter().flatten();
    let inner = member(member(error, "innererror"), "internalexception");
    let all = details
        .map(|detail| member(detail, "message"))
        .chain([member(inner, "message"), member(error, "message")])
        .chain([member(inner, "type")]);
    all.filter_map(Value::as_str)
        .filter(|text| !text.trim().is_empty())
        .collect()
}

fn member<'a>(json: &'a Value, name: &str) -> &'a Value {
    let members = json.as_object().into_iter().flatten();
    let mut found = members.filter(|(key, _)| key.eq_ignore_ascii_case(name));
    found.next().map_or(&Value::Null, |(_, value)| value)
}

/// The exception's type, if the words have the usual shape, and the words themselves.
fn split(text: &str) -> (Option<&str>, &str) {
    let mut parts = text.splitn(3, '|').map(str::trim);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(_), Some(kind), Some(words)) if is_type(kind) => (Some(kind), words),
        _ => (None, text),
    }
}

fn is_type(text: &str) -> bool {
    text.contains('.') && !text.contains(char::is_whitespace)
}
