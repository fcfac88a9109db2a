//! Closed applications of a full list share scopes; per person what can be read stays the same.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::sharepoint::state::item::Item;
use e2e::api::{self, ApiToken};
use e2e::hire;
use e2e::house::{House, Wishes};
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::run;
use e2e::watch::Watch;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

/// At four of five scopes the next list is opened, and closed applications are folded.
const CAP: usize = 5;
/// A lone one, and two that are alike.
const ITEMS: [i64; 3] = [1, 2, 3];
const LONE: &str = "hiroshi.kuroda";
const STRANGER: &str = "naoki.kiryu";
/// A site collection administrator.
const OWNER: &str = "toru.soma";
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
            rows::has_masters(tenant) && rows::site(tenant).subscriptions.len() == 2
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

/// Items, by who reads them.
type Readable = BTreeMap<&'static str, BTreeSet<i64>>;

/// Items that each person reads in SharePoint.
async fn in_sharepoint(readers: &[Reader]) -> Readable {
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
async fn by_api(house: &House, readers: &[Reader]) -> Readable {
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

/// Three closed ones with scopes of their own, and who reads them.
async fn closed(watch: &mut Watch) -> (Vec<Reader>, Readable) {
    withdrawn(watch, LONE, "a.takahashi").await;
    for account in ["b.takahashi", "c.takahashi"] {
        withdrawn(watch, hire::APPLICANT, account).await;
    }
    watch.quiet().await;
    api::grant_web_parts(&watch.house);
    let readers = readers(&watch.house).await;
    let before = in_sharepoint(&readers).await;
    assert_eq!(before[hire::APPLICANT], BTreeSet::from([2, 3]));
    assert_eq!(before[STRANGER], BTreeSet::new());
    assert_eq!(by_api(&watch.house, &readers).await, before);
    (readers, before)
}

/// The fourth scope calls for folds; meanwhile nobody reads more than before.
async fn fold(watch: &mut Watch, readers: &[Reader], before: &Readable) {
    let applicant = Person::sign_in(&watch.house, hire::APPLICANT).await;
    let form = hire::form(&watch.house, "d.takahashi");
    applicant.add(INBOX, &hire::row(&form, "申請")).await;
    for _ in 0..100 {
        let now = in_sharepoint(readers).await;
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
}

/// In SharePoint or by our API, everybody reads what he read before.
async fn read_the_same(house: &House, readers: &[Reader], before: &Readable) {
    let after = in_sharepoint(readers).await;
    assert_eq!(after[hire::APPLICANT], before[hire::APPLICANT]);
    assert_eq!(after[LONE], BTreeSet::new(), "a lone one is left to the API");
    let by_api = by_api(house, readers).await;
    for (name, items) in before {
        let both: BTreeSet<_> = after[name].union(&by_api[name]).copied().collect();
        assert_eq!(both, *items, "{name}");
    }
    listings_hold_folded_ones(readers).await;
}

/// After a night in which everything was compared, the ledger says what stands there.
async fn the_ledger_agrees(watch: &mut Watch) {
    watch
        .house
        .tenant
        .advance(SignedDuration::from_hours(25))
        .expect("the clock moves");
    watch.quiet().await;
    run::whole(watch);
    let told = watch.house.run(&["doctor"]);
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        told.contains("Lists/PFApplications: scopes 3/5") && !told.contains("照合"),
        "{told}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn per_person_what_can_be_read_is_the_same_before_and_after_and_never_more_in_between() {
    let mut watch = open().await;
    let (readers, before) = closed(&mut watch).await;
    fold(&mut watch, &readers, &before).await;
    read_the_same(&watch.house, &readers, &before).await;
    the_ledger_agrees(&mut watch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_database_brings_folds_back_and_no_folded_item_has_its_own_scope_again() {
    let mut watch = open().await;
    watch
        .house
        .switch(|switches| switches.move_logged_as_away_and_into = true);
    let (known, before) = closed(&mut watch).await;
    fold(&mut watch, &known, &before).await;
    watch.house.kill();
    watch.house.lose_database();
    let recovered = watch.house.run(&["recover"]);
    let said = String::from_utf8_lossy(&recovered.stdout).into_owned();
    assert!(
        said.contains("4 application(s) recovered, 1 of them open, 0 fault(s)"),
        "{said}{}",
        String::from_utf8_lossy(&recovered.stderr)
    );
    let from = watch.house.count_effects();
    watch.house.serve().await;
    watch.quiet().await;
    let readers = readers(&watch.house).await;
    read_the_same(&watch.house, &readers, &before).await;
    the_ledger_agrees(&mut watch).await;
    assert!(folded(&watch.house), "{}", watch.house.log());
    assert_eq!(scopes(&watch.house), 3);
    let effects = watch.house.effects().into_iter().skip(from);
    let keys = effects.map(|effect| effect.key);
    let written: Vec<_> = keys.filter(|key| key.contains("PFApplications")).collect();
    assert_eq!(written, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folded_item_that_an_owner_gave_its_own_permissions_inherits_again_at_its_next_publication() {
    let mut watch = open().await;
    watch
        .house
        .switch(|switches| switches.folders_need_list_setting = true);
    let (readers, before) = closed(&mut watch).await;
    fold(&mut watch, &readers, &before).await;
    let owner = Person::sign_in(&watch.house, OWNER).await;
    for item in [1, 2] {
        let path = format!(
            "web/getlist('/sites/flow/Lists/{APPLICATIONS}')/items({item})/breakroleinheritance(copyroleassignments=true,clearsubscopes=true)"
        );
        let (status, said) = owner.send(Method::POST, &path, &[], None).await;
        assert!(status.is_success(), "{status}: {said}");
    }
    assert!(!folded(&watch.house));
    // Whatever makes the application be published: an entry that counts for nothing does.
    for item in [1, 2] {
        let entry = json!({ "PFDecisionComment": "x" });
        let saved = owner.change(APPLICATIONS, item, &entry).await;
        assert!(saved.is_success(), "{saved}");
    }
    watch
        .until("they inherit again", |tenant| {
            let mut closed = rows::items(tenant, APPLICATIONS);
            closed.all(|item| item.scope.is_none() || !ITEMS.contains(&i64::from(item.id.0)))
        })
        .await;
    watch.quiet().await;
    assert_eq!(scopes(&watch.house), 3);
    read_the_same(&watch.house, &readers, &before).await;
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
