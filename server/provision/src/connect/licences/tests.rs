use super::super::testing;
use super::*;

const OLD: Uuid = Uuid::from_u128(5);
const NEW: Uuid = Uuid::from_u128(6);
const MAIL: Uuid = Uuid::from_u128(7);
const CHAT: Uuid = Uuid::from_u128(8);

fn services(ids: &[Uuid]) -> Services {
    ids.iter().map(|id| (*id, format!("S{}", id.as_u128()))).collect()
}

/// With these services off.
fn given(sku: Uuid, without: &[Uuid], from: Option<&[Uuid]>) -> Assignment {
    Assignment {
        without: services(without),
        from: from.map(services),
        ..Assignment::whole(sku, "L")
    }
}

/// What is held, each with the services that are off; `free`: seats of the new licence, if the tenant has it.
fn have(account: Holder, held: &[(Uuid, &[Uuid])], free: Option<i64>) -> Have {
    let licence = |free| LicenceView {
        name: "L".to_owned(),
        free,
        services: services(&[MAIL, CHAT]),
    };
    let offered = free.map(|free| (NEW, licence(free))).into_iter();
    Have {
        account,
        held: held
            .iter()
            .map(|(sku, off)| (*sku, off.iter().copied().collect()))
            .collect(),
        offered: offered.collect(),
    }
}

fn turn(give: &[(Uuid, &[Uuid])], take: &[Uuid]) -> Next<Turn> {
    let give = give.iter().map(|(sku, off)| AddLicence {
        sku_id: *sku,
        disabled_plans: off.to_vec(),
    });
    Next::Write(Turn {
        account: testing::ACCOUNT,
        give: give.collect(),
        take: take.to_vec(),
    })
}

fn old() -> Licence {
    let name = "O".to_owned();
    Licence { sku: OLD, name }
}

#[test]
fn one_licence_takes_the_place_of_another_once_and_in_one_request() {
    let (key, give, take) = (testing::key(), [given(NEW, &[], None)], [old()]);
    let want = ChangeLicences {
        account: &key,
        give: &give,
        take: &take,
    };
    let refused = |failure| Next::Refuse(failure);
    for (have, next) in [
        (have(Holder::Nobody, &[(OLD, &[])], Some(1)), Next::Wait),
        (
            have(Holder::Stranger, &[(OLD, &[])], Some(1)),
            refused(Failure::Taken),
        ),
        (
            have(testing::ours(), &[(OLD, &[MAIL])], Some(1)),
            turn(&[(NEW, &[])], &[OLD]),
        ),
        (have(testing::ours(), &[(NEW, &[])], Some(0)), Next::Nothing),
        (
            have(testing::ours(), &[(OLD, &[]), (NEW, &[])], Some(0)),
            turn(&[], &[OLD]),
        ),
        (have(testing::ours(), &[], Some(1)), turn(&[(NEW, &[])], &[])),
        (
            have(testing::ours(), &[(OLD, &[])], Some(0)),
            refused(Failure::NoSeat),
        ),
        (
            have(testing::ours(), &[(OLD, &[])], None),
            refused(Failure::UnknownLicence),
        ),
    ] {
        assert_eq!(want.compare(&have), next);
    }
}

#[test]
fn r06_services_are_switched_off_as_a_whole_list_and_never_over_what_somebody_else_set() {
    let key = testing::key();
    let held_so = |off: &[Uuid]| have(testing::ours(), &[(NEW, off)], Some(0));
    let refused = || Next::Refuse(Failure::ChangedMeanwhile);
    let new = [given(NEW, &[MAIL], None)];
    let changed = [given(NEW, &[MAIL, CHAT], Some(&[CHAT]))];
    for (give, have, next) in [
        (
            &new,
            have(testing::ours(), &[], Some(1)),
            turn(&[(NEW, &[MAIL])], &[]),
        ),
        (&new, held_so(&[MAIL]), Next::Nothing),
        (&new, held_so(&[]), refused()),
        (&new, held_so(&[CHAT]), refused()),
        (&changed, held_so(&[CHAT]), turn(&[(NEW, &[MAIL, CHAT])], &[])),
        (&changed, held_so(&[MAIL, CHAT]), Next::Nothing),
        (&changed, held_so(&[MAIL]), refused()),
        (&changed, have(testing::ours(), &[], Some(1)), refused()),
    ] {
        let want = ChangeLicences {
            account: &key,
            give,
            take: &[],
        };
        assert_eq!(want.compare(&have), next);
    }
}

#[test]
fn what_is_held_is_taken_away_once_and_nothing_of_a_stranger() {
    let (key, take) = (testing::key(), [old()]);
    let want = ChangeLicences {
        account: &key,
        give: &[],
        take: &take,
    };
    for (have, next) in [
        (have(Holder::Nobody, &[], None), Next::Nothing),
        (have(testing::ours(), &[(NEW, &[])], None), Next::Nothing),
        (
            have(testing::ours(), &[(NEW, &[]), (OLD, &[])], None),
            turn(&[], &[OLD]),
        ),
        (
            have(Holder::Stranger, &[(OLD, &[])], None),
            Next::Refuse(Failure::Taken),
        ),
    ] {
        assert_eq!(want.compare(&have), next);
    }
    assert!(want.image(&have(Holder::Nobody, &[], None)).is_some());
}

#[test]
fn x14_an_image_names_services_that_are_off_and_holds_nothing_new_where_none_is() {
    let (key, give) = (testing::key(), [given(NEW, &[MAIL], None)]);
    let want = ChangeLicences {
        account: &key,
        give: &give,
        take: &[],
    };
    let account = testing::ACCOUNT;
    assert_eq!(
        want.image(&have(testing::ours(), &[(NEW, &[])], Some(1))),
        Some(json!({ "account": account, "licences": [NEW] }))
    );
    let off = have(testing::ours(), &[(OLD, &[MAIL]), (NEW, &[CHAT])], Some(1));
    assert_eq!(
        want.image(&off).expect("it is visible")["without"],
        json!({ OLD.to_string(): { MAIL.to_string(): MAIL.to_string() }, NEW.to_string(): { CHAT.to_string(): "S8" } })
    );
    assert_eq!(want.image(&have(Holder::Nobody, &[], Some(1))), None);
}
