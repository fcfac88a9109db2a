//! Every route that the reference names in its sections 2 to 6 (`reference.tsv`, written by
//! `scripts/routes-of-reference`) is one of those called here as clients spell them (`routes.json`), and answers as
//! documented. `tests/clients/routes.mjs` calls the same over the wire and asks whether Microsoft's metadata know
//! what comes back.

mod refused;
mod spelling;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use self::spelling::Spelling;
use super::harness::{House, MORI, SATO, app, call, house, id_of};
use crate::sharepoint::door;

/// Section and spelling, a line each.
const REFERENCE: &str = include_str!("reference.tsv");

/// `{name}` in a call or body stands for what is known, or for what an earlier answer gave (`keep`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Route {
    section: String,
    /// Method (`POST+MERGE` = X-HTTP-Method over POST) and what stands behind `/_api/`.
    call: String,
    #[serde(default)]
    body: String,
    status: u16,
    /// Keeps `Id`, `id`, `value` or `ReceiverId` of the answer under this name.
    #[serde(default)]
    keep: String,
    /// What the answer is, where it does not say so itself: for the client.
    #[serde(default, rename = "type")]
    _type: String,
}

fn routes() -> Vec<Route> {
    serde_json::from_str(include_str!("routes.json")).unwrap()
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
    let batch = filled(&route.body, known);
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
        known.insert(route.keep.clone(), value);
    }
    let unknown = reply.status == 501 || text.to_lowercase().contains("notmodelled");
    (unknown || reply.status != route.status)
        .then(|| format!("{} instead of {}: {text}", reply.status, route.status))
}

fn known(house: &House) -> Known {
    let mail = format!("{SATO}@contoso.onmicrosoft.com");
    let known = [
        ("mori", house.ensure(MORI).to_string()),
        ("sato", house.ensure(SATO).to_string()),
        ("satoMailEncoded", mail.replace('@', "%40")),
        ("satoMail", mail),
        ("satoObject", id_of(SATO).0.to_string()),
        ("tenant", house.world.names.id.to_string()),
    ];
    known.map(|(name, value)| (name.to_owned(), value)).into()
}

#[test]
fn every_route_is_modelled() {
    let house = house();
    let mut known = known(&house);
    let mut missing = Vec::new();
    let routes = routes();
    for route in &routes {
        let fault = fault_of(&house, route, &mut known);
        let verdict = if fault.is_some() { "MISSING" } else { "ok" };
        println!("{:4} {verdict:8} {} {}", route.section, route.status, route.call);
        missing.extend(fault.map(|fault| format!("{}: {fault}", route.call)));
    }
    println!("{} routes, {} missing", routes.len(), missing.len());
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_route_that_the_reference_names_is_called() {
    let routes = routes();
    let called: Vec<_> = routes.iter().map(|route| Spelling::of(&route.call)).collect();
    let named: Vec<_> = REFERENCE
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .collect();
    let is_called = |spelling: &str| {
        let named = Spelling::of(spelling);
        called.iter().any(|called| called.is(&named))
    };
    let missing: Vec<_> = named
        .iter()
        .filter(|(_, spelling)| !is_called(spelling))
        .collect();
    println!(
        "{} routes of the reference, {} missing",
        named.len(),
        missing.len()
    );
    assert!(named.len() > 50 && missing.is_empty(), "{missing:#?}");
}
