//! Changes to what is asked about, or to who is asked, while the approval runs.

use forms::Values;

use crate::application::desk::{Decided, Desk, Subject, reasoned};
use crate::application::{Command, Event, InApproval, Refusal, RefusalCode};
use crate::definition::Approval;
use crate::ids::{PersonId, StepKey};
use crate::route::{Route, RouteStep};
use crate::sealed::Payload;

impl Desk<'_> {
    /// Those asked change fields of theirs: earlier steps stand, this one is asked anew, later ones as the new
    /// answers say.
    pub(super) fn edit(&self, review: &InApproval, command: Command) -> Decided {
        let Command::Edit {
            by,
            token,
            values,
            plan,
            route,
            comment,
            marks,
        } = command
        else {
            return Err(Refusal::not_now(self.application.code()));
        };
        let seat = self.seat(review, by, token, &marks)?;
        editable(
            &review.case.payload.values,
            &values,
            self.approval(&review.asking.step)?,
        )?;
        let kept = review.place()? + 1;
        let same = route.steps.get(..kept) == review.case.route.steps.get(..kept);
        if !same || !route.fits(self.definition) || passes_over(&route, kept) {
            return Err(RefusalCode::RouteMismatch.into());
        }
        let payload = Payload::seal(values);
        let subject = Subject {
            payload: &payload,
            plan: &plan,
            route: &route,
        };
        let opening = self.opening(subject, &review.asking.step)?;
        Ok(vec![Event::Edited {
            on_behalf_of: seat.on_behalf_of(),
            by: seat.by,
            comment,
            payload,
            plan,
            route,
            opening,
            channel: Some(marks.channel),
        }])
    }

    /// An administrator changes who is asked, from the step that stands on.
    pub(super) fn change_route(
        &self,
        review: &InApproval,
        by: PersonId,
        route: Route,
        reason: String,
    ) -> Decided {
        reasoned(&reason)?;
        let at = review.place()?;
        let current = &review.case.route.steps;
        let same = |until: usize| route.steps.get(..until) == current.get(..until);
        if self.names_the_applicant(&route, at) {
            return Err(RefusalCode::ApplicantBarred.into());
        }
        if !same(at) || !route.fits(self.definition) {
            return Err(RefusalCode::RouteMismatch.into());
        }
        let subject = Subject {
            payload: &review.case.payload,
            plan: &review.case.plan,
            route: &route,
        };
        let opening = if same(at + 1) {
            None
        } else {
            let next = route
                .steps
                .iter()
                .skip(at)
                .find(|step| self.is_asked_approval(step));
            let next = next.ok_or(RefusalCode::RouteMismatch)?;
            Some(self.opening(subject, &next.key)?)
        };
        Ok(vec![Event::RouteChanged {
            by,
            reason,
            route,
            opening,
        }])
    }

    fn names_the_applicant(&self, route: &Route, from: usize) -> bool {
        let mut asked = route
            .steps
            .iter()
            .skip(from)
            .filter(|step| self.is_asked_approval(step));
        self.definition.self_rule != crate::definition::SelfRule::Allow
            && asked.any(|step| step.assignees.contains(&self.application.applicant))
    }
}

/// Whether the way no longer comes to a later step that was to hear somebody for one of the first `kept` as well.
fn passes_over(route: &Route, kept: usize) -> bool {
    let (before, later) = route.steps.split_at(kept.min(route.steps.len()));
    let is_before = |key: &StepKey| before.iter().any(|step| step.key == *key);
    let is_heard = |key: &StepKey| later.iter().any(|step| step.key == *key && step.is_asked());
    let mut places = before.iter().flat_map(RouteStep::heard_at);
    places.any(|key| !is_before(key) && !is_heard(key))
}

/// Something changed, and nothing but fields that the step lets be changed.
fn editable(before: &Values, after: &Values, approval: &Approval) -> Result<(), Refusal> {
    let keys = before.keys().chain(after.keys());
    let mut changed = keys.filter(|key| before.get(key) != after.get(key)).peekable();
    if changed.peek().is_none() {
        return Err(RefusalCode::NotAllowed.into());
    }
    let may = |key: &str| approval.editable.iter().any(|field| field.as_str() == key);
    match changed.find(|key| !may(key)) {
        Some(field) => Err(Refusal::new(RefusalCode::FieldNotEditable).with("field", field)),
        None => Ok(()),
    }
}
