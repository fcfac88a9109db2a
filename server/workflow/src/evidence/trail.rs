//! Line by line through the life of an application: do hashes fit what they seal, do the tokens that people decided
//! with stand for what was asked, and is what was done what they approved?

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::application::{Application, Case, Event, State, Verdict};
use crate::apply;
use crate::evidence::Problem;
use crate::hash::Hash;
use crate::journal::Line;
use crate::sealed::{Asked, Plan, SealedFile, StepToken, payload_hash};

/// A line of which something is wrong.
pub(super) type Finding = (u64, Problem, String);

#[derive(Default)]
pub(super) struct Trail {
    application: Option<Application>,
    /// The plan behind each token that was given out.
    tokens: BTreeMap<StepToken, Hash>,
    /// The plan that the newest approval was about.
    decided: Option<Hash>,
    approved: Option<Hash>,
    findings: Vec<Finding>,
}

/// The application that the lines tell of, and what is wrong with them.
pub(super) fn walk(lines: &[Line]) -> (Option<Application>, Vec<Finding>) {
    let mut trail = Trail::default();
    for line in lines {
        match apply(trail.application.take(), &line.event, line.at) {
            Ok(application) => {
                trail.look(line, &application);
                trail.application = Some(application);
            }
            Err(misfit) => {
                let what = misfit.to_string();
                trail.findings.push((line.seq, Problem::CannotHaveHappened, what));
                return (None, trail.findings);
            }
        }
    }
    (trail.application, trail.findings)
}

impl Trail {
    fn find(&mut self, line: &Line, problem: Problem, detail: &dyn Display) {
        self.findings.push((line.seq, problem, detail.to_string()));
    }

    fn look(&mut self, line: &Line, application: &Application) {
        self.seals(line);
        if let Some(opening) = line.event.opening() {
            let token = case(application).map(|case| asked(application, case, &line.event));
            if token != Some(Some(opening.token)) {
                self.find(line, Problem::TokenDiffers, &opening.token);
            }
            let plan = case(application).map(|case| case.plan.hash);
            self.tokens.extend(plan.map(|plan| (opening.token, plan)));
        }
        match &line.event {
            Event::Decided { token, verdict, .. } => self.decided(line, *token, *verdict),
            Event::Approved {} => self.approve(line, application),
            Event::ExecutionStarted {} => self.executes(line, application, &[]),
            Event::StepBegun { step, .. } | Event::StepDone { step, .. } => {
                self.executes(line, application, &[step]);
            }
            Event::RowsBegun { rows } => {
                let rows: Vec<_> = rows.iter().map(|begun| &begun.row).collect();
                self.executes(line, application, &rows);
            }
            Event::RowsEnded { rows } => {
                let done = rows.iter().filter(|ended| ended.is_done());
                let rows: Vec<_> = done.map(|ended| &ended.row).collect();
                self.executes(line, application, &rows);
            }
            _ => {}
        }
    }

    fn seals(&mut self, line: &Line) {
        let payload = line.event.payload();
        if payload.is_some_and(|payload| payload.hash != payload_hash(&payload.values)) {
            self.find(line, Problem::PayloadHashDiffers, &"");
        }
        let Some(plan) = line.event.plan() else { return };
        self.decided = None;
        if Plan::seal(plan.steps.clone(), plan.body.clone()).hash != plan.hash {
            self.find(line, Problem::PlanHashDiffers, &plan.hash);
        }
    }

    fn decided(&mut self, line: &Line, token: StepToken, verdict: Verdict) {
        let Some(plan) = self.tokens.get(&token).copied() else {
            return self.find(line, Problem::TokenUnknown, &token);
        };
        if matches!(verdict, Verdict::Approve | Verdict::Finish) {
            self.decided = Some(plan);
        }
    }

    fn approve(&mut self, line: &Line, application: &Application) {
        let plan = case(application).map(|case| case.plan.hash);
        if let (Some(decided), Some(plan)) = (self.decided, plan)
            && decided != plan
        {
            self.find(line, Problem::ApprovedOtherPlan, &plan);
        }
        self.approved = plan;
    }

    fn executes(&mut self, line: &Line, application: &Application, steps: &[&crate::PlanStepId]) {
        let Some(case) = case(application) else { return };
        if self.approved != Some(case.plan.hash) {
            self.find(line, Problem::ExecutedOtherPlan, &case.plan.hash);
        }
        let begun = progress_begun(application);
        for &step in steps {
            if !case.plan.steps.contains(step) {
                self.find(line, Problem::StepNotInPlan, step);
            }
            if begun.is_some_and(|begun| !begun.contains(step)) {
                self.find(line, Problem::StepNotBegun, step);
            }
        }
    }
}

/// The token that stands for what the event opens.
fn asked(application: &Application, case: &Case, event: &Event) -> Option<StepToken> {
    let opening = event.opening()?;
    let asked = Asked {
        application: &application.id,
        payload: case.payload.hash,
        plan: case.plan.hash,
        step: &opening.step,
        round: application.round(),
        files: SealedFile::digest(&application.files),
        asking: opening.asking,
    };
    Some(asked.token())
}

/// What was accepted, in the states in which steps open and plans are carried out.
fn case(application: &Application) -> Option<&Case> {
    if let Some(review) = application.review() {
        return Some(&review.case);
    }
    match &application.state {
        State::Approved { case, .. } => Some(case),
        State::ManualWork(working) => Some(&working.progress.case),
        State::Executing(progress) | State::Completed { progress, .. } => Some(&progress.case),
        _ => None,
    }
}

fn progress_begun(application: &Application) -> Option<&[crate::PlanStepId]> {
    match &application.state {
        State::Executing(progress) => Some(&progress.begun),
        _ => None,
    }
}
