//! A package as somebody reads it who knows nothing of journals: who, when, what, and what was done to the tenant.

use std::collections::BTreeMap;

use forms::{Label, Language, Values};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::application::{Actor, Event};
use crate::definition::Definition;
use crate::evidence::{Package, Told, read};
use crate::ids::{PersonId, StepKey};
use crate::journal::Line;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Story {
    pub number: String,
    /// Title of the workflow.
    pub workflow: Label,
    pub entries: Vec<Entry>,
    /// The newest form, in Japanese and in English.
    pub form: [Vec<Answer>; 2],
    pub calls: Vec<Done>,
}

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub line: u64,
    pub at: Timestamp,
    /// None: the service.
    pub who: Option<Who>,
    pub on_behalf_of: Option<Who>,
    /// Type of the event.
    pub what: String,
    /// Of a decision: `approve`, `finish`, `reject`, `sendBack`.
    pub verdict: Option<String>,
    /// The step that stands after it.
    pub step: Option<Label>,
    /// What was said with it, or the step of the plan that it is about.
    pub said: Option<String>,
    pub files: Vec<String>,
}

/// A person as the package knows him: it holds no names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Who {
    /// Object id.
    pub person: PersonId,
    pub is_applicant: bool,
    /// Steps of the route that ask him.
    pub asked_at: Vec<Label>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub label: String,
    pub value: String,
}

/// Something that was done to the tenant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Done {
    pub step: String,
    pub before: Value,
    /// None: it was not finished.
    pub after: Option<Value>,
    pub begun: Option<Timestamp>,
    pub done: Option<Timestamp>,
}

/// The story of a file whose check found nothing; none of a file that cannot be read.
pub fn story(file: &[u8]) -> Option<Story> {
    let (_, package) = read::read(file).ok()?;
    let lines: Vec<Line> = package
        .lines
        .iter()
        .filter_map(|line| Line::parse(&line.body).ok())
        .collect();
    let definition = Definition::parse(&package.definition.body).ok();
    let mut teller = Teller {
        definition: definition.as_ref(),
        applicant: None,
        asked_at: BTreeMap::new(),
        step: None,
    };
    let entries = lines.iter().map(|line| teller.entry(line)).collect();
    let values = lines.iter().rev().find_map(|line| line.event.payload());
    let form = [Language::Ja, Language::En]
        .map(|language| values.map_or_else(Vec::new, |payload| teller.form(&payload.values, language)));
    Some(Story {
        workflow: teller.title(&package),
        number: package.number,
        entries,
        form,
        calls: calls(&package.told, &lines),
    })
}

struct Teller<'a> {
    /// None: of an older shape; keys stand for titles.
    definition: Option<&'a Definition>,
    applicant: Option<PersonId>,
    asked_at: BTreeMap<PersonId, Vec<StepKey>>,
    step: Option<StepKey>,
}

impl Teller<'_> {
    fn entry(&mut self, line: &Line) -> Entry {
        self.learn(&line.event);
        let event = serde_json::to_value(&line.event).unwrap_or_default();
        let text = |name: &str| event[name].as_str().map(str::to_owned);
        let said = ["comment", "reason", "result", "why", "number"]
            .into_iter()
            .find_map(text);
        let (own, of_plan) = match text("step").map(StepKey::new) {
            Some(step) if self.is_step(&step) => (Some(step), None),
            other => (None, other.map(|step| step.to_string())),
        };
        Entry {
            line: line.seq,
            at: line.at,
            who: match &line.actor {
                Actor::Service => None,
                Actor::Person(person) => Some(self.who(person)),
            },
            on_behalf_of: line.event.on_behalf_of().map(|person| self.who(person)),
            what: text("type").unwrap_or_default(),
            verdict: text("verdict"),
            step: own
                .as_ref()
                .or(self.step.as_ref())
                .map(|step| self.step_title(step)),
            said: said
                .or(of_plan)
                .filter(|_| !matches!(line.event, Event::Submitted(_))),
            files: files(&line.event),
        }
    }

    fn learn(&mut self, event: &Event) {
        if let Event::Submitted(submitted) = event {
            self.applicant = Some(submitted.applicant.clone());
        }
        if let Event::Accepted { route, .. }
        | Event::RouteChanged { route, .. }
        | Event::Edited { route, .. } = event
        {
            self.asked_at.clear();
            for step in &route.steps {
                for person in &step.assignees {
                    self.asked_at
                        .entry(person.clone())
                        .or_default()
                        .push(step.key.clone());
                }
            }
        }
        match event {
            Event::Approved {} | Event::Rejected {} | Event::SentBack { .. } => self.step = None,
            event => {
                let opened = event.opening().map(|opening| opening.step.clone());
                self.step = opened.or_else(|| self.step.take());
            }
        }
    }

    fn who(&self, person: &PersonId) -> Who {
        let steps = self.asked_at.get(person).into_iter().flatten();
        Who {
            is_applicant: self.applicant.as_ref() == Some(person),
            asked_at: steps.map(|step| self.step_title(step)).collect(),
            person: person.clone(),
        }
    }

    fn is_step(&self, key: &StepKey) -> bool {
        self.definition
            .is_some_and(|definition| definition.step(key).is_some())
    }

    fn step_title(&self, key: &StepKey) -> Label {
        let found = self.definition.and_then(|definition| definition.step(key));
        found.map_or_else(|| both(key.as_str()), |step| step.title.clone())
    }

    fn title(&self, package: &Package) -> Label {
        let key = package.definition.workflow.as_str();
        self.definition
            .map_or_else(|| both(key), |definition| definition.title.clone())
    }

    fn form(&self, values: &Values, language: Language) -> Vec<Answer> {
        let Some(definition) = self.definition else {
            return Vec::new();
        };
        let lines = forms::summary(&definition.form, values, &BTreeMap::new(), language);
        let answer = |line: forms::Line| Answer {
            label: line.label,
            value: line.value,
        };
        lines.into_iter().map(answer).collect()
    }
}

fn both(key: &str) -> Label {
    Label {
        ja: key.to_owned(),
        en: key.to_owned(),
    }
}

fn files(event: &Event) -> Vec<String> {
    let files = match event {
        Event::Attached { files, .. } => files.as_slice(),
        Event::WorkDone { proof, .. } => proof.as_slice(),
        _ => &[],
    };
    files.iter().map(|file| file.name.clone()).collect()
}

fn calls(told: &Told, lines: &[Line]) -> Vec<Done> {
    let at = |seq: u64| lines.iter().find(|line| line.seq == seq).map(|line| line.at);
    let call = |call: &crate::evidence::told::Call| Done {
        step: call.step.to_string(),
        before: call.before.clone(),
        after: call.receipt.clone(),
        begun: at(call.begun),
        done: call.done.and_then(at),
    };
    told.calls.iter().map(call).collect()
}
