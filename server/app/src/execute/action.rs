//! A call of another system: sent until it is taken, and then waited for where its answer counts.

use jiff::Timestamp;
use m365::standard_webhook::Outgoing;
use provision::{ActionStep, CallFailure, Executor, Failure, Step, StepOutcome};
use serde_json::{Value, json};
use store::jobs::JobEnd;
use store::transaction;
use workflow::{Command, PlanStepId};

use super::step::park;
use super::{OVERTAKEN, Round, settling};
use crate::actions::{self, Answer, Dispatch, Standing};
use crate::cases::{Case, Outcome};
use crate::jobs::JobError;
use crate::service::Service;

/// One call of an application.
pub(super) struct Calling<'a> {
    service: &'a Service,
    case: &'a Case,
    id: &'a PlanStepId,
    order: &'a str,
    deed: &'a ActionStep,
    capability: String,
}

impl<'a> Calling<'a> {
    /// None: the step calls nobody.
    pub(super) fn of(
        service: &'a Service,
        case: &'a Case,
        (id, step): (&'a PlanStepId, Step<'a>),
    ) -> Result<Option<Self>, JobError> {
        let Step::Action(order, deed) = step else {
            return Ok(None);
        };
        let capability = actions::capability(service, &deed.message(order));
        let capability = capability.map_err(|error| JobError::Stuck(error.to_string()))?;
        Ok(Some(Self {
            service,
            case,
            id,
            order,
            deed,
            capability,
        }))
    }

    /// Sends, waits, or ends the step. `executor`: how steps are carried out; `done`: what ends the step, made of its
    /// receipt.
    pub(super) async fn next(
        &self,
        executor: Executor<'_>,
        done: impl Fn(Value) -> Command,
    ) -> Result<Round, JobError> {
        let dispatch = self.dispatch().await?;
        match dispatch.standing(self.service.now()) {
            Standing::Unsent => self.send(dispatch, executor, done).await,
            Standing::Waits(due) => {
                let why = "the other system has not answered yet".to_owned();
                Ok(Round::End(JobEnd::Later(due, why)))
            }
            Standing::Overdue => {
                let after = dispatch.clone().again();
                self.stop(&dispatch, &after, &CallFailure::Unanswered).await
            }
            Standing::Answered(Answer::Failed { reason }) => {
                let (after, failure) = (dispatch.clone().anew(), CallFailure::Failed { reason });
                self.stop(&dispatch, &after, &failure).await
            }
            Standing::Answered(Answer::Succeeded { values }) => {
                let receipt = json!({ "action": { "message": dispatch.id(), "values": values } });
                self.end(&dispatch, &dispatch, done(receipt)).await
            }
        }
    }

    /// As far as it is known; of a first look nothing is.
    async fn dispatch(&self) -> Result<Dispatch, JobError> {
        let (service, name) = (self.service, self.name());
        let kept: Result<_, JobError> =
            transaction!(service.store.read(&service.tenant), tx => Dispatch::find(tx, &name).await);
        Ok(kept?.unwrap_or_else(|| {
            let place = (&self.case.row.id, self.id);
            Dispatch::new(place, (self.order, self.deed), service.now())
        }))
    }

    fn name(&self) -> String {
        actions::name_of(&self.capability)
    }

    async fn send(
        &self,
        dispatch: Dispatch,
        executor: Executor<'_>,
        done: impl Fn(Value) -> Command,
    ) -> Result<Round, JobError> {
        // The answer may be here before the message is known to be taken.
        let Some(dispatch) = self.sending(dispatch).await? else {
            return Ok(Round::Again);
        };
        let message = self.message(&dispatch).await?;
        let executor = Executor {
            call: message.as_ref(),
            ..executor
        };
        match executor.run(Step::Action(self.order, self.deed)).await? {
            StepOutcome::Done(_) if dispatch.waits => self.taken().await,
            StepOutcome::Done(receipt) => self.end(&dispatch, &dispatch, done(receipt)).await,
            StepOutcome::Failed(failure) => {
                let (after, why) = (dispatch.clone().anew(), self.words(&failure));
                self.end(&dispatch, &after, park(self.id, &why)).await
            }
            StepOutcome::Later { why, retry_after } => Err(JobError::Elsewhere { why, retry_after }),
            StepOutcome::Settling => settling::wait(self.service, self.case, self.id).await,
        }
    }

