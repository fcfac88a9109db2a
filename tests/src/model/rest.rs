//! What SharePoint shows of an application at rest.

use serde_json::Value;

use super::Findings;
use super::claim::Claim;
use super::record::{EDITABLE, Editor, Record};
use super::replay::Replay;
use super::standing::Standing;

/// The sealed columns say what the journal says, and the others are free for the next entry.
pub(super) fn is_sealed(record: &Record, standing: &Standing, findings: &mut Findings) {
    let Some(last) = record.versions.last() else {
        findings.fault(record, "there is no version");
        return;
    };
    let token = standing.asked.as_ref().map(|asked| asked.token.as_str());
    let head = record.lines.last().map(|line| line.hash.as_str());
    let payload = record
        .lines
        .iter()
        .rev()
        .find_map(|line| line.event["payload"]["values"].as_object());
    let shown: Value = serde_json::from_str(last.text("PFPayload").unwrap_or_default()).unwrap_or_default();
    let mut wrong: Vec<&str> = EDITABLE
        .into_iter()
        .filter(|column| last.text(column).is_some())
        .collect();
    let subject = payload.and_then(|payload| payload.get("upnLocal")?.as_str());
    let facts = [
        ("PFWorkflow", last.text("PFWorkflow") == Some("user-create")),
        (
            "PFApplicantOid",
            last.text("PFApplicantOid") == Some(&record.applicant),
        ),
        ("PFSubject", last.text("PFSubject") == subject),
        ("PFStatus", last.text("PFStatus") == Some(standing.shown())),
        ("PFStepToken", last.text("PFStepToken") == token),
        ("PFHistoryHead", last.text("PFHistoryHead") == head),
        ("PFPayload", shown.as_object() == payload),
        (
            "the applicant's PFStatus",
            record.row.last().and_then(|row| row.text("PFStatus")) == Some(standing.shown()),
        ),
    ];
    wrong.extend(facts.iter().filter(|(_, is)| !is).map(|(name, _)| name));
    if !wrong.is_empty() {
        let versions = record.versions.len();
        findings.fault(
            record,
            &format!("at rest in {versions} versions: {wrong:?} are wrong"),
        );
    }
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
