//! A command carried out on an application that exists.

use jiff::Timestamp;
use store::{ApplicationId, Role, StoreError, Tx, transaction};
use workflow::application::Application;
use workflow::journal::Place;
use workflow::{Command, Event, Refusal, State, access};

use super::Case;
use super::case::missing;
use super::entry::{self, Entry};
use super::follow_ups::{Scene, follow_ups};
use crate::jobs::JobError;
use crate::service::Service;

/// What came of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Done(Vec<Event>),
    /// Nothing was written.
    Refused(Refusal),
}

/// Reads the newest state, decides, and keeps everything that follows, in one transaction.
pub async fn act(service: &Service, id: &ApplicationId, command: &Command) -> Result<Outcome, JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let mut case = Case::load(tx, id).await?.ok_or_else(|| missing(id))?;
        case.decide(tx, service, command.clone()).await
    })
}

impl Case {
    /// As [`act`], in the caller's transaction, in which this case was loaded.
    pub async fn decide(
        &mut self,
        tx: &mut Tx,
        service: &Service,
        command: Command,
    ) -> Result<Outcome, JobError> {
        self.decide_at(tx, service, command, None).await
    }

    /// As [`Case::decide`], on what a person wrote at `via`. Whoever is asked then has the deputies of the register.
    pub async fn decide_at(
        &mut self,
        tx: &mut Tx,
        service: &Service,
        command: Command,
        via: Option<Place>,
    ) -> Result<Outcome, JobError> {
        let outcome = self.carry_out(tx, service, command, via).await?;
        if let Outcome::Done(events) = &outcome {
            self.number_finally(tx, service, events).await?;
            self.lift_end(tx, service, events).await?;
            self.represent(tx, service).await?;
        }
        Ok(outcome)
    }

    /// What the machine would say now; nothing is written.
    pub(crate) fn rehearse(&self, service: &Service, command: &Command) -> Result<Vec<Event>, Refusal> {
        self.events(service, command.clone(), service.now())
    }

    fn events(&self, service: &Service, command: Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
        let terms = crate::calendar::terms(service, &self.definition);
        workflow::decide(Some(&self.application), command, terms, now)
    }

    pub(super) async fn carry_out(
        &mut self,
        tx: &mut Tx,
        service: &Service,
        command: Command,
        via: Option<Place>,
    ) -> Result<Outcome, JobError> {
        // The same moment for deadlines and for the line that they begin with.
        let now = service.now();
        let events = match self.events(service, command, now) {
            Ok(events) => events,
            Err(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        let head = entry::head_of(tx.newest_line(&self.row.id).await?.as_ref())?;
        let before = self.application.clone();
        let entry = Entry::of((&before.id, Some(before.clone())), head, &events, now, via)?;
        self.application = entry.application.clone();
        self.copy_to_row(now)?;
        tx.save_application(&mut self.row).await?;
        self.settle(tx, service, (Some(&before), &entry), &events).await?;
        Ok(Outcome::Done(events))
    }

    fn copy_to_row(&mut self, now: Timestamp) -> Result<(), JobError> {
        let application = &self.application;
        self.row.number.clone_from(&application.number);
        application.code().as_str().clone_into(&mut self.row.code);
        self.row.state = state_json(application)?;
        self.row.round = i64::from(application.round());
        self.row.source = application.source.to_string();
        self.row.updated_at = now;
        Ok(())
    }

    /// Everything that goes with the row: journal, signed head, parties, jobs, reservations.
    pub(super) async fn settle(
        &self,
        tx: &mut Tx,
        service: &Service,
        (before, entry): (Option<&Application>, &Entry),
        events: &[Event],
    ) -> Result<(), JobError> {
        let id = &self.row.id;
        tx.append_journal(id, &entry.lines).await?;
        let head = entry::sign(&service.evidence, &self.application.id, entry.head)?;
        tx.keep_head(id, &head).await?;
        set_parties(tx, id, &self.application).await?;
        let follow = follow_ups(&Scene {
            before,
            after: &self.application,
            events,
            first_seq: entry.lines.first().map_or(0, |line| line.seq),
            at: self.row.updated_at,
            via: entry.via,
            definition: &self.definition,
            administrators: &crate::people::administrators(tx).await?,
            mail: &service.config.mail,
            language: service.config.mail.language,
        });
        if follow.release {
            tx.release(id).await?;
        }
        crate::handover::open(tx, service, self, (events, self.row.updated_at)).await?;
        for task in follow.tasks {
            tx.enqueue(&task.job(self.row.updated_at)?).await?;
        }
        crate::deadlines::ask(tx, service, self).await
    }
}

pub(super) fn state_json(application: &Application) -> Result<serde_json::Value, JobError> {
    serde_json::to_value(application).map_err(|error| JobError::unreadable("an application's state", &error))
}

pub(crate) async fn set_parties(
    tx: &mut Tx,
    id: &ApplicationId,
    application: &Application,
) -> Result<(), StoreError> {
    let person = |person: &workflow::PersonId| store::PersonId::new(person.as_str());
    let mut holders = application.deciders();
    holders.extend(application.acknowledgers());
    if let State::SentBack { .. } | State::PulledBack {} = &application.state {
        holders.extend([&application.applicant].into_iter().chain(&application.drafter));
    }
    let holders: Vec<_> = holders.into_iter().map(person).collect();
    let readers = access(application).into_iter().filter_map(|(who, _)| match who {
        workflow::PrincipalRef::Person(reader) => Some(person(&reader)),
        _ => None,
    });
    tx.set_people(id, Role::Holder, &holders).await?;
    tx.set_people(id, Role::Reader, &readers.collect::<Vec<_>>())
        .await
}
