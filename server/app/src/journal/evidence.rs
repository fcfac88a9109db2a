//! One line that says what became of an application, made of its journal alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use store::{StoreError, transaction};
use workflow::application::{RowEnd, Verdict};
use workflow::journal::Line;
use workflow::{Application, Event};

use super::{JournalError, row};
use crate::service::Service;

/// What the service claims about one application; a checker recomputes it from journal and tenant.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    number: String,
    /// State codes in the order they were passed.
    states: Vec<String>,
    plan_hash: Option<String>,
    /// Object ids of those who approved, in order.
    approvers: Vec<String>,
    user: Account,
    /// SKU ids, sorted.
    licences: Vec<String>,
    /// Object ids.
    groups: Vec<String>,
    /// Effect keys of the mails that went out.
    mails: Vec<String>,
    journal: Journal,
    /// Jobs of this application that are not done yet.
    pending_jobs: usize,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    id: Option<String>,
    user_principal_name: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Journal {
    lines: usize,
    head: Option<String>,
    signature: Option<String>,
    key_id: Option<String>,
}

/// The evidence line of an application.
pub async fn evidence(service: &Service, number: &str) -> Result<Evidence, JournalError> {
    let id = row(service, number).await?.id;
    let prefix = format!("{id}:");
    let read: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx => {
        Ok((tx.export_journal(&id).await?, tx.journal(&id).await?, tx.sent_effects(&prefix).await?,
            tx.pending_jobs(id.as_str()).await?))
    });
    let (exported, lines, mails, pending_jobs) = read?;
    let unreadable = |problem: String| JournalError::Unreadable {
        number: number.to_owned(),
        problem,
    };
    let parsed: Result<Vec<Line>, _> = lines.iter().map(|line| Line::parse(&line.body)).collect();
    let parsed = parsed.map_err(|error| unreadable(error.to_string()))?;
    let states = states(&parsed).map_err(unreadable)?;
    let events: Vec<&Event> = parsed.iter().map(|line| &line.event).collect();
    Ok(Evidence {
        number: number.to_owned(),
        states,
        plan_hash: plan(&events).map(|plan| plan.hash.to_string()),
        approvers: approvers(&events),
        user: Account {
            id: receipts(&events, "account").into_iter().next(),
            user_principal_name: plan(&events)
                .and_then(|plan| text(&plan.body["account"]["userPrincipalName"])),
        },
        licences: licences(&events),
        groups: receipts(&events, "group"),
        mails,
        journal: head(&exported),
        pending_jobs,
    })
}

fn states(lines: &[Line]) -> Result<Vec<String>, String> {
    let mut states: Vec<String> = Vec::new();
    let mut application: Option<Application> = None;
    for line in lines {
        let next = workflow::apply(application, &line.event, line.at).map_err(|misfit| misfit.to_string())?;
        let code = next.code().as_str();
        if states.last().is_none_or(|last| last != code) {
            states.push(code.to_owned());
        }
        application = Some(next);
    }
    Ok(states)
}

/// The newest plan that approvers saw.
fn plan<'a>(events: &[&'a Event]) -> Option<&'a workflow::Plan> {
    events.iter().rev().find_map(|event| event.plan())
}

fn approvers(events: &[&Event]) -> Vec<String> {
    let approved = events.iter().filter_map(|event| match event {
        Event::Decided {
            by,
            verdict: Verdict::Approve | Verdict::Finish,
            ..
        } => Some(by.to_string()),
        _ => None,
    });
    approved.collect()
}

/// What the accounts hold by the last receipt of each that tells of licences.
fn licences(events: &[&Event]) -> Vec<String> {
    let told = events.iter().flat_map(|event| receipts_of(event));
    let told = told.filter_map(|receipt| Some((text(&receipt["account"]), receipt["licences"].as_array()?)));
    let held: BTreeMap<_, _> = told.collect();
    let held: BTreeSet<String> = held.into_values().flatten().filter_map(text).collect();
    held.into_iter().collect()
}

/// One member of all receipts that have it, each value once.
fn receipts(events: &[&Event], member: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for receipt in events.iter().flat_map(|event| receipts_of(event)) {
        if let Some(value) = text(&receipt[member]).filter(|value| !found.contains(value)) {
            found.push(value);
        }
    }
    found
}

/// Of a step, or of the steps of rows.
fn receipts_of(event: &Event) -> Vec<&Value> {
    match event {
        Event::StepDone { receipt, .. } => vec![receipt],
        Event::RowsEnded { rows } => {
            let steps = rows.iter().filter_map(|ended| match &ended.end {
                RowEnd::Done { receipt } => receipt["steps"].as_object(),
                RowEnd::Failed { .. } => None,
            });
            steps.flat_map(|steps| steps.values()).collect()
        }
        _ => Vec::new(),
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn head(exported: &Value) -> Journal {
    let lines = exported["lines"].as_array().map_or(0, Vec::len);
    let last = |name: &str, of: &str| {
        exported[name]
            .as_array()?
            .last()
            .and_then(|entry| text(&entry[of]))
    };
    Journal {
        lines,
        head: last("lines", "hash"),
        signature: last("heads", "signature"),
        key_id: last("heads", "keyId"),
    }
}
