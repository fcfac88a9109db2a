use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use store::{ApplicationId, PersonId, Unfolded};

use super::super::name::APP_ONLY;
use super::super::plan::plan;
use super::*;

type People = BTreeSet<PersonId>;

/// A list as SharePoint keeps it: who may read what is decided by the nearest permissions of its own.
#[derive(Debug, Clone, Default)]
struct List {
    /// Folder and own permissions of each item.
    items: BTreeMap<ApplicationId, (Option<String>, Option<People>)>,
    /// Own permissions of each folder; none: it inherits the list's, by which nobody reads.
    folders: BTreeMap<String, Option<People>>,
}

impl List {
    fn readers(&self, item: &ApplicationId) -> People {
        let (folder, own) = &self.items[item];
        let inherited = || folder.as_ref().and_then(|folder| self.folders[folder].clone());
        own.clone().or_else(inherited).unwrap_or_default()
    }

    fn seen(&self, one: &Unfolded, fold: &str, set: &People) -> Seen {
        let (folder, own) = &self.items[&one.application];
        Seen {
            place: match folder {
                None => Place::Root,
                Some(name) if name == fold => Place::Fold,
                Some(_) => Place::Elsewhere,
            },
            is_unique: own.is_some(),
            is_exact: own.as_ref() == Some(&one.readers),
            has_fold: self.folders.contains_key(fold),
            is_fold_exact: self
                .folders
                .get(fold)
                .is_some_and(|own| own.as_ref() == Some(set)),
        }
    }

    fn take(&mut self, step: Step, item: &ApplicationId, fold: &str, set: &People) {
        let at = self.items.get_mut(item).unwrap();
        match step {
            Step::MakeFold => {
                self.folders.insert(fold.to_owned(), None);
            }
            Step::RestrictFold => {
                self.folders.insert(fold.to_owned(), Some(set.clone()));
            }
            Step::Move => at.0 = Some(fold.to_owned()),
            Step::Inherit => at.1 = None,
            Step::Done | Step::Wait | Step::Refuse => {}
        }
    }
}

/// Everybody reads by SharePoint or by our API what he may, and nobody by SharePoint what he may not.
fn is_as_before(list: &List, closed: &[Unfolded]) -> bool {
    closed
        .iter()
        .all(|one| list.readers(&one.application).is_subset(&one.readers))
}

fn unfolded(sets: Vec<BTreeSet<u8>>) -> Vec<Unfolded> {
    let one = |(number, readers): (usize, BTreeSet<u8>)| Unfolded {
        application: ApplicationId::new(format!("a{number}")),
        readers: readers
            .iter()
            .map(|person| PersonId::new(person.to_string()))
            .collect(),
    };
    sets.into_iter().enumerate().map(one).collect()
}

proptest! {
    #[test]
    fn per_person_the_readable_set_is_the_same_before_and_after_and_never_wider_in_between(
        sets in prop::collection::vec(prop::collection::btree_set(0_u8..5, 1..4), 1..12),
        order in any::<u64>(), killed in prop::collection::vec(any::<bool>(), 64),
    ) {
        let closed = unfolded(sets);
        let mut list = List::default();
        for one in &closed {
            list.items.insert(one.application.clone(), (None, Some(one.readers.clone())));
        }
        // Applications are folded side by side: any of them takes its next step, and runs end anywhere.
        let mut open = plan(&closed, &BTreeSet::new(), i64::MAX);
        let (mut turn, mut killed) = (order, killed.into_iter().cycle());
        while !open.is_empty() {
            turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = usize::try_from(turn >> 33).unwrap() % open.len();
            let folding = open[at].clone();
            let one = closed.iter().find(|one| one.application == folding.application).unwrap();
            let set = if folding.fold == APP_ONLY { People::new() } else { one.readers.clone() };
            loop {
                let step = next(list.seen(one, &folding.fold, &set));
                prop_assert!(!matches!(step, Step::Wait | Step::Refuse), "{step:?}");
                list.take(step, &one.application, &folding.fold, &set);
                prop_assert!(is_as_before(&list, &closed), "{step:?} {list:?}");
                if step == Step::Done {
                    open.remove(at);
                    break;
                }
                if killed.next() == Some(true) {
                    break;
                }
            }
        }
        for one in &closed {
            let after = list.readers(&one.application);
            let (folder, own) = &list.items[&one.application];
            let by_api_alone = folder.as_deref() == Some(APP_ONLY);
            prop_assert!(after == one.readers || by_api_alone && after.is_empty());
            prop_assert!(folder.is_none() || own.is_none());
        }
    }

    #[test]
    fn from_whatever_stands_there_no_step_opens_more(
        place in 0..3, own in prop::option::of(prop::collection::btree_set(0_u8..3, 0..3)),
        folder in prop::option::of(prop::option::of(prop::collection::btree_set(0_u8..3, 0..3))),
        readers in prop::collection::btree_set(0_u8..3, 1..3),
    ) {
        let people = |set: BTreeSet<u8>| -> People { set.iter().map(|one| PersonId::new(one.to_string())).collect() };
        let one = &unfolded(vec![readers])[0];
        let mut list = List::default();
        list.folders.insert("other".to_owned(), Some(People::new()));
        if let Some(own) = folder {
            list.folders.insert("fold".to_owned(), own.map(people));
        }
        let at = match place {
            1 if list.folders.contains_key("fold") => Some("fold".to_owned()),
            2 => Some("other".to_owned()),
            _ => None,
        };
        list.items.insert(one.application.clone(), (at, own.map(people)));
        for _ in 0..6 {
            let before = list.readers(&one.application);
            let step = next(list.seen(one, "fold", &one.readers));
            list.take(step, &one.application, "fold", &one.readers);
            let after = list.readers(&one.application);
            prop_assert!(after.is_subset(&before) || after.is_subset(&one.readers), "{step:?}");
            if step == Step::Done {
                prop_assert_eq!(&after, &one.readers);
            }
        }
    }
}
