//! `$batch`: many operations in one request, in order, without a transaction.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{reply, shape::Shape, single};
use crate::call::{Call, Reply};
use crate::caller::Caller;
use crate::sharepoint::operations::fault::{Fault, INVALID_CLIENT_QUERY};
use crate::world::World;

/// Query operations and change sets in one batch (message of Microsoft's OData library).
const PARTS: usize = 100;
/// Operations in one change set (default of Microsoft's OData library).
const OPERATIONS_A_CHANGESET: usize = 1_000;
/// Bytes of a batch (error text of SharePoint Online).
const BYTES: usize = 1_048_576;

/// Answers a batch.
pub(super) fn answer(world: &World, caller: &Caller, call: &Call) -> Reply {
    match operations(call) {
        Ok(calls) => {
            let replies: Vec<Reply> = calls.iter().map(|call| single(world, caller, call)).collect();
            together(call, &replies)
        }
        Err(fault) => reply::fault(&fault, Shape::of(call), world.names.id, false),
    }
}

/// Operations in a batch; 1 for what cannot be read.
pub(super) fn count(call: &Call) -> u32 {
    operations(call).map_or(1, |calls| u32::try_from(calls.len()).unwrap_or(u32::MAX))
}

fn too_much(message: &str) -> Fault {
    Fault::new(400, -1, INVALID_CLIENT_QUERY, message)
}

fn malformed() -> Fault {
    too_much("The batch request is not valid.")
}

pub(super) fn operations(call: &Call) -> Result<Vec<Call>, Fault> {
    if call.body.len() > BYTES {
        return Err(too_much(
            "The maximum number of bytes allowed to be read from the stream has been exceeded. After the last read operation, a total of 1048577 bytes has been read from the stream; however a maximum of 1048576 bytes is allowed.",
        ));
    }
    let boundary = boundary(call.header("content-type").unwrap_or_default()).ok_or_else(malformed)?;
    // One kind of line end: some clients send bare LF. Bodies are JSON, where CR means nothing.
    let text = String::from_utf8_lossy(&call.body).replace("\r\n", "\n");
    let parts = parts(&text, &boundary);
    if parts.len() > PARTS {
        return Err(too_much(
            "The current batch message contains too many parts. Only batch messages with a maximum number of '100' query operations and change sets are allowed.",
        ));
    }
    let mut calls = Vec::new();
    for part in parts {
        let (headers, content) = head(part);
        match value(&headers, "content-type").and_then(boundary_of_changeset) {
            None => calls.push(operation(call, content)?),
            Some(boundary) => {
                let inner = self::parts(content, &boundary);
                if inner.len() > OPERATIONS_A_CHANGESET {
                    return Err(too_much(
                        "The current change set contains too many operations. Only change sets with a maximum number of '1000' operations are allowed.",
                    ));
                }
                for part in inner {
                    calls.push(operation(call, head(part).1)?);
                }
            }
        }
    }
    Ok(calls)
}

fn boundary(content_type: &str) -> Option<String> {
    let (_, rest) = content_type.split_once("boundary=")?;
    let value = rest.split(';').next()?.trim().trim_matches('"');
    (!value.is_empty()).then(|| value.to_owned())
}

fn boundary_of_changeset(content_type: &str) -> Option<String> {
    content_type
        .trim_start()
        .starts_with("multipart/mixed")
        .then(|| boundary(content_type))
        .flatten()
}

/// What stands between the delimiter lines.
fn parts<'a>(text: &'a str, boundary: &str) -> Vec<&'a str> {
    let delimiter = format!("--{boundary}");
    let mut parts: Vec<&str> = text.split(delimiter.as_str()).skip(1).collect();
    if parts.last().is_some_and(|last| last.starts_with("--")) {
        parts.pop();
    }
    parts
        .into_iter()
        .map(|part| part.trim_start_matches('\n'))
        .collect()
}

/// Header lines and what follows the blank line.
fn head(part: &str) -> (Vec<(String, String)>, &str) {
    let (head, content) = part.split_once("\n\n").unwrap_or((part, ""));
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let headers = lines.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    (headers.collect(), content)
}

fn value<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// One inner request. The digest of the batch counts for all of them.
fn operation(outer: &Call, text: &str) -> Result<Call, Fault> {
    let text = text.trim_start_matches('\n');
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut words = line.split(' ');
    let method = words
        .next()
        .and_then(|word| Method::from_bytes(word.as_bytes()).ok())
        .ok_or_else(malformed)?;
    // A URL may hold raw blanks: the version is the last word.
    let url: Vec<&str> = words.collect();
    let url = url
        .split_last()
        .map(|(_, url)| url.join("%20"))
        .ok_or_else(malformed)?;
    let url = url
        .strip_prefix(&format!("https://{}", outer.host))
        .unwrap_or(&url);
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let rest = format!("\n{rest}");
    let (head, body) = rest.split_once("\n\n").unwrap_or((rest.as_str(), ""));
    let mut headers = HeaderMap::new();
    for (name, value) in head.lines().filter_map(|line| line.split_once(':')) {
        let name = HeaderName::from_bytes(name.trim().as_bytes()).map_err(|_| malformed())?;
        headers.insert(
            name,
            HeaderValue::from_str(value.trim()).map_err(|_| malformed())?,
        );
    }
    if let Some(digest) = outer.headers.get("x-requestdigest") {
        headers.entry("x-requestdigest").or_insert_with(|| digest.clone());
    }
    Ok(Call {
        method,
        host: outer.host.clone(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: Bytes::from(body.trim_end_matches('\n').to_owned()),
        request_id: outer.request_id,
    })
}

/// The answers, flat, each with upper-case header names, exactly as SharePoint lays them out.
fn together(call: &Call, replies: &[Reply]) -> Reply {
    let boundary = format!("batchresponse_{}", call.request_id);
    let mut body = Vec::new();
    for reply in replies {
        let reason = http::StatusCode::from_u16(reply.status)
            .ok()
            .and_then(|status| status.canonical_reason());
        let reason = reason.unwrap_or("Unknown");
        let head = format!(
            "--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 {} {reason}\r\n",
            reply.status
        );
        body.extend_from_slice(head.as_bytes());
        for (name, value) in &reply.headers {
            body.extend_from_slice(format!("{}: {value}\r\n", name.to_ascii_uppercase()).as_bytes());
        }
        body.extend_from_slice(b"\r\n");
        body.extend_from_slice(&reply.body);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Reply::text(200, &format!("multipart/mixed; boundary={boundary}"), body)
}
