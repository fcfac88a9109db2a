use crate::samples::{at, contoso, job};
use jiff::SignedDuration;
use serde_json::json;
use store::{
    ApplicationId, BeforeImage, Document, Handover, HandoverState, Outgoing, Period, PersonId, Shelf, Store,
    StoreError, transaction,
};

pub(crate) async fn a_change_token_moves_only_with_its_jobs(store: Store) {
    let failed: Result<(), StoreError> = transaction!(store.write(&contoso()), tx => {
        tx.save_change_token("site", "list", "1;3;x").await?;
        tx.enqueue(&job("a")).await?;
        Err(StoreError::StaleVersion { what: "anything" })
    });
    failed.unwrap_err();
    let seen = async || -> Result<_, StoreError> {
        transaction!(store.read(&contoso()), tx => {
            Ok((tx.change_token("site", "list").await?, tx.next_due().await?))
        })
    };
    assert_eq!(seen().await.unwrap(), (None, None));
    for token in ["1;3;x", "1;3;y"] {
        let saved =
            transaction!(store.write(&contoso()), tx => tx.save_change_token("site", "list", token).await);
        saved.unwrap_or_else(|error: StoreError| panic!("{error:?}"));
        assert_eq!(seen().await.unwrap().0.as_deref(), Some(token));
    }
}

const EFFECT: &str = "mail/a/1";

/// What stands for an effect that has this handle and was not seen to happen.
fn waiting(handle: Option<&str>) -> Outgoing {
    Outgoing::Begun {
        handle: handle.map(str::to_owned),
        at: at(0),
    }
}

async fn begin(store: &Store) -> Option<Outgoing> {
    let begun: Result<_, StoreError> =
        transaction!(store.write(&contoso()), tx => tx.begin_outgoing(EFFECT, at(0)).await);
    begun.unwrap()
}

async fn take(store: &Store, handle: &str) -> Option<Outgoing> {
    let stands: Result<_, StoreError> =
        transaction!(store.write(&contoso()), tx => tx.take_handle(EFFECT, handle, at(0)).await);
    stands.unwrap()
}

async fn replace(store: &Store, old: &str, new: &str) -> Option<Outgoing> {
    let stands: Result<_, StoreError> =
        transaction!(store.write(&contoso()), tx => tx.replace_handle(EFFECT, (old, new), at(0)).await);
    stands.unwrap()
}

async fn sent(store: &Store) -> Result<(), StoreError> {
    transaction!(store.write(&contoso()), tx => tx.note_sent(EFFECT, Some("draft"), at(0)).await)
}

pub(crate) async fn the_first_handle_stays(store: Store) {
    assert_eq!(take(&store, "nothing has begun").await, None);
    assert_eq!(begin(&store).await, None);
    assert_eq!(begin(&store).await, Some(waiting(None)));
    assert_eq!(take(&store, "draft").await, Some(waiting(Some("draft"))));
    assert_eq!(
        take(&store, "another").await,
        Some(waiting(Some("draft"))),
        "two go on"
    );
    assert_eq!(
        begin(&store).await,
        Some(waiting(Some("draft"))),
        "it is taken away"
    );
    assert_eq!(
        replace(&store, "draft", "moved").await,
        Some(waiting(Some("moved")))
    );
    assert_eq!(
        replace(&store, "draft", "too late").await,
        Some(waiting(Some("moved")))
    );
}

pub(crate) async fn what_is_sent_stays_sent(store: Store) {
    begin(&store).await;
    take(&store, "draft").await;
    sent(&store).await.unwrap();
    assert!(matches!(sent(&store).await, Err(StoreError::StaleVersion { .. })));
    let gone = Some(Outgoing::Sent {
        handle: Some("draft".to_owned()),
    });
    assert_eq!(take(&store, "another").await, gone);
    assert_eq!(replace(&store, "draft", "another").await, gone);
    assert_eq!(begin(&store).await, gone);
}

pub(crate) async fn the_first_before_image_stays(store: Store) {
    let id = ApplicationId::new("a");
    let image = |text: &str| BeforeImage {
        step: 1,
        body: json!(text),
        at: at(0),
    };
    let kept = transaction!(store.write(&contoso()), tx => {
        tx.keep_before_image(&id, &image("before")).await?;
        tx.keep_before_image(&id, &image("our own work")).await?;
        tx.before_images(&id).await
    });
    assert_eq!(
        kept.unwrap_or_else(|error: StoreError| panic!("{error:?}")),
        [image("before")]
    );
}

pub(crate) async fn documents_of_one_shelf_are_read_together(store: Store) {
    let document = |name: &str, n: i64| Document {
        name: name.to_owned(),
        body: json!({ "数": n }),
        at: at(n),
    };
    let found = transaction!(store.write(&contoso()), tx => {
        for (name, n) in [("b", 1), ("a", 2), ("b", 3)] {
            tx.put(Shelf::Master, &document(name, n)).await?;
        }
        tx.put(Shelf::Setting, &document("a", 9)).await?;
        tx.remove(Shelf::Setting, "a").await?;
        Ok::<_, StoreError>((tx.shelf(Shelf::Master).await?, tx.get(Shelf::Setting, "a").await?))
    });
    assert_eq!(found.unwrap(), (vec![document("a", 2), document("b", 3)], None));
}

