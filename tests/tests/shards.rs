//! The budget of scopes. A list of applications holds so many scopes and no more: the next list is opened while applications are open.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use dev_tenant::world::Tenant;
use e2e::hire::{self, MANAGER, VOTERS};
use e2e::house::{House, Wishes, pause};
use e2e::kills::Kills;
use e2e::outsider::probe;
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::run;
use e2e::watch::Watch;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

/// Looked at this often, so many times at most.
const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 150;
const SECOND: &str = "PFApplications2";
const THIRD: &str = "PFApplications3";
const CAP: usize = 5;
const MANAGERS_STEP: &str = "上長承認";
const VOTE: &str = "情報システム部 合議";

/// A house whose lists hold [`CAP`] scopes: the next list is opened at four.
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

async fn submit(watch: &mut Watch, people: &[&str]) -> Vec<i64> {
    let mut submitted = Vec::new();
    for person in people {
        submitted.push(hire::submit(&watch.house, person).await);
    }
    let waiting = submitted.clone();
    watch
        .until("all are asked about", |tenant| {
            let mut rows = waiting.iter();
            rows.all(|row| rows::text(tenant, INBOX, *row, "PFStatus") == "IA")
        })
        .await;
    submitted
}

/// Agrees to an application of any list, for the step that it shows.
async fn agree(watch: &mut Watch, list: &str, item: i64, who: &str) {
    let person = Person::sign_in(&watch.house, who).await;
    let token = rows::text(&watch.house.world().tenant(), list, item, "PFStepToken");
    let vote = json!({ "PFDecision": "承認", "PFDecisionFor": format!("{token}:{}", person.id) });
    for _ in 0..100 {
        if person.change(list, item, &vote).await.is_success() {
            return;
        }
        watch.rest().await;
    }
    panic!("{who} may not vote\n{}", watch.house.log());
}

async fn until_step(watch: &mut Watch, list: &str, item: i64, step: &str) {
    watch
        .until(step, |tenant| {
            rows::text(tenant, list, item, "PFStepName") == step
        })
        .await;
}

/// How often each application was sealed, over all lists.
fn sealed(tenant: &Tenant) -> BTreeMap<String, usize> {
    let mut sealed = BTreeMap::new();
    for list in [APPLICATIONS, SECOND] {
        for item in rows::items(tenant, list) {
            let source = rows::text(tenant, list, i64::from(item.id.0), "PFSource");
            *sealed.entry(source).or_default() += 1;
        }
    }
    sealed
}

