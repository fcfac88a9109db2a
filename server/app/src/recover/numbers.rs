//! The highest number of each series, so that no number is ever given twice.

use std::collections::{BTreeMap, BTreeSet};

use store::{StoreError, Tx};
use workflow::Definition;

/// No series comes near it: a higher one was written by somebody who wants numbering to end.
const HIGHEST: i64 = 999_999_999;

#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// By prefix and year.
    highest: BTreeMap<(String, i16), i64>,
    /// Which workflow counts under which prefix.
    series: BTreeSet<(String, String)>,
}

impl Numbers {
    /// Anything that is not a number of an application is passed over.
    pub(super) fn note(&mut self, number: &str) {
        if let Some((prefix, year, running)) = parts(number).filter(|parts| parts.2 <= HIGHEST) {
            let highest = self.highest.entry((prefix.to_owned(), year)).or_default();
            *highest = running.max(*highest);
        }
    }

    pub(super) fn count_under(&mut self, definition: &Definition) {
        let prefix = definition.numbering.prefix.clone();
        self.series.insert((prefix, definition.key.to_string()));
    }

    pub(super) async fn keep(&self, tx: &mut Tx) -> Result<(), StoreError> {
        for (prefix, workflow) in &self.series {
            let ours = self.highest.iter().filter(|((other, _), _)| other == prefix);
            for ((_, year), running) in ours {
                let workflow = store::WorkflowKey::new(workflow);
                tx.raise_number(&workflow, *year, *running).await?;
            }
        }
        Ok(())
    }
}

/// `USR-2026-00042`
fn parts(number: &str) -> Option<(&str, i16, i64)> {
    let mut parts = number.rsplitn(3, '-');
    let (running, year, prefix) = (parts.next()?, parts.next()?, parts.next()?);
    Some((prefix, year.parse().ok()?, running.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_number_of_each_year_stays() {
        let mut numbers = Numbers::default();
        for number in [
            "USR-2026-00042",
            "USR-2026-00007",
            "A-B-2027-3",
            "nonsense",
            "USR-x-1",
            "USR-2026-9223372036854775807",
        ] {
            numbers.note(number);
        }
        let kept: Vec<_> = numbers
            .highest
            .iter()
            .map(|((prefix, year), highest)| (prefix.as_str(), *year, *highest))
            .collect();
        assert_eq!(kept, [("A-B", 2027, 3), ("USR", 2026, 42)]);
    }
}
