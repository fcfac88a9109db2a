//! A report that was filed, checked: its signature, and each of its lines against the journal that it was made from.

use serde_json::{Map, Value};
use store::transaction;
use workflow::Hash;

use super::aligned::{Difference, differences};
use super::journal;
use super::obstacle::Stop;
use super::renewal::Renewal;
use super::report::{Report, body, signed};
use super::report_words::title;
use crate::config::Language;
use crate::evidence;
use crate::history::unhex;
use crate::jobs::JobError;
use crate::service::Service;

/// What a line of text is called.
const LINE: &str = "line";

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is no report of ours.
    Unreadable { why: String },
    /// Its text needs the journal, and there is none of this renewal.
    NoJournal { number: i64 },
    /// What it says does not have the hash that it names.
    Contents,
    /// The evidence key did not sign that hash.
    Signature,
    /// Another evidence key is to have signed it.
    OtherKey { named: String, ours: String },
    /// What stands there, and what was signed; `None`: it is missing, or was added.
    Changed {
        what: String,
        filed: Option<String>,
        right: Option<String>,
    },
}

/// What was checked, and what is wrong with it; nothing: it is as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    pub number: Option<i64>,
    pub faults: Vec<Fault>,
}

/// Of a report as text or JSON.
pub(crate) async fn check(service: &Service, file: &str) -> Result<Checked, Stop> {
    match serde_json::from_str(file) {
        Ok(value) => check_json(service, value).await,
        Err(_) if file.trim_start().starts_with('{') => Ok(unreadable("JSON")),
        Err(_) => check_text(service, file).await,
    }
}

fn unreadable(why: &str) -> Checked {
    Checked {
        number: None,
        faults: vec![Fault::Unreadable { why: why.to_owned() }],
    }
}

async fn check_json(service: &Service, filed: Value) -> Result<Checked, Stop> {
    let report: Report = match serde_json::from_value(filed.clone()) {
        Ok(report) => report,
        Err(error) => return Ok(unreadable(&error.to_string())),
    };
    let number = report.body.number;
    let mut faults = by_itself(service, &report)?;
    // Where there is no journal, only what the file says more than a report does is found.
    let mut reports = as_signed(service, number).await?;
    if reports.is_empty() {
        reports.push(report);
    }
    let rights: Result<Vec<_>, _> = reports.iter().map(serde_json::to_value).collect();
    let rights = rights.map_err(|error| unmade(&error))?;
    let all = rights.iter().map(|right| match (&filed, right) {
        (Value::Object(filed), Value::Object(right)) => differing(filed, right),
        _ => Vec::new(),
    });
    faults.extend(nearest(all).unwrap_or_default());
    Ok(Checked {
        number: Some(number),
        faults,
    })
}

/// Hash and signature, for which nothing else is needed.
fn by_itself(service: &Service, report: &Report) -> Result<Vec<Fault>, Stop> {
    let mut faults = Vec::new();
    let said = serde_json::to_vec(&report.body).map_err(|error| unmade(&error))?;
    if Hash::of(&said).to_string() != report.hash {
        faults.push(Fault::Contents);
    }
    let ours = service.evidence.id().map_err(|error| unmade(&error))?;
    if report.key_id != ours {
        faults.push(Fault::OtherKey {
            named: report.key_id.clone(),
            ours,
        });
        return Ok(faults);
    }
    let public = service.evidence.public().map_err(|error| unmade(&error))?;
    let signature = unhex(&report.signature).unwrap_or_default();
    if !evidence::verify(&public, report.hash.as_bytes(), &signature).unwrap_or(false) {
        faults.push(Fault::Signature);
    }
    Ok(faults)
}

fn unmade(error: &dyn std::fmt::Display) -> Stop {
    JobError::Stuck(format!("the report cannot be checked: {error}")).into()
}

/// The report as it was after each line of the journal; none: there is no such renewal.
async fn as_signed(service: &Service, number: i64) -> Result<Vec<Report>, Stop> {
    let found: Result<_, Stop> =
        transaction!(service.store.read(&service.tenant), tx => journal::of(tx, number).await);
    let Some((_, all)) = found? else {
        return Ok(Vec::new());
    };
    let mut reports = Vec::new();
    for lines in 1..=all.len() {
        let lines = all[..lines].to_vec();
        let renewal = Renewal::fold(number, &lines).map_err(|error| unmade(&error))?;
        if let Some(renewal) = renewal {
            reports.push(signed(service, body(service, &renewal, lines))?);
        }
    }
    Ok(reports)
}

/// Of all that were signed, the one that was most likely filed: it contradicts the file least, then it lacks least.
fn nearest(all: impl Iterator<Item = Vec<Fault>>) -> Option<Vec<Fault>> {
    let is_lack = |fault: &&Fault| matches!(fault, Fault::Changed { filed: None, .. });
    all.min_by_key(|faults| {
        let lacks = faults.iter().filter(is_lack).count();
        (faults.len() - lacks, lacks)
    })
}

/// Each member that differs, the lines one by one.
fn differing(filed: &Map<String, Value>, right: &Map<String, Value>) -> Vec<Fault> {
    let mut names: Vec<&String> = filed.keys().chain(right.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let mut faults = Vec::new();
    for name in names {
        match (filed.get(name), right.get(name)) {
            (Some(Value::Array(filed)), Some(Value::Array(right))) => {
                faults.extend(unaligned(filed, right, |place| format!("{name}[{place}]")));
            }
            (filed, right) if filed != right => faults.push(Fault::Changed {
                what: name.clone(),
                filed: filed.map(Value::to_string),
                right: right.map(Value::to_string),
            }),
            _ => {}
        }
    }
    faults
}

/// Each line that differs, by the name of its place: in the file, or, where it is not there, in what was signed.
fn unaligned<T: PartialEq + ToString>(
    filed: &[T],
    right: &[T],
    named: impl Fn(usize) -> String,
) -> Vec<Fault> {
    let fault = |place, filed: Option<&T>, right: Option<&T>| Fault::Changed {
        what: named(place),
        filed: filed.map(ToString::to_string),
        right: right.map(ToString::to_string),
    };
    let all = differences(filed, right).into_iter();
    all.map(|one| match one {
        Difference::Changed {
            filed: (place, filed),
            right,
        } => fault(place, Some(filed), Some(right)),
        Difference::Added {
            filed: (place, filed),
        } => fault(place, Some(filed), None),
        Difference::Missing {
            right: (place, right),
        } => fault(place, None, Some(right)),
    })
    .collect()
}

async fn check_text(service: &Service, filed: &str) -> Result<Checked, Stop> {
    let first = filed.lines().next().unwrap_or_default();
    let Some((language, number)) = head(first) else {
        return Ok(unreadable(first));
    };
    let filed: Vec<&str> = filed.lines().collect();
    let reports = as_signed(service, number).await?;
    let faults = reports.iter().map(|report| {
        let page = report.page(language).join("\n");
        let right: Vec<&str> = page.lines().collect();
        unaligned(&filed, &right, |place| format!("{LINE} {}", place + 1))
    });
    Ok(Checked {
        number: Some(number),
        faults: nearest(faults).unwrap_or_else(|| vec![Fault::NoJournal { number }]),
    })
}

/// In which language a page is, and of which renewal.
fn head(first: &str) -> Option<(Language, i64)> {
    let (named, rest) = first.split_once(": ")?;
    let language = [Language::Ja, Language::En]
        .into_iter()
        .find(|language| title().in_language(*language) == named)?;
    let (number, _) = rest.split_once(' ')?;
    Some((language, number.parse().ok()?))
}
