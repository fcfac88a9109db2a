//! Two sequences side by side, so that one line less or more is one difference and not many.

/// What stands in one of them, or differently in both, each with its place, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Difference<'a, T> {
    Changed { filed: (usize, &'a T), right: &'a T },
    Added { filed: (usize, &'a T) },
    Missing { right: (usize, &'a T) },
}

/// Every difference, in order; by a longest common subsequence.
pub(super) fn differences<'a, T: PartialEq>(filed: &'a [T], right: &'a [T]) -> Vec<Difference<'a, T>> {
    let (mut found, mut here, mut there) = (Vec::new(), 0, 0);
    for (next_here, next_there) in common(filed, right) {
        found.extend(between(filed, here..next_here, right, there..next_there));
        (here, there) = (next_here + 1, next_there + 1);
    }
    found.extend(between(filed, here..filed.len(), right, there..right.len()));
    found
}

/// What lies between two lines that both have: what stands in each other's place was changed.
fn between<'a, T>(
    filed: &'a [T],
    here: std::ops::Range<usize>,
    right: &'a [T],
    there: std::ops::Range<usize>,
) -> Vec<Difference<'a, T>> {
    let both = here.len().min(there.len());
    let changed = here
        .clone()
        .zip(there.clone())
        .map(|(here, there)| Difference::Changed {
            filed: (here, &filed[here]),
            right: &right[there],
        });
    let added = here.skip(both).map(|place| Difference::Added {
        filed: (place, &filed[place]),
    });
    let missing = there.skip(both).map(|place| Difference::Missing {
        right: (place, &right[place]),
    });
    changed.chain(added).chain(missing).collect()
}

/// Places of what both have, in order.
fn common<T: PartialEq>(filed: &[T], right: &[T]) -> Vec<(usize, usize)> {
    // How much is common from these two places on.
    let mut left = vec![vec![0_usize; right.len() + 1]; filed.len() + 1];
    for here in (0..filed.len()).rev() {
        for there in (0..right.len()).rev() {
            left[here][there] = if filed[here] == right[there] {
                left[here + 1][there + 1] + 1
            } else {
                left[here + 1][there].max(left[here][there + 1])
            };
        }
    }
    let (mut pairs, mut here, mut there) = (Vec::new(), 0, 0);
    while here < filed.len() && there < right.len() {
        if filed[here] == right[there] {
            pairs.push((here, there));
            (here, there) = (here + 1, there + 1);
        } else if left[here + 1][there] >= left[here][there + 1] {
            here += 1;
        } else {
            there += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_difference_is_told_once_and_what_follows_it_is_none() {
        let right = ["a", "b", "c", "d"];
        assert_eq!(differences(&right, &right), []);
        assert_eq!(
            differences(&["a", "c", "d"], &right),
            [Difference::Missing { right: (1, &"b") }]
        );
        assert_eq!(
            differences(&["a", "b", "x", "c", "d"], &right),
            [Difference::Added { filed: (2, &"x") }]
        );
        assert_eq!(
            differences(&["a", "x", "c"], &right),
            [
                Difference::Changed {
                    filed: (1, &"x"),
                    right: &"b"
                },
                Difference::Missing { right: (3, &"d") }
            ]
        );
        assert_eq!(differences(&[], &right).len(), 4);
        assert_eq!(differences(&right, &[]).len(), 4);
    }
}
