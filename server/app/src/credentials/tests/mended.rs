//! What stood in the way is told as long as it does, and no longer.

use super::*;

#[tokio::test]
async fn an_obstacle_is_told_until_it_is_mended_and_no_rehearsal_of_before_is_asked() {
    let stage = Stage::set(Break::Never).await;
    let registered = std::mem::take(&mut stage.entra.known.lock().unwrap().keys);
    let (_, obstacles) = rehearse(stage.service()).await.unwrap();
    assert_eq!(obstacles, [Obstacle::OldUnknown]);
    stage.entra.known.lock().unwrap().keys = registered;
    let (_, obstacles) = rehearse(stage.service()).await.unwrap();
    assert_eq!(obstacles, []);
}

#[tokio::test]
async fn a_renewal_says_where_it_stopped_until_it_has_gone_on() {
    let mut stage = Stage::set(Break::Never).await;
    assert_eq!(stopped(stage.service()).await.unwrap(), None, "none was begun");
    let registered = std::mem::take(&mut stage.entra.known.lock().unwrap().keys);
    begin(stage.service(), "a", "a test").await.unwrap();
    advance(stage.service(), "a").await.unwrap_err();
    let (number, why) = stopped(stage.service()).await.unwrap().unwrap();
    assert_eq!((number, why), (1, Obstacle::OldUnknown.words()));
    stage.entra.known.lock().unwrap().keys = registered;
    stage.pass(LATER);
    advance(stage.service(), "a").await.unwrap();
    assert_eq!(stopped(stage.service()).await.unwrap(), None, "it has gone on");
}

#[tokio::test]
async fn what_a_survey_finds_changes_nothing() {
    let stage = Stage::set(Break::Never).await;
    let found = survey(stage.service(), "a test").await.unwrap();
    assert!(
        found.obstacles.is_empty() && found.rules.is_none(),
        "{:?}",
        found.obstacles
    );
    assert_eq!(stage.entra.known.lock().unwrap().writes, 0);
    stage.entra.known.lock().unwrap().keys.clear();
    let found = survey(stage.service(), "a test").await.unwrap();
    assert_eq!(found.obstacles, [Obstacle::OldUnknown]);
}
