//! An administrator ends an execution while an answer is still on its way, and has it undone: whatever leads back from
//! the step that was begun is done, be it more than one write.

use e2e::bulk::administer;
use e2e::control::rule;
use e2e::house::pause;
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::ADMINISTRATOR;
use jiff::SignedDuration;
use serde_json::json;

use super::contacts::{ADDRESS, DELETE, deleted, picture, stage};
use super::stage::Stage;

const DELETION: &str = "exchange:delete:contact:";
/// Longer than an administrator needs.
const LATE: u64 = 15_000;
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);
const LOOKS: usize = 600;

async fn until_deleted(stage: &Stage) {
    for _ in 0..LOOKS {
        if stage.writes(DELETION) > 0 {
            return;
        }
        pause(LOOK).await;
    }
    panic!("never deleted\n{}", stage.house.log());
}

/// Pauses end.
async fn until_undone(stage: &Stage, item: i64) {
    for _ in 0..LOOKS {
        let row = stage.applicant.read(APPLICATIONS, item).await;
        if row.is_ok_and(|row| row["PFStatus"] == "FA") {
            return;
        }
        let passed = stage.house.tenant.advance(SignedDuration::from_secs(5));
        passed.expect("the clock's file");
        pause(LOOK).await;
    }
    panic!("never undone\n{}", stage.house.log());
}

/// A contact that was deleted is made anew by one write, and gets its details by another.
#[tokio::test(flavor = "multi_thread")]
async fn t18_t22_x07_r15_a_contact_comes_back_with_its_details_though_its_deletion_was_never_confirmed() {
    let stage = stage(0).await;
    let before = picture(&stage, ADDRESS).await.expect("the contact");
    let late = rule(
        json!({ "effectPrefix": DELETION }),
        &json!({ "slow": { "millis": LATE } }),
    );
    let item = stage.approved_but_for_one(DELETE, &deleted(&stage).await).await;
    stage.house.strike(vec![late]).await;
    stage.last_vote(DELETE, item).await;
    until_deleted(&stage).await;
    let why = ["--reason", "取引の継続"];
    for (deed, comes_to) in [("cancel", "RV"), ("compensate", "EX")] {
        let deed = [[deed].as_slice(), &why].concat();
        assert_eq!(administer(&stage.house, ADMINISTRATOR, &deed), comes_to);
    }
    until_undone(&stage, item).await;
    let after = picture(&stage, ADDRESS).await.expect("a like contact");
    assert_eq!(after["contact"]["DisplayName"], before["contact"]["DisplayName"]);
    for kept in ["Company", "Title"] {
        assert_eq!(after["details"][kept], before["details"][kept], "{kept}");
    }
    for once in [DELETION, "exchange:create:contact:"] {
        assert_eq!(stage.writes(once), 1, "{once}");
    }
}
