//! Which closed applications of a full list share scopes, by the rule of the design, read anew: oldest first, those
//! that the same people read share one folder, and a lone one goes where only administrators read.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::Part;

const APP_ONLY: &str = "app-only";

/// Folder by number of the application; at least `excess` scopes are freed.
pub(crate) fn plan(parts: &[Part], excess: usize) -> BTreeMap<usize, String> {
    let closed = || parts.iter().filter(|part| part.fate.is_closed());
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for part in closed() {
        alike.entry(part.shared_folder()).or_default().push(part.number);
    }
    let (mut planned, mut folders) = (BTreeMap::new(), BTreeSet::new());
    for part in closed() {
        // Each folder has one scope.
        if planned.len() >= excess + folders.len() {
            break;
        }
        let Some(numbers) = alike.remove(&part.shared_folder()) else {
            continue;
        };
        let folder = if numbers.len() > 1 {
            part.shared_folder()
        } else {
            APP_ONLY.to_owned()
        };
        folders.insert(folder.clone());
        planned.extend(numbers.into_iter().map(|number| (number, folder.clone())));
    }
    planned
}
