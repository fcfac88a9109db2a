//! One journal, checked for itself: its chain, all its signed heads, and the row that must be its fold. Pure.

use openssl::pkey::{PKey, Public};
use store::{ApplicationRow, JournalLine, SignedHead};
use workflow::Application;
use workflow::journal::{Head, Line, Sealed, verify};

use crate::evidence;

/// The lines of an unbroken chain, or its first bad line.
pub(crate) fn chain(id: &store::ApplicationId, lines: &[JournalLine]) -> Result<Vec<Line>, String> {
    let sealed = |line: &JournalLine| Sealed {
        body: line.body.clone(),
        hash: workflow::Hash(line.hash.0),
    };
    let chain: Vec<_> = lines.iter().map(sealed).collect();
    let verified = verify(&workflow::ApplicationId::new(id.as_str()), &chain);
    verified
        .map(|(_, lines)| lines)
        .map_err(|broken| broken.to_string())
}

/// Heads that do not stand for the line that they name, each by its line.
pub(crate) fn heads(
    public: &PKey<Public>,
    id: &store::ApplicationId,
    lines: &[JournalLine],
    heads: &[SignedHead],
) -> Vec<String> {
    let told = heads
        .iter()
        .filter_map(|head| wrong(public, id, lines, head).map(|what| format!("line {}: {what}", head.seq)));
    told.collect()
}

fn wrong(
    public: &PKey<Public>,
    id: &store::ApplicationId,
    lines: &[JournalLine],
    signed: &SignedHead,
) -> Option<&'static str> {
    let Some(line) = lines.iter().find(|line| line.seq == signed.seq) else {
        return Some("it is signed, but is not there");
    };
    if line.hash != signed.hash {
        return Some("its signed head has another hash");
    }
    let head = Head {
        seq: u64::try_from(signed.seq).unwrap_or_default(),
        hash: workflow::Hash(signed.hash.0),
    };
    let digest = head.digest(&workflow::ApplicationId::new(id.as_str()));
    let genuine = evidence::verify(public, &digest.0, &signed.signature).unwrap_or(false);
    (!genuine).then_some("the signature of its head does not fit this key")
}

/// The last line that is signed.
pub(crate) fn signed_end(heads: &[SignedHead]) -> i64 {
    heads.iter().map(|head| head.seq).max().unwrap_or(0)
}

/// The application that the lines tell of.
pub(crate) fn fold(lines: &[Line]) -> Result<Application, String> {
    let events = lines.iter().map(|line| (line.at, &line.event));
    match workflow::replay(events) {
        Ok(Some(application)) => Ok(application),
        Ok(None) => Err("there are no lines".to_owned()),
        Err(misfit) => Err(misfit.to_string()),
    }
}

/// The member of the stored row that the journal does not tell.
pub(crate) fn row_differs(row: &ApplicationRow, application: &Application) -> Option<&'static str> {
    let members = [
        ("number", row.number == application.number),
        ("workflow", row.workflow.as_str() == application.workflow.as_str()),
        (
            "definition_version",
            row.definition_version == i64::from(application.definition_version),
        ),
        ("code", row.code == application.code().as_str()),
        (
            "applicant",
            row.applicant.as_str() == application.applicant.as_str(),
        ),
        ("inbox_item", row.inbox_item == application.source.inbox_item()),
        ("round", row.round == i64::from(application.round())),
        ("source", row.source == application.source.to_string()),
        (
            "state",
            serde_json::to_value(application).is_ok_and(|state| state == row.state),
        ),
    ];
    members
        .into_iter()
        .find(|(_, same)| !same)
        .map(|(member, _)| member)
}
