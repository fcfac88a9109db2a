use crate::samples::{at, contoso};
use store::{Instance, KeyHeld, Store, StoreError, TenantId, transaction};

async fn at_work(store: &Store, tenant: &TenantId, name: &str, second: i64) -> u32 {
    let one = instance(name, Some("new"), KeyHeld::Nothing, second);
    let counted: Result<u32, StoreError> =
        transaction!(store.write(tenant), tx => tx.at_work(&one, at(second - 60)).await);
    counted.unwrap()
}

fn instance(name: &str, proof: Option<&str>, key: KeyHeld, second: i64) -> Instance {
    Instance {
        name: name.to_owned(),
        proof: proof.map(str::to_owned),
        key,
        seen: at(second),
    }
}

pub(crate) async fn the_live_are_counted_and_the_silent_forgotten(store: Store) {
    let tenant = contoso();
    assert_eq!(at_work(&store, &tenant, "one", 100).await, 1);
    assert_eq!(
        at_work(&store, &tenant, "one", 110).await,
        1,
        "said twice, counted once"
    );
    assert_eq!(at_work(&store, &tenant, "two", 120).await, 2);
    assert_eq!(
        at_work(&store, &tenant, "two", 170).await,
        2,
        "silent for a minute"
    );
    assert_eq!(at_work(&store, &tenant, "two", 171).await, 1, "silent for longer");
    assert_eq!(at_work(&store, &tenant, "one", 172).await, 2, "back again");
    let left: Result<(), StoreError> = transaction!(store.write(&tenant), tx => tx.leave_work("two").await);
    left.unwrap();
    assert_eq!(at_work(&store, &tenant, "one", 173).await, 1);
}

pub(crate) async fn each_tenant_counts_its_own(store: Store) {
    assert_eq!(at_work(&store, &contoso(), "one", 100).await, 1);
    assert_eq!(at_work(&store, &TenantId::new("fabrikam"), "two", 100).await, 1);
}

pub(crate) async fn each_says_by_what_it_proves_itself_and_one_that_says_nothing_is_told_apart(store: Store) {
    let tenant = contoso();
    let named = || KeyHeld::Named("ab12".to_owned());
    let (one, two) = (
        instance("one", Some("new"), named(), 110),
        instance("two", None, KeyHeld::Unsaid, 120),
    );
    let three = instance("three", Some("old"), KeyHeld::Nothing, 115);
    let all: Result<Vec<Instance>, StoreError> = transaction!(store.write(&tenant), tx => {
        tx.at_work(&instance("one", Some("old"), KeyHeld::Nothing, 100), at(40)).await?;
        for said in [&one, &two, &three] {
            tx.at_work(said, at(60)).await?;
        }
        tx.instances(at(60)).await
    });
    assert_eq!(all.unwrap(), [one, three, two.clone()]);
    let live: Result<Vec<Instance>, StoreError> =
        transaction!(store.read(&tenant), tx => tx.instances(at(116)).await);
    assert_eq!(live.unwrap(), [two], "the silent are not told of");
}
