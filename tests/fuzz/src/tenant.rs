//! What clients send to the dev tenant.

use bytes::Bytes;
use dev_tenant::call::Call;
use dev_tenant::fuzzing;
use dev_tenant::sharepoint::farm::manifest::register;
use dev_tenant::sharepoint::operations::changes::ChangeToken;
use dev_tenant::sharepoint::state::ids::SiteId;
use dev_tenant::sharepoint::{caml, csom, rest};
use http::{HeaderMap, HeaderValue, Method};
use uuid::Uuid;

use crate::{first_line, text};

/// A call with the content type of the first line and the rest as its body.
pub(crate) fn call(path: &str, bytes: &[u8]) -> Call {
    let end = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(bytes.len());
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(&bytes[..end]) {
        headers.insert("content-type", value);
    }
    Call {
        method: Method::POST,
        host: "contoso.sharepoint.com".to_owned(),
        path: path.to_owned(),
        query: String::new(),
        headers,
        body: Bytes::copy_from_slice(bytes.get(end + 1..).unwrap_or_default()),
        request_id: Uuid::nil(),
    }
}

pub(super) fn csom_request(bytes: &[u8]) {
    if let Ok(request) = csom::parse::parse(bytes) {
        assert!(request.paths.len() <= csom::schema::MAX_OBJECT_PATHS);
    }
    assert!(csom::operations(bytes) as usize <= bytes.len().max(1));
}

pub(super) fn batch(bytes: &[u8]) {
    let call = call("/sites/flow/_api/$batch", bytes);
    if let Some(inner) = rest::inner_calls(&call) {
        assert_eq!(rest::operations(&call) as usize, inner.len());
        assert!(inner.iter().map(|call| call.body.len()).sum::<usize>() <= bytes.len() * 3);
    }
}

pub(super) fn graph_batch(bytes: &[u8]) {
    let call = call("/v1.0/$batch", bytes);
    assert!(dev_tenant::graph::operations(&call) as usize <= bytes.len().max(1));
}

pub(super) fn caml(bytes: &[u8]) {
    if let Some(text) = text(bytes) {
        drop(caml::parse::parse(text));
        drop(caml::parse::parse_query(text));
    }
}

/// `$filter` of SharePoint and of Graph.
pub(super) fn filter(bytes: &[u8]) {
    if let Some(text) = text(bytes) {
        fuzzing::sharepoint_filter(text);
        fuzzing::graph_filter(text);
    }
}

/// What stands behind `/_api/`, and on the second line the query.
pub(super) fn address(bytes: &[u8]) {
    if let Some(text) = text(bytes) {
        let (path, query) = first_line(text);
        fuzzing::path_and_query(path, query);
    }
}

pub(super) fn change_token(bytes: &[u8]) {
    if let Some(token) = text(bytes).and_then(|text| ChangeToken::parse(text).ok()) {
        assert_eq!(ChangeToken::parse(&token.write(3, Uuid::nil())).ok(), Some(token));
    }
}

pub(super) fn soap(bytes: &[u8]) {
    if let Some(text) = text(bytes) {
        fuzzing::verdict(text);
    }
}

pub(super) fn manifest(bytes: &[u8]) {
    if let Some(text) = text(bytes) {
        drop(register(text, SiteId(Uuid::nil())));
    }
}

/// The header on the first line, and behind it the file of which a part is asked for.
pub(super) fn byte_range(bytes: &[u8]) {
    let mut call = call("/sites/flow/Lists/PFInbox/Attachments/1/badge.txt", bytes);
    let content = std::mem::take(&mut call.body);
    if let Some(range) = call.headers.remove("content-type") {
        call.headers.insert("range", range);
    }
    let (status, headers, part) = fuzzing::byte_range(&call, &content);
    let told = headers.into_iter().find(|(name, _)| *name == "Content-Range");
    match (status, told) {
        (200, None) => assert_eq!(part, content),
        (206, Some((_, range))) => {
            let wanted = stretch(&range, content.len());
            assert_eq!(part, content[wanted]);
        }
        (416, Some((_, range))) => {
            assert_eq!(range, format!("bytes */{}", content.len()));
            assert!(part.is_empty());
        }
        other => panic!("{other:?}"),
    }
}

/// What `bytes 0-3/10` says of a file of so many bytes.
fn stretch(range: &str, length: usize) -> std::ops::RangeInclusive<usize> {
    let told = range.strip_prefix("bytes ").and_then(|told| told.split_once('/'));
    let (places, whole) = told.expect("a range of a whole");
    let (first, last) = places.split_once('-').expect("two places");
    assert_eq!(whole.parse(), Ok(length));
    first.parse().expect("a place")..=last.parse().expect("a place")
}
