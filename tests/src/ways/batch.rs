//! The same questions inside a `$batch`.

use reqwest::StatusCode;
use serde_json::Value;

use crate::person::{Person, SITE};

const BOUNDARY: &str = "batch_ways";
const CHANGES: &str = "changeset_ways";

/// What one GET below `/_api` is answered, asked inside a batch.
pub(super) async fn get(person: &Person, path: &str) -> (StatusCode, Value) {
    let part = format!(
        "--{BOUNDARY}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
         GET {SITE}/_api/{path} HTTP/1.1\r\nAccept: application/json;odata=nometadata\r\n\r\n--{BOUNDARY}--\r\n"
    );
    only_part(person, part).await
}

/// The same of one POST, which belongs into a set of changes although it changes nothing.
pub(super) async fn post(person: &Person, path: &str, body: &Value) -> (StatusCode, Value) {
    let json = "application/json;odata=nometadata";
    let part = format!(
        "--{BOUNDARY}\r\nContent-Type: multipart/mixed; boundary=\"{CHANGES}\"\r\n\r\n\
         --{CHANGES}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
         POST {SITE}/_api/{path} HTTP/1.1\r\nAccept: {json}\r\nContent-Type: {json}\r\n\r\n\
         {body}\r\n--{CHANGES}--\r\n--{BOUNDARY}--\r\n"
    );
    only_part(person, part).await
}

async fn only_part(person: &Person, part: String) -> (StatusCode, Value) {
    let kind = format!("multipart/mixed; boundary={BOUNDARY}");
    let (status, answer) = person.post("_api/$batch", &kind, part).await;
    let text = answer.as_str().unwrap_or_default();
    inner(text).unwrap_or_else(|| panic!("no part of a batch: {status}: {answer}"))
}

/// Status and body of the only part.
fn inner(text: &str) -> Option<(StatusCode, Value)> {
    let (_, part) = text.split_once("HTTP/1.1 ")?;
    let status = part.get(..3)?.parse().ok()?;
    let (_, body) = part.split_once("\r\n\r\n")?;
    let (body, _) = body.rsplit_once("--batchresponse_")?;
    let body = body.trim();
    let body = serde_json::from_str(body).unwrap_or_else(|_| Value::String(body.to_owned()));
    Some((status, body))
}
