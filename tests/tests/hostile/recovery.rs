//! The database is lost after somebody meddled: what does not verify stays away, doubles nothing and stops nobody.

use e2e::hire;
use e2e::house::House;
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::watch::Watch;
use serde_json::json;

use super::{HISTORY, NUMBER, delete, edit, half_way, lines, said};

/// The database goes; what `recover` says.
fn lose(watch: &mut Watch) -> (bool, String) {
    watch.house.kill();
    watch.house.lose_database();
    said(&watch.house, "recover")
}

fn items(house: &House) -> usize {
    rows::items(&house.world().tenant(), APPLICATIONS).count()
}

/// Another application takes this number, and the first one's item is still the only other.
async fn the_next_is(watch: &mut Watch, number: &str) {
    let row = hire::submit(&watch.house, "mei.takahashi").await;
    until_number(watch, row, number).await;
    watch.quiet().await;
    assert_eq!(items(&watch.house), 2);
    let tenant = watch.house.world().tenant();
    assert_eq!(rows::text(&tenant, APPLICATIONS, 1, "PFNumber"), NUMBER);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_without_its_first_line_is_left_alone_and_not_doubled() {
    let (mut watch, owner) = half_way().await;
    delete(&watch.house, &owner, 1).await;
    let (whole, told) = lose(&mut watch);
    assert!(
        !whole && told.contains("0 application(s) recovered, 0 of them open, 1 fault(s)"),
        "{told}"
    );
    watch.house.serve().await;
    the_next_is(&mut watch, "USR-2026-00002").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_the_evidence_key_too_takes_new_applications_after_the_recovery() {
    let (mut watch, _) = half_way().await;
    watch.house.lose("evidence.pem");
    let (whole, told) = lose(&mut watch);
    assert!(!whole && told.contains("0 application(s) recovered"), "{told}");
    watch.house.serve().await;
    the_next_is(&mut watch, "USR-2026-00002").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_lost_before_the_first_line_was_kept_is_recovered_empty_and_the_form_counts() {
    let (mut watch, _) = half_way().await;
    only_the_definition_is_left(&watch.house);
    let (whole, told) = lose(&mut watch);
    assert!(
        whole && told.contains("0 application(s) recovered, 0 of them open, 0 fault(s)"),
        "{told}"
    );
    watch.house.serve().await;
    watch
        .until("the form is taken", |tenant| {
            rows::items(tenant, APPLICATIONS).count() == 1
        })
        .await;
}

/// As it was before anything of the application was shown but the definition that it is pinned to.
fn only_the_definition_is_left(house: &House) {
    take_away(house, &[(HISTORY, 1), (APPLICATIONS, 0)]);
}

fn no_item_is_left(house: &House) {
    take_away(house, &[(APPLICATIONS, 0)]);
}

/// All items of these lists but so many of the first.
fn take_away(house: &House, lists: &[(&str, usize)]) {
    let mut tenant = house.world().tenant();
    let mut sites = tenant.sharepoint.sites.iter_mut();
    let site = sites.find(|site| site.path == dev_tenant::seed::SITE);
    for list in site.expect("the site").lists.values_mut() {
        let named = |(name, _): &&(&str, usize)| list.root_folder.ends_with(name);
        let Some((_, kept)) = lists.iter().find(named) else {
            continue;
        };
        let ids: Vec<_> = list.items.keys().skip(*kept).copied().collect();
        for id in ids {
            list.items.remove(&id);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_nothing_but_an_altered_line_names_is_held_and_makes_no_second_application() {
    let (mut watch, owner) = half_way().await;
    let form = form(&watch.house);
    let applicant = Person::sign_in(&watch.house, hire::APPLICANT).await;
    let unfinished = hire::form(&watch.house, "mei.takahashi");
    let draft = applicant.add(INBOX, &hire::row(&unfinished, "")).await;
    edit(&watch.house, &owner, 1, &json!({ "PFBody": "{}" })).await;
    no_item_is_left(&watch.house);
    let (whole, told) = lose(&mut watch);
    let wanted = format!(
        "{NUMBER}: neither a line nor an item names its form; held in the inbox, because each may be its form: row {form}"
    );
    assert!(
        !whole && told.lines().any(|line| line == wanted),
        "{wanted}\n{told}"
    );
    watch.house.serve().await;
    // What was a draft then is not held, and is taken when it is handed in.
    let handed_in = hire::row(&unfinished, "申請");
    assert!(applicant.change(INBOX, draft, &handed_in).await.is_success());
    until_number(&mut watch, draft, "USR-2026-00002").await;
    watch.quiet().await;
    assert_eq!(items(&watch.house), 1);
}

/// The row of the only form.
fn form(house: &House) -> i64 {
    let tenant = house.world().tenant();
    let mut rows = rows::items(&tenant, INBOX).map(|item| i64::from(item.id.0));
    let is_form = |row: &i64| rows::text(&tenant, INBOX, *row, "PFKind") == "application";
    rows.find(is_form).expect("the form")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_found_again_whatever_an_approver_wrote_over_its_marks() {
    let (mut watch, _) = half_way().await;
    let voter = Person::sign_in(&watch.house, hire::VOTERS[1]).await;
    let borrowed = json!({ "PFCorrelation": "another", "PFSource": "99.1", "PFNumber": "USR-2026-00099" });
    let saved = voter.change(APPLICATIONS, 1, &borrowed).await;
    assert!(saved.is_success(), "{saved}");
    let (whole, told) = lose(&mut watch);
    assert!(
        whole && told.contains("1 application(s) recovered, 1 of them open, 0 fault(s)"),
        "{told}"
    );
    watch.house.serve().await;
    the_next_is(&mut watch, "USR-2026-00002").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_that_was_cut_off_brings_nothing_back_and_the_others_go_on() {
    let (mut watch, owner) = half_way().await;
    // The vote was the last line: without it the chain is whole in itself.
    delete(&watch.house, &owner, lines(&watch.house)).await;
    watch.house.serve().await;
    let second = hire::submit(&watch.house, "mei.takahashi").await;
    until_number(&mut watch, second, "USR-2026-00002").await;
    watch.quiet().await;
    watch.house.kill();
    watch.house.lose_database();
    let (whole, told) = said(&watch.house, "recover");
    let wanted = format!("{NUMBER}: its item shows a line that the history list does not have");
    assert!(
        !whole && told.lines().any(|line| line.starts_with(&wanted)),
        "{told}"
    );
    assert!(
        told.contains("1 application(s) recovered, 1 of them open, 1 fault(s)"),
        "{told}"
    );
    watch.house.serve().await;
    // What was left alone is not taken for new, and its number is not given again.
    let third = hire::submit(&watch.house, "rin.takahashi").await;
    until_number(&mut watch, third, "USR-2026-00003").await;
    watch.quiet().await;
    let tenant = watch.house.world().tenant();
    assert_eq!(rows::items(&tenant, APPLICATIONS).count(), 3);
}

async fn until_number(watch: &mut Watch, row: i64, number: &str) {
    watch
        .until(number, |tenant| {
            let column = |name| rows::text(tenant, INBOX, row, name);
            column("PFNumber") == number && column("PFStatus") == "IA"
        })
        .await;
}
