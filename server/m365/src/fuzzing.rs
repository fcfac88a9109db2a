//! Doors for tests/fuzz to the readers of what services answer.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use jiff::Timestamp;
use url::Url;

use crate::{
    Error, Service,
    call::{Answer, Call},
    csom::answer::Results,
    verdict::{judge, rate_limit},
};

/// An answer of ProcessQuery, and all that is asked of one.
pub fn csom_answer(body: &[u8]) {
    let answer = Answer {
        service: Service::SharePoint,
        operation: "fuzz",
        needs: "",
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: Bytes::copy_from_slice(body),
        whole: true,
    };
    if let Ok(results) = Results::read(answer) {
        for id in 0..32 {
            drop(results.scope(id));
            drop(results.item(id));
        }
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
