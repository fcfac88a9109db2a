//! Teams: a Microsoft 365 group that has its owners first, and then becomes a team. Nobody of ours ever owns it.

use std::collections::BTreeSet;

use super::groups::{Family, MICROSOFT_365, NEW, OWNER, created, found, person};
use super::stage::{Kind, LAG, ONE_EXPERT, Stage};

const CREATE: Kind = Kind {
    workflow: "team-create",
    last: ONE_EXPERT,
};
const TEAM: Family = Family {
    create: CREATE,
    ..MICROSOFT_365
};

#[tokio::test(flavor = "multi_thread")]
async fn r11_i10_a_team_is_made_with_its_owners_alone_and_undone() {
    let stage = Stage::new().await;
    let (number, read) = stage.carry_out(TEAM.create, &created(&stage, TEAM)).await;
    assert!(
        read.contains("Teams のチーム: （なし） → 新製品プロジェクト"),
        "{read}"
    );
    let group = found(&stage, NEW).expect("the new group");
    assert!(group.team.is_some());
    assert_eq!(group.owners, BTreeSet::from([person(&stage.house, OWNER)]));
    assert_eq!(stage.writes("graph:create:team:"), 1);
    stage.undo(TEAM.create, &number).await;
    assert!(found(&stage, NEW).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn r11_x04_x05_lost_answers_and_lag_make_one_team() {
    let stage = Stage::prepared(LAG, |_| {}).await;
    stage
        .lose_answers(&["graph:create:group:", "graph:create:team:"])
        .await;
    stage.carry_out(TEAM.create, &created(&stage, TEAM)).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage.settle().await;
    assert!(found(&stage, NEW).expect("the new group").team.is_some());
    for once in ["graph:create:group:", "graph:create:team:"] {
        assert_eq!(stage.writes(once), 1, "{once}");
    }
}
