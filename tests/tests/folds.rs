//! Closed applications of a full list share scopes; per person what can be read stays the same.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::sharepoint::state::item::Item;
use e2e::api::{self, ApiToken};
use e2e::hire;
use e2e::house::{House, Wishes};
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, DEFINITIONS, INBOX};
use e2e::run;
use e2e::watch::Watch;
use jiff::SignedDuration;
use serde_json::json;

/// At four of five scopes the next list is opened, and closed applications are folded.
const CAP: usize = 5;
/// A lone one, and two that are alike.
const ITEMS: [i64; 3] = [1, 2, 3];
const LONE: &str = "hiroshi.kuroda";
const STRANGER: &str = "naoki.kiryu";
/// Applicants, a manager, and somebody who has no part in anything. Administrators read everything, before and after.
const PEOPLE: [&str; 4] = [hire::APPLICANT, hire::MANAGER, LONE, STRANGER];

async fn open() -> Watch {
    let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    let file = house.folder.path().join("flow.toml");
    let config = std::fs::read_to_string(&file).expect("the configuration");
    std::fs::write(&file, format!("{config}\n[scopes]\ncap = {CAP}\n")).expect("the configuration");
    house.serve().await;
    let setup = house.run(&["setup"]);
    assert!(setup.status.success(), "{setup:?}");
    let mut watch = Watch::over(house);
    watch
        .until("masters and webhooks", |tenant| {
            rows::items(tenant, DEFINITIONS).count() >= 3 && rows::site(tenant).subscriptions.len() == 2
        })
        .await;
    watch
}

async fn until_status(watch: &mut Watch, row: i64, wanted: &str) {
    watch
        .until(wanted, |tenant| {
            rows::text(tenant, INBOX, row, "PFStatus") == wanted
        })
        .await;
}

/// One application about which the manager is asked.
async fn asked(watch: &mut Watch, applicant: &str, account: &str) -> i64 {
    let applicant = Person::sign_in(&watch.house, applicant).await;
    let form = hire::form(&watch.house, account);
    let row = applicant.add(INBOX, &hire::row(&form, "申請")).await;
    until_status(watch, row, "IA").await;
    row
}

/// One that its applicant took back then.
async fn withdrawn(watch: &mut Watch, applicant: &str, account: &str) {
    let row = asked(watch, applicant, account).await;
    let number = rows::text(&watch.house.world().tenant(), INBOX, row, "PFNumber");
    let act = json!({
        "Title": "取下げ", "PFKind": "act", "PFApplicantAction": "取下げ", "PFNumber": number,
    });
    let applicant = Person::sign_in(&watch.house, applicant).await;
    applicant.add(INBOX, &act).await;
    until_status(watch, row, "WD").await;
}

struct Reader {
    name: &'static str,
    person: Person,
    token: ApiToken,
}

async fn readers(house: &House) -> Vec<Reader> {
    let mut readers = Vec::new();
    for name in PEOPLE {
        let person = Person::sign_in(house, name).await;
        let token = ApiToken::of(house, &person).await;
        readers.push(Reader { name, person, token });
    }
    readers
}

/// Items that each person reads in SharePoint.
async fn in_sharepoint(readers: &[Reader]) -> BTreeMap<&'static str, BTreeSet<i64>> {
    let mut seen = BTreeMap::new();
    for reader in readers {
        let mut items = BTreeSet::new();
        for item in ITEMS {
            if reader.person.read(APPLICATIONS, item).await.is_ok() {
                items.insert(item);
            }
        }
        seen.insert(reader.name, items);
    }
    seen
}

/// The same by our API, where an application goes by its number.
async fn by_api(house: &House, readers: &[Reader]) -> BTreeMap<&'static str, BTreeSet<i64>> {
    let number = |item| rows::text(&house.world().tenant(), APPLICATIONS, item, "PFNumber");
    let mut seen = BTreeMap::new();
    for reader in readers {
        let mut items = BTreeSet::new();
        for item in ITEMS {
            let (status, found) = reader.token.get(&format!("applications/{}", number(item))).await;
            if status.is_success() {
                assert_eq!(found["state"], "WD");
                assert_eq!(found["values"]["lastName"], "高橋");
                items.insert(item);
            } else {
                assert_eq!(status, 404);
            }
        }
        seen.insert(reader.name, items);
    }
    seen
}

