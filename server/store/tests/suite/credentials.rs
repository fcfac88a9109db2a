use crate::samples::{at, contoso};
use serde_json::json;
use store::{RenewalLease, RenewalLine, SealedCredential, Store, StoreError, TenantId, transaction};

fn sealed(id: &str) -> SealedCredential {
    SealedCredential {
        id: id.to_owned(),
        sealed: vec![1, 2],
        wrapped: vec![3],
        master: "one".to_owned(),
        at: at(1),
    }
}

pub(crate) async fn a_sealed_credential_is_never_overwritten_and_goes_under_another_master_key_once(
    store: Store,
) {
    let keep = async |one: &SealedCredential| -> Result<(), StoreError> {
        transaction!(store.write(&contoso()), tx => tx.keep_credential(one).await)
    };
    keep(&sealed("a")).await.unwrap();
    let other = SealedCredential {
        sealed: vec![9],
        ..sealed("a")
    };
    assert!(matches!(keep(&other).await, Err(StoreError::UniqueTaken { .. })));
    let rewrap = async |from: &str| -> Result<(), StoreError> {
        transaction!(store.write(&contoso()), tx =>
            tx.rewrap_credential("a", from, (vec![4], "two")).await)
    };
    rewrap("one").await.unwrap();
    assert!(matches!(
        rewrap("one").await,
        Err(StoreError::StaleVersion { .. })
    ));
    let found: Result<_, StoreError> = transaction!(store.read(&contoso()), tx => tx.credentials().await);
    let rewrapped = SealedCredential {
        wrapped: vec![4],
        master: "two".to_owned(),
        ..sealed("a")
    };
    assert_eq!(found.unwrap(), [rewrapped]);
    let gone: Result<_, StoreError> = transaction!(store.write(&contoso()), tx => {
        tx.forget_credential("a").await?;
        tx.credential("a").await
    });
    assert_eq!(gone.unwrap(), None);
}

pub(crate) async fn a_renewal_has_one_line_at_each_place_and_the_last_one_is_found(store: Store) {
    let line = |seq| RenewalLine {
        seq,
        at: at(seq),
        body: json!({ "event": "made" }),
    };
    let add = async |number, seq| -> Result<(), StoreError> {
        transaction!(store.write(&contoso()), tx => tx.add_renewal_line(number, &line(seq)).await)
    };
    for (number, seq) in [(1, 1), (1, 2), (2, 1)] {
        add(number, seq).await.unwrap();
    }
    assert!(matches!(add(2, 1).await, Err(StoreError::StaleVersion { .. })));
    let found: Result<_, StoreError> = transaction!(store.read(&contoso()), tx =>
        Ok((tx.last_renewal().await?, tx.renewal(1).await?)));
    assert_eq!(found.unwrap(), (Some(2), vec![line(1), line(2)]));
    let none: Result<_, StoreError> =
        transaction!(store.read(&TenantId::new("other")), tx => tx.last_renewal().await);
    assert_eq!(none.unwrap(), None);
}

pub(crate) async fn a_renewal_has_one_driver_until_he_gives_it_back_or_is_gone(store: Store) {
    let ask = async |who: &str, now, until| -> Result<RenewalLease, StoreError> {
        transaction!(store.write(&contoso()), tx => tx.hold_renewal(who, at(now), at(until)).await)
    };
    let refused = |until| RenewalLease::Held {
        by: "a".to_owned(),
        until: at(until),
    };
    assert_eq!(ask("a", 0, 10).await.unwrap(), RenewalLease::Ours);
    assert_eq!(ask("b", 5, 15).await.unwrap(), refused(10));
    assert_eq!(ask("a", 9, 20).await.unwrap(), RenewalLease::Ours);
    assert_eq!(ask("b", 19, 29).await.unwrap(), refused(20));
    assert_eq!(ask("b", 20, 30).await.unwrap(), RenewalLease::Ours);
    let back: Result<(), StoreError> =
        transaction!(store.write(&contoso()), tx => tx.release_renewal("b").await);
    back.unwrap();
    assert_eq!(ask("a", 21, 31).await.unwrap(), RenewalLease::Ours);
}

pub(crate) async fn two_who_ask_for_the_lease_at_once_do_not_both_get_it(store: Store) {
    let ask = async |who: &'static str, store: Store| -> Result<RenewalLease, StoreError> {
        transaction!(store.write(&contoso()), tx => tx.hold_renewal(who, at(0), at(10)).await)
    };
    let (one, two) = tokio::join!(ask("a", store.clone()), ask("b", store.clone()));
    let ours = [one.unwrap(), two.unwrap()]
        .iter()
        .filter(|lease| **lease == RenewalLease::Ours)
        .count();
    assert_eq!(ours, 1);
}
