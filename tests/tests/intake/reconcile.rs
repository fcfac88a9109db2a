//! What somebody changed by hand is found and mended, in one night or on one day for all, and a kill costs nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use dev_tenant::sharepoint::state::ids::{ItemId, PrincipalId};
use dev_tenant::sharepoint::state::item::Item;
use dev_tenant::sharepoint::state::role;
use dev_tenant::world::Tenant;
use e2e::hire::{self, MANAGER};
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::watch::Watch;
use jiff::SignedDuration;
use serde_json::json;

use super::{open, said};

const A_DAY: SignedDuration = SignedDuration::from_hours(25);

/// Applications by these names, each asked of the manager.
async fn applications(watch: &mut Watch, number: usize) {
    for one in 0..number {
        let row = hire::submit(&watch.house, &format!("new.hire{one}")).await;
        watch
            .until("asked", |tenant| {
                rows::text(tenant, INBOX, row, "PFStatus") == "IA"
            })
            .await;
    }
    watch.quiet().await;
}

fn change(house: &House, item: u32, change: impl FnOnce(&mut Item)) {
    let mut tenant = house.world().tenant();
    let site = &mut tenant.sharepoint.sites[0];
    let mut lists = site.lists.values_mut();
    let list = lists.find(|list| list.root_folder.ends_with(APPLICATIONS));
    let items = &mut list.expect("the list").items;
    items.change(ItemId(item), change).expect("the item");
}

fn remove(house: &House, item: u32) {
    let mut tenant = house.world().tenant();
    let mut lists = tenant.sharepoint.sites[0].lists.values_mut();
    let list = lists.find(|list| list.root_folder.ends_with(APPLICATIONS));
    list.expect("the list").items.remove(&ItemId(item));
}

/// Who holds what on each item; an item that inherits has none.
pub(crate) fn permissions(tenant: &Tenant) -> BTreeMap<String, String> {
    let items = rows::items(tenant, APPLICATIONS);
    items
        .map(|item| {
            let scope = item.scope.as_ref().map(|scope| &scope.assignments);
            (format!("{:?}", item.id), format!("{scope:?}"))
        })
        .collect()
}

/// How many requests of ours changed something from this effect on.
fn requests(house: &House, from: usize) -> usize {
    let effects: Vec<_> = house.effects().into_iter().skip(from).collect();
    let requests: BTreeSet<_> = effects.iter().map(|effect| effect.request_id).collect();
    requests.len()
}

