//! What the page's template is filled with: words, numbers and bars.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chart::{Columns, columns, percents};
use crate::config::Language;
use crate::report::{Figures, Named, Report, Table, Times, duration, words};
use crate::service::Service;

/// The page shows so many people; all stand in the CSV.
const MOST_PEOPLE: usize = 20;

#[derive(Serialize)]
pub(super) struct View {
    words: &'static BTreeMap<String, String>,
    path: &'static str,
    from: String,
    to: String,
    options: Vec<Choice>,
    tables: Vec<&'static str>,
    is_refused: bool,
    shown: Option<Shown>,
}

/// A workflow to choose.
#[derive(Serialize)]
struct Choice {
    key: String,
    title: String,
    is_chosen: bool,
}

#[derive(Serialize)]
struct Shown {
    at: String,
    total: Figures,
    columns: Columns,
    stretches: Vec<(String, Figures)>,
    workflows: Vec<Line>,
    steps: Vec<Line>,
    people: Vec<Line>,
    late: Vec<Overdue>,
    late_in_all: u32,
    unreadable: Vec<String>,
}

/// A row of a table, with its bars.
#[derive(Serialize)]
struct Line {
    name: String,
    beside: String,
    over: String,
    open: String,
    late: String,
    p50: Told,
    p90: Told,
    /// In percent, one decimal.
    share: String,
    share_bar: f64,
}

/// A duration; `None`: nothing was measured.
#[derive(Serialize)]
struct Told {
    business: Option<String>,
    elapsed: Option<String>,
    /// Percent of the longest bar.
    bar: f64,
}

#[derive(Serialize)]
struct Overdue {
    number: String,
    step: String,
    people: String,
    due: String,
    by: String,
}

impl View {
    pub(super) fn of(service: &Service, report: &Report, language: Language) -> Self {
        Self {
            from: report.from.clone(),
            to: report.to.clone(),
            shown: Some(shown(service, report, language)),
            ..Self::empty(service, report.workflow.as_deref(), language)
        }
    }

    /// What was asked for is no period.
    pub(super) fn refused(service: &Service, language: Language) -> Self {
        Self {
            is_refused: true,
            ..Self::empty(service, None, language)
        }
    }

    fn empty(service: &Service, chosen: Option<&str>, language: Language) -> Self {
        let choice = |offered: &crate::workflows::Offered| {
            let definition = &offered.definition;
            Choice {
                title: definition.title.in_language(language.into()).to_owned(),
                is_chosen: chosen == Some(definition.key.as_str()),
                key: definition.key.to_string(),
            }
        };
        Self {
            words: words(language),
            path: super::PATH,
            from: String::new(),
            to: String::new(),
            options: service.workflows.iter().map(choice).collect(),
            tables: Table::ALL.iter().map(|table| table.name()).collect(),
            is_refused: false,
            shown: None,
        }
    }
}

fn shown(service: &Service, report: &Report, language: Language) -> Shown {
    let parts = |of: Figures| vec![of.completed, of.open, of.rejected, of.otherwise];
    let count = report.stretches.len();
    let stretches = report.stretches.iter();
    let drawn: Vec<_> = stretches
        .clone()
        .map(|stretch| (short(&stretch.from, count), parts(stretch.figures)))
        .collect();
    Shown {
        at: local(service, &report.at),
        total: report.total,
        columns: columns(&drawn),
        stretches: stretches.map(|of| (of.from.clone(), of.figures)).collect(),
        workflows: workflows(report, language),
        steps: steps(report, language),
        people: people(report, language),
        late: late(service, report, language),
        late_in_all: report.late_in_all,
        unreadable: report.unreadable.clone(),
    }
}

fn workflows(report: &Report, language: Language) -> Vec<Line> {
    let lines = report.workflows.iter().map(|of| Line {
        over: (of.figures.submitted - of.figures.open).to_string(),
        open: of.figures.open.to_string(),
        late: of.returns.to_string(),
        ..Line::new(name(&of.title, language), String::new(), 0)
    });
    timed(lines, report.workflows.iter().map(|of| of.times), language)
}

