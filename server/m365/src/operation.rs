//! What is asked of a service, in words, with what it takes: one table for Graph, one for Exchange. A call of theirs
//! cannot be made without an entry.

use crate::{Service, exchange, graph};

/// One kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Who is asked.
    pub service: Service,
    /// In words, as in logs and errors: `read a user`.
    pub name: &'static str,
    /// The least application permission by its exact name; broader ones do as well.
    pub permission: &'static str,
    /// The permission with whatever else it takes, in words.
    pub needs: &'static str,
}

/// Writes a table: `NAME: "in words", "Permission" [, " and something else"];`
macro_rules! operations {
    ($service:expr; $($name:ident: $words:literal, $permission:literal $(, $more:literal)?;)*) => {
        $(pub(super) const $name: $crate::Operation = $crate::Operation {
            service: $service,
            name: $words,
            permission: $permission,
            needs: concat!($permission $(, $more)?),
        };)*

        /// All of them.
        pub(crate) const ALL: &[$crate::Operation] = &[$($name),*];
    };
}
pub(crate) use operations;

impl Operation {
    /// Everything that is asked of Graph and of Exchange. What is asked of SharePoint takes one permission:
    /// `Sites.Selected`.
    pub fn all() -> impl Iterator<Item = Self> {
        graph::OPERATIONS.iter().chain(exchange::OPERATIONS).copied()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_says_what_each_call_takes() {
        let lines: Vec<_> = Operation::all()
            .map(|operation| format!("{:?}: {}: {}", operation.service, operation.name, operation.needs))
            .collect();
        insta::assert_json_snapshot!(lines);
    }

    #[test]
    fn no_two_calls_share_their_words() {
        let names: Vec<_> = Operation::all().map(|operation| operation.name).collect();
        let different: BTreeSet<_> = names.iter().collect();
        assert_eq!(different.len(), names.len());
    }

    #[test]
    fn a_permission_is_one_name_and_stands_in_what_is_needed() {
        for Operation {
            permission, needs, ..
        } in Operation::all()
        {
            let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-".contains(letter);
            assert!(permission.chars().all(plain), "{permission}");
            assert!(needs.starts_with(permission), "{needs}");
        }
    }
}
