//! One imagined renewal: Entra, the vault, the journal and the clock, and a hand that breaks steps off.

use super::super::*;
use crate::credentials::event::{Certificate, Old, Plan, Secret, Which};

pub(super) const CARE: Care = Care {
    rounds: 3,
    pause: SignedDuration::from_secs(20),
    overlap: SignedDuration::from_hours(24),
};
pub(super) const OLD: &str = "0LD";
pub(super) const NEW: &str = "NEW";
pub(super) const OLD_SECRET: Uuid = Uuid::from_u128(77);

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

pub(super) fn plan(secret: bool) -> Plan {
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
pub(super) struct World {
    pub(super) registered: Registered,
    pub(super) journal: Vec<(Timestamp, Event)>,
    /// Secrets whose text is kept.
    pub(super) kept: Vec<Uuid>,
    pub(super) now: i64,
    pub(super) made: u128,
}

/// Where a step is broken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kill {
    Never,
    Before,
    /// Done outside, and not written down.
    Between,
}

impl World {
    pub(super) fn new(secret: bool) -> Self {
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

    pub(super) fn renewal(&self) -> Renewal {
        Renewal::fold(1, &self.journal).unwrap().unwrap()
    }

    pub(super) fn next(&self) -> Next {
        decide(&self.renewal(), &self.registered, at(self.now), CARE)
    }

    pub(super) fn note(&mut self, event: Event) {
        self.journal.push((at(self.now), event));
    }

    fn number(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    /// One step; false: there is nothing left to do.
    pub(super) fn step(&mut self, kill: Kill) -> bool {
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
                Some(Event::Taken {
                    key,
                    thumbprint: None,
                })
            }
            Next::TakeSecret(key) => {
                self.registered.secrets.retain(|one| one.id != key);
                Some(Event::Taken {
                    key,
                    thumbprint: None,
                })
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

    pub(super) fn run(&mut self, kills: &[Kill]) {
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
