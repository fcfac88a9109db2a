//! Calls of other systems: from the answers of a form to what is sent.

use forms::{Label, Language, Line, Values};
use provision::{ActionPlan, ActionStep, Call, Plan, Sent};
use store::transaction;
use workflow::calendar::Period;
use workflow::definition::{CustomAction, CustomCall};

use super::{Asked, Each, Stop};
use crate::jobs::JobError;
use crate::masters;

/// The plan of each sheet.
pub(super) async fn plan(asked: Asked<'_>, action: &CustomAction) -> Result<Each, Stop> {
    let service = asked.service;
    let masters: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => masters::load(tx).await);
    let masters = masters.map_err(Stop::Job)?;
    let mut plans = Each::new();
    for sheet in asked.sheets {
        let form = &asked.definition.form;
        let words = |language| forms::summary(form, &sheet.values, &masters, language);
        let words = [words(Language::Ja), words(Language::En)];
        let calls = action.calls.iter();
        let steps = calls.map(|call| Ok(ActionStep::Call(planned(asked, call, &sheet.values, &words)?)));
        let steps: Result<Vec<ActionStep>, JobError> = steps.collect();
        plans.push(Ok(Plan::Action(ActionPlan {
            order: sheet.name(asked.application),
            steps: steps.map_err(Stop::Job)?,
        })));
    }
    Ok(plans)
}

/// `words`: the answers as people read them, in both languages.
fn planned(
    asked: Asked<'_>,
    call: &CustomCall,
    values: &Values,
    words: &[Vec<Line>; 2],
) -> Result<Call, JobError> {
    let name = &call.destination;
    let to = asked.service.destinations.get(name).ok_or_else(|| {
        JobError::Stuck(format!(
            "the configuration does not name the destination {name}: write a section [actions.{name}]"
        ))
    })?;
    let is_sent = |field: &&forms::Field| call.fields.contains(&field.key);
    let sent = forms::visible(&asked.definition.form, values).filter(is_sent);
    let sent = sent.filter_map(|field| {
        let key = field.key.as_str();
        Some(Sent {
            field: key.to_owned(),
            label: field.label.clone(),
            shown: shown(words, key),
            value: values.get(key)?.clone(),
        })
    });
    Ok(Call {
        call: call.key.clone(),
        title: call.title.clone(),
        destination: name.clone(),
        host: to.host().to_owned(),
        sent: sent.collect(),
        answer_within: call.answer_within.map(within),
        undo: call.undo,
    })
}

/// On one line.
fn shown(words: &[Vec<Line>; 2], key: &str) -> Label {
    let [ja, en] = words.each_ref().map(|lines| {
        let line = lines.iter().find(|line| line.key == key);
        line.map(|line| line.value.replace('\n', " / "))
            .unwrap_or_default()
    });
    Label { ja, en }
}

fn within(period: Period) -> Label {
    let (count, ja, en) = match period {
        Period::BusinessDays(count) => (count, "営業日", "business days"),
        Period::BusinessHours(count) => (count, "営業時間", "business hours"),
        Period::CalendarDays(count) => (count, "日", "days"),
    };
    let count = u32::from(count);
    Label {
        ja: format!("{count} {ja}"),
        en: format!("{count} {en}"),
    }
}
