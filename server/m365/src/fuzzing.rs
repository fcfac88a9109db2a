//! Doors for tests/fuzz to the readers of what services answer.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use jiff::Timestamp;
use url::Url;

use crate::{
    Error, Origin, Service,
    call::{Answer, Call},
    csom::answer::Results,
    exchange,
    farm::Realm,
    graph::Delta,
    verdict::{judge, rate_limit},
};

/// An answer of ProcessQuery, and all that is asked of one.
pub fn csom_answer(body: &[u8]) {
    if let Ok(results) = Results::read(answer(Service::SharePoint, body)) {
        for id in 0..32 {
            drop(results.scope(id));
            drop(results.item(id));
        }
    }
}

/// A page of the directory's changes; the address at which Graph is asked for the next one, if it is Graph's.
pub fn delta(body: &[u8]) -> Option<Url> {
    let page = Delta::read(&answer(Service::Graph, body)).ok()?;
    page.next.on(&Origin::constant("https://graph.microsoft.com"))
}

/// Rows of Exchange; the address at which it is asked for more of them, if it is Exchange's.
pub fn exchange_answer(body: &[u8]) -> Option<Url> {
    let next = exchange::read_as_all(&answer(Service::Exchange, body))?;
    Origin::constant("https://outlook.office365.com").own(&next)
}

/// The realm that a farm names in its challenges.
pub fn realm(headers: &HeaderMap) -> Option<Realm> {
    Realm::of_challenge(headers)
}

fn answer(service: Service, body: &[u8]) -> Answer {
    Answer {
        service,
        operation: "fuzz",
        needs: "",
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: Bytes::copy_from_slice(body),
        whole: true,
    }
}

/// What a refusal means, whichever service it came from.
pub fn refusal(status: StatusCode, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Vec<Error> {
    let url = Url::parse("https://contoso.sharepoint.com/").expect("an address");
    let services = [
        Service::Login,
        Service::Graph,
        Service::Exchange,
        Service::SharePoint,
    ];
    let calls = services.into_iter().flat_map(|service| {
        [Method::GET, Method::POST].map(|method| Call::new(service, "fuzz", method, url.clone()))
    });
    rate_limit(headers, now);
    calls
        .map(|call| judge(&call, status, headers, body, now, Duration::ZERO))
        .collect()
}
