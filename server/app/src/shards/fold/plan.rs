//! Which closed applications are folded, and into what: pure.

use std::collections::{BTreeMap, BTreeSet};

use store::{ApplicationId, PersonId, Unfolded};

use super::name::{APP_ONLY, shared};

/// One application and the folder it goes into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folding {
    pub(super) application: ApplicationId,
    pub(super) fold: String,
}

/// Frees at least `excess` scopes if that can be done, oldest first. `closed`: oldest first; `folds`: names of
/// the folders that exist. Nothing when no scope would be freed.
pub(super) fn plan(closed: &[Unfolded], folds: &BTreeSet<String>, excess: i64) -> Vec<Folding> {
    let mut alike: BTreeMap<&BTreeSet<PersonId>, Vec<&Unfolded>> = BTreeMap::new();
    for one in closed {
        alike.entry(&one.readers).or_default().push(one);
    }
    let (mut folds, mut planned, mut freed) = (folds.clone(), Vec::new(), 0);
    for one in closed {
        if freed >= excess {
            break;
        }
        // Those that are alike go together, with the oldest of them.
        let Some(group) = alike.remove(&one.readers) else {
            continue;
        };
        let own = shared(&one.readers);
        let is_shared = group.len() > 1 || folds.contains(&own);
        let fold = if is_shared { own } else { APP_ONLY.to_owned() };
        freed += i64::try_from(group.len()).unwrap_or(i64::MAX);
        // A new folder costs the scope that it has.
        freed -= i64::from(folds.insert(fold.clone()));
        planned.extend(group.iter().map(|one| Folding {
            application: one.application.clone(),
            fold: fold.clone(),
        }));
    }
    if freed > 0 { planned } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn closed(sets: &[&[u8]]) -> Vec<Unfolded> {
        let one = |(number, readers): (usize, &&[u8])| Unfolded {
            application: ApplicationId::new(format!("a{number}")),
            readers: readers
                .iter()
                .map(|person| PersonId::new(person.to_string()))
                .collect(),
        };
        sets.iter().enumerate().map(one).collect()
    }

    fn told(plan: &[Folding]) -> Vec<(&str, bool)> {
        let told = |one: &Folding| one.fold == APP_ONLY;
        plan.iter()
            .map(|one| (one.application.as_str(), told(one)))
            .collect()
    }

    #[test]
    fn those_alike_share_a_folder_and_the_lone_ones_are_the_apps() {
        let closed = closed(&[&[1, 2], &[3], &[1, 2], &[4], &[1, 2, 3]]);
        let none = BTreeSet::new();
        assert_eq!(told(&plan(&closed, &none, 1)), [("a0", false), ("a2", false)]);
        let all = plan(&closed, &none, 100);
        let expected = [
            ("a0", false),
            ("a2", false),
            ("a1", true),
            ("a3", true),
            ("a4", true),
        ];
        assert_eq!(told(&all), expected);
        assert_eq!(plan(&closed, &none, 0), []);
    }

    #[test]
    fn a_lone_one_joins_the_folder_of_its_people_and_costs_no_new_one() {
        let closed = closed(&[&[1, 2]]);
        assert_eq!(
            plan(&closed, &BTreeSet::new(), 1),
            [],
            "a folder for one frees nothing"
        );
        let folds = BTreeSet::from([shared(&closed[0].readers)]);
        assert_eq!(told(&plan(&closed, &folds, 1)), [("a0", false)]);
        let folds = BTreeSet::from([APP_ONLY.to_owned()]);
        assert_eq!(told(&plan(&closed, &folds, 1)), [("a0", true)]);
    }

    proptest! {
        #[test]
        fn a_folder_is_shared_by_the_same_people_only_and_what_is_freed_is_enough_or_all_there_is(
            sets in prop::collection::vec(prop::collection::btree_set(0_u8..4, 1..4), 0..12), excess in 0_i64..12,
        ) {
            let sets: Vec<Vec<u8>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            let closed = closed(&sets.iter().map(Vec::as_slice).collect::<Vec<_>>());
            let planned = plan(&closed, &BTreeSet::new(), excess);
            let mut people: BTreeMap<&str, &BTreeSet<PersonId>> = BTreeMap::new();
            let mut once = BTreeSet::new();
            for one in &planned {
                prop_assert!(once.insert(one.application.as_str()));
                let found = closed.iter().find(|unfolded| unfolded.application == one.application).unwrap();
                if one.fold != APP_ONLY {
                    let known = people.entry(&one.fold).or_insert(&found.readers);
                    prop_assert_eq!(*known, &found.readers);
                }
            }
            let folders: BTreeSet<_> = planned.iter().map(|one| &one.fold).collect();
            let freed = i64::try_from(planned.len()).unwrap() - i64::try_from(folders.len()).unwrap();
            let is_all = plan(&closed, &BTreeSet::new(), i64::MAX) == planned;
            prop_assert!(freed >= excess || is_all, "{freed} of {excess}");
        }
    }
}
