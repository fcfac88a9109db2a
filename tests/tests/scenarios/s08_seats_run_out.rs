//! 8 ライセンス不足: the seats are gone between approval and execution; nothing is begun, an administrator is told, buys
//! seats, retries, and everything is done.

use std::collections::BTreeSet;

use dev_tenant::directory::ObjectId;
use dev_tenant::seed::SPE_E3;
use e2e::deed::ask;
use e2e::forms;
use e2e::house::House;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, MANAGER, house, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, item_of, until, until_told, vote};
use serde_json::json;
use uuid::Uuid;

use crate::company::BACKEND;

const ACCOUNT: &str = "hana.takahashi";

fn is_there(house: &House) -> bool {
    let tenant = house.world().tenant();
    let mut users = tenant.directory.users.values();
    users.any(|user| user.user_principal_name.starts_with(ACCOUNT))
}

/// What the new account has.
fn licences(house: &House) -> BTreeSet<Uuid> {
    let id = ObjectId(house.id_of(ACCOUNT));
    let tenant = house.world().tenant();
    tenant.directory.users[&id].licences.keys().copied().collect()
}

/// Sets how many seats the tenant has bought; gives how many there were.
fn buy(house: &House, seats: u32) -> u32 {
    let mut tenant = house.world().tenant();
    let mut skus = tenant.directory.skus.iter_mut();
    let sku = skus.find(|sku| sku.sku_id == SPE_E3).expect("the licence");
    std::mem::replace(&mut sku.enabled_units, seats)
}

#[tokio::test(flavor = "multi_thread")]
async fn s08_x13_x06_seats_that_run_out_after_the_approval_stop_it_and_a_retry_finishes_it() {
    let house = house(BACKEND).await;
    let [applicant, manager, administrator, first, second] = sign_in(
        &house,
        [APPLICANT, MANAGER, ADMINISTRATOR, EXPERTS[0], EXPERTS[1]],
    )
    .await;
    let mut form = forms::account(&house, ACCOUNT);
    form["licence"] = json!(SPE_E3.to_string());
    let row = applicant.add(INBOX, &forms::application(&form)).await;
    let item = item_of(&house, &applicant, &manager, row).await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
    vote(&house, &first, item, IT_STEP).await;
    let bought = buy(&house, 0);
    vote(&house, &second, item, IT_STEP).await;
    let stopped = until(&house, &administrator, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "RV"
    })
    .await;
    until_told(&house, &administrator, "【要確認】").await;
    assert!(
        !is_there(&house),
        "no account without the licence that was approved"
    );
    buy(&house, bought);
    let number = stopped["PFNumber"].as_str().expect("a number");
    assert_eq!(
        ask(&house, &administrator, number, "再実行", &json!({})).await,
        "EX"
    );
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    assert_eq!(licences(&house), BTreeSet::from([SPE_E3]));
    let user = house.id_of(ACCOUNT).to_string();
    let once = e2e::ledger::once(&house);
    let given = once
        .iter()
        .filter(|(key, _)| key.starts_with("graph:assign-license:") && key.contains(&user));
    assert_eq!(given.map(|(_, times)| *times).collect::<Vec<_>>(), [1]);
    assert!(house.run(&["verify-journal"]).status.success());
}
