//! Every route that the reference names in its sections 2 to 6, called as clients spell it.

mod items;
mod lists;
mod permissions;
mod webhooks;

use std::collections::BTreeMap;

use serde_json::Value;

use super::harness::{House, MORI, SATO, app, call, house};
use crate::sharepoint::door;

/// `{name}` in a call or body stands for what an earlier answer gave (`keep`).
#[derive(Clone, Copy)]
struct Route {
    section: &'static str,
    /// Method (`POST+MERGE` = X-HTTP-Method over POST) and what stands behind `/_api/`.
    call: &'static str,
    body: &'static str,
    status: u16,
    /// Keeps `Id`, `id`, `value` or `ReceiverId` of the answer under this name.
    keep: &'static str,
}

const fn route(section: &'static str, call: &'static str, body: &'static str, status: u16) -> Route {
    Route {
        section,
        call,
        body,
        status,
        keep: "",
    }
}

const fn kept(keep: &'static str, route: Route) -> Route {
    Route { keep, ..route }
}

type Known = BTreeMap<String, String>;

fn filled(text: &str, known: &Known) -> String {
    known.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// What is wrong with the route; `None` = it is modelled and answers as documented.
fn fault_of(house: &House, route: &Route, known: &mut Known) -> Option<String> {
    let (method, path) = route.call.split_once(' ').unwrap();
    let (method, tunnelled) = method.split_once('+').unwrap_or((method, ""));
    let mut headers = vec![("if-match", "*"), ("content-type", "application/json")];
    if !tunnelled.is_empty() {
        headers.push(("x-http-method", tunnelled));
    }
    let batch = filled(route.body, known);
    if path.ends_with("$batch") {
        headers[1] = ("content-type", "multipart/mixed; boundary=batch_x");
    }
    let mut asked = call(method, &filled(path, known), &headers, batch);
    if path.starts_with("/_vti_bin") {
        asked.path = format!("/sites/flow{path}");
    }
    let reply = door::answer_as(&house.world, &app(), &asked);
    let text = String::from_utf8_lossy(&reply.body).into_owned();
    let json: Value = serde_json::from_str(&text).unwrap_or_default();
    let gives = ["Id", "id", "value", "ReceiverId"].map(|name| json[name].clone());
    if let Some(value) = gives
        .into_iter()
        .find(|value| !route.keep.is_empty() && !value.is_null() && !value.is_array())
    {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        known.insert(route.keep.to_owned(), value);
    }
    let unknown = reply.status == 501 || text.to_lowercase().contains("notmodelled");
    (unknown || reply.status != route.status)
        .then(|| format!("{} instead of {}: {text}", reply.status, route.status))
}

#[test]
fn every_route_of_the_reference_is_modelled() {
    let house = house();
    let (mori, sato) = (house.ensure(MORI), house.ensure(SATO));
    let mut known = Known::from([
        ("mori".to_owned(), mori.to_string()),
        ("sato".to_owned(), sato.to_string()),
    ]);
    let tables = [
        lists::ROUTES,
        items::ITEMS,
        permissions::ROUTES,
        permissions::BATCHES,
        webhooks::ROUTES,
        items::ENDS,
    ];
    let mut missing = Vec::new();
    let routes: Vec<&Route> = tables.into_iter().flatten().collect();
    for route in &routes {
        let fault = fault_of(&house, route, &mut known);
        let verdict = if fault.is_some() { "MISSING" } else { "ok" };
        println!("{:4} {verdict:8} {} {}", route.section, route.status, route.call);
        missing.extend(fault.map(|fault| format!("{}: {fault}", route.call)));
    }
    println!("{} routes, {} missing", routes.len(), missing.len());
    assert!(missing.is_empty(), "{missing:#?}");
}
