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
    /// The least application permissions by their exact names, all of which it takes; broader ones do as well.
    pub permissions: &'static [&'static str],
    /// The permissions with whatever else it takes, in words.
    pub needs: &'static str,
}

/// Writes a table: `NAME: "in words", "Permission" [& "Permission"]… [, " and something else"];`
macro_rules! operations {
    ($service:expr; $($name:ident: $words:literal, $permission:literal $(& $also:literal)* $(, $more:literal)?;)*) => {
        $(pub(super) const $name: $crate::Operation =
            $crate::operation::operations!(@entry $service, $words, $permission $(& $also)* $(, $more)?);)*

        /// All of them. It does not name the constants: one that nothing asks for is found by the compiler.
        pub(crate) const ALL: &[$crate::Operation] =
            &[$($crate::operation::operations!(@entry $service, $words, $permission $(& $also)* $(, $more)?)),*];
    };
    (@entry $service:expr, $words:literal, $permission:literal $(& $also:literal)* $(, $more:literal)?) => {
        $crate::Operation {
            service: $service,
            name: $words,
            permissions: &[$permission $(, $also)*],
            needs: concat!($permission $(, " and ", $also)* $(, $more)?),
        }
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
    fn no_two_calls_share_their_words() {
        let names: Vec<_> = Operation::all().map(|operation| operation.name).collect();
        let different: BTreeSet<_> = names.iter().collect();
        assert_eq!(different.len(), names.len());
    }

    #[test]
    fn a_permission_is_one_name_and_stands_in_what_is_needed() {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-".contains(letter);
        for Operation {
            permissions, needs, ..
        } in Operation::all()
        {
            assert!(!permissions.is_empty());
            for permission in permissions {
                assert!(permission.chars().all(plain), "{permission}");
                assert!(needs.contains(permission), "{needs}");
            }
        }
    }
}
