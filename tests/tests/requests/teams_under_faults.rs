//! Teams while answers are lost, while Graph shows changes late, and while somebody else changes them; and a team that
//! could not be made.

use std::collections::BTreeSet;

use e2e::control::rule;
use jiff::SignedDuration;
use serde_json::json;

use super::groups::{Family, MICROSOFT_365, NEW, OWNER, TARGET, change, created, found, person};
use super::stage::{Kind, LAG, ONE_EXPERT, Stage};
use super::team_changes::{CHANGE, DELETE, everything, form, is_as_applied_for, stage, target};

const TEAM: Family = Family {
    create: Kind {
        workflow: "team-create",
        last: ONE_EXPERT,
    },
    ..MICROSOFT_365
};

#[tokio::test(flavor = "multi_thread")]
async fn r12_x04_x05_lost_answers_and_lag_change_nothing_of_a_team() {
    let stage = stage(LAG).await;
    let id = target(&stage);
    let kinds = [
        "graph:update:group:",
        "graph:update:team:",
        "graph:add-member:team:",
        "graph:promote-member:team:",
        "graph:demote-member:team:",
        "graph:remove-member:team:",
        "graph:archive:team:",
    ];
    stage.lose_answers(&kinds).await;
    stage.carry_out(CHANGE, &everything(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage.settle().await;
    is_as_applied_for(&stage, id);
    assert_eq!(stage.house.team(id.0).await["isArchived"], true);
    // To archive what is being archived changes nothing.
    for (prefix, times) in [
        ("graph:update:group:", 1),
        ("graph:update:team:", 1),
        ("graph:add-member:team:", 2),
        ("graph:promote-member:team:", 1),
        ("graph:demote-member:team:", 1),
        ("graph:remove-member:team:", 1),
    ] {
        assert_eq!(stage.writes(prefix), times, "{prefix}");
    }
    change(&stage.house, "営業本部チーム", |group| {
        TARGET.clone_into(&mut group.display_name);
    });
    stage.lose_answers(&["graph:delete:group:"]).await;
    let form = json!({ "team": id.0, "reason": "使わなくなったため" });
    stage.carry_out(DELETE, &form).await;
    assert!(stage.house.unstruck().await.is_empty());
    assert_eq!(stage.writes("graph:delete:group:"), 1);
}

/// Approve what you see: what somebody else changed meanwhile is shown again, and not overwritten.
#[tokio::test(flavor = "multi_thread")]
async fn r12_i01_a_change_by_somebody_else_after_the_approval_leads_back_to_the_last_approver() {
    let stage = stage(0).await;
    let more = json!({ "description": "営業", "deleteMessages": "forbid" });
    let form = form(&stage, &["description", "settings"], &more);
    let item = stage.approved_but_for_one(CHANGE, &form).await;
    change(&stage.house, TARGET, |group| {
        group
            .properties
            .insert("description".to_owned(), json!("別の説明"));
    });
    stage.last_vote(CHANGE, item).await;
    stage.reads(CHANGE, item, "説明: 別の説明 → 営業").await;
    for untouched in ["graph:update:group:", "graph:update:team:"] {
        assert_eq!(stage.writes(untouched), 0, "{untouched}");
    }
}

/// No account of ours ever owns a team, so none is left behind where a run is stopped.
#[tokio::test(flavor = "multi_thread")]
async fn r11_a_team_that_could_not_be_made_is_parked_with_its_own_owners_alone() {
    let stage = Stage::prepared(0, |_| {}).await;
    let mut lost = rule(
        json!({ "host": "graph.microsoft.com", "pathContains": "/team" }),
        &json!("resetBefore"),
    );
    lost["times"] = json!(1000);
    stage.house.strike(vec![lost]).await;
    let item = stage
        .approved_but_for_one(TEAM.create, &created(&stage, TEAM))
        .await;
    stage.last_vote(TEAM.create, item).await;
    stage.is_parked(item, SignedDuration::from_mins(21)).await;
    let group = found(&stage, NEW).expect("the group of the team to be");
    assert!(group.team.is_none());
    let owner = BTreeSet::from([person(&stage.house, OWNER)]);
    assert_eq!(group.owners, owner);
    assert_eq!(stage.writes("graph:add-owner:group:"), 1, "nobody came and went");
    assert_eq!(stage.writes("graph:remove-owner:group:"), 0);
}