/// How many items of the list, folders included, have permissions of their own.
fn scopes(house: &House) -> usize {
    let tenant = house.world().tenant();
    let unique = |item: &&Item| item.scope.is_some();
    rows::items(&tenant, APPLICATIONS).filter(unique).count()
}

fn folded(house: &House) -> bool {
    let tenant = house.world().tenant();
    let mut closed = rows::items(&tenant, APPLICATIONS).filter(|item| ITEMS.contains(&i64::from(item.id.0)));
    closed.all(|item| item.scope.is_none())
}

#[tokio::test(flavor = "multi_thread")]
async fn per_person_what_can_be_read_is_the_same_before_and_after_and_never_more_in_between() {
    let mut watch = open().await;
    withdrawn(&mut watch, LONE, "a.takahashi").await;
    for account in ["b.takahashi", "c.takahashi"] {
        withdrawn(&mut watch, hire::APPLICANT, account).await;
    }
    watch.quiet().await;
    api::grant_web_parts(&watch.house);
    let readers = readers(&watch.house).await;
    let before = in_sharepoint(&readers).await;
    assert_eq!(before[hire::APPLICANT], BTreeSet::from([2, 3]));
    assert_eq!(before[STRANGER], BTreeSet::new());
    assert_eq!(by_api(&watch.house, &readers).await, before);

    // The fourth scope calls for folds.
    let applicant = Person::sign_in(&watch.house, hire::APPLICANT).await;
    let form = hire::form(&watch.house, "d.takahashi");
    applicant.add(INBOX, &hire::row(&form, "申請")).await;
    for _ in 0..100 {
        let now = in_sharepoint(&readers).await;
        for (name, items) in &now {
            assert!(items.is_subset(&before[name]), "{name} reads {items:?}");
        }
        if folded(&watch.house) {
            break;
        }
        watch.rest().await;
    }
    watch.quiet().await;
    assert!(folded(&watch.house), "{}", watch.house.log());
    // The open one and two folders.
    assert_eq!(scopes(&watch.house), 3);
    let after = in_sharepoint(&readers).await;
    assert_eq!(after[hire::APPLICANT], before[hire::APPLICANT]);
    assert_eq!(after[LONE], BTreeSet::new(), "a lone one is left to the API");
    let by_api = by_api(&watch.house, &readers).await;
    for (name, items) in &before {
        let both: BTreeSet<_> = after[name].union(&by_api[name]).copied().collect();
        assert_eq!(both, *items, "{name}");
    }
    listings_hold_folded_ones(&readers).await;
    // The nightly comparison agrees with what stands there now.
    watch
        .house
        .tenant
        .advance(SignedDuration::from_hours(25))
        .expect("the clock moves");
    watch.quiet().await;
    run::whole(&watch);
    let told = watch.house.run(&["doctor"]);
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        told.contains("Lists/PFApplications: scopes 3/5") && !told.contains("照合"),
        "{told}"
    );
}

async fn listings_hold_folded_ones(readers: &[Reader]) {
    let lone = readers
        .iter()
        .find(|reader| reader.name == LONE)
        .expect("the lone applicant");
    let (_, mine) = lone.token.get("applications?limit=1").await;
    assert_eq!(
        (mine["items"].as_array().map(Vec::len), &mine["items"][0]["url"]),
        (Some(1), &json!(null))
    );
    let kei = readers
        .iter()
        .find(|reader| reader.name == hire::APPLICANT)
        .expect("the applicant");
    let (_, first) = kei.token.get("applications?limit=2").await;
    let next = first["next"].as_str().expect("a second page");
    let (_, second) = kei.token.get(&format!("applications?limit=2&after={next}")).await;
    let count = |page: &serde_json::Value| page["items"].as_array().map(Vec::len);
    assert_eq!(
        (count(&first), count(&second), &second["next"]),
        (Some(2), Some(1), &json!(null))
    );
}
