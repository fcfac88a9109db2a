//! Nothing lost, nothing doubled: whatever happens on the way, the tenant comes to what it is without it.

use e2e::control::rule;
use e2e::hire;
use e2e::house::Wishes;
use e2e::kills::Kills;
use e2e::ledger;
use e2e::run::{self, Undisturbed};
use e2e::soak;
use e2e::watch::Watch;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
/// The product dies so often in one house.
const KILLS_EACH: usize = 3;

/// All tests compare with the same run.
async fn undisturbed() -> &'static Undisturbed {
    static RUN: OnceCell<Undisturbed> = OnceCell::const_new();
    RUN.get_or_init(|| Undisturbed::run(BACKEND)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_the_product_does_everything_once() {
    let wanted = undisturbed().await;
    let mut left = soak::kills(6);
    let (total, mut houses) = (left, 0_u64);
    while left > 0 {
        let number = left.min(KILLS_EACH);
        left -= number;
        houses += 1;
        let mut watch = hire::open(BACKEND, Wishes::default()).await;
        let start = watch.house.count_effects();
        // Waiting writes and repeated ones make a disturbed run longer, never shorter than nine tenths.
        let length = wanted.effects.len() * 9 / 10;
        watch.kills = Kills::seeded(houses, number, &(start..start + length));
        hire::carry_through(&mut watch).await;
        wanted.compare(&mut watch).await;
        assert_eq!(watch.kills.left(), 0, "not killed often enough");
        soak::progress("kills", total - left, total);
    }
    soak::keep("kills", &json!({ "kills": total, "houses": houses }));
}

/// The whole job while these rules strike, each as often as it says.
async fn struck(wishes: Wishes<'_>, rules: Vec<Value>) {
    let wanted = undisturbed().await;
    let mut watch = hire::open(BACKEND, wishes).await;
    watch.house.strike(rules).await;
    hire::carry_through(&mut watch).await;
    wanted.compare(&mut watch).await;
    let unstruck = watch.house.unstruck().await;
    assert!(unstruck.is_empty(), "never struck: {unstruck:?}");
}

fn lost_answer(effect: &str) -> Value {
    rule(json!({ "effectPrefix": effect }), &json!("resetAfter"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_to_every_kind_of_write_may_be_lost() {
    let kinds = &undisturbed().await.kinds;
    struck(
        Wishes::default(),
        kinds.iter().map(|kind| lost_answer(kind)).collect(),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "minutes; scripts/soak runs it"]
async fn the_answer_to_each_kind_of_write_may_be_lost_alone() {
    let kinds = &undisturbed().await.kinds;
    for (number, kind) in kinds.iter().enumerate() {
        struck(Wishes::default(), vec![lost_answer(kind)]).await;
        soak::progress("lost answers", number + 1, kinds.len());
    }
    soak::keep("lost-answers", &json!({ "kinds": kinds }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_microsoft_365_makes_it_late_and_no_worse() {
    let throttled = |after: &str| json!({ "throttle": { "retryAfter": after } });
    let graph = |method: &str, path: &str, kind: &Value| {
        let host = "graph.microsoft.com";
        rule(
            json!({ "host": host, "method": method, "pathContains": path }),
            kind,
        )
    };
    let sharepoint = |method: &str, path: &str, kind: &Value| {
        let host = "contoso.sharepoint.com";
        rule(
            json!({ "host": host, "method": method, "pathContains": path }),
            kind,
        )
    };
    let unavailable = json!("unavailable");
    struck(
        Wishes::default(),
        vec![
            sharepoint("POST", "ProcessQuery", &throttled("3")),
            sharepoint("MERGE", "PFApplications", &unavailable),
            sharepoint("POST", "PFHistory", &throttled("1.5")),
            sharepoint("GET", "versions", &throttled("2")),
            graph("POST", "/send", &throttled("2.5")),
            graph("GET", "/messages", &unavailable),
            graph("PUT", "/manager", &throttled("0.3")),
            graph("POST", "/assignLicense", &throttled("4")),
            graph("POST", "/members", &unavailable),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_shows_itself_late_is_made_once() {
    let wishes = Wishes {
        lag: 30,
        ..Wishes::default()
    };
    struck(wishes, Vec::new()).await;
}

/// Servers of the directory learn of it each for itself: what one shows, the next does not know yet.
#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_comes_and_goes_while_servers_learn_of_it_is_made_once() {
    let wanted = undisturbed().await;
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    // Whoever was there before is known to every server.
    let settled = watch.house.tenant.advance(jiff::SignedDuration::from_mins(1));
    settled.expect("the clock moves");
    watch.house.switch(|switches| {
        switches.replication_lag_seconds = 10;
        switches.replication_flaps_percent = 40;
    });
    hire::carry_through(&mut watch).await;
    wanted.is_come_to(&mut watch).await;
    // A server that does not know the account knows of no manager either: he may be set again, to the same.
    let mut once = ledger::once_normal(&watch.house);
    once.retain(|key, times| *times > 1 && !key.contains(":set-manager:"));
    assert!(once.is_empty(), "{once:#?}");
    run::whole(&watch);
}

/// A job that hears of changes only by timer, or only by webhook.
async fn told(walk: u32, change: impl FnOnce(&mut dev_tenant::switches::Switches)) -> Watch {
    let wanted = undisturbed().await;
    let wishes = Wishes {
        walk,
        ..Wishes::default()
    };
    let mut watch = hire::open(BACKEND, wishes).await;
    watch.house.switch(change);
    hire::carry_through(&mut watch).await;
    wanted.compare(&mut watch).await;
    watch
}

#[tokio::test(flavor = "multi_thread")]
async fn when_every_webhook_is_lost_the_timer_finds_everything() {
    told(40, |switches| switches.webhook_lost_percent = 100).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_alone_suffice_and_may_come_twice_and_in_any_order() {
    told(86_400, |switches| {
        switches.webhook_doubled_percent = 100;
        switches.webhook_out_of_order = true;
        switches.webhook_delay_seconds = 5;
    })
    .await;
}
