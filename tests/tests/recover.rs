//! The database is lost, at any moment: it is rebuilt from SharePoint, and everything ends as if nothing had been.

use e2e::hire;
use e2e::house::Wishes;
use e2e::kills::Moment;
use e2e::large;
use e2e::many::{Many, fates};
use e2e::watch::Watch;
use e2e::{ledger, outcome, run, soak};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
/// People look so often, at most.
const ROUNDS: u32 = 3_000;
/// Databases lost in the ordinary suite.
const LOSSES: usize = 3;

struct Undisturbed {
    fates: Value,
    effects: std::ops::Range<usize>,
}

fn number() -> usize {
    soak::open(6)
}

async fn undisturbed() -> &'static Undisturbed {
    static RUN: OnceCell<Undisturbed> = OnceCell::const_new();
    RUN.get_or_init(async || {
        let mut watch = large::open(BACKEND, "").await;
        let from = watch.house.count_effects();
        let mut many = Many::submit(&watch.house, number()).await;
        lead(&mut watch, &mut many, |_| false).await;
        watch.quiet().await;
        Undisturbed {
            fates: fates(&watch.house),
            effects: from..watch.house.count_effects(),
        }
    })
    .await
}

/// People act until all have come to their end, or until `stop` says so; whether all have ended.
async fn lead(watch: &mut Watch, many: &mut Many, stop: impl Fn(&Watch) -> bool) -> bool {
    for round in 1..=ROUNDS {
        if many.act(&watch.house).await {
            return true;
        }
        if stop(watch) {
            return false;
        }
        if round.is_multiple_of(100) {
            many.sign_in_again(&watch.house).await;
        }
        watch.rest().await;
    }
    panic!(
        "they never end: {:#?}\n{}",
        many.states(&watch.house),
        watch.house.log()
    );
}

fn said(output: &std::process::Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// The database goes; people do not notice and act on; then it is recovered.
async fn lose(watch: &mut Watch, many: &mut Many) -> String {
    watch.house.kill();
    watch.house.lose_database();
    many.act(&watch.house).await;
    let recovered = watch.house.run(&["recover"]);
    assert!(
        recovered.status.success(),
        "{}\n{}",
        said(&recovered),
        watch.house.log()
    );
    watch.house.serve().await;
    many.sign_in_again(&watch.house).await;
    said(&recovered)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_lost_at_any_moment_comes_back_and_everything_ends_as_it_would_have() {
    let wanted = undisturbed().await;
    let seed = soak::seed(1);
    let mut told = Vec::new();
    for loss in 0..LOSSES {
        let mut watch = large::open(BACKEND, "").await;
        let start = watch.house.count_effects();
        let third = wanted.effects.len() / LOSSES;
        // One moment in each third of the run.
        let from = start + loss * third;
        let moment = Moment::seeded(
            seed + u64::try_from(loss).unwrap_or(0),
            &(from..from + third * 9 / 10),
        );
        let mut many = Many::submit(&watch.house, number()).await;
        lead(&mut watch, &mut many, |watch| {
            watch.house.count_effects() >= moment.effects
        })
        .await;
        moment.blow().await;
        told.push(lose(&mut watch, &mut many).await);
        lead(&mut watch, &mut many, |_| false).await;
        compare(&mut watch, &wanted.fates).await;
        soak::progress("recover", loss + 1, LOSSES);
    }
    soak::keep(
        "recover",
        &json!({ "open": number(), "seed": seed, "said": told }),
    );
}

async fn compare(watch: &mut Watch, wanted: &Value) {
    let mut differences = Vec::new();
    for _ in 0..6 {
        watch.quiet().await;
        differences = outcome::differences(wanted, &fates(&watch.house));
        if differences.is_empty() {
            break;
        }
    }
    let house = &watch.house;
    assert!(
        differences.is_empty(),
        "{}\n{}",
        differences.join("\n"),
        house.log()
    );
    let once = ledger::once(house);
    let twice: Vec<_> = once.iter().filter(|(_, count)| **count != 1).collect();
    assert!(twice.is_empty(), "{twice:#?}\n{}", house.log());
    run::whole(watch);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_holds_work_is_not_touched_and_an_empty_one_takes_no_old_form_for_new() {
    let mut watch = hire::open(BACKEND, Wishes::default()).await;
    hire::submit(&watch.house, hire::ACCOUNT).await;
    watch
        .until("the manager is asked", |tenant| hire::is_at(tenant, "上長承認"))
        .await;
    watch.quiet().await;
    let refused = watch.house.run(&["recover"]);
    assert!(
        !refused.status.success() && said(&refused).contains("table application"),
        "{}",
        said(&refused)
    );
    watch.house.kill();
    watch.house.lose_database();
    let before = watch.house.count_effects();
    watch.house.serve().await;
    for _ in 0..20 {
        watch.rest().await;
    }
    let tenant_is_left_alone = watch.house.effects()[before..]
        .iter()
        .all(|effect| !effect.key.contains("PFApplications") && !effect.key.contains("PFHistory"));
    assert!(tenant_is_left_alone, "{}", watch.house.log());
    watch.house.kill();
    let recovered = watch.house.run(&["recover"]);
    assert!(
        said(&recovered).contains("1 application(s) recovered, 1 of them open, 0 fault(s)"),
        "{}",
        said(&recovered)
    );
    watch.house.serve().await;
    hire::agree(&mut watch, hire::MANAGER).await;
    watch
        .until("the three are asked", |tenant| {
            hire::is_at(tenant, "情報システム部 合議")
        })
        .await;
}
