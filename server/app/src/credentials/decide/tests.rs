//! Killed anywhere, and gone on with: what is left is always the same, and the app can prove itself at every moment.

mod world;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::credentials::event::Which;
use world::{Kill, NEW, OLD, World, at, plan};

fn names(world: &World) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for key in &world.registered.keys {
        *names
            .entry(key.thumbprint.clone().unwrap_or_default())
            .or_insert(0) += 1;
    }
    names
}

#[test]
fn undisturbed_it_goes_from_the_old_one_to_the_new_one() {
    let mut world = World::new(true);
    world.run(&[]);
    let phase = world.renewal().phase;
    let Phase::Removed(fresh) = phase else {
        panic!("{phase:?}")
    };
    assert_eq!(names(&world), BTreeMap::from([(NEW.to_owned(), 1)]));
    let secret = fresh.secret.unwrap();
    assert_eq!(world.registered.secrets.len(), 1);
    assert!(
        world.registered.has_secret(secret.key),
        "the old secret went, the new one is there"
    );
    let kinds: Vec<_> = world
        .journal
        .iter()
        .map(|(_, event)| serde_json::to_value(event).unwrap()["event"].clone())
        .collect();
    assert_eq!(
        kinds,
        [
            "planned",
            "made",
            "keyAdded",
            "secretAdded",
            "passed",
            "passed",
            "passed",
            "proven",
            "switched",
            "taken",
            "taken",
            "removed"
        ]
    );
}

#[test]
fn the_old_one_stays_when_somebody_took_the_new_one_away() {
    let mut world = World::new(false);
    while !matches!(world.renewal().phase, Phase::Switched { .. }) {
        world.step(Kill::Never);
    }
    world
        .registered
        .keys
        .retain(|key| key.thumbprint.as_deref() == Some(OLD));
    world.now += 25 * 3_600;
    assert_eq!(world.next(), Next::Lost);
}

#[test]
fn a_round_that_fails_begins_the_count_anew() {
    let mut world = World::new(false);
    while !matches!(world.renewal().phase, Phase::Added { passed: 2, .. }) {
        world.step(Kill::Never);
    }
    world.note(Event::Unready {
        code: Some("AADSTS700027".into()),
    });
    assert!(matches!(world.renewal().phase, Phase::Added { passed: 0, .. }));
    world.run(&[]);
    assert!(matches!(world.renewal().phase, Phase::Removed(_)));
}

#[test]
fn lines_that_do_not_follow_are_refused_by_number() {
    let lines = [
        (at(0), Event::Planned { plan: plan(false) }),
        (at(1), Event::Switched),
    ];
    let refused = Renewal::fold(7, &lines).unwrap_err();
    assert_eq!((refused.number, refused.line), (7, 2));
    assert!(Renewal::fold(7, &lines[1..]).is_err());
    assert_eq!(Renewal::fold(7, &[]).unwrap(), None);
}

#[test]
fn at_every_phase_it_can_be_undone_until_the_old_one_is_gone() {
    for steps in 0..9 {
        let mut world = World::new(true);
        for _ in 0..steps {
            world.step(Kill::Never);
        }
        assert!(!world.renewal().is_over());
        let why = "a person wishes it".to_owned();
        world.note(Event::Undoing { why, by: None });
        assert_eq!(world.renewal().in_use(), [Which::Configured]);
        world.run(&[]);
        assert_eq!(world.renewal().phase, Phase::RolledBack, "after {steps} steps");
        assert_eq!(names(&world), BTreeMap::from([(OLD.to_owned(), 1)]));
        assert_eq!(world.registered.secrets.len(), 1, "the old secret");
    }
    let mut world = World::new(false);
    world.run(&[]);
    let undoing = Event::Undoing {
        why: String::new(),
        by: None,
    };
    assert!(world.renewal().apply(at(0), &undoing).is_err());
}

#[test]
fn killed_between_any_two_steps_and_anywhere_within_it_ends_the_same() {
    for broken in 0..14 {
        for kill in [Kill::Before, Kill::Between] {
            let mut kills = vec![Kill::Never; broken];
            kills.push(kill);
            let mut world = World::new(true);
            world.run(&kills);
            assert_whole(&world);
        }
    }
}

fn assert_whole(world: &World) {
    assert!(matches!(world.renewal().phase, Phase::Removed(_)), "{world:?}");
    assert_eq!(names(world), BTreeMap::from([(NEW.to_owned(), 1)]));
    let secrets = &world.registered.secrets;
    assert_eq!(secrets.len(), 1, "{world:?}");
    assert!(
        world.kept.contains(&secrets[0].id),
        "a registered secret is one we know"
    );
}

fn kill() -> impl Strategy<Value = Kill> {
    prop_oneof![Just(Kill::Never), Just(Kill::Before), Just(Kill::Between)]
}

proptest! {
    #[test]
    fn however_often_it_is_killed_it_ends_the_same(kills in prop::collection::vec(kill(), 0..60)) {
        let mut world = World::new(true);
        world.run(&kills);
        assert_whole(&world);
    }

    #[test]
    fn however_often_the_way_back_is_killed_the_old_one_alone_is_left(
        steps in 0_usize..9,
        kills in prop::collection::vec(kill(), 0..30),
    ) {
        let mut world = World::new(true);
        for kill in kills.iter().copied().chain(std::iter::repeat(Kill::Never)).take(steps) {
            world.step(kill);
        }
        world.note(Event::Undoing { why: String::new(), by: None });
        world.run(&kills);
        prop_assert_eq!(world.renewal().phase, Phase::RolledBack);
        prop_assert_eq!(names(&world), BTreeMap::from([(OLD.to_owned(), 1)]));
    }
}
