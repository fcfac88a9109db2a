//! 修正: whoever is asked changes what his step lets him change; everybody decides on what stands then.

use e2e::offer::managers_approval;
use e2e::scene::{MANAGERS_STEP, until_told, vote};
use serde_json::json;

use super::{Pair, account, channels, token};

const CHANGED: &str = "【変更】";

#[tokio::test(flavor = "multi_thread")]
async fn f12_fields_of_the_step_are_changed_checked_planned_anew_and_carried_out() {
    let editable = json!({ "editable": ["post", "licence"] });
    let pair = Pair::new(|_| json!({ "steps": [managers_approval(&editable)] })).await;
    let house = &pair.house;
    let manager = &pair.manager;
    let (first, second) = pair.at_the_managers_step().await;
    let change = |changes: &str| json!({ "PFStepToken": token(&first), "PFPayload": changes, "PFDecisionComment": "役職を補った" });
    for (by, changes, answer) in [
        (manager, r#"{"lastName":"鈴木"}"#, "field_not_editable"),
        (manager, r#"{"licence":"no such licence"}"#, "form_invalid"),
        (manager, "[]", "changes_unreadable"),
        (&pair.applicant, r#"{"post":"主任"}"#, "not_assignee"),
        (manager, r#"{"post":"主任"}"#, "IA"),
        (manager, r#"{"post":"係長"}"#, "stale_step"),
    ] {
        assert_eq!(pair.row(by, "修正", &change(changes)).await, answer, "{changes}");
    }
    let edit = json!({
        "act": "edit", "token": token(&second), "changes": { "post": "主任" }, "comment": "役職を補った",
    });
    assert_eq!(pair.request(manager, &edit).await, "recorded");
    assert_eq!(pair.same_since("edited"), channels("inbox", "request"));
    let told = until_told(house, &pair.applicant, CHANGED).await;
    assert!(
        told[0].contains("主任") && told[0].contains("役職を補った"),
        "{told:?}"
    );
    for (item, before) in [(pair.first.0, &first), (pair.second.0, &second)] {
        let anew = pair
            .until(manager, item, |row| row["PFStepToken"] != before["PFStepToken"])
            .await;
        assert!(
            anew["PFPreview"]
                .as_str()
                .is_some_and(|told| told.contains("主任"))
        );
        vote(house, manager, item, MANAGERS_STEP).await;
        pair.until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
    }
    let made = account(house, "hana.takahashi").expect("the account");
    assert!(made.contains("主任"), "{made}");
    pair.is_whole();
}
