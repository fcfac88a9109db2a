//! A part of a list that surely holds every match of a query, found through the indexes.

use std::collections::BTreeSet;

use super::ids::ItemId;
use super::item::Item;
use super::items::Items;

/// Ranges of numbers up to this wide are kept one by one when two of them are joined.
const NARROW: u32 = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Numbers from … to …, both included.
    Range(u32, u32),
    These(BTreeSet<ItemId>),
}

impl Part {
    pub const ALL: Self = Self::Range(0, u32::MAX);

    /// Where both conditions must hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Range(low, high), Self::Range(from, to)) => Self::Range(low.max(from), high.min(to)),
            (Self::Range(low, high), Self::These(ids)) | (Self::These(ids), Self::Range(low, high)) => {
                Self::These(
                    ids.into_iter()
                        .filter(|id| (low..=high).contains(&id.0))
                        .collect(),
                )
            }
            (Self::These(some), Self::These(others)) => {
                Self::These(if some.len() <= others.len() { some } else { others })
            }
        }
    }

    /// Where one of the conditions is enough.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self.listed(), other.listed()) {
            (Self::These(mut some), Self::These(others)) => {
                some.extend(others);
                Self::These(some)
            }
            (one, two) => {
                let ((low, high), (from, to)) = (one.hull(), two.hull());
                Self::Range(low.min(from), high.max(to))
            }
        }
    }

    fn listed(self) -> Self {
        match self {
            Self::Range(low, high) if high < low => Self::These(BTreeSet::new()),
            Self::Range(low, high) if high - low < NARROW => Self::These((low..=high).map(ItemId).collect()),
            other => other,
        }
    }

    fn hull(&self) -> (u32, u32) {
        match self {
            Self::Range(low, high) => (*low, *high),
            Self::These(ids) => {
                let end = |id: Option<&ItemId>, none: u32| id.map_or(none, |id| id.0);
                (end(ids.first(), u32::MAX), end(ids.last(), 0))
            }
        }
    }

    /// The items of the part, by number; downwards when `descending`.
    pub fn items<'a>(
        &'a self,
        items: &'a Items,
        descending: bool,
    ) -> Box<dyn Iterator<Item = &'a Item> + 'a> {
        match self {
            Self::Range(low, high) => {
                let range = items.range(ItemId(*low)..=ItemId(*high));
                if descending {
                    Box::new(range.rev())
                } else {
                    Box::new(range)
                }
            }
            Self::These(ids) => {
                let found = ids.iter().filter_map(|id| items.get(id));
                if descending {
                    Box::new(found.rev())
                } else {
                    Box::new(found)
                }
            }
        }
    }

    /// Whether the part is surely no larger than `most`.
    pub fn is_at_most(&self, most: usize) -> bool {
        match self {
            Self::Range(low, high) => {
                usize::try_from(high.saturating_sub(*low)).is_ok_and(|wide| wide < most)
            }
            Self::These(ids) => ids.len() <= most,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn these(ids: &[u32]) -> Part {
        Part::These(ids.iter().copied().map(ItemId).collect())
    }

    #[test]
    fn conditions_are_joined_without_losing_a_match() {
        assert_eq!(Part::Range(5, 9).and(Part::Range(7, 20)), Part::Range(7, 9));
        assert_eq!(Part::ALL.and(these(&[3, 8])), these(&[3, 8]));
        assert_eq!(Part::Range(4, 9).and(these(&[3, 8])), these(&[8]));
        assert_eq!(these(&[1, 2]).or(Part::Range(7, 7)), these(&[1, 2, 7]));
        assert_eq!(these(&[1]).or(Part::ALL), Part::ALL);
        assert_eq!(Part::Range(9, 5).or(these(&[2])), these(&[2]));
        assert!(Part::Range(3, 2).is_at_most(1) && !Part::ALL.is_at_most(5_000));
    }
}
