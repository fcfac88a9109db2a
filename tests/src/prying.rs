//! Our own API, tried through every door by somebody who has no part in anything.

use dev_tenant::world::World;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::api::ApiToken;
use crate::person::Person;
use crate::rows::{self, APPLICATIONS};

/// What each person has of his own.
const LISTINGS: [&str; 2] = ["applications", "tasks"];
/// Below an application; the last holds what became of a decision.
const OBJECTS: [&str; 3] = ["", "/progress", "/decisions/1"];
/// For administrators and auditors alone.
const REPORTS: [&str; 6] = [
    "reports",
    "reports/volume",
    "reports/workflows",
    "reports/steps",
    "reports/people",
    "reports/late",
];
/// A number that no application bears: what is hidden must look like this.
const NOBODYS: &str = "USR-1999-99999";

/// Status and answer, in which the number that was asked for is not told apart.
type Seen = (StatusCode, String);

/// Tries them all, on the newest application; gives the number of tries.
pub(crate) async fn finds_nothing(world: &World, person: &Person) -> u64 {
    let Some(number) = newest(world) else {
        return 0;
    };
    let reader = ApiToken::by_web_part(world, person).await;
    let portal = ApiToken::by_portal(world, person).await;
    let mut tries = 0;
    for token in [&reader, &portal] {
        for path in LISTINGS {
            let (status, said) = token.get(path).await;
            let is_empty = said["items"].as_array().is_some_and(Vec::is_empty);
            assert!(status.is_success() && is_empty, "{path}: {status}: {said}");
        }
        for path in REPORTS {
            let (status, said) = token.get(path).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}: {said}");
        }
        tries += LISTINGS.len() + REPORTS.len();
    }
    for path in OBJECTS {
        for token in [&reader, &portal] {
            let seen = read(token, &number, path).await;
            is_hidden(path, &seen, &read(token, NOBODYS, path).await);
        }
        tries += 2;
    }
    tries += takes_nothing(&reader, &portal, &number).await;
    u64::try_from(tries).unwrap_or_default()
}

/// A web part may write nothing; who may write finds nothing to write to.
async fn takes_nothing(reader: &ApiToken, portal: &ApiToken, number: &str) -> usize {
    let (status, ..) = reader.act(number, Some("pry"), &withdrawal()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, ..) = reader.decide(number, Some("pry"), &approval()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let acted = async |number: &str| told(number, portal.act(number, Some("pry"), &withdrawal()).await);
    is_hidden("act", &acted(number).await, &acted(NOBODYS).await);
    let decided = async |number: &str| told(number, portal.decide(number, Some("pry"), &approval()).await);
    is_hidden("decision", &decided(number).await, &decided(NOBODYS).await);
    4
}

fn withdrawal() -> Value {
    json!({ "act": "withdraw" })
}

fn approval() -> Value {
    json!({ "choice": "approve", "token": "0".repeat(64) })
}

async fn read(token: &ApiToken, number: &str, path: &str) -> Seen {
    let (status, said) = token.get(&format!("applications/{number}{path}")).await;
    (status, said.to_string().replace(number, "{number}"))
}

fn told(number: &str, (status, place, said): (StatusCode, String, Value)) -> Seen {
    (status, format!("{place}{said}").replace(number, "{number}"))
}

/// Refused, and just as if there were no such application.
fn is_hidden(what: &str, seen: &Seen, without: &Seen) {
    let refusals = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
    assert!(refusals.contains(&seen.0), "{what}: {seen:?}");
    assert_eq!(seen, without, "{what}");
}

fn newest(world: &World) -> Option<String> {
    let tenant = world.tenant();
    let list = rows::list(&tenant, APPLICATIONS)?;
    let newest = list.items.keys().next_back()?;
    let number = rows::text(&tenant, APPLICATIONS, i64::from(newest.0), "PFNumber");
    (!number.is_empty()).then_some(number)
}
