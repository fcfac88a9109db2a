//! What comes next when an application is folded, from what SharePoint shows: pure. At no moment does anybody read
//! more than before: the folder has its exact permissions before an item lies in it, and an item inherits only
//! where what it inherits is exactly what it should have.

/// Where the item lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Root,
    /// In the folder that it is folded into.
    Fold,
    Elsewhere,
}

/// What SharePoint shows, read just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent readings")]
pub(super) struct Seen {
    pub(super) place: Place,
    /// The item has permissions of its own.
    pub(super) is_unique: bool,
    /// They are the readers' set, no more and no less.
    pub(super) is_exact: bool,
    pub(super) has_fold: bool,
    /// The folder has permissions of its own, and they are the folder's set.
    pub(super) is_fold_exact: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    MakeFold,
    /// Give the folder exactly its set.
    RestrictFold,
    Move,
    /// Give up the item's own permissions.
    Inherit,
    Done,
    /// The item does not show its application's permissions yet; that is publication's task.
    Wait,
    /// Somebody else laid it somewhere.
    Refuse,
}

pub(super) fn next(seen: Seen) -> Step {
    if seen.place == Place::Elsewhere {
        return Step::Refuse;
    }
    if seen.is_unique && !seen.is_exact || !seen.is_unique && seen.place == Place::Root {
        return Step::Wait;
    }
    match seen {
        Seen { has_fold: false, .. } => Step::MakeFold,
        Seen {
            is_fold_exact: false, ..
        } => Step::RestrictFold,
        Seen {
            place: Place::Root, ..
        } => Step::Move,
        Seen { is_unique: true, .. } => Step::Inherit,
        _ => Step::Done,
    }
}

#[cfg(test)]
mod tests;
