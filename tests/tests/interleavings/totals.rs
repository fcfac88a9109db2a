//! What became of all histories together.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::switches::Switches;
use e2e::model::Findings;

use super::worlds::set;

#[derive(Default)]
pub(crate) struct Totals {
    pub(crate) counted: usize,
    pub(crate) refused: usize,
    pub(crate) forged_by_owner: usize,
    pub(crate) forged_below: usize,
    pub(crate) tampered: usize,
    pub(crate) codes: BTreeMap<String, usize>,
    pub(crate) worlds: BTreeSet<u8>,
    /// Columns that only the app may write, and those of them that somebody else wrote into.
    pub(crate) sealed: BTreeSet<String>,
    pub(crate) altered: BTreeSet<String>,
    pub(crate) faults: Vec<String>,
}

impl Totals {
    pub(crate) fn add(&mut self, finding: Findings, world: u8) {
        let mut switches = Switches::default();
        set(&mut switches, world);
        self.faults.extend(finding.faults);
        self.counted += finding.counted;
        self.refused += finding.refused;
        self.forged_by_owner += finding.forged_by_owner;
        self.forged_below += finding.forged_below;
        self.altered.extend(finding.altered);
        *self.codes.entry(finding.code).or_default() += 1;
        if finding.forged_below > 0 && !switches.anyone_sets_editor {
            self.faults
                .push("somebody below an owner forged a vote".to_owned());
        }
    }

    /// Those of another house, in which there was no fault.
    pub(crate) fn join(&mut self, other: Self) {
        self.counted += other.counted;
        self.refused += other.refused;
        self.forged_by_owner += other.forged_by_owner;
        self.forged_below += other.forged_below;
        self.tampered += other.tampered;
        for (code, number) in other.codes {
            *self.codes.entry(code).or_default() += number;
        }
        self.worlds.extend(other.worlds);
        self.sealed.extend(other.sealed);
        self.altered.extend(other.altered);
    }
}
