//! Groups while answers are lost, while Graph shows changes late, and while somebody else changes them.

use std::collections::BTreeSet;

use serde_json::json;

use super::groups::{
    Family, MICROSOFT_365, NEW, OWNER, SECURITY, TARGET, change, changed, created, deleted, found, person,
    stage,
};
use super::stage::{LAG, SUBJECT};

/// Every kind of write loses its answer, and Graph shows changes late: nothing is done twice, and all comes to what
/// it comes to without that.
async fn lost_answers_and_lag_change_nothing(family: Family) {
    let stage = stage(family, LAG).await;
    let id = found(&stage, TARGET).expect("the target").id;
    stage
        .lose_answers(&[
            "graph:create:group:",
            "graph:add-owner:group:",
            "graph:add-member:group:",
        ])
        .await;
    stage.carry_out(family.create, &created(&stage, family)).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage
        .lose_answers(&[
            "graph:update:group:",
            "graph:add-owner:group:",
            "graph:remove-owner:group:",
            "graph:add-member:group:",
            "graph:remove-member:group:",
        ])
        .await;
    stage.carry_out(family.change, &changed(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    change(&stage.house, "営業本部", |group| {
        TARGET.clone_into(&mut group.display_name);
    });
    stage.lose_answers(&["graph:delete:group:"]).await;
    stage.carry_out(family.delete, &deleted(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage.settle().await;
    let made = found(&stage, NEW).expect("the new group");
    assert_eq!(made.owners, BTreeSet::from([person(&stage.house, OWNER)]));
    assert_eq!(made.members.len(), 2);
    assert!(found(&stage, TARGET).is_none());
    for (prefix, times) in [
        ("graph:create:group:", 1),
        ("graph:update:group:", 1),
        ("graph:add-owner:group:", 2),
        ("graph:remove-owner:group:", 1),
        ("graph:remove-member:group:", 1),
        ("graph:delete:group:", 1),
    ] {
        assert_eq!(stage.writes(prefix), times, "{prefix} {}", id.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r07_x04_x05_lost_answers_and_lag_change_nothing_of_security_groups() {
    lost_answers_and_lag_change_nothing(SECURITY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r09_x04_x05_lost_answers_and_lag_change_nothing_of_microsoft_365_groups() {
    lost_answers_and_lag_change_nothing(MICROSOFT_365).await;
}

/// Approve what you see: what somebody else changed meanwhile is shown again, and not overwritten.
#[tokio::test(flavor = "multi_thread")]
async fn r07_i01_a_change_by_somebody_else_after_the_approval_leads_back_to_the_last_approver() {
    let stage = stage(SECURITY, 0).await;
    let target = found(&stage, TARGET).expect("the target");
    let form = json!({
        "group": target.id.0, "items": ["description", "members"], "reason": "整理のため", "description": "営業",
        "addMembers": [stage.person(OWNER), stage.person(SUBJECT)],
    });
    let item = stage.approved_but_for_one(SECURITY.change, &form).await;
    change(&stage.house, TARGET, |group| {
        group
            .properties
            .insert("description".to_owned(), json!("別の説明"));
    });
    stage.last_vote(SECURITY.change, item).await;
    stage.reads(SECURITY.change, item, "説明: 別の説明 → 営業").await;
    for untouched in ["graph:update:group:", "graph:add-member:group:"] {
        assert_eq!(stage.writes(untouched), 0, "{untouched}");
    }
}
