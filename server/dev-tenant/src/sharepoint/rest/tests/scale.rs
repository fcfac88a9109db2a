//! What one call costs in a list of 500 and of 50,000 items. Asked for by name:
//! `cargo test -p dev-tenant --release -- --ignored --nocapture a_call_costs`.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::harness::{DECIDE, House, MORI, OWNER, app, house, person};

const LIST: &str = "web/lists/getbytitle('PFApplications')";
const CALLS: u32 = 100;

#[expect(
    clippy::disallowed_methods,
    reason = "the time that calls take is what is measured"
)]
fn now() -> Instant {
    Instant::now()
}

/// A list with an indexed unique column and `count` items, each tenth of them with its own permissions.
fn filled(count: u32) -> House {
    let house = house();
    house.list("PFApplications");
    for schema in [
        "<Field Type='Text' Name='PFSource' DisplayName='PFSource' EnforceUniqueValues='TRUE' Indexed='TRUE'/>",
        "<Field Type='Text' Name='PFStatus' DisplayName='PFStatus' Indexed='TRUE'/>",
        "<Field Type='Note' Name='PFForm' DisplayName='PFForm'/>",
    ] {
        let body = json!({"parameters": {"SchemaXml": schema, "Options": 8}});
        house.post(&app(), &format!("{LIST}/fields/createfieldasxml"), &body);
    }
    for number in 1..=count {
        let body = json!({"Title": format!("no. {number}"), "PFSource": format!("{number}.1"),
            "PFStatus": if number % 1_000 == 0 { "open" } else { "closed" }, "PFForm": "x".repeat(200)});
        let made = house.post(&app(), &format!("{LIST}/items"), &body);
        assert_eq!(made.status, 201, "{}", made.json);
        if number % 10 == 0 {
            house.post(
                &app(),
                &format!("{LIST}/items({number})/breakroleinheritance(false)"),
                &json!({}),
            );
        }
    }
    house
}

fn timed(name: &str, mut call: impl FnMut(u32) -> u16) -> (String, Duration) {
    let start = now();
    for number in 0..CALLS {
        let status = call(number);
        assert!((200..300).contains(&status), "{name}: {status}");
    }
    (name.to_owned(), start.elapsed() / CALLS)
}

struct Bench {
    house: House,
    count: u32,
}

impl Bench {
    fn get(&self, path: &str) -> u16 {
        self.house.get(&app(), &format!("{LIST}/{path}")).status
    }

    fn post(&self, path: &str, body: &Value) -> u16 {
        self.house.post(&app(), &format!("{LIST}/{path}"), body).status
    }

    fn caml(&self, query: &str) -> u16 {
        let view = format!("<View Scope='RecursiveAll'><Query>{query}</Query><RowLimit>20</RowLimit></View>");
        self.post("GetItems", &json!({"query": {"ViewXml": view}}))
    }

    fn reads(&self) -> Vec<(String, Duration)> {
        let last = self.count;
        let page = |n| last - 200 - n;
        let source = |n| {
            format!("<Where><Eq><FieldRef Name='PFSource'/><Value Type='Text'>{n}.1</Value></Eq></Where>")
        };
        let first = || {
            self.house
                .get(&person(OWNER), &format!("{LIST}/items?$top=20"))
                .status
        };
        vec![
            timed("read by id", |n| self.get(&format!("items({})", last - n))),
            timed("page by id", |n| {
                self.get(&format!("items?$filter=ID gt {}&$orderby=ID&$top=20", page(n)))
            }),
            timed("next page", |n| {
                self.get(&format!(
                    "items?$top=20&$skiptoken=Paged%3dTRUE%26p_ID%3d{}",
                    page(n)
                ))
            }),
            timed("by unique column", |n| {
                self.get(&format!("items?$filter=PFSource eq '{}.1'", last - n))
            }),
            timed("CAML by unique column", |n| self.caml(&source(last - n))),
            timed("CAML page", |_| self.caml("")),
            timed("first page as a person", |_| first()),
        ]
    }

    fn writes(&self) -> Vec<(String, Duration)> {
        let (level, mori) = (self.house.level("PF-Decide", DECIDE), self.house.ensure(MORI));
        let token = self.house.get(&app(), LIST).json["CurrentChangeToken"].clone();
        let since = json!({"query": {"Item": true, "Update": true, "ChangeTokenStart": token}});
        let update = |n| {
            let item = format!("{LIST}/items({})", self.count - n);
            self.house
                .merge(&app(), &item, "*", &json!({"PFStatus": "open"}))
                .status
        };
        let on = |n: u32, what: &str| self.post(&format!("items({})/{what}", n + 1), &json!({}));
        let assign = format!("roleassignments/addroleassignment(principalid={mori},roledefid={level})");
        vec![
            timed("changes since a token", |_| self.post("getchanges", &since)),
            timed("update", update),
            timed("break", |n| on(n, "breakroleinheritance(false,true)")),
            timed("assign", |n| on(n, &assign)),
            timed("reset", |n| on(n, "resetroleinheritance")),
        ]
    }
}

fn measure(count: u32) -> Vec<(String, Duration)> {
    let start = now();
    let house = filled(count);
    let filling = ("create".to_owned(), start.elapsed() / count);
    let bench = Bench { house, count };
    [vec![filling], bench.reads(), bench.writes()].concat()
}

#[test]
#[ignore = "takes a minute without optimisation"]
fn a_call_costs_the_same_in_a_small_and_in_a_large_list() {
    let (small, large) = (measure(500), measure(50_000));
    for ((name, few), (_, many)) in small.iter().zip(&large) {
        println!("{name:24} {few:>12.1?} {many:>12.1?}");
    }
}