pub(crate) async fn of_documents_with_periods_those_that_hold_are_read_and_the_turns_around_a_moment(
    store: Store,
) {
    let document = |name: &str| Document {
        name: name.to_owned(),
        body: json!({}),
        at: at(0),
    };
    let from_to = |from: i64, until: Option<i64>| Period {
        from: at(from),
        until: until.map(at),
    };
    let found = transaction!(store.write(&contoso()), tx => {
        for (name, period) in [
            ("over", from_to(1, Some(10))),
            ("stands", from_to(5, Some(30))),
            ("stands for good", from_to(20, None)),
            ("to come", from_to(40, Some(50))),
        ] {
            tx.put_for(Shelf::Delegation, &document(name), period).await?;
        }
        tx.put_for(Shelf::Person, &document("another shelf"), from_to(19, Some(25))).await?;
        tx.put(Shelf::Delegation, &document("without a period")).await?;
        let mut names = Vec::new();
        for second in [9, 20, 100] {
            let holding = tx.holding(Shelf::Delegation, at(second)).await?.into_iter();
            names.push(holding.map(|document| document.name).collect::<Vec<_>>());
        }
        let turns = [
            tx.last_turn(Shelf::Delegation, at(0)).await?,
            tx.last_turn(Shelf::Delegation, at(20)).await?,
            tx.next_turn(Shelf::Delegation, at(20)).await?,
            tx.next_turn(Shelf::Delegation, at(50)).await?,
        ];
        Ok::<_, StoreError>((names, turns))
    });
    let (names, turns) = found.unwrap();
    assert_eq!(names[0], ["over", "stands", "without a period"]);
    assert_eq!(names[1], ["stands", "stands for good", "without a period"]);
    assert_eq!(names[2], ["stands for good", "without a period"]);
    assert_eq!(turns, [None, Some(at(20)), Some(at(30)), None]);
}

pub(crate) async fn a_period_within_a_millisecond_is_read_and_its_turns_are_not_before_it(store: Store) {
    let moment = |nanoseconds: i64| at(1) + SignedDuration::from_nanos(nanoseconds);
    let document = Document {
        name: "short".to_owned(),
        body: json!({}),
        at: at(0),
    };
    let period = Period {
        from: moment(200),
        until: Some(moment(900)),
    };
    let found = transaction!(store.write(&contoso()), tx => {
        tx.put_for(Shelf::Delegation, &document, period).await?;
        let held = tx.holding(Shelf::Delegation, moment(500)).await?;
        Ok::<_, StoreError>((held, tx.next_turn(Shelf::Delegation, moment(100)).await?))
    });
    let (held, next) = found.unwrap();
    assert_eq!(held, [document]);
    assert!(next.is_some_and(|next| next >= moment(900)), "{next:?}");
}

pub(crate) async fn a_handover_is_answered_once_to_the_key_that_asked(store: Store) {
    let (chief, other) = (PersonId::new("chief"), PersonId::new("other"));
    let handover = Handover {
        id: "h".to_owned(),
        application: ApplicationId::new("a"),
        manager: chief.clone(),
        state: HandoverState::Waiting,
        expires_at: at(100),
    };
    let find = async |who: &PersonId, second| -> Result<Option<Handover>, StoreError> {
        transaction!(store.read(&contoso()), tx => tx.handover("h", who, at(second)).await)
    };
    let go = async |from: &Handover, to: &HandoverState| -> Result<(), StoreError> {
        transaction!(store.write(&contoso()), tx => tx.move_handover(from, to).await)
    };
    let opened: Result<(), StoreError> =
        transaction!(store.write(&contoso()), tx => tx.open_handover(&handover).await);
    opened.unwrap();
    assert_eq!(find(&other, 1).await.unwrap(), None);
    assert_eq!(find(&chief, 100).await.unwrap(), None);
    let waiting = find(&chief, 1).await.unwrap().unwrap();
    go(&waiting, &HandoverState::Asked { public_key: vec![1] })
        .await
        .unwrap();
    let first = find(&chief, 2).await.unwrap().unwrap();
    go(&first, &HandoverState::Asked { public_key: vec![2] })
        .await
        .unwrap();
    // An answer encrypted to the first key comes too late: nobody waits for it any more.
    let late = go(&first, &HandoverState::Ready { ciphertext: vec![9] }).await;
    assert!(matches!(late, Err(StoreError::StaleVersion { .. })), "{late:?}");
    let second = find(&chief, 3).await.unwrap().unwrap();
    go(&second, &HandoverState::Ready { ciphertext: vec![8] })
        .await
        .unwrap();
    assert_eq!(
        find(&chief, 4).await.unwrap().unwrap().state,
        HandoverState::Ready { ciphertext: vec![8] }
    );
}
