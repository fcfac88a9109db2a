//! Whether a fault hit every step of every approved plan.

use std::collections::BTreeSet;

use dev_tenant::shell::faults::Strike;
use e2e::journal;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use super::play::{Case, Play};

/// Mails tell of a step, and are none of it.
const MAILS: &str = "/messages";

/// Its calls are named one by one, as Microsoft's own module does: what strikes them goes by the moment alone.
const EXCHANGE: &str = "outlook.office365.com";

/// The journal keeps milliseconds, and a call is struck a moment after it was made.
const APART: SignedDuration = SignedDuration::from_secs(1);

/// From the first look at what stood there to what came of it.
struct Span {
    step: String,
    from: Timestamp,
    until: Timestamp,
}

impl Span {
    fn holds(&self, moment: Timestamp) -> bool {
        let (before, after) = (moment - APART, moment + APART);
        self.from <= after && before <= self.until
    }
}

/// Steps during which no call of their application was struck.
pub(crate) fn spared(play: &Play) -> Vec<String> {
    let strikes = play.watch.house.tenant.strikes();
    let cases = play.cases.iter();
    cases
        .flat_map(|case| spared_of(case, &journal::lines(&play.watch.house, &case.number), &strikes))
        .collect()
}

fn spared_of(case: &Case, lines: &[Value], strikes: &[Strike]) -> Vec<String> {
    let application: Uuid = text(&lines[0]["application"]).parse().expect("an id");
    let ours: Vec<&Strike> = strikes
        .iter()
        .filter(|strike| strike.correlation == Some(application) || strike.host == EXCHANGE)
        .filter(|strike| !strike.path.contains(MAILS))
        .collect();
    let spans: Vec<Span> = lines.iter().flat_map(|line| spans(line, lines)).collect();
    let was_struck = |step: &str| {
        let mut own = spans.iter().filter(|span| span.step == step);
        own.any(|span| ours.iter().any(|strike| span.holds(strike.at)))
    };
    let mut steps = planned(lines);
    assert!(!steps.is_empty(), "{}: no step was planned", case.workflow);
    assert!(
        ours.len() >= steps.len(),
        "{}: fewer strikes than steps",
        case.workflow
    );
    let idle: Vec<&str> = lines.iter().filter_map(nothing_to_write).collect();
    steps.retain(|step| !was_struck(step) && !idle.contains(&step.as_str()));
    steps
        .iter()
        .map(|step| {
            let spans = spans.iter().filter(|span| span.step == *step);
            let spans: Vec<_> = spans.map(|span| (span.from, span.until)).collect();
            let strikes: Vec<_> = ours
                .iter()
                .map(|strike| (strike.at, &strike.method, &strike.path))
                .collect();
            format!(
                "{}: {step}, carried out in {spans:?}; struck: {strikes:?}",
                case.workflow
            )
        })
        .collect()
}

/// What was planned on each application's account.
pub(crate) fn plans(play: &Play) -> Vec<(&'static str, BTreeSet<String>)> {
    let of_case = |case: &Case| {
        let lines = journal::lines(&play.watch.house, &case.number);
        (case.workflow, planned(&lines))
    };
    play.cases.iter().map(of_case).collect()
}

/// The steps of the plan that was approved.
fn planned(lines: &[Value]) -> BTreeSet<String> {
    let mut plans = lines.iter().rev().map(|line| &line["event"]["plan"]["steps"]);
    let steps = plans.find_map(Value::as_array);
    let steps = steps.expect("a plan in the journal").iter();
    steps.map(|step| text(step).to_owned()).collect()
}

/// The step that a line begins, if what it wants stood there already: Exchange makes the account of a shared mailbox
/// one that cannot sign in. What neighbours' calls hit meanwhile proves nothing of it.
fn nothing_to_write(begun: &Value) -> Option<&str> {
    let event = &begun["event"];
    let stood = event["type"] == "stepBegun" && event["before"]["enabled"] == false;
    let step = event["step"].as_str()?;
    (stood && step == "block-sign-in").then_some(step)
}

/// The steps, or rows, that a line begins.
fn spans(begun: &Value, lines: &[Value]) -> Vec<Span> {
    let span = |step: &Value, ended: &dyn Fn(&Value) -> bool| {
        let mut ends = lines.iter().filter(|line| ended(&line["event"]));
        ends.next().map(|end| Span {
            step: text(step).to_owned(),
            from: moment(begun),
            until: moment(end),
        })
    };
    let event = &begun["event"];
    match text(&event["type"]) {
        "stepBegun" => {
            let step = &event["step"];
            let ended = |end: &Value| end["type"] == "stepDone" && end["step"] == *step;
            span(step, &ended).into_iter().collect()
        }
        "rowsBegun" => {
            let rows = event["rows"].as_array().expect("rows").iter();
            let ends = |end: &Value, row: &Value| {
                let mut rows = end["rows"].as_array().into_iter().flatten();
                end["type"] == "rowsEnded" && rows.any(|ended| ended["row"] == *row)
            };
            rows.filter_map(|row| span(&row["row"], &|end| ends(end, &row["row"])))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn moment(line: &Value) -> Timestamp {
    text(&line["at"]).parse().expect("a moment")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
