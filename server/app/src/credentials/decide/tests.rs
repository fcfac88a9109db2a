//! Killed anywhere, and gone on with: what is left is always the same, and the app can prove itself at every moment.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::credentials::event::{Certificate, Old, Plan, Secret, Which};

const CARE: Care = Care {
    rounds: 3,
    pause: SignedDuration::from_secs(20),
    overlap: SignedDuration::from_hours(24),
};
const OLD: &str = "0LD";
const NEW: &str = "NEW";
const OLD_SECRET: Uuid = Uuid::from_u128(77);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn plan(secret: bool) -> Plan {
    Plan {
        name: "provisioning-flow-1".into(),
        old: Old {
            which: Which::Configured,
            thumbprint: OLD.into(),
            ends: at(9_000),
            secret: Some(Secret {
                id: "s0".into(),
                key: OLD_SECRET,
                ends: at(9_000),
            }),
        },
        ends: at(99_000),
        bits: 3072,
        secret,
        by: "a test".into(),
    }
}

/// Entra, the vault, the journal and the clock of one imagined renewal.
#[derive(Debug, Clone)]
struct World {
    registered: Registered,
    journal: Vec<(Timestamp, Event)>,
    /// Secrets whose text is kept.
    kept: Vec<Uuid>,
    now: i64,
    made: u128,
}

/// Where a step is broken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kill {
    Never,
    Before,
    /// Done outside, and not written down.
    Between,
}

impl World {
    fn new(secret: bool) -> Self {
        let key = Key {
            id: Uuid::from_u128(1),
            thumbprint: Some(OLD.into()),
            name: None,
            ends: None,
        };
        let secrets = vec![NamedSecret {
            id: OLD_SECRET,
            name: Some("provisioning-flow-0".into()),
            ends: None,
        }];
        Self {
            registered: Registered {
                keys: vec![key],
                secrets,
            },
            journal: vec![(at(0), Event::Planned { plan: plan(secret) })],
            kept: vec![OLD_SECRET],
            now: 0,
            made: 100,
        }
    }

    fn renewal(&self) -> Renewal {
        Renewal::fold(1, &self.journal).unwrap().unwrap()
    }

    fn next(&self) -> Next {
        decide(&self.renewal(), &self.registered, at(self.now), CARE)
    }

    fn note(&mut self, event: Event) {
        self.journal.push((at(self.now), event));
    }

    fn number(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    /// One step; false: there is nothing left to do.
    fn step(&mut self, kill: Kill) -> bool {
        let next = self.next();
        if next == Next::Done {
            return false;
        }
        if kill == Kill::Before {
            return true;
        }
        let event = self.outside(next);
        if let Some(event) = event.filter(|_| kill == Kill::Never) {
            self.note(event);
        }
        true
    }

    /// What a step does outside, and the line for it.
    fn outside(&mut self, next: Next) -> Option<Event> {
        match next {
            // Made and kept in one transaction with the line: killed before it, nothing is there.
            Next::Make => Some(Event::Made {
                certificate: Certificate {
                    id: "c1".into(),
                    thumbprint: NEW.into(),
                    ends: at(99_000),
                },
            }),
            Next::AddKey => {
                let key = self.register();
                Some(Event::KeyAdded {
                    key,
                    how: How::Possession,
                })
            }
            Next::AddSecret => Some(Event::SecretAdded {
                secret: self.register_secret(),
            }),
            Next::Prove => Some(Event::Passed { checks: Vec::new() }),
            Next::Note(event) => Some(event),
            Next::TakeKey(key) => {
                self.registered.keys.retain(|one| one.id != key);
                Some(Event::Taken { key })
            }
            Next::TakeSecret(key) => {
                self.registered.secrets.retain(|one| one.id != key);
                Some(Event::Taken { key })
            }
            Next::Wait { until, .. } => {
                self.now = until.as_second();
                None
            }
            Next::Lost | Next::Done => None,
        }
    }

    fn register(&mut self) -> Uuid {
        let id = self.number();
        self.registered.keys.push(Key {
            id,
            thumbprint: Some(NEW.into()),
            name: Some("provisioning-flow-1".into()),
            ends: None,
        });
        id
    }

    fn register_secret(&mut self) -> Secret {
        let id = self.number();
        self.registered.secrets.push(NamedSecret {
            id,
            name: Some("provisioning-flow-1".into()),
            ends: None,
        });
        self.kept.push(id);
        Secret {
            id: format!("s{id}"),
            key: id,
            ends: at(99_000),
        }
    }

    fn has(&self, thumbprint: &str) -> bool {
        self.registered.keys_of(thumbprint).next().is_some()
    }

    /// Whoever goes by the journal at this moment finds a registered certificate in what he tries.
    fn can_prove_itself(&self) -> bool {
        let registered = |which: &Which| match which {
            Which::Configured => self.has(OLD),
            Which::Kept(_) => self.has(NEW),
        };
        self.renewal().in_use().iter().any(registered)
    }

    /// An instance that has not looked since the switch works by the old one alone.
    fn lagging_one_works(&self) -> bool {
        self.has(OLD)
    }

    fn run(&mut self, kills: &[Kill]) {
        let mut kills = kills.iter().copied();
        for _ in 0..500 {
            let before_removal = self.now < 24 * 3_600;
            if !self.step(kills.next().unwrap_or(Kill::Never)) {
                return;
            }
            assert!(self.can_prove_itself(), "{self:?}");
            assert!(!before_removal || self.lagging_one_works() || self.now >= 24 * 3_600);
        }
        panic!("it does not end: {self:?}");
    }
}

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
        world.note(Event::Undoing { why });
        assert_eq!(world.renewal().in_use(), [Which::Configured]);
        world.run(&[]);
        assert_eq!(world.renewal().phase, Phase::RolledBack, "after {steps} steps");
        assert_eq!(names(&world), BTreeMap::from([(OLD.to_owned(), 1)]));
        assert_eq!(world.registered.secrets.len(), 1, "the old secret");
    }
    let mut world = World::new(false);
    world.run(&[]);
    let undoing = Event::Undoing { why: String::new() };
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
        world.note(Event::Undoing { why: String::new() });
        world.run(&kills);
        prop_assert_eq!(world.renewal().phase, Phase::RolledBack);
        prop_assert_eq!(names(&world), BTreeMap::from([(OLD.to_owned(), 1)]));
    }
}
