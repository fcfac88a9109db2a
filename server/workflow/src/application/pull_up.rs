//! 引上げ: a later approver goes ahead of those who do nothing, and they look afterwards 後閲.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::application::apply::apply;
use crate::application::desk::{Decided, Desk, Subject};
use crate::application::{Event, InApproval, Marks, Refusal, RefusalCode, State, Terms, Verdict};
use crate::definition::{Definition, PullUp};
use crate::ids::{PersonId, StepKey};
use crate::route::RouteStep;
use crate::sealed::StepToken;

/// Those who could go ahead of the step that stands: approvers of later steps, as far as each step in between lets
/// itself be passed over.
pub(super) fn candidates(definition: &Definition, review: &InApproval) -> BTreeSet<PersonId> {
    let later = later(definition, review);
    later
        .into_iter()
        .flat_map(|step| step.assignees.iter().cloned())
        .collect()
}

fn pull_up_of(definition: &Definition, step: &StepKey) -> Option<PullUp> {
    definition.approval(step)?.pull_up
}

/// Asked steps that may be pulled up to, nearest first.
fn later<'a>(definition: &Definition, review: &'a InApproval) -> Vec<&'a RouteStep> {
    let mut later = Vec::new();
    if pull_up_of(definition, &review.asking.step).is_none() {
        return later;
    }
    let route = &review.case.route;
    let at = route.position(&review.asking.step).unwrap_or(route.steps.len());
    for step in route.steps.iter().skip(at + 1) {
        let is_automatic = step.outcome.is_some();
        if is_automatic {
            break;
        }
        if step.is_asked() && definition.approval(&step.key).is_some() {
            later.push(step);
            if pull_up_of(definition, &step.key).is_none() {
                break;
            }
        }
    }
    later
}

/// From when on the step that stands may be passed over; none: never, or it has been offered.
pub(super) fn offered_from(terms: Terms, review: &InApproval) -> Option<Timestamp> {
    let definition = terms.definition;
    let pull_up = pull_up_of(definition, &review.asking.step)?;
    let is_idle = review.pull_up.is_empty() && !review.asking.has_decision() && review.held_by.is_none();
    if !is_idle || candidates(definition, review).is_empty() {
        return None;
    }
    terms.after(pull_up.after, review.since).ok()
}

impl Desk<'_> {
    pub(super) fn offer_pull_up(&self, review: &InApproval, asking: u32, absent: bool) -> Decided {
        let from = offered_from(self.terms, review);
        let is_time = from.is_some_and(|from| absent || from <= self.now);
        if asking != review.asking.number || !is_time {
            return Err(RefusalCode::NotDue.into());
        }
        let to = candidates(self.definition, review);
        Ok(vec![Event::PullUpOffered { to }])
    }

    pub(super) fn pull_up(
        &self,
        review: &InApproval,
        (by, token): (PersonId, StepToken),
        comment: Option<String>,
        marks: &Marks,
    ) -> Decided {
        if token != review.token {
            return Err(RefusalCode::StaleStep.into());
        }
        if review.pull_up.is_empty() {
            return Err(RefusalCode::NotDue.into());
        }
        if review.asking.has_decision() {
            return Err(RefusalCode::TooLate.into());
        }
        // Whoever holds it is not idle.
        if let Some(holder) = &review.held_by {
            return Err(Refusal::new(RefusalCode::HeldByOther).with("by", holder.as_str()));
        }
        let fits = |person: &&PersonId| {
            let is_meant = marks.on_behalf_of.as_ref().is_none_or(|meant| meant == *person);
            is_meant && review.pull_up.contains(*person) && self.may_act_for(person, &by)
        };
        let later = later(self.definition, review);
        let found = later
            .iter()
            .find_map(|step| Some((*step, step.assignees.iter().find(fits)?)));
        let (step, person) = found.ok_or(RefusalCode::NotAssignee)?;
        let event = self.pulled_up(review, step, (by.clone(), person), (comment.clone(), marks))?;
        self.approve_there(event, (by, person.clone()), (comment, marks))
    }

    fn pulled_up(
        &self,
        review: &InApproval,
        step: &RouteStep,
        (by, person): (PersonId, &PersonId),
        (comment, marks): (Option<String>, &Marks),
    ) -> Result<Event, Refusal> {
        let route = &review.case.route;
        let at = review.place()?;
        let until = route.position(&step.key).unwrap_or(at);
        let between = &route.steps[at + 1..until];
        let passed: Vec<&RouteStep> = between
            .iter()
            .filter(|step| self.is_asked_approval(step))
            .collect();
        let assigned = passed.iter().flat_map(|step| step.assignees.iter());
        let mut reviewers: BTreeSet<PersonId> = assigned.chain(review.asking.pending()).cloned().collect();
        reviewers.remove(person);
        let keys = passed.iter().map(|step| &step.key);
        let jumped = [&review.asking.step].into_iter().chain(keys).cloned().collect();
        let within = pull_up_of(self.definition, &review.asking.step).and_then(|one| one.review_within);
        Ok(Event::PulledUp {
            on_behalf_of: (*person != by).then(|| person.clone()),
            by,
            comment,
            jumped,
            reviewers,
            review_due: self.until(within)?,
            opening: self.opening(Subject::from(&review.case), &step.key)?,
            channel: Some(marks.channel),
        })
    }

    /// Who goes ahead approves with the same act.
    fn approve_there(
        &self,
        event: Event,
        (by, person): (PersonId, PersonId),
        (comment, marks): (Option<String>, &Marks),
    ) -> Decided {
        let after = apply(Some(self.application.clone()), &event, self.now);
        let after = after.map_err(|_| RefusalCode::RouteMismatch)?;
        let State::InApproval(review) = &after.state else {
            return Err(RefusalCode::RouteMismatch.into());
        };
        let desk = Desk {
            application: &after,
            ..*self
        };
        let marks = Marks {
            on_behalf_of: Some(person),
            ..marks.clone()
        };
        let seat = desk.seat(review, by, review.token, &marks)?;
        let mut events = vec![event];
        events.extend(desk.count(review, seat, Verdict::Approve, (comment, Some(marks.channel)))?);
        Ok(events)
    }
}
