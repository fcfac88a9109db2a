//! 3 合議 3/5: two of the votes are written before the service looks, so that one webhook batch tells of both.

use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, EXPERTS, sign_in};
use e2e::scene::{apply, try_vote, until, vote};
use serde_json::json;

use crate::company::{asks, with_steps};

const CONSENSUS: &str = "五名の合議";
const OTHERS: [&str; 3] = ["naoki.kiryu", "kaori.uchida", "takashi.hasegawa"];

#[tokio::test(flavor = "multi_thread")]
async fn s03_w04_of_five_who_are_asked_three_decide_and_no_vote_of_one_batch_is_lost() {
    let five = [EXPERTS.as_slice(), OTHERS.as_slice()].concat();
    let mut house = with_steps(|house| {
        let three = json!({ "of": "n", "n": 3 });
        vec![asks(house, ("all", CONSENSUS), &five, &three)]
    })
    .await;
    let [applicant, first, second, third] =
        sign_in(&house, [APPLICANT, EXPERTS[0], EXPERTS[1], OTHERS[0]]).await;
    let (row, item) = apply(&house, &applicant, &first, "hana.takahashi").await;
    for voter in [&first, &second, &third] {
        until(&house, voter, (APPLICATIONS, item), |row| {
            row["PFStepName"] == CONSENSUS
        })
        .await;
    }
    house.kill();
    for voter in [&first, &second] {
        let asked = voter.read(APPLICATIONS, item).await.expect("he is asked");
        assert!(try_vote(voter, item, &asked).await.is_success());
    }
    house.serve().await;
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
