//! 期限・催促: what is due, and what a passed deadline leads to.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::application::desk::{Decided, Desk};
use crate::application::{Application, Command, Elapsed, Event, InApproval, Notice, RefusalCode, State};
use crate::application::{Terms, Verdict, expiry, pull_up};
use crate::definition::{Approval, AtDeadline, Hold, Reminder};

/// Everything that time alone asks for by now. Carrying it out takes it off the list.
pub fn due_actions(application: &Application, terms: Terms, now: Timestamp) -> Vec<Command> {
    let due = timetable(application, terms).into_iter();
    let mut commands: Vec<Command> = Vec::new();
    for (_, command) in due.filter(|(moment, _)| *moment <= now) {
        // Reminders that were missed together are one.
        match (commands.last_mut(), command) {
            (Some(Command::Remind { reminders, .. }), Command::Remind { reminders: more, .. }) => {
                reminders.extend(more);
            }
            (Some(Command::RemindOfExpiry { days }), Command::RemindOfExpiry { days: more }) => {
                days.extend(more);
            }
            (_, command) => commands.push(command),
        }
    }
    commands
}

/// When [`due_actions`] should be asked next; in the past if something is due already.
pub fn next_due(application: &Application, terms: Terms) -> Option<Timestamp> {
    let moments = timetable(application, terms).into_iter();
    moments.map(|(moment, _)| moment).min()
}

/// What will be due, and when; reminders first.
fn timetable(application: &Application, terms: Terms) -> Vec<(Timestamp, Command)> {
    let mut table = expiry::timetable(application, terms);
    match &application.state {
        State::InApproval(review) => table.extend(of_review(review, terms)),
        State::ManualWork(working) if !working.is_late => {
            let asking = working.asking.number;
            table.extend(working.due.map(|due| (due, Command::MeetDeadline { asking })));
        }
        _ => {}
    }
    for notice in application.notices.iter().filter(|notice| !notice.is_late) {
        if let Some(due) = notice.due.filter(|_| notice.open().next().is_some()) {
            let step = notice.step.clone();
            table.push((due, Command::RemindOfNotice { step }));
        }
    }
    table
}

fn of_review(review: &InApproval, terms: Terms) -> Vec<(Timestamp, Command)> {
    let Some(approval) = terms.definition.approval(&review.asking.step) else {
        return Vec::new();
    };
    if review.held_by.is_some() && approval.hold == Hold::StopsClock {
        return Vec::new();
    }
    let asking = review.asking.number;
    let mut table: Vec<_> = reminders(review, approval, terms)
        .map(|(moment, reminder)| {
            let reminders = BTreeSet::from([reminder]);
            (moment, Command::Remind { asking, reminders })
        })
        .collect();
    if !review.is_late {
        table.extend(review.due.map(|due| (due, Command::MeetDeadline { asking })));
    }
    let absent = false;
    let offered = pull_up::offered_from(terms, review);
    table.extend(offered.map(|from| (from, Command::OfferPullUp { asking, absent })));
    table
}

/// Reminders that were not sent yet.
fn reminders(
    review: &InApproval,
    approval: &Approval,
    terms: Terms,
) -> impl Iterator<Item = (Timestamp, u32)> {
    let moment = |reminder: &Reminder| {
        let due = review.due?;
        match reminder {
            Reminder::Before(period) => terms.before(*period, due),
            Reminder::After(period) => terms.after(*period, due).ok(),
        }
    };
    let numbered = (0u32..).zip(&approval.reminders);
    let open = numbered.filter(|(number, _)| !review.reminded.contains(number));
    let moments = open.filter_map(move |(number, reminder)| Some((moment(reminder)?, number)));
    moments.collect::<Vec<_>>().into_iter()
}

impl Application {
    /// Notices whose due date has passed and that somebody has not looked at.
    pub(super) fn late_notices(&self, now: Timestamp) -> impl Iterator<Item = &Notice> {
        self.notices.iter().filter(move |notice| {
            !notice.is_late && notice.due.is_some_and(|due| due <= now) && notice.open().next().is_some()
        })
    }
}

impl Desk<'_> {
    pub(super) fn remind(&self, review: &InApproval, asking: u32, reminders: BTreeSet<u32>) -> Decided {
        let due = due_actions(self.application, self.terms, self.now);
        let is_due = due.iter().any(
            |command| matches!(command, Command::Remind { reminders: due, .. } if reminders.is_subset(due)),
        );
        if asking != review.asking.number || reminders.is_empty() || !is_due {
            return Err(RefusalCode::NotDue.into());
        }
        Ok(vec![Event::Reminded { reminders }])
    }

    pub(super) fn meet_deadline(&self, review: &InApproval, asking: u32) -> Decided {
        let command = Command::MeetDeadline { asking };
        if !due_actions(self.application, self.terms, self.now).contains(&command) {
            return Err(RefusalCode::NotDue.into());
        }
        let elapsed = elapsed(review, self.approval(&review.asking.step)?);
        let is_passed = elapsed == Elapsed::Approve {};
        let mut events = vec![Event::DeadlinePassed { elapsed }];
        if is_passed {
            events.extend(self.after(review)?);
        }
        Ok(events)
    }
}

fn elapsed(review: &InApproval, approval: &Approval) -> Elapsed {
    match &approval.at_deadline {
        AtDeadline::Remind {} => Elapsed::Remind {},
        AtDeadline::Approve {} => Elapsed::Approve {},
        AtDeadline::Reject {} => Elapsed::Reject {},
        AtDeadline::SendBack {} => Elapsed::SendBack {},
        AtDeadline::Expire {} => Elapsed::Expire {},
        AtDeadline::Escalate { replace, .. } => {
            let step = review.case.route.step(&review.asking.step);
            let named = step.into_iter().flat_map(|step| &step.escalation);
            let new = named.filter(|person| review.asking.item(person).is_none());
            let to: BTreeSet<_> = new.cloned().collect();
            // Those who are asked stay where the new ones alone could not pass the step.
            let replace = *replace && can_replace(review, approval, to.len());
            Elapsed::Escalate { to, replace }
        }
    }
}

fn can_replace(review: &InApproval, approval: &Approval, new: usize) -> bool {
    let given = review.asking.verdicts().count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let asked = count(given + new) + review.asking.waived;
    let rejected = review
        .asking
        .verdicts()
        .filter(|verdict| *verdict == Verdict::Reject);
    new > 0 && approval.quorum.needed(asked) + count(rejected.count()) <= asked
}
