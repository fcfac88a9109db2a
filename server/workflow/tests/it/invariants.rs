//! What holds of every application at every moment.

use std::collections::BTreeSet;

use crate::fixture::Story;
use workflow::application::{Asking, ItemState};
use workflow::{Code, PersonId, PrincipalRef, State, access};

/// Those whom definitions name, and those who may come in by hand-over, as deputies or as administrators.
pub(crate) const INVOLVED: [&str; 7] = ["applicant", "a", "b", "c", "d", "e", "admin"];

/// Exactly one of them can be done next: by the applicant, by those asked, by a job, by an administrator.
pub(crate) fn somebody_is_to_act(story: &Story) {
    let now = story.now();
    let open = now.asking().map_or(0, |asking| asking.pending().count());
    let is_with_applicant = matches!(now.state, State::SentBack { .. } | State::PulledBack {});
    let has_job = matches!(now.code(), Code::SU | Code::AP | Code::EX);
    let has_admin_task = now.code() == Code::RV;
    let ways = [is_with_applicant, open > 0, has_job, has_admin_task];
    let count = ways.iter().filter(|way| **way).count();
    assert_eq!(
        count,
        usize::from(!now.is_closed()),
        "{:?} {:#?}",
        now.code(),
        now.state
    );
}

pub(crate) fn nobody_else_reads(story: &Story, deputies: &BTreeSet<PersonId>) {
    for (principal, _) in access(story.now()) {
        if let PrincipalRef::Person(who) = principal {
            let name = who.as_str();
            let involved = INVOLVED.contains(&name) || name == "viewer" || deputies.contains(&who);
            assert!(involved, "{who} reads");
        }
    }
}

/// Whoever voted under an asking that is over and superseded is counted in no later one.
pub(crate) fn decisions_stand_once(story: &Story) {
    let now = story.now();
    for asking in now.past.iter().chain(now.asking()) {
        for item in &asking.items {
            let same = asking
                .items
                .iter()
                .filter(|other| other.person == item.person && matches!(other.state, ItemState::Done { .. }));
            assert!(same.count() <= 1, "{} decided twice", item.person);
        }
    }
    if matches!(now.code(), Code::SB | Code::PB) {
        let of_round = now.past.iter().filter(|asking| asking.round == now.round());
        assert!(
            of_round.flat_map(Asking::verdicts).next().is_none(),
            "superseded decisions never count"
        );
    }
}
