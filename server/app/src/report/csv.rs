//! A report as CSV: one table at a time, for spreadsheets. Durations are whole seconds.

use forms::csv::table;
use serde::Deserialize;
use utoipa::ToSchema;

use super::told::{
    Figures, Late, Named, PersonFigures, Portion, Report, Spread, StepFigures, Times, WorkflowFigures,
};
use super::words;
use crate::config::Language;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Table {
    /// How many applications, by days or months.
    Volume,
    Workflows,
    Steps,
    People,
    /// What stands beyond its deadline.
    Late,
}

impl Table {
    pub(crate) const ALL: [Self; 5] = [
        Self::Volume,
        Self::Workflows,
        Self::Steps,
        Self::People,
        Self::Late,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::Workflows => "workflows",
            Self::Steps => "steps",
            Self::People => "people",
            Self::Late => "late",
        }
    }

    /// Keys of the words above the columns.
    fn columns(self) -> Vec<&'static str> {
        const FIGURES: [&str; 5] = ["submitted", "open", "completed", "rejected", "otherwise"];
        const TIMES: [&str; 6] = [
            "p50",
            "p90",
            "longest",
            "businessP50",
            "businessP90",
            "businessLongest",
        ];
        let parts: [&[&'static str]; 3] = match self {
            Self::Volume => [&["from"], &FIGURES, &[]],
            Self::Workflows => [&["workflowKey", "workflow"], &FIGURES, &["returns"]],
            Self::Steps => [
                &[
                    "workflowKey",
                    "workflow",
                    "stepKey",
                    "step",
                    "ended",
                    "open",
                    "lateCount",
                ],
                &TIMES,
                &["waited", "permille"],
            ],
            Self::People => [
                &["personId", "person", "answered", "open", "lateCount"],
                &TIMES,
                &["waited", "permille"],
            ],
            Self::Late => [
                &["number", "workflowKey", "stepKey", "step"],
                &["waitsFor", "due", "overdue"],
                &[],
            ],
        };
        let mut columns = parts.concat();
        if self == Self::Workflows {
            columns.extend(TIMES);
        }
        columns
    }
}

pub(crate) fn csv(report: &Report, of: Table, language: Language) -> String {
    let words = words(language);
    let word = |key: &str| words.get(key).cloned().unwrap_or_else(|| key.to_owned());
    let heading = of.columns().into_iter().map(word).collect();
    table(std::iter::once(heading).chain(rows(report, of, language)))
}

fn rows(report: &Report, of: Table, language: Language) -> Vec<Vec<String>> {
    match of {
        Table::Volume => report.stretches.iter().map(portion).collect(),
        Table::Workflows => report.workflows.iter().map(|of| workflow(of, language)).collect(),
        Table::Steps => report.steps.iter().map(|of| step(of, language)).collect(),
        Table::People => report.people.iter().map(person).collect(),
        Table::Late => report.late.iter().map(|of| late(of, language)).collect(),
    }
}

fn portion(of: &Portion) -> Vec<String> {
    [vec![of.from.clone()], figures(of.figures)].concat()
}

fn workflow(of: &WorkflowFigures, language: Language) -> Vec<String> {
    let what = vec![of.workflow.clone(), name(&of.title, language)];
    [
        what,
        figures(of.figures),
        vec![of.returns.to_string()],
        times(of.times),
    ]
    .concat()
}

fn step(of: &StepFigures, language: Language) -> Vec<String> {
    let workflow = [of.workflow.clone(), name(&of.workflow_title, language)];
    let step = [of.step.clone(), name(&of.title, language)];
    let counts = counts(of.ended, of.open, of.late);
    [
        workflow.to_vec(),
        step.to_vec(),
        counts,
        times(of.times),
        waiting(of.waited, of.permille),
    ]
    .concat()
}

fn person(of: &PersonFigures) -> Vec<String> {
    let who = vec![of.person.clone(), of.name.clone()];
    let counts = counts(of.answered, of.open, of.late);
    [who, counts, times(of.times), waiting(of.waited, of.permille)].concat()
}

fn late(of: &Late, language: Language) -> Vec<String> {
    let people: Vec<_> = of.people.iter().map(|whom| whom.name.as_str()).collect();
    vec![
        of.number.clone(),
        of.workflow.clone(),
        of.step.clone(),
        name(&of.title, language),
        people.join(";"),
        of.due.clone(),
        of.overdue.to_string(),
    ]
}

fn name(named: &Named, language: Language) -> String {
    match language {
        Language::Ja => named.ja.clone(),
        Language::En => named.en.clone(),
    }
}

fn figures(of: Figures) -> Vec<String> {
    let all = [of.submitted, of.open, of.completed, of.rejected, of.otherwise];
    all.iter().map(ToString::to_string).collect()
}

fn counts(over: usize, open: u32, late: u32) -> Vec<String> {
    vec![over.to_string(), open.to_string(), late.to_string()]
}

fn waiting(waited: u64, permille: u64) -> Vec<String> {
    vec![waited.to_string(), permille.to_string()]
}

/// Empty cells where nothing was measured.
fn times(of: Times) -> Vec<String> {
    let spread = |spread: Option<Spread>| match spread {
        Some(of) => [of.p50, of.p90, of.longest].map(|seconds| seconds.to_string()),
        None => [const { String::new() }; 3],
    };
    [spread(of.elapsed), spread(of.business)].concat()
}
