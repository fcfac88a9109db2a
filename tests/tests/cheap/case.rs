//! What is to be sealed: the same for every contender.

use m365::sharepoint::SHAREPOINT_APP;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// The column in which no two items are the same.
pub(crate) const KEY: &str = "PFSource";

/// What a case is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) items: usize,
    pub(crate) sharing: Sharing,
    /// Of each item, the key first.
    pub(crate) columns: usize,
    pub(crate) own_row: OwnRow,
}

/// What becomes of the row that SharePoint gives to whoever breaks the inheritance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnRow {
    Stays,
    /// As the product does it: the three people and nobody else.
    Goes,
}

impl OwnRow {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Goes => "as shipped",
            Self::Stays => "the app's row stays",
        }
    }
}

/// With whom the items are shared: each with three people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharing {
    SamePeople,
    /// One of the three is another one for each item.
    OwnApplicant,
}

impl Sharing {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::SamePeople => "the same three",
            Self::OwnApplicant => "an applicant of its own",
        }
    }
}

/// A list that is still empty, and what shall be in it.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) list: Uuid,
    pub(crate) title: String,
    /// The permission level that everyone gets.
    pub(crate) level: i32,
    pub(crate) own_row: OwnRow,
    pub(crate) items: Vec<Wish>,
}

#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) fields: Vec<(&'static str, String)>,
    pub(crate) people: [i32; 3],
}

/// `everyone`: site users, the approvers first.
pub(crate) fn wishes(kind: Kind, everyone: &[i32]) -> Vec<Wish> {
    let people = |number: usize| match kind.sharing {
        Sharing::SamePeople => [everyone[0], everyone[1], everyone[2]],
        Sharing::OwnApplicant => [everyone[0], everyone[1], everyone[2 + number]],
    };
    (0..kind.items)
        .map(|number| Wish {
            fields: fields(number).into_iter().take(kind.columns).collect(),
            people: people(number),
        })
        .collect()
}

fn fields(number: usize) -> [(&'static str, String); 4] {
    [
        (KEY, format!("{number}.1")),
        ("Title", format!("新規ユーザー登録 {number}")),
        ("PFNumber", format!("USR-2026-{number:05}")),
        ("PFStatus", "承認待ち".to_owned()),
    ]
}

impl Case {
    /// As `tests/clients/seal.mjs` reads it.
    pub(crate) fn json(&self, batch: u32) -> Value {
        let item = |wish: &Wish| {
            let fields: Map<_, _> = wish
                .fields
                .iter()
                .map(|(name, text)| ((*name).to_owned(), text.as_str().into()))
                .collect();
            json!({ "fields": fields, "people": wish.people })
        };
        let items: Vec<_> = self.items.iter().map(item).collect();
        let taken = (self.own_row == OwnRow::Goes).then_some(SHAREPOINT_APP.0);
        json!({
            "title": self.title, "level": self.level, "taken": taken, "batch": batch, "items": items,
        })
    }
}