fn steps(report: &Report, language: Language) -> Vec<Line> {
    let lines = report.steps.iter().map(|of| Line {
        over: of.ended.to_string(),
        open: of.open.to_string(),
        late: of.late.to_string(),
        ..Line::new(
            name(&of.title, language),
            name(&of.workflow_title, language),
            of.permille,
        )
    });
    timed(lines, report.steps.iter().map(|of| of.times), language)
}

fn people(report: &Report, language: Language) -> Vec<Line> {
    let lines = report.people.iter().take(MOST_PEOPLE).map(|of| Line {
        over: of.answered.to_string(),
        open: of.open.to_string(),
        late: of.late.to_string(),
        ..Line::new(of.name.clone(), String::new(), of.permille)
    });
    timed(lines, report.people.iter().map(|of| of.times), language)
}

fn late(service: &Service, report: &Report, language: Language) -> Vec<Overdue> {
    let overdue = report.late.iter().map(|of| Overdue {
        number: of.number.clone(),
        step: name(&of.title, language),
        people: of
            .people
            .iter()
            .map(|whom| whom.name.as_str())
            .collect::<Vec<_>>()
            .join("、"),
        due: local(service, &of.due),
        by: duration(of.overdue, true, language),
    });
    overdue.collect()
}

fn name(named: &Named, language: Language) -> String {
    match language {
        Language::Ja => named.ja.clone(),
        Language::En => named.en.clone(),
    }
}

/// Lines with their durations; bars are comparable within a table.
fn timed(
    lines: impl Iterator<Item = Line>,
    times: impl Iterator<Item = Times>,
    language: Language,
) -> Vec<Line> {
    let (mut lines, times): (Vec<Line>, Vec<Times>) = lines.zip(times).unzip();
    let business = |times: &Times| times.business.map_or([0, 0], |of| [of.p50, of.p90]);
    let widths = percents(&times.iter().flat_map(business).collect::<Vec<_>>());
    for ((line, times), bars) in lines.iter_mut().zip(&times).zip(widths.chunks(2)) {
        let told = |at: usize| Told {
            business: times
                .business
                .map(|of| duration([of.p50, of.p90][at].into(), true, language)),
            elapsed: times
                .elapsed
                .map(|of| duration([of.p50, of.p90][at].into(), false, language)),
            bar: bars.get(at).copied().unwrap_or_default(),
        };
        (line.p50, line.p90) = (told(0), told(1));
    }
    lines
}

impl Line {
    fn new(name: String, beside: String, permille: u64) -> Self {
        let untold = || Told {
            business: None,
            elapsed: None,
            bar: 0.0,
        };
        Self {
            name,
            beside,
            over: String::new(),
            open: String::new(),
            late: String::new(),
            p50: untold(),
            p90: untold(),
            share: format!("{}.{}%", permille / 10, permille % 10),
            share_bar: f64::from(u32::try_from(permille).unwrap_or(1000)) / 10.0,
        }
    }
}

/// `4/1` for a day, `2027-04` for one of many months.
fn short(day: &str, stretches: usize) -> String {
    let parts: Vec<&str> = day.split('-').collect();
    match parts.as_slice() {
        [year, month, "01"] if stretches < 2 => format!("{year}-{month}"),
        [_, month, day] => format!(
            "{}/{}",
            month.trim_start_matches('0'),
            day.trim_start_matches('0')
        ),
        _ => day.to_owned(),
    }
}

/// A moment on the clocks of the company.
fn local(service: &Service, moment: &str) -> String {
    let read: Result<jiff::Timestamp, _> = moment.parse();
    read.map_or_else(
        |_| moment.to_owned(),
        |moment| {
            let zoned = moment.to_zoned(service.calendar.zone().clone());
            zoned.strftime("%Y-%m-%d %H:%M").to_string()
        },
    )
}
