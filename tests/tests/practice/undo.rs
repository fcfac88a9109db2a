//! 補償: an execution that stopped half-way is undone from what stood there before.

use dev_tenant::seed::EVERYDAY;
use e2e::control::rule;
use e2e::deed::because;
use e2e::house::pause;
use e2e::journal;
use e2e::offer::managers_approval;
use e2e::scene::{MANAGERS_STEP, until_told, vote};
use serde_json::{Value, json};

use super::{LOOK, LOOKS, Pair, account, channels, days_pass};

const CLOSED: &str = "【終了】";
const ACCOUNTS: [&str; 2] = ["hana.takahashi", "yui.takahashi"];

/// Both have made their account, and cannot yet put it into its groups.
async fn half_done() -> Pair {
    let pair = Pair::asking(
        |_| json!({ "steps": [managers_approval(&json!({}))] }),
        |house| json!({ "groups": [house.group(EVERYDAY[0]), house.group(EVERYDAY[1])] }),
    )
    .await;
    let house = &pair.house;
    let members = json!({ "host": "graph.microsoft.com", "method": "POST", "pathContains": "/members" });
    let mut busy = rule(members, &json!("unavailable"));
    busy["times"] = json!(100_000);
    house.strike(vec![busy]).await;
    for item in [pair.first.0, pair.second.0] {
        vote(house, &pair.manager, item, MANAGERS_STEP).await;
    }
    for _ in 0..LOOKS {
        if ACCOUNTS.iter().all(|local| account(house, local).is_some()) {
            break;
        }
        pause(LOOK).await;
    }
    pair
}

/// Both have stopped at a group that is gone.
async fn stopped() -> Pair {
    let pair = half_done().await;
    take_away(&pair);
    pair.house.strike(Vec::new()).await;
    pair
}

fn take_away(pair: &Pair) {
    let id = pair.house.group(EVERYDAY[1]);
    let mut tenant = pair.house.world().tenant();
    tenant.directory.groups.retain(|group, _| group.0 != id);
}

fn undone(pair: &Pair, number: &str) -> Vec<Value> {
    let lines = journal::lines(&pair.house, number);
    let steps = lines
        .iter()
        .filter(|line| line["event"]["type"] == "stepCompensated");
    steps.map(|line| line["event"]["step"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn t22_x07_what_was_done_is_undone_the_last_step_first_and_what_is_lost_is_named() {
    let pair = stopped().await;
    let house = &pair.house;
    for item in [pair.first.0, pair.second.0] {
        // Pauses after refusals end.
        for _ in 0..LOOKS {
            let row = pair.manager.read(e2e::rows::APPLICATIONS, item).await;
            if row.is_ok_and(|row| row["PFStatus"] == "RV") {
                break;
            }
            house
                .tenant
                .advance(jiff::SignedDuration::from_secs(10))
                .expect("the clock");
            pause(LOOK).await;
        }
    }
    assert!(ACCOUNTS.iter().all(|local| account(house, local).is_some()));
    assert_eq!(
        pair.row(&pair.manager, "補償", &because("x")).await,
        "not_administrator"
    );
    assert_eq!(
        pair.row(&pair.administrator, "補償", &json!({})).await,
        "reason_missing"
    );
    let why = because("入社取りやめ");
    assert_eq!(pair.row(&pair.administrator, "補償", &why).await, "EX");
    assert_eq!(
        pair.shell(&["compensate", "--reason", "入社取りやめ"]),
        Ok("EX".to_owned())
    );
    for item in [pair.first.0, pair.second.0] {
        let ended = pair
            .until(&pair.applicant, item, |row| row["PFStatus"] == "FA")
            .await;
        let history = ended["PFHistory"].as_str().unwrap_or_default();
        assert!(history.contains("元に戻りません"), "{history}");
    }
    assert_eq!(
        pair.same_since("compensationStarted"),
        channels("inbox", "system")
    );
    assert!(ACCOUNTS.iter().all(|local| account(house, local).is_none()));
    let steps = undone(&pair, &pair.first.1);
    assert_eq!(steps.last(), Some(&json!("create-user")), "{steps:?}");
    assert_eq!(steps, undone(&pair, &pair.second.1));
    until_told(house, &pair.applicant, CLOSED).await;
    days_pass(house, 1);
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t18_an_execution_that_has_begun_is_stopped_first_and_can_be_undone() {
    let pair = half_done().await;
    let house = &pair.house;
    let why = because("入社取りやめ");
    assert_eq!(pair.row(&pair.administrator, "強制終了", &why).await, "RV");
    assert_eq!(
        pair.shell(&["cancel", "--reason", "入社取りやめ"]),
        Ok("RV".to_owned())
    );
    assert_eq!(pair.same_since("halted"), channels("inbox", "system"));
    assert!(ACCOUNTS.iter().all(|local| account(house, local).is_some()));
    house.strike(Vec::new()).await;
    assert_eq!(pair.row(&pair.administrator, "補償", &why).await, "EX");
    let undoing = pair.shell(&["compensate", "--reason", "入社取りやめ"]);
    assert_eq!(undoing, Ok("EX".to_owned()));
    for item in [pair.first.0, pair.second.0] {
        undone_by_then(&pair, item).await;
    }
    assert!(ACCOUNTS.iter().all(|local| account(house, local).is_none()));
    pair.is_whole();
}

/// Pauses after refusals end, and it is undone.
async fn undone_by_then(pair: &Pair, item: i64) {
    for _ in 0..LOOKS {
        let row = pair.applicant.read(e2e::rows::APPLICATIONS, item).await;
        if row.is_ok_and(|row| row["PFStatus"] == "FA") {
            return;
        }
        let pass = jiff::SignedDuration::from_secs(10);
        pair.house.tenant.advance(pass).expect("the clock");
        pause(LOOK).await;
    }
    panic!("it is never undone\n{}", pair.house.log_end());
}
