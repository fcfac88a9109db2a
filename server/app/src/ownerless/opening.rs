//! 所有者引継ぎ that the search opens itself. An administrator stands as applicant. Proposed as owners are those who would be
//! asked as well, the managers of the last owners, or else that administrator; whoever decides may name others.

use std::collections::BTreeSet;

use forms::{Field, Input, Values};
use jiff::Timestamp;
use m365::graph::{Graph, User};
use serde_json::{Value, json};
use store::{Reservation, StoreError, Tx, transaction};
use uuid::Uuid;
use workflow::application::Source;
use workflow::definition::PlanMapping;
use workflow::{Definition, PersonId};

use super::adopted;
use super::found::Ownerless;
use super::record::Record;
use crate::cases::{self, Case, NewApplication};
use crate::config::Language;
use crate::jobs::JobError;
use crate::people::{self, Known};
use crate::prepare;
use crate::service::Service;
use crate::workflows::Offered;

/// An application that is to be made.
pub(super) struct Opening<'a> {
    pub(super) object: Uuid,
    offered: &'a Offered,
    applicant: PersonId,
    values: Values,
}

/// As many as one night may open. What cannot be opened takes nobody's place, however long that lasts.
pub(super) async fn openings<'a>(
    service: &'a Service,
    record: &Record,
) -> Result<Vec<Opening<'a>>, JobError> {
    let administrators: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => people::administrators(tx).await);
    let administrators = active(service, administrators?).await?;
    let most = usize::from(service.config.nightly.adoptions);
    let mut openings = Vec::new();
    for one in record.unopened() {
        if openings.len() == most {
            break;
        }
        if !is_held(service, one.id).await? {
            openings.extend(opening(service, &administrators, one).await?);
        }
    }
    Ok(openings)
}

/// Those who can answer: a group may also hold who has left, and what is nobody.
async fn active(service: &Service, all: Vec<PersonId>) -> Result<Vec<(PersonId, Known)>, JobError> {
    let mut active = Vec::new();
    for id in all {
        let known = people::person(service, &id).await?;
        if known.is_active() {
            active.push((id, known));
        }
    }
    Ok(active)
}

/// Whether an application about it is open.
async fn is_held(service: &Service, object: Uuid) -> Result<bool, StoreError> {
    let target = Reservation::Target(object.to_string());
    transaction!(service.store.read(&service.tenant), tx => Ok(tx.holder(&target).await?.is_some()))
}

/// None where a form asks what only people can answer: more than the object, its owners and a reason.
async fn opening<'a>(
    service: &'a Service,
    administrators: &[(PersonId, Known)],
    one: &Ownerless,
) -> Result<Option<Opening<'a>>, JobError> {
    let mut offered = service.workflows.iter();
    let Some(offered) = offered.find(|offered| offered.definition.key.as_str() == one.workflow) else {
        return Ok(None);
    };
    let plan = &offered.definition.execution.plan;
    // Exchange takes nobody as owner whom no mail reaches.
    let is_list = matches!(plan, PlanMapping::ChangeList(_));
    let mut heirs = heirs(&service.microsoft.graph(), &one.last).await?;
    heirs.retain(|heir| !is_list || heir.mail.is_some());
    let Some((applicant, known)) = applicant(administrators, &heirs) else {
        return Ok(None);
    };
    let owners: Vec<_> = if heirs.is_empty() {
        let own = (!is_list || known.mail.is_some()).then(|| known.upn.clone());
        own.into_iter().collect()
    } else {
        heirs.into_iter().map(|heir| heir.user_principal_name).collect()
    };
    let values = values(&offered.definition, one, &owners, service.config.mail.language);
    let issues = prepare::issues(service, &offered.definition, &values).await?;
    if !issues.is_empty() {
        tracing::info!(object = %one.id, ?issues, "its adoption is left to people");
        return Ok(None);
    }
    Ok(Some(Opening {
        object: one.id,
        offered,
        applicant: applicant.clone(),
        values,
    }))
}