fn user(house: &House, local: &str) -> (PrincipalId, String) {
    let tenant = house.world().tenant();
    let mut users = rows::site(&tenant).users.values();
    let user = users.find(|user| user.login_name.contains(&format!("|{local}@")));
    let user = user.expect("somebody whom the site knows");
    (user.id, user.title.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn permissions_changed_by_hand_are_named_and_mended() {
    let mut watch = open(Wishes::default()).await;
    applications(&mut watch, 4).await;
    let house = &watch.house;
    let right = permissions(&house.world().tenant());
    let (manager, manager_name) = user(house, MANAGER);
    let (stranger, stranger_name) = {
        let tenant = house.world().tenant();
        let site = rows::site(&tenant);
        let admin = site.users.values().find(|user| user.is_site_admin);
        let admin = admin.expect("an owner");
        (admin.id, admin.title.clone())
    };
    change(house, 1, |item| {
        item.scope
            .as_mut()
            .expect("its own")
            .add(stranger, role::FULL_CONTROL);
    });
    change(house, 2, |item| {
        item.scope.as_mut().expect("its own").assignments.remove(&manager);
    });
    change(house, 3, |item| item.scope = None);
    let effects = house.count_effects();

    let planned = said(&house.run(&["reconcile", "--plan"]));
    assert_eq!(house.count_effects(), effects, "a plan changes nothing");
    let mended = house.run(&["reconcile"]);
    let told = said(&mended);
    assert!(mended.status.success(), "{told}");
    for (said, outcome) in [(&planned, "未修復"), (&told, "修復済み")] {
        for line in [
            format!("1): 余分 {stranger_name} Full Control [{outcome}]"),
            format!("2): 不足 {manager_name} PF-Decide [{outcome}]"),
            format!("3): リストの権限を継承していました [{outcome}]"),
        ] {
            assert!(said.contains(&line), "{line}\n{said}");
        }
        assert!(said.contains("権限 正 1 誤 3"), "{said}");
    }
    assert_eq!(permissions(&house.world().tenant()), right);
    assert_eq!(requests(house, effects), 1, "all three in one request");
    // Each application's own job has looked at it once more.
    watch.quiet().await;
    let house = &watch.house;
    assert_eq!(requests(house, effects), 1, "and found it right");
    let again = said(&house.run(&["reconcile"]));
    assert!(again.contains("権限 正 4 誤 0"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_night_finds_it_and_a_lost_item_stops_its_application() {
    let mut watch = open(Wishes::default()).await;
    applications(&mut watch, 2).await;
    let right = permissions(&watch.house.world().tenant());
    change(&watch.house, 1, |item| item.scope = None);
    watch.house.tenant.advance(A_DAY).expect("the clock moves");
    watch.until("mended", |tenant| permissions(tenant) == right).await;
    remove(&watch.house, 2);
    watch.house.tenant.advance(A_DAY).expect("the clock moves");
    watch
        .until("told", |tenant| {
            let mails = &tenant.mailboxes.messages;
            mails.iter().any(|mail| {
                serde_json::Value::Object(mail.content.clone())
                    .to_string()
                    .contains("要確認")
            })
        })
        .await;
    let last = house_last(&watch.house);
    assert!(last.contains("項目がありません"), "{last}");
    let doctor = said(&watch.house.run(&["doctor"]));
    assert!(doctor.contains("注意    nightly comparison"), "{doctor}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_of_an_application_whose_item_was_deleted_is_carried_out() {
    let mut watch = open(Wishes::default()).await;
    applications(&mut watch, 1).await;
    let number = rows::text(&watch.house.world().tenant(), APPLICATIONS, 1, "PFNumber");
    remove(&watch.house, 1);
    let act = json!({
        "Title": "取下げ", "PFKind": "act", "PFApplicantAction": "取下げ", "PFNumber": number,
    });
    let applicant = Person::sign_in(&watch.house, hire::APPLICANT).await;
    applicant.add(INBOX, &act).await;
    watch
        .until("withdrawn", |tenant| {
            let mut lines = rows::items(tenant, "PFHistory");
            lines.any(|line| {
                rows::text(tenant, "PFHistory", i64::from(line.id.0), "PFBody").contains(r#""withdrawn""#)
            })
        })
        .await;
}

fn house_last(house: &House) -> String {
    said(&house.run(&["reconcile", "--last"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_a_bulk_run_goes_on_where_it_was() {
    let number = 6;
    let wishes = Wishes {
        nightly: "page = 2\nadoptions = 0",
        ..Wishes::default()
    };
    let mut watch = open(wishes).await;
    applications(&mut watch, number).await;
    watch.house.kill();
    let house = &watch.house;
    let right = permissions(&house.world().tenant());
    for item in 1..=6 {
        change(house, item, |item| item.scope = None);
    }
    let mended = || {
        let tenant = house.world().tenant();
        rows::items(&tenant, APPLICATIONS)
            .filter(|item| item.scope.is_some())
            .count()
    };
    let effects = house.count_effects();
    let mut run = house.start(&["reconcile", "--all"]);
    while mended() == 0 {
        pause(Duration::from_millis(1)).await;
    }
    run.kill().expect("kill -9");
    run.wait().expect("it ends");
    let before = mended();
    assert!(
        (1..number).contains(&before),
        "{before} of {number} when it was killed"
    );

    let finished = house.run(&["reconcile", "--all"]);
    let told = said(&finished);
    assert!(finished.status.success(), "{told}");
    assert!(told.contains("権限 正 0 誤 6 修復 6"), "{told}");
    assert_eq!(told.matches("修復済み").count(), number, "{told}");
    assert!(!told.contains("0/6"), "it began anew: {told}");
    assert_eq!(permissions(&house.world().tenant()), right);
    // Three pages, one request each, whatever was repeated after the kill.
    assert_eq!(requests(house, effects), 3);
}
