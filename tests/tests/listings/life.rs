//! What cannot be planted: lists that roll over while applications are open, and folds that leave everybody what he
//! could read. With a small cap of scopes, so that some tens of applications are enough.

use std::collections::{BTreeMap, BTreeSet};

use e2e::api::{self, ApiToken};
use e2e::hire::{self, APPLICANT, MANAGER};
use e2e::house::{House, Wishes};
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::watch::Watch;
use serde_json::{Value, json};

/// Scopes of a list; the next list is opened at four.
const CAP: usize = 5;
/// Two lists full.
const MOST_TO_ROLL: usize = 2 * CAP;
const LONE: &str = "hiroshi.kuroda";
const PEOPLE: [&str; 4] = [APPLICANT, MANAGER, LONE, "naoki.kiryu"];

/// A house that is set up and serves; the lists hold `cap` scopes.
async fn open(backend: &str, cap: &str) -> Watch {
    let mut house = House::build(backend, Wishes::default()).await;
    house.configure(|text| format!("{text}\n[scopes]\n{cap}\n"));
    house.serve().await;
    let setup = house.run(&["setup"]);
    assert!(setup.status.success(), "{setup:?}");
    api::grant_web_parts(&house);
    let mut watch = Watch::over(house);
    let ready = "masters and webhooks";
    watch
        .until(ready, |tenant| {
            rows::has_masters(tenant) && rows::site(tenant).subscriptions.len() == 2
        })
        .await;
    watch
}

/// A house in which one application waits for its manager; its number.
pub(crate) async fn of_one(backend: &str) -> (Watch, String) {
    let mut watch = open(backend, "").await;
    let row = asked(&mut watch, APPLICANT, "first.one").await;
    watch.quiet().await;
    let number = number(&watch, row);
    (watch, number)
}

/// A house of so many lists, of which all but the last were left with applications open, and of which the first was
/// folded; the number of an open application, and what was seen.
pub(crate) async fn of_lists(backend: &str, lists: usize) -> (Watch, String, Value) {
    let mut watch = open(backend, &format!("cap = {CAP}")).await;
    withdrawn(&mut watch, LONE, "a.lone").await;
    for account in ["a.first", "a.second"] {
        withdrawn(&mut watch, APPLICANT, account).await;
    }
    watch.quiet().await;
    let items = items(&watch);
    let before = readable(&watch, &items).await;
    let open = asked(&mut watch, APPLICANT, "a.open").await;
    until_folded(&mut watch, items.len()).await;
    let after = readable(&watch, &items).await;
    assert_eq!(after, before, "per person, in SharePoint or by the API");
    let mut stay_open = 1;
    for list in 2..lists {
        stay_open += until_next(&mut watch, list).await;
    }
    watch.quiet().await;
    let number = number(&watch, open);
    let readable = before.iter().map(|(who, items)| (*who, items.len()));
    let told = json!({
        "lists": lists, "openWhenRolledOver": stay_open, "foldedForReal": items.len(),
        "readableBeforeAndAfter": readable.collect::<BTreeMap<_, _>>(),
    });
    (watch, number, told)
}

/// Applications for this list, until there is a further one; how many that took. The first of them may still find
/// room in the list before, while this one is being made.
async fn until_next(watch: &mut Watch, list: usize) -> usize {
    let next = format!("{APPLICATIONS}{}", list + 1);
    for number in 0..MOST_TO_ROLL {
        if rows::list(&watch.house.world().tenant(), &next).is_some() {
            return number;
        }
        asked(watch, APPLICANT, &format!("l{list}.n{number}")).await;
        watch.rest().await;
    }
    panic!("never {next}\n{}", watch.house.log())
}

async fn asked(watch: &mut Watch, applicant: &str, account: &str) -> i64 {
    let applicant = Person::sign_in(&watch.house, applicant).await;
    let mut form = hire::form(&watch.house, account);
    form["licence"] = Value::Null;
    let row = applicant.add(INBOX, &hire::row(&form, "申請")).await;
    until_status(watch, row, "IA").await;
    row
}

async fn withdrawn(watch: &mut Watch, applicant: &str, account: &str) {
    let row = asked(watch, applicant, account).await;
    let act = json!({
        "Title": "取下げ", "PFKind": "act", "PFApplicantAction": "取下げ", "PFNumber": number(watch, row),
    });
    let applicant = Person::sign_in(&watch.house, applicant).await;
    applicant.add(INBOX, &act).await;
    until_status(watch, row, "WD").await;
}

async fn until_status(watch: &mut Watch, row: i64, wanted: &str) {
    watch
        .until(wanted, |tenant| {
            rows::text(tenant, INBOX, row, "PFStatus") == wanted
        })
        .await;
}

fn number(watch: &Watch, row: i64) -> String {
    rows::text(&watch.house.world().tenant(), INBOX, row, "PFNumber")
}

/// Items of the first list with the numbers of their applications.
fn items(watch: &Watch) -> Vec<(i64, String)> {
    let tenant = watch.house.world().tenant();
    let ids = rows::items(&tenant, APPLICATIONS).map(|item| i64::from(item.id.0));
    ids.map(|id| (id, rows::text(&tenant, APPLICATIONS, id, "PFNumber")))
        .collect()
}

async fn until_folded(watch: &mut Watch, closed: usize) {
    let second = format!("{APPLICATIONS}2");
    watch
        .until("a second list, and folds", |tenant| {
            let lying = rows::items(tenant, APPLICATIONS).filter(|item| item.folder.is_some());
            let inheriting = lying.filter(|item| item.scope.is_none()).count();
            inheriting == closed && rows::list(tenant, &second).is_some()
        })
        .await;
    watch.quiet().await;
}

/// What each person reads: in SharePoint, or by our API.
async fn readable(watch: &Watch, items: &[(i64, String)]) -> BTreeMap<&'static str, BTreeSet<i64>> {
    let mut seen = BTreeMap::new();
    for name in PEOPLE {
        let person = Person::sign_in(&watch.house, name).await;
        let token = ApiToken::of(&watch.house, &person).await;
        let mut theirs = BTreeSet::new();
        for (item, number) in items {
            let in_sharepoint = person.read(APPLICATIONS, *item).await.is_ok();
            let (by_api, _) = token.get(&format!("applications/{number}")).await;
            if in_sharepoint || by_api.is_success() {
                theirs.insert(*item);
            }
        }
        seen.insert(name, theirs);
    }
    seen
}
