//! Nothing proves the app any more: a person registers what `renew` has made, in the order that is told.

use super::*;

/// As the words of the obstacle say.
#[tokio::test]
async fn the_certificate_is_there_once_renew_has_made_it_and_renew_goes_on_once_it_is_registered() {
    let mut stage = Stage::set(Break::Never).await;
    stage.entra.known.lock().unwrap().keys.clear();
    assert_eq!(waiting_certificate(stage.service()).await.unwrap(), None);
    begin(stage.service(), "a", "a test").await.unwrap();
    let stopped = advance(stage.service(), "a").await.unwrap_err();
    assert!(
        matches!(stopped, Stop::Obstacle(Obstacle::OldUnknown)),
        "{stopped:?}"
    );
    let pem = waiting_certificate(stage.service()).await.unwrap().unwrap();
    let certificate = openssl::x509::X509::from_pem(pem.as_bytes()).unwrap();
    stage.entra.register(&certificate.to_der().unwrap());
    stage.pass(LATER);
    begin(stage.service(), "a", "a test").await.unwrap();
    advance(stage.service(), "a").await.unwrap();
    let (renewal, _) = journal::last(stage.service()).await.unwrap().unwrap();
    assert!(renewal.has_switched(), "{:?}", renewal.phase);
}

#[test]
fn whoever_is_told_is_told_to_renew_before_the_certificate_is_written_and_again_after_it() {
    let ends = jiff::Timestamp::UNIX_EPOCH;
    for obstacle in [Obstacle::OldExpired { ends }, Obstacle::OldUnknown] {
        let words = obstacle.words();
        for told in [words.ja, words.en] {
            let place = |what: &str| told.find(what).unwrap_or_else(|| panic!("{what}: {told}"));
            let written = place("credentials certificate > new.crt");
            assert!(place("credentials renew") < written, "{told}");
            assert!(told.rfind("credentials renew") > Some(written), "{told}");
        }
    }
}
