//! How far rows got, by their numbers: `1-40, 43`. A thousand of them fit into a column, and the web part reads them.

use std::collections::{BTreeMap, BTreeSet};

use provision::StepId;
use workflow::PlanStepId;
use workflow::application::Progress;

use super::Course;

/// So long a reason tells what is to be done; longer ones are cut, so that all rows are told.
const REASON: usize = 200;

type Numbers = BTreeSet<usize>;

pub(super) fn course(progress: &Progress) -> Course {
    let open = progress.waiting().into_iter();
    let stands = progress.done.iter();
    let stands = stands.filter(|row| !progress.compensated.contains(row));
    Course {
        done: line(&numbers(stands)),
        open: line(&numbers(open)),
        skipped: line(&numbers(progress.skipped.iter())),
        failed: failed(&progress.failed),
    }
}

fn numbers<'a>(rows: impl Iterator<Item = &'a PlanStepId>) -> Numbers {
    rows.filter_map(number).collect()
}

fn number(row: &PlanStepId) -> Option<usize> {
    StepId::new(row.as_str()).row_number()
}

/// One line for each reason: `3, 7-9: why`.
fn failed(failed: &BTreeMap<PlanStepId, String>) -> Vec<String> {
    let mut reasons: BTreeMap<String, Numbers> = BTreeMap::new();
    for (row, why) in failed {
        let words = why.split_whitespace().collect::<Vec<_>>().join(" ");
        let why: String = words.chars().take(REASON).collect();
        reasons.entry(why).or_default().extend(number(row));
    }
    let mut lines: Vec<(Numbers, String)> = reasons.into_iter().map(|(why, rows)| (rows, why)).collect();
    lines.sort();
    let told = lines
        .into_iter()
        .map(|(rows, why)| format!("{}: {why}", ranges(&rows)));
    told.collect()
}

fn line(numbers: &Numbers) -> Vec<String> {
    if numbers.is_empty() {
        Vec::new()
    } else {
        vec![ranges(numbers)]
    }
}

fn ranges(numbers: &Numbers) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == number => *end = number,
            _ => ranges.push((number, number)),
        }
    }
    let words = ranges.into_iter().map(|(start, end)| {
        if start == end {
            start.to_string()
        } else {
            format!("{start}-{end}")
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f10_rows_are_told_by_ranges_and_failures_by_reason() {
        assert_eq!(ranges(&[1, 2, 3, 5, 7, 8].into()), "1-3, 5, 7-8");
        let row = |number: usize| PlanStepId::new(format!("row:{number}"));
        let reasons = [(12, "taken"), (3, "no\nseat"), (4, "no seat"), (5, "no seat")];
        let reasons = reasons.map(|(number, why)| (row(number), why.to_owned()));
        assert_eq!(failed(&reasons.into()), ["3-5: no seat", "12: taken"]);
    }
}
