//! Who gave the sealed columns what they hold. Every column counts that is not one of the few for people, whatever the
//! list has been given since: the app's word alone stands at rest.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::sharepoint::state::field_value::FieldValue;

use super::Findings;
use super::record::{Record, Version};

/// No sealed column holds at rest what somebody else wrote. `written`: the record with each version as it was written;
/// what an owner made of one afterwards is not the app's word.
pub(super) fn is_only_ours(record: &Record, written: &Record, findings: &mut Findings) {
    let (Some(first), Some(last)) = (record.versions.first(), record.versions.last()) else {
        return;
    };
    let none = first.before_birth();
    let ours = words(&none, record, written);
    // Those that hold something, and those that the app gave something.
    let shown = last.altered(&none).map(String::as_str);
    let all: BTreeSet<&str> = shown.chain(ours.keys().copied()).collect();
    let foreign = all
        .into_iter()
        .filter(|column| last.value(column) != ours.get(column).copied().flatten());
    let foreign: Vec<&str> = foreign.collect();
    if !foreign.is_empty() {
        findings.fault(record, &format!("at rest the app did not write {foreign:?}"));
    }
}

/// What the app gave each column last. It gives one when its version differs from the one that stood before it.
fn words<'a>(
    none: &'a Version,
    record: &'a Record,
    written: &'a Record,
) -> BTreeMap<&'a str, Option<&'a FieldValue>> {
    let mut words = BTreeMap::new();
    let mut before = none;
    for (stands, wrote) in record.versions.iter().zip(&written.versions) {
        if wrote.is_ours() {
            for column in wrote.altered(before) {
                words.insert(column.as_str(), wrote.value(column));
            }
        }
        before = stands;
    }
    words
}

/// Sealed columns that somebody else altered, in a version of his own or in one that stood already.
pub(super) fn altered(record: &Record, written: &Record) -> BTreeSet<String> {
    let pairs = written.versions.windows(2);
    let by_people = pairs.filter(|pair| !pair[1].is_ours());
    let in_versions = by_people.flat_map(|pair| pair[1].altered(&pair[0]));
    let both = record.versions.iter().zip(&written.versions);
    let in_place = both.flat_map(|(stands, wrote)| stands.altered(wrote));
    in_versions.chain(in_place).cloned().collect()
}
