//! A whole job, undisturbed or not, and what it left behind.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value;

use crate::hire;
use crate::house::Wishes;
use crate::watch::Watch;
use crate::{ledger, outcome};

/// Pauses after failures grow: so often a quiet time is waited for.
const ROUNDS: u32 = 6;

/// What every disturbed run must come to.
#[derive(Debug)]
pub struct Undisturbed {
    pub outcome: Value,
    pub once: BTreeMap<String, usize>,
    /// Prefixes of the kinds of write.
    pub kinds: BTreeSet<String>,
    /// Numbers of the effects of the job.
    pub effects: Range<usize>,
}

impl Undisturbed {
    pub async fn run(backend: &str) -> Self {
        let mut watch = hire::open(backend, Wishes::default()).await;
        let from = watch.house.count_effects();
        hire::carry_through(&mut watch).await;
        watch.quiet().await;
        let house = &watch.house;
        Self {
            outcome: outcome::of(house),
            once: ledger::once_normal(house),
            kinds: ledger::kinds(house, from),
            effects: from..house.count_effects(),
        }
    }

    /// The house came to the same, everything in it happened once, and it is whole.
    pub async fn compare(&self, watch: &mut Watch) {
        self.is_come_to(watch).await;
        let house = &watch.house;
        let once = ledger::once_normal(house);
        assert_eq!(once, self.once, "{}", house.log());
        assert!(once.values().all(|count| *count == 1), "{once:#?}");
        whole(watch);
    }

    /// The house came to the same, whatever was written twice.
    pub async fn is_come_to(&self, watch: &mut Watch) {
        let mut differences = Vec::new();
        for _ in 0..ROUNDS {
            watch.quiet().await;
            differences = outcome::differences(&self.outcome, &outcome::of(&watch.house));
            if differences.is_empty() {
                break;
            }
        }
        let house = &watch.house;
        assert!(
            differences.is_empty(),
            "{}\n{}",
            differences.join("\n"),
            house.log()
        );
    }
}

/// The doctor and the journal's own check find nothing.
pub fn whole(watch: &Watch) {
    for check in ["verify-journal", "doctor"] {
        let checked = watch.house.run(&[check]);
        let said = String::from_utf8_lossy(&checked.stdout);
        assert!(checked.status.success(), "{check}: {said}\n{}", watch.house.log());
    }
}
