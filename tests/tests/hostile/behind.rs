//! Votes that come after something an owner did to the versions: nobody can tell what they were given upon, so they do
//! not count, and whoever gave them is told.

use dev_tenant::sharepoint::state::item::Item;
use e2e::bulk::THIRD_VOTER;
use e2e::hire;
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{self, APPLICATIONS};
use jiff::SignedDuration;
use serde_json::Value;

use super::{NUMBER, half_way, tamper, text};

/// 要確認
const NEEDS_ATTENTION: &str = "RV";
const NOT_COUNTED: &str = "【判断は反映されていません】";

/// The third one votes, which would be enough; then the owner does his deed. Somebody has to look at it.
/// `deed`: is told the number of the newest vote's version that was judged.
async fn nothing_is_decided(deed: impl FnOnce(&mut Item, usize)) {
    let (mut watch, _) = half_way().await;
    let judged: Value = serde_json::from_str(&text(&watch.house, 5, "PFBody")).expect("a line");
    let judged = judged["via"]["version"].as_u64().expect("the version of a vote");
    let judged = usize::try_from(judged).expect("small");
    hire::agree(&mut watch, hire::VOTERS[1]).await;
    hire::agree(&mut watch, THIRD_VOTER).await;
    tamper(&watch.house, |item| deed(item, judged));
    watch.house.serve().await;
    let third = Person::sign_in(&watch.house, THIRD_VOTER).await;
    let subject = format!("{NOT_COUNTED}{NUMBER}");
    watch
        .until("somebody has to look", |tenant| {
            rows::text(tenant, APPLICATIONS, 1, "PFStatus") == NEEDS_ATTENTION
        })
        .await;
    watch.quiet().await;
    assert_eq!(mails(&watch.house, &third, &subject).len(), 1);
    let tenant = watch.house.world().tenant();
    assert_eq!(rows::text(&tenant, APPLICATIONS, 1, "PFStatus"), NEEDS_ATTENTION);
    let upn = format!("{}@{}", hire::ACCOUNT, watch.house.world().names.domain);
    let mut users = tenant.directory.users.values();
    assert!(users.all(|user| user.user_principal_name != upn), "carried out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_behind_one_that_an_owner_deleted_does_not_count() {
    nothing_is_decided(|item, _| drop(item.versions.remove(item.versions.len() - 2))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_behind_a_judged_version_that_an_owner_changed_do_not_count() {
    nothing_is_decided(|item, judged| item.versions[judged - 1].at -= SignedDuration::from_secs(1)).await;
}
