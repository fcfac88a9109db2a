//! How far the search is, and what the last one found.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Document, Shelf, StoreError, Tx};
use uuid::Uuid;

use super::found::Ownerless;
use crate::jobs::JobError;

const NAME: &str = "ownerless";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Record {
    /// The night whose search is over or under way, or after which the first one comes.
    pub(crate) night: Timestamp,
    /// When the last search came to its end.
    pub(crate) searched: Option<Timestamp>,
    /// What it found: administrators were told of each.
    pub(crate) found: Vec<Ownerless>,
    pub(crate) under_way: Option<UnderWay>,
}

/// A search that is not over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UnderWay {
    /// The last object that was looked at, in order of ids.
    pub(crate) after: Option<Uuid>,
    pub(crate) found: Vec<Ownerless>,
}

impl Record {
    /// Before the first search: that is made in the night after this one.
    pub(super) fn new(night: Timestamp) -> Self {
        Self {
            night,
            searched: None,
            found: Vec::new(),
            under_way: None,
        }
    }

    pub(super) async fn of(tx: &mut Tx) -> Result<Option<Self>, JobError> {
        let kept = tx.get(Shelf::Setting, NAME).await?;
        let kept = kept.map(|kept| serde_json::from_value(kept.body));
        kept.transpose()
            .map_err(|error| JobError::unreadable("the search for owners", &error))
    }

    pub(super) async fn keep(&self, tx: &mut Tx, at: Timestamp) -> Result<(), JobError> {
        let body = serde_json::to_value(self);
        let document = Document {
            name: NAME.to_owned(),
            body: body.map_err(|error| JobError::unreadable("the search for owners", &error))?,
            at,
        };
        Ok(tx.put(Shelf::Setting, &document).await?)
    }

    pub(super) async fn forget(tx: &mut Tx) -> Result<(), StoreError> {
        tx.remove(Shelf::Setting, NAME).await
    }

    /// The search that is under way by now; `None`: this night's is over.
    pub(super) fn begun(&mut self, night: Timestamp) -> Option<&mut UnderWay> {
        if self.under_way.is_none() && self.night < night {
            self.night = night;
            self.under_way = Some(UnderWay::default());
        }
        self.under_way.as_mut()
    }

    /// Somebody answers for this by now; whether that is news.
    pub(super) fn forget_one(&mut self, object: Uuid) -> bool {
        let under_way = self.under_way.as_mut().map(|under_way| &mut under_way.found);
        let mut is_known = false;
        for found in under_way.into_iter().chain([&mut self.found]) {
            let before = found.len();
            found.retain(|one| one.id != object);
            is_known |= found.len() < before;
        }
        is_known
    }

    /// Ends the search that is under way; what was not found before. What was opened for one that is still there stays
    /// known.
    pub(super) fn end(&mut self, at: Timestamp) -> BTreeSet<Uuid> {
        let found = self.under_way.take().unwrap_or_default().found;
        let before = std::mem::replace(&mut self.found, found);
        let before: BTreeMap<Uuid, Option<String>> =
            before.into_iter().map(|one| (one.id, one.opened)).collect();
        self.searched = Some(at);
        for one in &mut self.found {
            one.opened = before.get(&one.id).cloned().flatten();
        }
        let ids = self.found.iter().map(|one| one.id);
        ids.filter(|id| !before.contains_key(id)).collect()
    }

    /// Those for which nothing was opened.
    pub(super) fn unopened(&self) -> impl Iterator<Item = &Ownerless> {
        self.found.iter().filter(|one| one.opened.is_none())
    }

    pub(super) fn is_opened(&mut self, object: Uuid, number: &str) {
        let found = self.found.iter_mut().find(|one| one.id == object);
        if let Some(one) = found {
            one.opened = Some(number.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ownerless::found::sample;

    fn night(number: i64) -> Timestamp {
        Timestamp::from_second(number * 86_400).unwrap()
    }

    /// A search in this night that finds these; what is told.
    fn searched(record: &mut Record, number: i64, found: &[u128]) -> Vec<Uuid> {
        let under_way = record.begun(night(number)).expect("a search");
        under_way.found = found.iter().copied().map(sample).collect();
        let new = record.end(night(number));
        assert!(record.begun(night(number)).is_none(), "one search a night");
        new.into_iter().collect()
    }

    #[test]
    fn each_object_is_told_once_for_as_long_as_nobody_answers_for_it() {
        let mut record = Record::new(night(0));
        assert!(
            record.begun(night(0)).is_none(),
            "the first comes in the next night"
        );
        for (number, (found, told)) in [
            (vec![1, 2], vec![1, 2]),
            (vec![1, 2], vec![]),
            (vec![1, 2, 3], vec![3]),
            (vec![2], vec![]),
            // It was adopted, and left alone again.
            (vec![1, 2], vec![1]),
        ]
        .into_iter()
        .enumerate()
        {
            let told: Vec<Uuid> = told.into_iter().map(Uuid::from_u128).collect();
            let number = i64::try_from(number).unwrap() + 1;
            assert_eq!(searched(&mut record, number, &found), told, "night {number}");
        }
    }

    #[test]
    fn l12_one_is_opened_for_each_once_for_as_long_as_nobody_answers_for_it_and_so_many_a_night() {
        let mut record = Record::new(night(0));
        let mut opened = |number, found: &[u128]| {
            searched(&mut record, number, found);
            let due: Vec<Uuid> = record.unopened().take(2).map(|one| one.id).collect();
            for id in &due {
                record.is_opened(*id, "A-1");
            }
            due.iter().map(Uuid::as_u128).collect::<Vec<u128>>()
        };
        assert_eq!(opened(1, &[1, 2, 3]), [1, 2]);
        assert_eq!(opened(2, &[1, 2, 3]), [3]);
        assert!(opened(3, &[1, 3]).is_empty());
        assert_eq!(opened(4, &[1, 2, 3]), [2], "it was adopted, and left alone again");
    }

    #[test]
    fn what_was_adopted_is_forgotten_also_by_the_search_that_is_under_way() {
        let mut record = Record::new(night(0));
        searched(&mut record, 1, &[1, 2]);
        record.begun(night(2)).unwrap().found = vec![sample(1)];
        assert!(record.forget_one(Uuid::from_u128(1)));
        assert!(!record.forget_one(Uuid::from_u128(1)), "it is known already");
        assert_eq!(record.found, [sample(2)]);
        assert!(record.end(night(2)).is_empty() && record.found.is_empty());
    }

    #[test]
    fn a_search_that_takes_longer_than_a_night_goes_on_where_it_was() {
        let mut record = Record::new(night(0));
        record.begun(night(1)).unwrap().after = Some(Uuid::from_u128(7));
        let goes_on = record.begun(night(2)).unwrap();
        assert_eq!(goes_on.after, Some(Uuid::from_u128(7)));
        record.end(night(2));
        assert!(
            record.begun(night(2)).is_some(),
            "the night that came meanwhile has its own"
        );
    }
}