impl Opening<'_> {
    /// Its number; none where an application about the object is open already.
    pub(super) async fn open(
        &self,
        tx: &mut Tx,
        service: &Service,
        at: Timestamp,
    ) -> Result<Option<String>, JobError> {
        let object = self.object.to_string();
        if tx.holder(&Reservation::Target(object.clone())).await?.is_some() {
            return Ok(None);
        }
        cases::pin_offered(tx, self.offered).await?;
        let new = NewApplication {
            applicant: self.applicant.clone(),
            drafter: None,
            link: None,
            source: Source::Search {
                found: object,
                at,
                round: 1,
            },
            via: None,
            values: self.values.clone(),
        };
        let case = Case::submit(tx, service, &self.offered.definition, new).await?;
        Ok(Some(case.application.number))
    }
}

/// The first administrator; one who is to decide himself only where there is no other.
fn applicant<'a>(administrators: &'a [(PersonId, Known)], heirs: &[User]) -> Option<&'a (PersonId, Known)> {
    let is_heir = |person: &PersonId| heirs.iter().any(|heir| heir.id.to_string() == person.as_str());
    let other = administrators.iter().find(|(person, _)| !is_heir(person));
    other.or(administrators.first())
}

/// Above each of the last owners the nearest who may sign in.
async fn heirs(graph: &Graph, last: &BTreeSet<Uuid>) -> m365::Result<Vec<User>> {
    let mut heirs: Vec<User> = Vec::new();
    let mut seen = last.clone();
    for &owner in last {
        let mut above = graph.manager(owner).await?;
        // Directories may hold circles.
        while let Some(manager) = above.take_if(|manager| seen.insert(manager.id)) {
            if manager.account_enabled == Some(true) {
                heirs.push(manager);
            } else {
                above = graph.manager(manager.id).await?;
            }
        }
    }
    Ok(heirs)
}

/// The object, its owners, and a reason wherever a text is required.
fn values(definition: &Definition, one: &Ownerless, owners: &[String], language: Language) -> Values {
    let plan = &definition.execution.plan;
    let own = [adopted::field(plan), new_owners(plan)].into_iter().flatten();
    let own: Vec<&str> = own.map(forms::FieldKey::as_str).collect();
    let room = new_owners(plan).map_or(0, |field| room(definition, field));
    let owners = owners.iter().take(room);
    let owners: Vec<Value> = owners.map(|owner| json!({ "upn": owner })).collect();
    let answers = [json!(one.id), json!(owners)];
    let values = own
        .iter()
        .zip(answers)
        .fold(Values::default(), |values, (field, answer)| {
            values.with(field, answer)
        });
    let others = definition
        .form
        .fields()
        .filter(|field| !own.contains(&field.key.as_str()));
    let values = others
        .filter(|field| is_required_text(field))
        .fold(values, |values, field| {
            values.with(field.key.as_str(), json!(reason(language)))
        });
    forms::normalise(&definition.form, &values)
}

fn new_owners(plan: &PlanMapping) -> Option<&forms::FieldKey> {
    match plan {
        PlanMapping::ChangeGroup(change) => change.owners.add.as_ref(),
        PlanMapping::ChangeList(change) => change.owners.add.as_ref(),
        _ => None,
    }
}

/// How many people a field takes.
fn room(definition: &Definition, field: &forms::FieldKey) -> usize {
    match definition.form.field(field.as_str()).map(|field| &field.input) {
        Some(Input::People { max_items }) => usize::try_from(*max_items).unwrap_or(usize::MAX),
        _ => 1,
    }
}

fn is_required_text(field: &Field) -> bool {
    field.required && matches!(field.input, Input::Text { .. } | Input::Lines { .. })
}

fn reason(language: Language) -> &'static str {
    match language {
        Language::Ja => {
            "夜間の確認で、サインインできる所有者がいないことが分かりました。新しい所有者は案です。違うときは、申請内容を修正してから承認してください。"
        }
        Language::En => {
            "The nightly search found that nobody who may sign in owns it. The new owners are a proposal: where others are to own it, correct the form before you approve."
        }
    }
}
