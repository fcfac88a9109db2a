//! 経路変更: an administrator asks others at what is not passed.

use e2e::offer::{approval_of, managers_approval};
use e2e::scene::cast::{APPLICANT, EXPERTS, MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, until_told, vote};
use serde_json::{Value, json};

use super::{Pair, channels};

const ASKED: &str = "【判断依頼】";
const NOT_NEEDED: &str = "【判断不要】";
const CHANGED: &str = "【変更】";
const ANOTHER: &str = "kenji.osawa";

fn change(pair: &Pair, step: &str, to: &str) -> Value {
    json!({ "PFActStep": step, "PFActTo": pair.named(to), "PFDecisionComment": "組織改編" })
}

/// What is refused, and then what is not.
async fn by_row(pair: &Pair) {
    let unreasoned = json!({ "PFActStep": "head", "PFActTo": pair.named(ANOTHER) });
    for (by, more, answer) in [
        (&pair.manager, change(pair, "head", ANOTHER), "not_administrator"),
        (
            &pair.administrator,
            change(pair, "nowhere", ANOTHER),
            "route_mismatch",
        ),
        (
            &pair.administrator,
            change(pair, "head", APPLICANT),
            "applicant_barred",
        ),
        (
            &pair.administrator,
            change(pair, "head", "nobody.at.all"),
            "nobody_of_that_name",
        ),
        (&pair.administrator, unreasoned, "reason_missing"),
        (&pair.administrator, change(pair, "head", ANOTHER), "IA"),
    ] {
        assert_eq!(pair.row(by, "経路変更", &more).await, answer, "{more}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t17_w28_an_administrator_changes_who_is_asked_at_what_is_not_passed() {
    let pair = Pair::new(|house| {
        let later = approval_of("head", "部長承認", &[house.id_of(EXPERTS[1])], &json!({}));
        json!({ "steps": [managers_approval(&json!({})), later] })
    })
    .await;
    let house = &pair.house;
    let [another] = sign_in(house, [ANOTHER]).await;
    by_row(&pair).await;
    let to = pair.named(ANOTHER);
    let deed = [
        "change-route",
        "--step",
        "head",
        "--to",
        &to,
        "--reason",
        "組織改編",
    ];
    assert_eq!(pair.shell(&deed), Ok("IA".to_owned()));
    assert_eq!(pair.same_since("routeChanged"), channels("inbox", "system"));
    let told = until_told(house, &pair.applicant, CHANGED).await;
    assert!(told[0].contains("組織改編"), "{told:?}");
    for item in [pair.first.0, pair.second.0] {
        vote(house, &pair.manager, item, MANAGERS_STEP).await;
        vote(house, &another, item, "部長承認").await;
        pair.until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
    }
    let late = change(&pair, "head", MANAGER);
    assert_eq!(pair.row(&pair.administrator, "経路変更", &late).await, "not_now");
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t17_the_step_that_stands_is_asked_anew_and_whoever_was_asked_is_told() {
    let pair = Pair::new(|_| json!({ "steps": [managers_approval(&json!({}))] })).await;
    let house = &pair.house;
    let [another] = sign_in(house, [ANOTHER]).await;
    let to_another = json!({
        "PFActStep": "manager", "PFActTo": another.id.to_string(), "PFDecisionComment": "異動",
    });
    assert_eq!(pair.row(&pair.administrator, "経路変更", &to_another).await, "IA");
    until_told(house, &another, ASKED).await;
    let told = until_told(house, &pair.manager, NOT_NEEDED).await;
    assert!(told[0].contains("異動"), "{told:?}");
    vote(house, &another, pair.first.0, MANAGERS_STEP).await;
    // As the organisation is now: nobody else is found, and the step stands as it is.
    assert_eq!(
        pair.shell(&["change-route", "--reason", "確認"]),
        Ok("IA".to_owned())
    );
    vote(house, &pair.manager, pair.second.0, MANAGERS_STEP).await;
    pair.until(&pair.applicant, pair.second.0, |row| row["PFStatus"] == "CO")
        .await;
    pair.is_whole();
}
