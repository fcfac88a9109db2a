//! What an owner wrote into a version that stood already: it is noticed, and no vote slips in beside it.

use super::Findings;
use super::record::Record;
use super::replay::{Replay, is_park};

const TAMPERED: &str = "不整合";

impl Replay {
    /// Where the case was stopped for it, nothing counts that was written after it.
    pub(super) fn nothing_counts_beside(&self, before: &Record, record: &Record, findings: &mut Findings) {
        let stood = before.versions.last().map_or(0, |version| version.number);
        let is_stopped = record.lines.iter().any(|line| is_park(&line.event));
        for number in self.used.range(stood + 1..).filter(|_| is_stopped) {
            findings.fault(
                record,
                &format!("version {number} counted beside one that was changed in place"),
            );
        }
    }
}

/// What an owner did to versions that stood already shows.
pub(super) fn is_detected(record: &Record, findings: &mut Findings) {
    let flags = record.versions.last().and_then(|last| last.text("PFFlags"));
    if flags.is_none_or(|flags| !flags.contains(TAMPERED)) {
        findings.fault(record, "nobody noticed that a version changed in place");
    }
}
