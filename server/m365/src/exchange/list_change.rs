//! Parameters with several values.

use serde_json::{Value, json};

/// What becomes of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListChange<'a> {
    /// It is this.
    Replace(&'a [&'a str]),
    /// It is what it was, with some and without others.
    Edit {
        add: &'a [&'a str],
        remove: &'a [&'a str],
    },
}

/// What becomes of the addresses of an object. Exchange takes one way or the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses<'a> {
    /// This one is the address from which mail is sent; the old one stays as another.
    Primary(&'a str),
    /// Entries are `SMTP:a@b` for that one and `smtp:a@b` for others.
    List(ListChange<'a>),
}

impl From<ListChange<'_>> for Value {
    fn from(change: ListChange<'_>) -> Self {
        match change {
            ListChange::Replace(all) => json!(all),
            ListChange::Edit { add, remove } => {
                let mut table = json!({ "@odata.type": "#Exchange.GenericHashTable" });
                for (name, entries) in [("add", add), ("remove", remove)] {
                    if !entries.is_empty() {
                        table[name] = json!(entries);
                    }
                }
                table
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_replaced_as_a_list_and_edited_as_a_table() {
        let cases = [
            (ListChange::Replace(&["a", "b"]), json!(["a", "b"])),
            (ListChange::Replace(&[]), json!([])),
            (
                ListChange::Edit {
                    add: &["a"],
                    remove: &[],
                },
                json!({ "@odata.type": "#Exchange.GenericHashTable", "add": ["a"] }),
            ),
            (
                ListChange::Edit {
                    add: &["a"],
                    remove: &["b"],
                },
                json!({ "@odata.type": "#Exchange.GenericHashTable", "add": ["a"], "remove": ["b"] }),
            ),
        ];
        for (change, expected) in cases {
            assert_eq!(Value::from(change), expected);
        }
    }
}
