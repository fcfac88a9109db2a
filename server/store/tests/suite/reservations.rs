use crate::samples::contoso;
use store::{ApplicationId, Reservation, SeatOutcome, Store, StoreError, transaction};

async fn reserve(store: &Store, by: &str, name: &str) -> Result<(), StoreError> {
    let (by, name) = (ApplicationId::new(by), Reservation::Upn(name.to_owned()));
    transaction!(store.write(&contoso()), tx => tx.reserve(&by, &name).await)
}

async fn seat(store: &Store, by: &str) -> SeatOutcome {
    let by = ApplicationId::new(by);
    transaction!(store.write(&contoso()), tx => {
        tx.reserve_seats(&by, "E3", (1, 3)).await
    })
    .unwrap()
}

pub(crate) async fn one_name_has_one_holder(store: Store) {
    let racers: Vec<_> = (0..6)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { reserve(&store, &n.to_string(), "Taro@contoso.com").await })
        })
        .collect();
    let mut held = Vec::new();
    for (n, racer) in racers.into_iter().enumerate() {
        match racer.await.unwrap() {
            Ok(()) => held.push(n.to_string()),
            Err(StoreError::UniqueTaken { what: "upn" }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(held.len(), 1);
    reserve(&store, &held[0], "taro@CONTOSO.com")
        .await
        .expect("its holder may ask again");
    let asked = |name: &str| Reservation::Upn(name.to_owned());
    let (taro, jiro) = (asked("TARO@contoso.com"), asked("jiro@contoso.com"));
    let holders = transaction!(store.read(&contoso()), tx => {
        Ok::<_, StoreError>((tx.holder(&taro).await?, tx.holder(&jiro).await?))
    });
    assert_eq!(
        holders.unwrap(),
        (Some(ApplicationId::new(held[0].clone())), None)
    );
}

pub(crate) async fn seats_are_never_oversold(store: Store) {
    let racers: Vec<_> = (0..8)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { seat(&store, &n.to_string()).await })
        })
        .collect();
    let mut held = 0;
    for racer in racers {
        held += usize::from(racer.await.unwrap() == SeatOutcome::Held);
    }
    assert_eq!(held, 3);
}

pub(crate) async fn released_things_are_free_again(store: Store) {
    reserve(&store, "a", "taro@contoso.com").await.unwrap();
    for by in ["a", "a", "b", "c"] {
        assert_eq!(seat(&store, by).await, SeatOutcome::Held);
    }
    assert_eq!(seat(&store, "d").await, SeatOutcome::NoneLeft);
    let a = ApplicationId::new("a");
    transaction!(store.write(&contoso()), tx => tx.release(&a).await).unwrap();
    assert_eq!(seat(&store, "d").await, SeatOutcome::Held);
    reserve(&store, "d", "taro@contoso.com").await.unwrap();
}
