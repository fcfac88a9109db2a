//! The outsider himself: what somebody shares with everybody he finds, in a later list too and by every way.

use std::sync::Arc;

use e2e::crowd;
use e2e::hire;
use e2e::house::{House, pause};
use e2e::outsider::{Probe, is_fitting, probe};
use e2e::person::Person;
use e2e::rows;
use e2e::watch::Watch;
use e2e::ways::{ATTACHMENT, WAYS, Way, look};
use reqwest::Method;

use super::{APPLICATIONS, INBOX, LOOK, LOOKS};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const SECOND: &str = "PFApplications2";
/// At four of five scopes the next list is opened.
const CAP: usize = 5;
const FIRST_FOUR: [&str; 4] = ["a.takahashi", "b.takahashi", "c.takahashi", "d.takahashi"];
/// Administers the site collection.
const OWNER: &str = "toru.soma";
const STRANGER: &str = "hiroshi.kuroda";
const ITEM: i64 = 1;

async fn submit(watch: &mut Watch, account: &str) {
    let row = hire::submit(&watch.house, account).await;
    watch
        .until("it is asked about", |tenant| {
            rows::text(tenant, INBOX, row, "PFStatus") == "IA"
        })
        .await;
}

/// Four applications in the first list and one in the second.
async fn two_lists() -> Watch {
    let mut watch = crowd::open_in_lists_of(BACKEND, CAP).await;
    for account in FIRST_FOUR {
        submit(&mut watch, account).await;
    }
    watch
        .until("the second list and its webhook", |tenant| {
            rows::list(tenant, SECOND).is_some() && rows::site(tenant).subscriptions.len() == 3
        })
        .await;
    submit(&mut watch, hire::ACCOUNT).await;
    let tenant = watch.house.world().tenant();
    assert_eq!(rows::newest(&tenant, SECOND), Some(1));
    drop(tenant);
    watch
}

/// With every right there is, on one item.
async fn share_with_everybody(house: &House, owner: &Person) {
    let (everybody, all) = {
        let tenant = house.world().tenant();
        let site = rows::site(&tenant);
        let everybody = site
            .users
            .values()
            .find(|user| user.title.starts_with("Everyone"));
        let all = site.roles.values().find(|role| role.name == "Full Control");
        (everybody.expect("everybody").id, all.expect("the level").id)
    };
    let path = format!(
        "web/getlist('/sites/flow/Lists/{SECOND}')/items({ITEM})/roleassignments/addroleassignment(principalid={everybody},roledefid={all})"
    );
    let (status, said) = owner.send(Method::POST, &path, &[], None).await;
    assert!(status.is_success(), "{status}: {said}");
}

/// Shared again, should the product mend it, until he came by.
async fn found(house: &House, owner: &Person, outsider: Probe) -> String {
    for _ in 0..LOOKS {
        if outsider.has_ended() {
            break;
        }
        share_with_everybody(house, owner).await;
        pause(LOOK).await;
    }
    outsider.end().await.expect_err("the item is not found")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_of_a_later_list_that_everybody_may_read_is_found_and_by_every_way() {
    let mut watch = two_lists().await;
    let stranger = Arc::new(Person::sign_in(&watch.house, STRANGER).await);
    let owner = Person::sign_in(&watch.house, OWNER).await;
    let outsider = probe(&stranger, &watch.house);
    outsider.round().await;
    let tried = outsider.lists();
    assert!(
        tried.contains(APPLICATIONS) && tried.contains(SECOND) && !outsider.has_ended(),
        "{tried:?}"
    );
    let seen = found(&watch.house, &owner, outsider).await;
    assert!(seen.starts_with(&format!("{SECOND}({ITEM}) by ")), "{seen}");

    // Nobody mends it any more.
    watch.house.kill();
    share_with_everybody(&watch.house, &owner).await;
    owner.attach(SECOND, ITEM, ATTACHMENT, "a face").await;
    // There everybody finds what he himself deleted.
    let bins = [Way::RecycleBin, Way::SiteRecycleBin];
    for way in WAYS.into_iter().filter(|way| !bins.contains(way)) {
        let sight = look(&stranger, SECOND, ITEM, way).await;
        assert!(
            !is_fitting(SECOND, way, &sight, false),
            "{way:?} leads nowhere: {sight:?}"
        );
    }
}