/// Every application stands in one of two lists, once; neither list holds more than its cap.
fn each_is_sealed_once(house: &House, applications: usize) {
    let tenant = house.world().tenant();
    let sealed = sealed(&tenant);
    assert_eq!(sealed.len(), applications, "{sealed:?}");
    assert!(sealed.values().all(|times| *times == 1), "{sealed:?}");
    for list in [APPLICATIONS, SECOND] {
        let items = rows::items(&tenant, list).count();
        assert!((1..=CAP).contains(&items), "{list} holds {items}");
    }
    let lists = rows::site(&tenant).lists.values();
    let addresses = lists.map(|list| list.root_folder.as_str());
    let shards: Vec<_> = addresses
        .filter(|address| address.contains("PFApplications"))
        .collect();
    assert_eq!(shards.len(), 2, "{shards:?}");
    assert!(rows::list(&tenant, THIRD).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_list_is_opened_while_applications_of_the_first_are_open_and_both_go_on() {
    let mut watch = open().await;
    let first = submit(&mut watch, &[hire::ACCOUNT]).await;
    submit(&mut watch, &["a.takahashi", "b.takahashi", "c.takahashi"]).await;
    watch
        .until("the second list and its webhook", |tenant| {
            rows::list(tenant, SECOND).is_some() && rows::site(tenant).subscriptions.len() == 3
        })
        .await;
    let stranger = Arc::new(Person::sign_in(&watch.house, "hiroshi.kuroda").await);
    let outsider = probe(&stranger, &watch.house);
    let later = submit(&mut watch, &["d.takahashi", "e.takahashi"]).await;
    each_is_sealed_once(&watch.house, 6);
    the_row_names_its_item(&watch.house, first[0], APPLICATIONS).await;
    the_row_names_its_item(&watch.house, later[0], SECOND).await;

    // In the old list everything goes on to its end, in the new one too.
    agree(&mut watch, SECOND, 1, MANAGER).await;
    until_step(&mut watch, SECOND, 1, VOTE).await;
    until_step(&mut watch, APPLICATIONS, 1, MANAGERS_STEP).await;
    agree(&mut watch, APPLICATIONS, 1, MANAGER).await;
    until_step(&mut watch, APPLICATIONS, 1, VOTE).await;
    for voter in VOTERS {
        agree(&mut watch, APPLICATIONS, 1, voter).await;
    }
    watch
        .until("the first is completed", |tenant| {
            rows::text(tenant, INBOX, first[0], "PFStatus") == "CO"
        })
        .await;
    // A stranger sees nothing of either list, by no way.
    outsider.round().await;
    let tried = outsider.lists();
    // What he saw comes before what he did not get to.
    outsider.stop().await;
    assert!(
        [APPLICATIONS, SECOND].iter().all(|list| tried.contains(*list)),
        "{tried:?}"
    );
    watch.quiet().await;
    each_is_sealed_once(&watch.house, 6);
    run::whole(&watch);
    shows(&watch.house, "scopes{list=\"Lists/PFApplications2\"} 2").await;
    let again = watch.house.run(&["setup"]);
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(said.contains("0 change(s)"), "{said}");
}

/// Its applicant opens from it the item that shows the same number.
async fn the_row_names_its_item(house: &House, row: i64, list: &str) {
    let applicant = Person::sign_in(house, hire::APPLICANT).await;
    let row = applicant.read(INBOX, row).await.expect("his row");
    let url = row["PFApplicationUrl"].as_str().expect("the address");
    let form = format!("https://contoso.sharepoint.com/sites/flow/Lists/{list}/DispForm.aspx?ID=");
    let item = url.strip_prefix(&form).expect(url).parse().expect("a number");
    let item = applicant.read(list, item).await.expect("his application");
    assert_eq!(item["PFNumber"], row["PFNumber"]);
}

/// Until the metrics of the product have this line.
async fn shows(house: &House, line: &str) {
    let mut said = String::new();
    for _ in 0..LOOKS {
        said = house.metrics().await;
        if said.lines().any(|found| found == line) {
            return;
        }
        pause(LOOK).await;
    }
    panic!("never {line}:\n{said}");
}

/// A careless administrator of the site takes an item's own permissions away.
async fn take_permissions_away(house: &House, item: i64) {
    let name = {
        let tenant = house.world().tenant();
        let mut users = rows::site(&tenant).users.values();
        let admin = users.find(|user| user.is_site_admin && user.login_name.contains('@'));
        let login = admin.expect("an administrator of the site").login_name.clone();
        let upn = login.rsplit('|').next().unwrap_or_default().to_owned();
        upn.split('@').next().unwrap_or_default().to_owned()
    };
    let admin = Person::sign_in(house, &name).await;
    let path = format!("web/getlist('/sites/flow/Lists/{APPLICATIONS}')/items({item})/resetroleinheritance");
    let (status, said) = admin.send(Method::POST, &path, &[], None).await;
    assert!(status.is_success(), "{status}: {said}");
    assert!(!has_own_permissions(house));
}

/// Whether the first item has permissions of its own.
fn has_own_permissions(house: &House) -> bool {
    let tenant = house.world().tenant();
    let item = rows::items(&tenant, APPLICATIONS).next();
    item.expect("the item").scope.is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_that_lost_its_permissions_is_found_at_night_and_mended() {
    let mut watch = open().await;
    submit(&mut watch, &[hire::ACCOUNT]).await;
    watch.quiet().await;
    take_permissions_away(&watch.house, 1).await;
    watch
        .house
        .tenant
        .advance(SignedDuration::from_hours(25))
        .expect("the clock moves");
    for _ in 0..LOOKS {
        if has_own_permissions(&watch.house) {
            let told = watch.house.run(&["doctor"]);
            let told = String::from_utf8_lossy(&told.stdout).into_owned();
            assert!(told.contains("固有の権限を失った項目が 1 件"), "{told}");
            assert!(
                told.contains("Lists/PFApplications: scopes 1/5: このリストはあと"),
                "{told}"
            );
            return;
        }
        watch.rest().await;
    }
    panic!("never mended\n{}", watch.house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_while_the_next_list_is_made_leave_one_next_list_and_lose_nothing() {
    let mut watch = open().await;
    submit(&mut watch, &["a.takahashi", "b.takahashi", "c.takahashi"]).await;
    watch.quiet().await;
    let begun = watch.house.count_effects();
    // Making a list takes about eighty writes.
    watch.kills = Kills::seeded(5, 6, &(begun + 1..begun + 90));
    submit(&mut watch, &["d.takahashi", "e.takahashi", "f.takahashi"]).await;
    watch.quiet().await;
    assert_eq!(watch.kills.left(), 0, "all blows fell");
    each_is_sealed_once(&watch.house, 6);
    run::whole(&watch);
}
