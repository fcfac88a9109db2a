//! What has run out proves nothing, and is never passed over where it is what the app proves itself by.

use super::*;
use crate::setup::Words;

async fn outcomes(stage: &Stage) -> Vec<Result<(), Words>> {
    let proven = verify(stage.service()).await.unwrap();
    proven.into_iter().map(|one| one.outcome).collect()
}

#[tokio::test]
async fn the_one_in_use_that_ran_out_is_told_with_its_remedy() {
    let mut stage = Stage::set(Break::Never).await;
    assert_eq!(outcomes(&stage).await, [Ok(())]);
    let ends = current(stage.service()).await.unwrap().ends;
    stage.pass(ends.duration_since(stage.service().now()) + SignedDuration::from_hours(1));
    let told = Obstacle::OldExpired { ends }.words();
    assert_eq!(outcomes(&stage).await, [Err(told)]);
}

#[tokio::test]
async fn a_former_one_that_ran_out_behind_the_new_one_is_no_failure() {
    let mut stage = Stage::set(Break::Never).await;
    begin(stage.service(), "a", "a test").await.unwrap();
    advance(stage.service(), "a").await.unwrap();
    assert_eq!(outcomes(&stage).await, [Ok(()), Ok(())]);
    let (renewal, _) = journal::last(stage.service()).await.unwrap().unwrap();
    let left = renewal.plan.old.ends.duration_since(stage.service().now());
    stage.pass(left + SignedDuration::from_hours(1));
    assert_eq!(outcomes(&stage).await, [Ok(())]);
}
