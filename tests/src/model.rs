//! What must have come of an application, judged from what SharePoint recorded: the rules of the design in code
//! of their own. The product's judge is not asked.

mod cause;
mod claim;
mod lost;
mod record;
mod replay;
mod rest;
mod sealed;
mod standing;
mod story;
mod tampered;

pub use record::{Archive, EDITABLE, Record, Roll};

use std::collections::BTreeSet;

/// How one application came out.
#[derive(Debug, Default, Clone)]
pub struct Findings {
    /// What must not be. Empty: all is well.
    pub faults: Vec<String>,
    /// Entries that counted.
    pub counted: usize,
    /// Entries that asked for something and did not count.
    pub refused: usize,
    /// Entries that counted in the name of somebody who did not write them, by whom: an owner of the site.
    pub forged_by_owner: usize,
    /// The same by somebody below.
    pub forged_below: usize,
    /// Sealed columns into which somebody wrote who may not.
    pub altered: BTreeSet<String>,
    /// Where the application stands, as a code.
    pub code: String,
}

/// Judges one application at rest. `before`: what was recorded of it before an owner wrote into a version that
/// stood already; by that, and not by what he made of it, every vote is judged.
pub fn judge(record: &Record, roll: &Roll, before: Option<&Record>) -> Findings {
    let mut findings = Findings::default();
    let as_written = before.map(|before| record.as_written(before));
    let as_written = as_written.as_ref().unwrap_or(record);
    let replay = replay::replay(as_written, roll, before.is_some(), &mut findings);
    replay.last().code.clone_into(&mut findings.code);
    replay.nothing_is_lost(as_written, &mut findings);
    match before {
        Some(before) => {
            tampered::is_detected(record, &mut findings);
            replay.nothing_counts_beside(before, record, &mut findings);
        }
        None => rest::everybody_is_told(record, &replay, &mut findings),
    }
    rest::is_sealed(record, replay.last(), &mut findings);
    sealed::is_only_ours(record, as_written, &mut findings);
    findings.altered = sealed::altered(record, as_written);
    rest::does_not_echo(record, &mut findings);
    if let Some(last) = findings.faults.last_mut() {
        *last = format!("{last}\n{record}");
    }
    findings
}

impl Findings {
    fn fault(&mut self, record: &Record, what: &str) {
        self.faults.push(format!("{}: {what}", record.number));
    }
}
