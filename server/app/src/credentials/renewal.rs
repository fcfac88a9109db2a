//! A renewal is the fold of its own journal.

use jiff::Timestamp;
use thiserror::Error;
use uuid::Uuid;

use super::event::{Certificate, Event, Old, Plan, Secret, Which};

/// What is new, on its way into the registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fresh {
    pub certificate: Certificate,
    /// Entra's name for the certificate, once it is registered.
    pub key: Option<Uuid>,
    pub secret: Option<Secret>,
}

/// How far a renewal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phase {
    Planned,
    /// The certificate is made and kept.
    Made(Fresh),
    /// Everything new is registered. `passed`: so often in a row it has done its calls, the last time then.
    Added {
        fresh: Fresh,
        since: Timestamp,
        passed: u32,
        last: Option<Timestamp>,
    },
    Proven(Fresh),
    /// Running instances go over to it.
    Switched {
        fresh: Fresh,
        at: Timestamp,
    },
    /// The old one is out of the registration.
    Removed(Fresh),
    /// `None`: nothing was made yet.
    RollingBack(Option<Fresh>),
    RolledBack,
}

/// One renewal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Renewal {
    pub number: i64,
    pub plan: Plan,
    pub phase: Phase,
    /// Lines so far.
    pub lines: i64,
}

/// A journal that no renewal of ours writes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("renewal {number}: line {line} does not follow from those before")]
pub(crate) struct OutOfOrder {
    pub number: i64,
    pub line: i64,
}

impl Renewal {
    /// From the lines, oldest first; `None` for no lines.
    pub(crate) fn fold(number: i64, lines: &[(Timestamp, Event)]) -> Result<Option<Self>, OutOfOrder> {
        let Some(((_, first), rest)) = lines.split_first() else {
            return Ok(None);
        };
        let Event::Planned { plan } = first else {
            return Err(OutOfOrder { number, line: 1 });
        };
        let begun = Self {
            number,
            plan: plan.clone(),
            phase: Phase::Planned,
            lines: 1,
        };
        let all = rest
            .iter()
            .try_fold(begun, |renewal, (at, event)| renewal.apply(*at, event));
        all.map(Some)
    }

    /// The renewal after one more line.
    pub(crate) fn apply(self, at: Timestamp, event: &Event) -> Result<Self, OutOfOrder> {
        let (number, line) = (self.number, self.lines + 1);
        let phase = after(self.phase, &self.plan, at, event).ok_or(OutOfOrder { number, line })?;
        Ok(Self {
            phase,
            lines: line,
            ..self
        })
    }

    /// What proves us now, newest first; each of it must do.
    pub(crate) fn relied_on(&self) -> Vec<Which> {
        let old = self.plan.old.which.clone();
        let new = |fresh: &Fresh| Which::Kept(fresh.certificate.id.clone());
        match &self.phase {
            Phase::Switched { fresh, .. } => vec![new(fresh), old],
            Phase::Removed(fresh) => vec![new(fresh)],
            _ => vec![old],
        }
    }

    /// The same, and what the configuration names as the last resort: it may be out of the registration.
    pub(crate) fn in_use(&self) -> Vec<Which> {
        let mut in_use = self.relied_on();
        if !in_use.contains(&Which::Configured) {
            in_use.push(Which::Configured);
        }
        in_use
    }

    /// What proves us first, as the old one of the next renewal.
    pub(crate) fn current(&self) -> Old {
        match &self.phase {
            Phase::Switched { fresh, .. } | Phase::Removed(fresh) => Old {
                which: Which::Kept(fresh.certificate.id.clone()),
                thumbprint: fresh.certificate.thumbprint.clone(),
                ends: fresh.certificate.ends,
                secret: fresh.secret.clone(),
            },
            _ => self.plan.old.clone(),
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Removed(_) | Phase::RolledBack)
    }

    /// Only its old credential is left to be removed.
    pub(crate) fn has_switched(&self) -> bool {
        matches!(self.phase, Phase::Switched { .. })
    }

    /// What is new, as far as there is something.
    pub(crate) fn fresh(&self) -> Option<&Fresh> {
        match &self.phase {
            Phase::Planned | Phase::RolledBack => None,
            Phase::RollingBack(fresh) => fresh.as_ref(),
            Phase::Made(fresh)
            | Phase::Added { fresh, .. }
            | Phase::Proven(fresh)
            | Phase::Switched { fresh, .. }
            | Phase::Removed(fresh) => Some(fresh),
        }
    }
}

/// All lines that may follow a phase.
fn after(phase: Phase, plan: &Plan, at: Timestamp, event: &Event) -> Option<Phase> {
    Some(match (phase, event) {
        // What is taken while it is being made is a secret of a run that was killed, whose text nobody knows.
        (phase, Event::Hindered { .. })
        | (phase @ (Phase::Made(_) | Phase::Switched { .. } | Phase::RollingBack(_)), Event::Taken { .. }) => {
            phase
        }
        (Phase::Planned, Event::Made { certificate }) => Phase::Made(Fresh {
            certificate: certificate.clone(),
            key: None,
            secret: None,
        }),
        (Phase::Made(fresh), Event::KeyAdded { key, .. }) if fresh.key.is_none() => {
            let key = Some(*key);
            registered(Fresh { key, ..fresh }, plan, at)
        }
        (Phase::Made(fresh), Event::SecretAdded { secret }) if fresh.secret.is_none() => {
            let secret = Some(secret.clone());
            registered(Fresh { secret, ..fresh }, plan, at)
        }
        (
            Phase::Added {
                fresh, since, passed, ..
            },
            Event::Passed { .. },
        ) => Phase::Added {
            fresh,
            since,
            passed: passed + 1,
            last: Some(at),
        },
        (Phase::Added { fresh, since, .. }, Event::Unready { .. }) => Phase::Added {
            fresh,
            since,
            passed: 0,
            last: Some(at),
        },
        (Phase::Added { fresh, .. }, Event::Proven) => Phase::Proven(fresh),
        (Phase::Proven(fresh), Event::Switched) => Phase::Switched { fresh, at },
        (Phase::Switched { fresh, .. }, Event::Removed) => Phase::Removed(fresh),
        (Phase::Planned, Event::Undoing { .. }) => Phase::RollingBack(None),
        (
            Phase::Made(fresh)
            | Phase::Added { fresh, .. }
            | Phase::Proven(fresh)
            | Phase::Switched { fresh, .. },
            Event::Undoing { .. },
        ) => Phase::RollingBack(Some(fresh)),
        (Phase::RollingBack(_), Event::RolledBack) => Phase::RolledBack,
        _ => return None,
    })
}

fn registered(fresh: Fresh, plan: &Plan, since: Timestamp) -> Phase {
    if fresh.key.is_none() || (plan.secret && fresh.secret.is_none()) {
        return Phase::Made(fresh);
    }
    Phase::Added {
        fresh,
        since,
        passed: 0,
        last: None,
    }
}
