//! Somebody took the new certificate out of the registration while the former one is there: whatever looks tells the way
//! back.

use super::*;

async fn switched() -> Stage {
    let stage = Stage::set(Break::Never).await;
    begin(stage.service(), "a", "a test").await.unwrap();
    advance(stage.service(), "a").await.unwrap();
    stage
}

fn lose_the_new_one(stage: &Stage) {
    stage.entra.known.lock().unwrap().keys.truncate(1);
}

#[tokio::test]
async fn plan_rehearsal_renew_and_verify_say_the_same_of_it() {
    let stage = switched().await;
    let service = stage.service();
    assert_eq!(refused(service).await.unwrap(), None);
    lose_the_new_one(&stage);
    assert_eq!(refused(service).await.unwrap(), Some(Obstacle::NewLost));
    let planned = survey(service, "a test").await.unwrap().obstacles;
    assert_eq!(planned, [Obstacle::NewLost]);
    let (_, rehearsed) = rehearse(service).await.unwrap();
    assert_eq!(rehearsed, [Obstacle::NewLost]);
    let proven = verify(service).await.unwrap();
    let [new, former] = proven.as_slice() else {
        panic!("{} of two", proven.len())
    };
    let told = new.outcome.as_ref().unwrap_err();
    assert!(
        told.en.starts_with("Entra: ") && told.en.ends_with(&Obstacle::NewLost.words().en),
        "{told:?}"
    );
    assert_eq!(former.outcome, Ok(()));
}

#[tokio::test]
async fn the_way_back_that_is_told_leads_to_another_renewal() {
    let mut stage = switched().await;
    lose_the_new_one(&stage);
    assert!(undo(stage.service(), "a", ("a test", "lost")).await.unwrap());
    assert_eq!(advance(stage.service(), "a").await.unwrap(), Halt::Over);
    assert_eq!(refused(stage.service()).await.unwrap(), None);
    stage.pass(LATER);
    let next = begin(stage.service(), "a", "a test").await.unwrap();
    assert_eq!(next.number, 2);
    advance(stage.service(), "a").await.unwrap();
    assert_eq!(stage.entra.known.lock().unwrap().keys.len(), 2);
}

#[tokio::test]
async fn where_there_is_no_way_back_the_new_one_is_registered_again() {
    let stage = switched().await;
    stage.entra.known.lock().unwrap().keys.clear();
    let refused_back = undo(stage.service(), "a", ("a test", "lost")).await.unwrap_err();
    assert!(
        matches!(refused_back, Stop::Obstacle(Obstacle::NoWayBack)),
        "{refused_back:?}"
    );
    let pem = waiting_certificate(stage.service()).await.unwrap().unwrap();
    let certificate = openssl::x509::X509::from_pem(pem.as_bytes()).unwrap();
    stage.entra.register(&certificate.to_der().unwrap());
    assert_eq!(refused(stage.service()).await.unwrap(), None);
}
