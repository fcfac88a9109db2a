//! What the reader himself may do now.

use serde::Serialize;
use utoipa::ToSchema;
use workflow::PersonId;
use workflow::application::{NoticeKind, Shown, offers, shown};

use super::step::{NamedStep, named};
use crate::calendar;
use crate::cases::Case;
use crate::service::Service;

/// Each is refused all the same if it comes too late.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Offers {
    /// `approve`, `finish`, `sendBack`, `reject`, `hold`, `confirm`, `release`, `edit`, `reassign`, `pullUp`,
    /// `acknowledge`, `object`, `finishWork`, `declineWork`, `takeBack`, `resubmit`, `pullBack`, `withdraw`.
    acts: Vec<String>,
    /// What waits for him to look at it.
    notices: Vec<Notice>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Notice {
    #[serde(flatten)]
    step: NamedStep,
    /// `circulation`, or `postReview`, which he may object to.
    kind: &'static str,
    /// ISO 8601, UTC.
    due: Option<String>,
}

pub(super) fn of(service: &Service, case: &Case, person: &PersonId) -> Offers {
    let terms = calendar::terms(service, &case.definition);
    let acts = offers(&case.application, terms, service.now(), person);
    let word = |offer| serde_json::to_value(offer).ok()?.as_str().map(str::to_owned);
    let notices = shown(&case.application, person).into_iter();
    Offers {
        acts: acts.iter().filter_map(word).collect(),
        notices: notices.filter_map(|one| notice(case, &one)).collect(),
    }
}

fn notice(case: &Case, shown: &Shown) -> Option<Notice> {
    Some(Notice {
        step: named(case, &shown.step)?,
        kind: match shown.kind {
            NoticeKind::Circulation => "circulation",
            NoticeKind::PostReview => "postReview",
        },
        due: shown.due.map(|due| due.to_string()),
    })
}
