//! 1 新規ユーザー登録: 上長承認, 情報システム部 合議; then account, licence and groups, while Graph shows what was just made
//! with a delay.

use e2e::hire;
use e2e::house::{House, Wishes};
use e2e::ledger;

use crate::company::BACKEND;

/// Seconds until Graph shows a fresh object, at most: it answers 404 more than once.
const LAG: u32 = 30;

/// How often Graph knew nothing of what was just made.
fn not_found(house: &House, id: &str) -> usize {
    let tenant = house.world().tenant();
    let operations = tenant.ledger.operations.iter();
    let unknown = operations.filter(|operation| operation.status == 404 && operation.path.contains(id));
    unknown.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn s01_r01_x05_the_user_has_account_licence_and_groups_although_graph_shows_them_late() {
    let wishes = Wishes {
        lag: LAG,
        ..Wishes::default()
    };
    let mut watch = hire::open(BACKEND, wishes).await;
    watch.house.switch(|switches| switches.calls_are_kept = true);
    hire::carry_through(&mut watch).await;
    watch.quiet().await;
    let once = ledger::once(&watch.house);
    assert!(once.values().all(|times| *times == 1), "{once:?}");
    let upn = format!("{}@{}", hire::ACCOUNT, watch.house.world().names.domain);
    let user = watch.house.id_of(hire::ACCOUNT).to_string();
    let count = |prefix: &str, part: &str| {
        let kept = once
            .keys()
            .filter(|key| key.starts_with(prefix) && key.contains(part));
        kept.count()
    };
    assert_eq!(count("graph:create:user:", &upn), 1, "{once:?}");
    assert_eq!(count("graph:assign-license:", &user), 1, "{once:?}");
    assert_eq!(count("graph:add-member:", &user), 2, "{once:?}");
    assert_eq!(count("graph:set-manager:", &user), 1, "{once:?}");
    assert!(not_found(&watch.house, &user) >= 2, "Graph showed it at once");
    assert!(watch.house.run(&["verify-journal"]).status.success());
}
