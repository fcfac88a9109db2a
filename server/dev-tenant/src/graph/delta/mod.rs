//! Change tracking: `/users/delta` and `/groups/delta` (Microsoft Graph, "Use delta query to track changes").

mod answer;
mod entries;
mod query;
mod token;
mod track;

pub(crate) use answer::answer;
pub use track::Track;

use super::permission::{READ_GROUP_CHANGES, READ_USER_CHANGES};
use super::users::show::DEFAULT;

/// What is tracked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Kind {
    Users,
    Groups,
}

impl Kind {
    fn resource(self) -> &'static str {
        match self {
            Self::Users => "user",
            Self::Groups => "group",
        }
    }

    /// The collection's name in addresses and contexts.
    fn collection(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Groups => "groups",
        }
    }

    fn permissions(self) -> &'static [&'static str] {
        match self {
            Self::Users => READ_USER_CHANGES,
            Self::Groups => READ_GROUP_CHANGES,
        }
    }

    /// Properties that are tracked when nothing is selected; empty = all.
    fn default(self) -> &'static [&'static str] {
        match self {
            Self::Users => DEFAULT,
            Self::Groups => &[],
        }
    }

    /// Relations that can be selected.
    fn relations(self) -> &'static [&'static str] {
        match self {
            Self::Users => &["manager"],
            Self::Groups => &["members", "owners"],
        }
    }

    /// Relations that are tracked when nothing is selected.
    fn default_relations(self) -> &'static [&'static str] {
        match self {
            Self::Users => &[],
            Self::Groups => &["members"],
        }
    }
}
