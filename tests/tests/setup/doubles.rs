//! Two instances that looked at the same moment both found no webhook, and each made one.

use dev_tenant::sharepoint::state::site::Site;
use dev_tenant::sharepoint::state::subscription::Subscription;
use e2e::house::House;
use uuid::Uuid;

use crate::{house, text};

fn subscriptions(house: &House) -> Vec<Uuid> {
    let tenant = house.world().tenant();
    e2e::rows::site(&tenant).subscriptions.keys().copied().collect()
}

/// The other instance's, made a moment later.
fn double(site: &mut Site) {
    let first = site.subscriptions.values().next().expect("a webhook");
    let double = Subscription {
        id: Uuid::max(),
        ..first.clone()
    };
    site.subscriptions.insert(double.id, double);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_leads_to_us_twice_is_named_and_one_is_ended() {
    let mut house = house().await;
    house.serve().await;
    let first = house.run(&["setup"]);
    assert!(first.status.success(), "{}", text(&first));
    let made = subscriptions(&house);
    // Who serves would end it by himself at his next look.
    house.kill();
    double(&mut house.world().tenant().sharepoint.sites[0]);
    let plan = text(&house.run(&["setup", "--plan"]));
    assert!(plan.contains("重複した Webhook を削除: Lists/"), "{plan}");
    let repaired = house.run(&["setup"]);
    assert!(repaired.status.success(), "{}", text(&repaired));
    assert_eq!(subscriptions(&house), made);
}
