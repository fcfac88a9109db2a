//! What holds of every application at every moment.

use std::collections::{BTreeMap, BTreeSet};

use crate::fixture::Story;
use crate::recount::Recount;
use workflow::application::{Actor, Asking, Elapsed, ItemState};
use workflow::route::Route;
use workflow::{Code, Event, Level, PersonId, PrincipalRef, State, StepKey, access};

/// Those whom definitions name, and those who may come in by hand-over, as deputies or as administrators.
pub(crate) const INVOLVED: [&str; 7] = ["applicant", "a", "b", "c", "d", "e", "admin"];

/// Exactly one of them can be done next: by the applicant, by those asked, by a job, by an administrator.
pub(crate) fn somebody_is_to_act(story: &Story) {
    let now = story.now();
    let open = now.asking().map_or(0, |asking| asking.pending().count());
    let is_with_applicant = matches!(now.state, State::SentBack { .. } | State::PulledBack {});
    let has_job = match &now.state {
        State::Executing(progress) => progress.open().next().is_some(),
        State::Compensating(progress) => progress.has_left_traces(),
        _ => matches!(now.code(), Code::SU | Code::AP),
    };
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

/// Whoever reads has a reason in the history, and applicant and drafter always read.
pub(crate) fn nobody_else_reads(story: &Story) {
    let allowed = readers(story);
    let reading = access(story.now());
    for (principal, _) in &reading {
        if let PrincipalRef::Person(who) = principal {
            assert!(allowed.contains(who), "{who} reads in {}", story.code());
        }
    }
    let applicant = PrincipalRef::Person(story.now().applicant.clone());
    assert!(reading.iter().any(|(who, _)| *who == applicant));
}

/// Whoever holds the level that may decide is asked or shown it, or a deputy of one who is; and each of these holds it.
///
/// The specification (4.6) names those who are asked alone. Those who are shown it write into the same column that they
/// have seen it (4.7: 確認 is one of its choices), and that takes the right to edit the item. Once it is closed they say so
/// in the inbox, as whoever has no right to edit (`design.md` 3), and nobody holds the level.
pub(crate) fn nobody_else_decides(story: &Story, recount: &Recount) {
    let now = story.now();
    let holders = access(now).into_iter().filter_map(|(who, level)| match who {
        PrincipalRef::Person(person) if level == Level::Decide => Some(person),
        PrincipalRef::Administrators | PrincipalRef::Auditors => {
            assert_eq!(level, Level::Read);
            None
        }
        PrincipalRef::Person(_) => None,
    });
    let holders: BTreeSet<PersonId> = holders.collect();
    let (asked, shown) = (recount.deciders(), recount.lookers());
    let may: BTreeSet<PersonId> = if now.is_closed() {
        BTreeSet::new()
    } else {
        asked.union(&shown).cloned().collect()
    };
    assert_eq!(holders, may, "in {}", story.code());
    let deciders: BTreeSet<PersonId> = now.deciders().into_iter().cloned().collect();
    assert!(
        now.is_closed() || deciders == asked,
        "{deciders:?} and not {asked:?}"
    );
}

/// Who may read, found from what happened alone: applicant, drafter, viewers, whoever was asked, shown it or offered to
/// go ahead so far, the deputies of these as of now, and whoever acted in another's place. Not who will be asked later.
fn readers(story: &Story) -> BTreeSet<PersonId> {
    let mut told = Told::default();
    for (_, event) in &story.events {
        told.hear(event);
    }
    let deputies = told.asked.iter().filter_map(|person| told.deputies.get(person));
    let deputies: Vec<PersonId> = deputies.flatten().cloned().collect();
    told.asked
        .into_iter()
        .chain(told.others)
        .chain(deputies)
        .collect()
}

#[derive(Default)]
struct Told {
    route: Route,
    /// Asked, shown it, or offered to go ahead.
    asked: BTreeSet<PersonId>,
    /// Applicant, drafter, viewers, and deputies who acted.
    others: BTreeSet<PersonId>,
    deputies: BTreeMap<PersonId, BTreeSet<PersonId>>,
}

impl Told {
    fn hear(&mut self, event: &Event) {
        match event {
            Event::Submitted(submitted) => {
                let people = submitted.viewers.iter().chain(&submitted.drafter);
                let people = people.chain([&submitted.applicant]);
                self.others.extend(people.cloned());
            }
            Event::Represented { deputies } => self.deputies.clone_from(deputies),
            Event::Accepted { route, .. } => {
                self.others.extend(route.viewers.iter().cloned());
                self.route = route.clone();
            }
            Event::Edited { route, .. } | Event::RouteChanged { route, .. } => self.route = route.clone(),
            Event::Reassigned { to, .. } => {
                self.asked.insert(to.clone());
            }
            Event::DeadlinePassed {
                elapsed: Elapsed::Escalate { to, .. },
            }
            | Event::PullUpOffered { to }
            | Event::Circulated { people: to, .. }
            | Event::PulledUp { reviewers: to, .. } => self.asked.extend(to.iter().cloned()),
            _ => {}
        }
        if event.on_behalf_of().is_some()
            && let Actor::Person(by) = event.actor()
        {
            self.others.insert(by);
        }
        if let Some(opening) = event.opening() {
            let step = self.route.step(&opening.step).unwrap();
            self.asked.extend(step.assignees.iter().cloned());
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
    } // Whatever was decided at the step that stands, or behind it, is decided anew.
    if let State::InApproval(review) = &now.state {
        let place = |step: &StepKey| review.case.route.position(step);
        let is_behind =
            |asking: &&Asking| place(&asking.step).is_none_or(|at| Some(at) >= place(&review.asking.step));
        let of_round = now.past.iter().filter(|asking| asking.round == now.round());
        let counted = of_round.filter(is_behind).flat_map(Asking::verdicts);
        assert_eq!(counted.count(), 0, "{:#?}", now.past);
    }
}
