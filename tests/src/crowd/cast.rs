//! The people of a crowd, signed in, and what each of them does.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::{FILED, account};
use crate::hire::{self, APPLICANT, MANAGER, VOTERS};
use crate::house::{House, pause};
use crate::person::Person;
use crate::rows::INBOX;
use crate::ways::ATTACHMENT;

/// The step is shown before its assignees are let in: they try again.
const TRIES: u32 = 2_400;
const BETWEEN: Duration = Duration::from_millis(50);

/// An item of a list.
pub(super) type Place = (String, i64);

pub(super) struct Cast {
    applicant: Person,
    manager: Person,
    voters: [Person; 2],
}

/// Something that one of them does next.
pub(super) enum Act {
    /// The row of the inbox for the application of this number.
    HandIn { number: usize, row: Value },
    /// The manager agrees, or two of three do.
    Agree {
        place: Place,
        token: String,
        is_first: bool,
    },
}

impl Cast {
    pub(super) async fn sign_in(house: &House) -> Arc<Self> {
        let sign_in = |local| Person::sign_in(house, local);
        let [first, second] = VOTERS;
        let (applicant, manager) = tokio::join!(sign_in(APPLICANT), sign_in(MANAGER));
        let voters = tokio::join!(sign_in(first), sign_in(second));
        Arc::new(Self {
            applicant,
            manager,
            voters: voters.into(),
        })
    }

    /// The token of a step at which somebody is to try again later.
    pub(super) async fn act(&self, act: Act) -> Option<String> {
        match act {
            Act::HandIn { number, row } => {
                self.hand_in(number, row).await;
                None
            }
            Act::Agree {
                place,
                token,
                is_first,
            } => {
                let [other, one] = &self.voters;
                let first = if is_first { &self.manager } else { one };
                if !agrees(first, &place, &token).await {
                    return Some(token);
                }
                if !is_first {
                    agree(other, &place, &token).await;
                }
                None
            }
        }
    }

    async fn hand_in(&self, number: usize, mut row: Value) {
        if !number.is_multiple_of(FILED) {
            self.applicant.add(INBOX, &row).await;
            return;
        }
        let action = row["PFApplicantAction"].take();
        let item = self.applicant.add(INBOX, &row).await;
        self.applicant.attach(INBOX, item, ATTACHMENT, "a face").await;
        row["PFApplicantAction"] = action;
        let applied = self.applicant.change(INBOX, item, &row).await;
        assert!(applied.is_success(), "{applied}");
    }
}

pub(super) fn row(house: &House, number: usize) -> Value {
    hire::row(&hire::form(house, &account(number)), "申請")
}

/// Lets himself in at any time, since he administers the site; only his own entry may meet another's.
async fn agree(person: &Person, place: &Place, token: &str) {
    for _ in 0..TRIES {
        if agrees(person, place, token).await {
            return;
        }
        pause(BETWEEN).await;
    }
    panic!("{} may not vote on {place:?}", person.id);
}

async fn agrees(person: &Person, place: &Place, token: &str) -> bool {
    let vote = json!({ "PFDecision": "承認", "PFDecisionFor": format!("{token}:{}", person.id) });
    let (list, item) = place;
    let status = person.change(list, *item, &vote).await;
    let is_known = status.is_success() || [403, 404].contains(&status.as_u16());
    assert!(is_known, "{} votes on {place:?}: {status}", person.id);
    status.is_success()
}
