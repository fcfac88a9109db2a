//! What one decision adds to the journal, and the state it leads to. Pure but for the signature.

use jiff::Timestamp;
use openssl::error::ErrorStack;
use store::{JournalLine, SignedHead};
use workflow::application::Actor;
use workflow::journal::{Head, Line, Place};
use workflow::{Application, ApplicationId, Event};

use crate::evidence::EvidenceKey;
use crate::jobs::JobError;

/// Lines that follow one another, and the application after the last.
pub(super) struct Entry {
    pub(super) lines: Vec<JournalLine>,
    pub(super) head: Head,
    pub(super) application: Application,
    pub(super) via: Option<Place>,
}

impl Entry {
    /// `before`: none for the first submission. `via`: where a person wrote what led to it.
    pub(super) fn of(
        (id, before): (&ApplicationId, Option<Application>),
        mut head: Head,
        events: &[Event],
        at: Timestamp,
        via: Option<Place>,
    ) -> Result<Self, JobError> {
        let mut led_to_by = via;
        let mut application = before;
        let mut lines = Vec::with_capacity(events.len());
        for event in events {
            let line = Line::after(head, id.clone(), event.clone(), at).led_to_by(led_to_by.take());
            let sealed = line
                .seal()
                .map_err(|error| JobError::unreadable("an event", &error))?;
            let after = workflow::apply(application, event, at);
            application = Some(after.map_err(|misfit| JobError::Stuck(misfit.to_string()))?);
            let next = Head {
                seq: line.seq,
                hash: sealed.hash,
            };
            lines.push(JournalLine {
                seq: seq(next)?,
                at,
                actor: actor(&line.actor),
                body: sealed.body,
                prev_hash: store::Hash(head.hash.0),
                hash: store::Hash(next.hash.0),
            });
            head = next;
        }
        let application =
            application.ok_or_else(|| JobError::Stuck(format!("application {id}: nothing happened")))?;
        Ok(Self {
            lines,
            head,
            application,
            via,
        })
    }
}

/// The head that a kept line ends.
pub(crate) fn head_of(newest: Option<&JournalLine>) -> Result<Head, JobError> {
    let Some(line) = newest else {
        return Ok(Head::START);
    };
    let seq = u64::try_from(line.seq).map_err(|error| JobError::unreadable("a journal line", &error))?;
    Ok(Head {
        seq,
        hash: workflow::Hash(line.hash.0),
    })
}

pub(super) fn sign(
    evidence: &EvidenceKey,
    application: &ApplicationId,
    head: Head,
) -> Result<SignedHead, JobError> {
    let failed = |error: ErrorStack| JobError::Stuck(format!("the evidence key cannot sign: {error}"));
    Ok(SignedHead {
        seq: seq(head)?,
        hash: store::Hash(head.hash.0),
        signature: evidence.sign(&head.digest(application).0).map_err(failed)?,
        key_id: evidence.id().map_err(failed)?,
    })
}

fn seq(head: Head) -> Result<i64, JobError> {
    i64::try_from(head.seq).map_err(|error| JobError::unreadable("a head", &error))
}

fn actor(actor: &Actor) -> String {
    match actor {
        Actor::Service => "service".to_owned(),
        Actor::Person(person) => person.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn withdrawn() -> Event {
        Event::Withdrawn {
            by: workflow::PersonId::new("A"),
            comment: None,
        }
    }

    #[test]
    fn an_event_that_cannot_have_happened_is_not_written_down() {
        let id = ApplicationId::new("a");
        let entry = Entry::of(
            (&id, None),
            Head::START,
            &[withdrawn()],
            Timestamp::UNIX_EPOCH,
            None,
        );
        assert!(matches!(entry, Err(JobError::Stuck(_))));
    }

    #[test]
    fn a_signed_head_names_line_hash_and_key() {
        let folder = tempfile::tempdir().unwrap();
        let key = EvidenceKey::read_or_create(&folder.path().join("key.pem")).unwrap();
        let id = ApplicationId::new("a");
        let head = Head {
            seq: 7,
            hash: workflow::Hash::of(b"x"),
        };
        let signed = sign(&key, &id, head).unwrap();
        let public = openssl::pkey::PKey::public_key_from_pem(&key.public_pem().unwrap()).unwrap();
        assert_eq!((signed.seq, signed.key_id), (7, key.id().unwrap()));
        assert!(crate::evidence::verify(&public, &head.digest(&id).0, &signed.signature).unwrap());
        let other = ApplicationId::new("b");
        assert!(!crate::evidence::verify(&public, &head.digest(&other).0, &signed.signature).unwrap());
    }
}
