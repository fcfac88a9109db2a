//! What SharePoint shows of an application at rest.

use jiff::Timestamp;
use serde_json::Value;

use super::Findings;
use super::claim::Claim;
use super::record::{EDITABLE, Editor, Record, Version};
use super::replay::Replay;
use super::standing::Standing;

/// The sealed columns say what the journal says, and the others are free for the next entry.
pub(super) fn is_sealed(record: &Record, standing: &Standing, findings: &mut Findings) {
    let Some(last) = record.versions.last() else {
        findings.fault(record, "there is no version");
        return;
    };
    let mut wrong: Vec<&str> = EDITABLE
        .into_iter()
        .filter(|column| last.text(column).is_some())
        .collect();
    wrong.extend(misstated(record, standing, last));
    wrong.extend(misrepresented(record, last));
    wrong.extend(untimely(record, standing, last));
    if !wrong.is_empty() {
        let versions = record.versions.len();
        findings.fault(
            record,
            &format!("at rest in {versions} versions: {wrong:?} are wrong"),
        );
    }
}

/// Columns of where it stands that are not so.
fn misstated(record: &Record, standing: &Standing, shown: &Version) -> Vec<&'static str> {
    let asked = standing.asked.as_ref();
    let step = asked.map(|asked| asked.step);
    let head = record.lines.last().map(|line| line.hash.as_str());
    let row = record.row.last();
    wrong(&[
        ("PFWorkflow", shown.text("PFWorkflow") == Some("user-create")),
        (
            "PFApplicantOid",
            shown.text("PFApplicantOid") == Some(&record.applicant),
        ),
        ("PFStatus", shown.text("PFStatus") == Some(standing.shown())),
        (
            "PFStepToken",
            shown.text("PFStepToken") == asked.map(|asked| asked.token.as_str()),
        ),
        (
            "PFStepNo",
            shown.number("PFStepNo") == step.map(|(number, _)| number),
        ),
        (
            "PFStepName",
            shown.text("PFStepName") == step.map(|(_, title)| title),
        ),
        ("PFHistoryHead", shown.text("PFHistoryHead") == head),
        ("PFRound", shown.number("PFRound") == Some(rounds(record))),
        (
            "the applicant's PFStatus",
            row.and_then(|row| row.text("PFStatus")) == Some(standing.shown()),
        ),
    ])
}

/// Columns of what was asked that are not so.
fn misrepresented(record: &Record, shown: &Version) -> Vec<&'static str> {
    let handed_in = record
        .lines
        .iter()
        .rev()
        .find(|line| line.event["payload"]["values"].is_object());
    let payload = handed_in.map(|line| &line.event["payload"]);
    let values = payload.and_then(|payload| payload["values"].as_object());
    let hash = payload.and_then(|payload| payload["hash"].as_str());
    let subject = values.and_then(|values| values.get("upnLocal")?.as_str());
    let written: Value =
        serde_json::from_str(shown.text("PFPayload").unwrap_or_default()).unwrap_or_default();
    wrong(&[
        ("PFSubject", shown.text("PFSubject") == subject),
        ("PFPayload", written.as_object() == values),
        ("PFPayloadHash", shown.text("PFPayloadHash") == hash),
    ])
}

fn wrong(facts: &[(&'static str, bool)]) -> Vec<&'static str> {
    let wrong = facts.iter().filter(|(_, is)| !is);
    wrong.map(|(name, _)| *name).collect()
}

/// How often the applicant handed it in.
fn rounds(record: &Record) -> f64 {
    let kinds = record.lines.iter().map(|line| line.event["type"].as_str());
    let submitted = kinds.filter(|kind| matches!(kind, Some("submitted" | "resubmitted")));
    submitted.fold(0.0, |rounds, _| rounds + 1.0)
}

/// Columns of moments that are not those of the journal; SharePoint keeps whole seconds.
fn untimely(record: &Record, standing: &Standing, shown: &Version) -> Vec<&'static str> {
    let first = record.lines.first().map(|line| line.at);
    let last = record.lines.last().map(|line| line.at);
    let moments = [
        ("PFRequestedAt", first),
        ("PFStatusAt", last),
        ("PFDecidedAt", decided(record)),
        ("PFClosedAt", last.filter(|_| standing.is_closed())),
    ];
    let second = |at: Option<Timestamp>| at.map(Timestamp::as_second);
    let wrong = moments
        .into_iter()
        .filter(|(column, at)| second(shown.moment(column)) != second(*at));
    wrong.map(|(column, _)| column).collect()
}

/// When the last vote settled it, if nobody was asked again since.
fn decided(record: &Record) -> Option<Timestamp> {
    record
        .lines
        .iter()
        .fold(None, |decided, line| match line.event["type"].as_str() {
            Some("approved" | "rejected") => Some(line.at),
            Some("planChanged" | "askedAgain") => None,
            _ => decided,
        })
}

/// We answer what people write, and not ourselves.
pub(super) fn does_not_echo(record: &Record, findings: &mut Findings) {
    let ours = record.versions.iter().filter(|version| version.is_ours()).count();
    let theirs = record.versions.len() - ours;
    let most = 2 + theirs + record.lines.len();
    if ours > most {
        findings.fault(
            record,
            &format!("{ours} versions are ours, at most {most} have a cause"),
        );
    }
}

/// Whoever asked for something in vain is told once, and nobody else.
pub(super) fn everybody_is_told(record: &Record, replay: &Replay, findings: &mut Findings) {
    for (version, claim) in record.versions.iter().zip(&replay.claims) {
        let Editor::Person(by) = &version.editor else {
            continue;
        };
        let place = format!("v{}:{by}", version.number);
        let told = record.told.iter().filter(|told| **told == place).count();
        let wanted = match claim {
            Claim::Nothing => 0,
            Claim::Void => 1,
            Claim::Vote(_) => usize::from(!replay.is_used(version.number)),
        };
        if told != wanted {
            findings.fault(
                record,
                &format!("{by} was told {told} times of version {}", version.number),
            );
        }
    }
}
