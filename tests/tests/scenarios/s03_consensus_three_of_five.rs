//! 3 合議 3/5: two of the votes are told of by one batch of webhooks, and nothing else tells of them.

use e2e::house::{House, Wishes, pause};
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, EXPERTS, sign_in};
use e2e::scene::{apply, try_vote, until, vote};
use jiff::SignedDuration;
use serde_json::json;

use crate::company::{asks, with_steps_and};

const CONSENSUS: &str = "五名の合議";
/// Seconds between walks: none while this lasts.
const NEVER: u32 = 86_400_000;
/// Seconds in which SharePoint gathers what it tells at once; many, so that both votes fall into them.
const BATCH: u32 = 1_800;
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);
const LOOKS: u32 = 400;
const OTHERS: [&str; 3] = ["naoki.kiryu", "kaori.uchida", "takashi.hasegawa"];

/// Until SharePoint tells of both lists.
async fn webhooks(house: &House) {
    for _ in 0..LOOKS {
        if rows::site(&house.world().tenant()).subscriptions.len() == 2 {
            return;
        }
        pause(LOOK).await;
    }
    panic!("no webhooks\n{}", house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn s03_w04_of_five_who_are_asked_three_decide_and_no_vote_of_one_batch_is_lost() {
    let five = [EXPERTS.as_slice(), OTHERS.as_slice()].concat();
    let wishes = Wishes {
        walk: NEVER,
        ..Wishes::default()
    };
    let house = with_steps_and(wishes, |house| {
        let three = json!({ "of": "n", "n": 3 });
        vec![asks(house, ("all", CONSENSUS), &five, &three)]
    })
    .await;
    webhooks(&house).await;
    house.switch(|switches| switches.webhook_delay_seconds = 1);
    let [applicant, first, second, third] =
        sign_in(&house, [APPLICANT, EXPERTS[0], EXPERTS[1], OTHERS[0]]).await;
    let (row, item) = apply(&house, &applicant, &first, "hana.takahashi").await;
    for voter in [&first, &second, &third] {
        until(&house, voter, (APPLICATIONS, item), |row| {
            row["PFStepName"] == CONSENSUS
        })
        .await;
    }
    house.switch(|switches| switches.webhook_delay_seconds = BATCH);
    for voter in [&first, &second] {
        let asked = voter.read(APPLICATIONS, item).await.expect("he is asked");
        assert!(try_vote(voter, item, &asked).await.is_success());
    }
    let unread = third.read(APPLICATIONS, item).await.expect("he is asked");
    let history = unread["PFHistory"].as_str().unwrap_or_default();
    assert!(!history.contains(": 承認"), "no webhook has come: {history}");
    house
        .tenant
        .advance(SignedDuration::from_secs(BATCH.into()))
        .expect("the clock moves");
    house.switch(|switches| switches.webhook_delay_seconds = 1);
    let waiting = until(&house, &third, (APPLICATIONS, item), |row| {
        let history = row["PFHistory"].as_str().unwrap_or_default();
        history.matches(": 承認").count() == 2
    })
    .await;
    assert_eq!(waiting["PFStatus"], "IA", "two of three needed");
    vote(&house, &third, item, CONSENSUS).await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    assert!(house.run(&["verify-journal"]).status.success());
}