    /// Until when an answer that comes is one in time.
    fn due(&self, dispatch: &Dispatch) -> Result<Option<Timestamp>, JobError> {
        let action = self.case.definition.execution.plan.action();
        let call = action.and_then(|action| action.call(&self.deed.call().call));
        let Some(within) = call
            .and_then(|call| call.answer_within)
            .filter(|_| dispatch.waits)
        else {
            return Ok(None);
        };
        let due = within.due(&self.service.calendar, self.service.now());
        due.map(Some).map_err(|error| JobError::Stuck(error.to_string()))
    }

    /// None: the configuration does not know the destination any more.
    async fn message(&self, dispatch: &Dispatch) -> Result<Option<Outgoing>, JobError> {
        let Some(to) = self.service.destinations.get(&dispatch.destination) else {
            return Ok(None);
        };
        let deed = (self.order, self.deed);
        let body = actions::body(self.service, self.case, deed, dispatch, &self.capability).await?;
        Ok(Some(Outgoing {
            transport: self.service.transport.clone(),
            to: to.clone(),
            id: dispatch.id(),
            body,
            at: self.service.now(),
        }))
    }

    /// About to be sent; none: an answer came meanwhile, to a message whose taking was not known.
    async fn sending(&self, dispatch: Dispatch) -> Result<Option<Dispatch>, JobError> {
        let (service, name, due) = (self.service, self.name(), self.due(&dispatch)?);
        transaction!(service.store.write(&service.tenant), tx => {
            let kept = Dispatch::find(tx, &name).await?.unwrap_or_else(|| dispatch.clone());
            if kept.answer.is_some() {
                return Ok(None);
            }
            let sending = kept.sending(due);
            sending.keep(tx, &name, service.now()).await?;
            Ok(Some(sending))
        })
    }

    /// An answer that came meanwhile stays.
    async fn taken(&self) -> Result<Round, JobError> {
        let (service, name) = (self.service, self.name());
        transaction!(service.store.write(&service.tenant), tx => {
            let mut dispatch = Dispatch::find(tx, &name).await?.ok_or(OVERTAKEN)?;
            dispatch.taken = true;
            dispatch.keep(tx, &name, service.now()).await?;
            Ok(Round::Again)
        })
    }

    async fn stop(
        &self,
        before: &Dispatch,
        after: &Dispatch,
        failure: &CallFailure,
    ) -> Result<Round, JobError> {
        let why = self.words(&Failure::Call(failure.clone()));
        self.end(before, after, park(self.id, &why)).await
    }

    fn words(&self, failure: &Failure) -> String {
        failure.words(self.service.config.mail.language.into())
    }

    /// The command and what is known of the call then commit together, unless an answer came meanwhile.
    async fn end(&self, before: &Dispatch, after: &Dispatch, command: Command) -> Result<Round, JobError> {
        let (service, id, name) = (self.service, &self.case.row.id, self.name());
        transaction!(service.store.write(&service.tenant), tx => {
            let kept = Dispatch::find(tx, &name).await?;
            if kept.is_some_and(|kept| kept.answer != before.answer) {
                return Ok(Round::Again);
            }
            let mut case = Case::load(tx, id).await?.ok_or(OVERTAKEN)?;
            if let Outcome::Refused(refusal) = case.decide(tx, service, command.clone()).await? {
                tracing::info!(application = %id, code = ?refusal.code, "execution overtaken");
                return Err(OVERTAKEN);
            }
            after.keep(tx, &name, service.now()).await?;
            Ok(Round::Again)
        })
    }
}
