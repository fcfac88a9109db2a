//! The next step of a renewal, from its journal, from what Entra says and from the time. Pure.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::event::{Event, How};
use super::renewal::{Fresh, Phase, Renewal};

/// What Entra says of the app registration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Registered {
    pub keys: Vec<Key>,
    pub secrets: Vec<NamedSecret>,
}

/// A registered certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub id: Uuid,
    /// SHA-1, upper-case hexadecimal digits; `None` when Entra tells nothing by which it could be known.
    pub thumbprint: Option<String>,
    pub name: Option<String>,
    pub ends: Option<Timestamp>,
}

/// A registered secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedSecret {
    pub id: Uuid,
    pub name: Option<String>,
    pub ends: Option<Timestamp>,
}

/// How careful a renewal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Care {
    /// So often in a row the new one must do its calls…
    pub rounds: u32,
    /// … with this pause between.
    pub pause: SignedDuration,
    /// So long the old one stays after the switch.
    pub overlap: SignedDuration,
}

/// Why a renewal waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    /// Between two rounds of proving; so many in a row went well.
    Round { passed: u32 },
    /// Instances that have not gone over yet work by the old one.
    Overlap,
    /// They have had their time, and some of them still do.
    Lagging,
}

/// The next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// Make the certificate and keep it.
    Make,
    /// Register the certificate.
    AddKey,
    /// Have Entra make the secret, and keep it.
    AddSecret,
    /// One round of proving.
    Prove,
    /// Nothing but a line is missing.
    Note(Event),
    /// Take a certificate out of the registration.
    TakeKey(Uuid),
    /// Take a secret out of the registration.
    TakeSecret(Uuid),
    Wait {
        until: Timestamp,
        why: Wait,
    },
    /// Somebody took the new certificate out of the registration: the old one must not go.
    Lost,
    Done,
}

impl Registered {
    fn keys_of<'a>(&'a self, thumbprint: &'a str) -> impl Iterator<Item = Uuid> + 'a {
        let ours = move |key: &&Key| key.thumbprint.as_deref() == Some(thumbprint);
        self.keys.iter().filter(ours).map(|key| key.id)
    }

    fn secrets_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Uuid> + 'a {
        let ours = move |secret: &&NamedSecret| secret.name.as_deref() == Some(name);
        self.secrets.iter().filter(ours).map(|secret| secret.id)
    }

    fn has_secret(&self, key: Uuid) -> bool {
        self.secrets.iter().any(|secret| secret.id == key)
    }
}

/// The same renewal, the same Entra and the same moment give the same step: whoever was killed goes on where the
/// journal and Entra stand.
pub(crate) fn decide(renewal: &Renewal, registered: &Registered, now: Timestamp, care: Care) -> Next {
    match &renewal.phase {
        Phase::Planned => Next::Make,
        Phase::Made(fresh) => register(renewal, fresh, registered),
        Phase::Added { passed, .. } if *passed >= care.rounds => Next::Note(Event::Proven),
        Phase::Added { last, passed, .. } => match last.and_then(|last| last.checked_add(care.pause).ok()) {
            Some(until) if now < until => Next::Wait {
                until,
                why: Wait::Round { passed: *passed },
            },
            _ => Next::Prove,
        },
        Phase::Proven(_) => Next::Note(Event::Switched),
        Phase::Switched { fresh, at } => {
            let until = at.checked_add(care.overlap).unwrap_or(Timestamp::MAX);
            if now < until {
                return Next::Wait {
                    until,
                    why: Wait::Overlap,
                };
            }
            remove_old(renewal, fresh, registered)
        }
        Phase::RollingBack(fresh) => remove_new(renewal, fresh.as_ref(), registered),
        Phase::Removed(_) | Phase::RolledBack => Next::Done,
    }
}

fn register(renewal: &Renewal, fresh: &Fresh, registered: &Registered) -> Next {
    if fresh.key.is_none() {
        let there = registered.keys_of(&fresh.certificate.thumbprint).next();
        return match there {
            Some(key) => Next::Note(Event::KeyAdded { key, how: How::Found }),
            None => Next::AddKey,
        };
    }
    // A secret of this name that is not kept is one whose text was lost with a run that was killed.
    let lost = registered.secrets_named(&renewal.plan.name).next();
    lost.map_or(Next::AddSecret, Next::TakeSecret)
}

fn remove_old(renewal: &Renewal, fresh: &Fresh, registered: &Registered) -> Next {
    let old = &renewal.plan.old;
    let news: Vec<Uuid> = registered.keys_of(&fresh.certificate.thumbprint).collect();
    // Entra may have chosen another name than the one that was noted.
    let noted = fresh.key.filter(|key| news.contains(key));
    let Some(kept) = noted.or(news.first().copied()) else {
        return Next::Lost;
    };
    // A repeated try may have registered the new one twice.
    let stale = registered.keys_of(&old.thumbprint).chain(news);
    if let Some(key) = stale.into_iter().find(|key| *key != kept) {
        return Next::TakeKey(key);
    }
    let secret = old.secret.as_ref().map(|secret| secret.key);
    let secret = secret.filter(|key| fresh.secret.is_some() && registered.has_secret(*key));
    secret.map_or(Next::Note(Event::Removed), Next::TakeSecret)
}

fn remove_new(renewal: &Renewal, fresh: Option<&Fresh>, registered: &Registered) -> Next {
    let key = fresh.and_then(|fresh| registered.keys_of(&fresh.certificate.thumbprint).next());
    if let Some(key) = key {
        return Next::TakeKey(key);
    }
    let secret = registered.secrets_named(&renewal.plan.name).next();
    secret.map_or(Next::Note(Event::RolledBack), Next::TakeSecret)
}

#[cfg(test)]
mod tests;
