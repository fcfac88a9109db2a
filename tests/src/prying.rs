//! Our own API, tried through every door by somebody who has no part in anything.

use app::demo::PUBLIC_HOST;
use dev_tenant::world::{Ids, World};
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::ApiToken;
use crate::person::Person;
use crate::rows;

/// What each person has of his own, and under which members.
const LISTINGS: [(&str, &[&str]); 3] = [
    ("applications", &["items"]),
    ("tasks", &["items"]),
    ("deputies", &["mine", "standIn"]),
];
/// Below an application; the last holds what became of a decision.
const OBJECTS: [&str; 3] = ["", "/progress", "/decisions/1"];
/// For administrators and auditors alone.
const ADMINISTRATION: [&str; 8] = [
    "reports",
    "reports/volume",
    "reports/workflows",
    "reports/steps",
    "reports/people",
    "reports/late",
    "admin/expiries",
    "admin/expiries.ics",
];
/// Our pages for whoever is signed in there, and may see them.
const PAGES: [&str; 4] = [
    "reports",
    "reports/csv/volume",
    "handover/{id}",
    "calendar/{id}.ics",
];
/// A number that no application bears: what is hidden must look like this.
const NOBODYS: &str = "USR-1999-99999";

/// Status and answer, in which the number that was asked for is not told apart.
type Seen = (StatusCode, String);

/// Tries them all, on the newest application or any other; gives the number of tries.
pub(crate) async fn finds_nothing(world: &World, person: &Person, ids: &mut Ids) -> u64 {
    let Some((number, account)) = any(world, ids) else {
        return 0;
    };
    let reader = ApiToken::by_web_part(world, person).await;
    let portal = ApiToken::by_portal(world, person).await;
    let mut tries = 0;
    for token in [&reader, &portal] {
        tries += has_nothing(token).await;
        if !account.is_empty() {
            tries += is_told_no_number(token, &number, &account).await;
        }
    }
    for path in OBJECTS {
        for token in [&reader, &portal] {
            let seen = read(token, &number, path).await;
            is_hidden(path, &seen, &read(token, NOBODYS, path).await);
        }
        tries += 2;
    }
    tries += takes_nothing(&reader, &portal, &number).await;
    tries += no_page_opens(person, ids).await;
    u64::try_from(tries).unwrap_or_default()
}

/// Of his own, nor of what administrators read.
async fn has_nothing(token: &ApiToken) -> usize {
    for (path, members) in LISTINGS {
        let (status, said) = token.get(path).await;
        let is_empty = |member: &&str| said[*member].as_array().is_some_and(Vec::is_empty);
        assert!(
            status.is_success() && members.iter().all(is_empty),
            "{path}: {status}: {said}"
        );
    }
    for path in ADMINISTRATION {
        let (status, said) = token.get(path).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}: {said}");
    }
    LISTINGS.len() + ADMINISTRATION.len()
}

/// That a name is asked for may be told to everybody, but not by which application.
async fn is_told_no_number(token: &ApiToken, number: &str, account: &str) -> usize {
    let (status, said) = token.get(&format!("availability/upn?name={account}")).await;
    let may_wait = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE];
    let said = said.to_string();
    assert!(
        (status.is_success() || may_wait.contains(&status)) && !said.contains(number),
        "availability of {account}: {status}: {said}"
    );
    1
}

/// A web part may write nothing; who may write finds nothing to write to.
async fn takes_nothing(reader: &ApiToken, portal: &ApiToken, number: &str) -> usize {
    let (status, ..) = reader.act(number, Some("pry"), &withdrawal()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, ..) = reader.decide(number, Some("pry"), &approval()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, ..) = reader.administer(number, Some("pry"), &retry()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let acted = async |number: &str| told(number, portal.act(number, Some("pry"), &withdrawal()).await);
    is_hidden("act", &acted(number).await, &acted(NOBODYS).await);
    let decided = async |number: &str| told(number, portal.decide(number, Some("pry"), &approval()).await);
    is_hidden("decision", &decided(number).await, &decided(NOBODYS).await);
    let administered =
        async |number: &str| told(number, portal.administer(number, Some("pry"), &retry()).await);
    is_hidden(
        "administration",
        &administered(number).await,
        &administered(NOBODYS).await,
    );
    6
}

/// Where he is not signed in he is sent to the login host or refused, whatever he guesses.
async fn no_page_opens(person: &Person, ids: &mut Ids) -> usize {
    for page in PAGES {
        let guess: Uuid = ids.object_id().0;
        let page = page.replace("{id}", &guess.to_string());
        let status = person.visit(&format!("https://{PUBLIC_HOST}/{page}")).await;
        assert!(status.is_redirection() || is_refusal(status), "/{page}: {status}");
    }
    PAGES.len()
}

fn retry() -> Value {
    json!({ "act": "retry" })
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
    assert!(is_refusal(seen.0), "{what}: {seen:?}");
    assert_eq!(seen, without, "{what}");
}

fn is_refusal(status: StatusCode) -> bool {
    [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status)
}

/// Number and account of the newest application of any list; every other time, of any application.
fn any(world: &World, ids: &mut Ids) -> Option<(String, String)> {
    let tenant = world.tenant();
    let shards = rows::shards(&tenant);
    let filled = shards
        .iter()
        .rev()
        .filter_map(|list| Some((list, rows::newest(&tenant, list)?)));
    let filled: Vec<_> = filled.collect();
    let (list, newest) = *filled.first()?;
    let (list, item) = if ids.below(2) == 0 {
        (list, newest)
    } else {
        let at = usize::try_from(ids.below(u64::try_from(filled.len()).ok()?)).ok()?;
        let (list, newest) = filled[at];
        (list, 1 + ids.below(newest))
    };
    let item = i64::try_from(item).ok()?;
    let number = rows::text(&tenant, list, item, "PFNumber");
    let account = rows::text(&tenant, list, item, "PFSubject");
    (!number.is_empty()).then_some((number, account))
}
