//! Where the people of a step come from.

use std::collections::BTreeMap;

use forms::FieldKey;
use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::ids::{GroupId, PersonId};

/// One lane of a step: its people, as they are at the base date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "from",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Source {
    People {
        people: Vec<PersonId>,
    },
    Group {
        group: GroupId,
    },
    /// Holders of a post 役職 in a unit 部門: the nearest unit, going up, in which anybody fits.
    Unit {
        /// None: the unit of the post that the applicant applies as.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// None: any post.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        post: Option<String>,
        /// At least this rank.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rank: Option<u32>,
        /// How many units above may be looked at.
        #[serde(default)]
        parents: u8,
    },
    /// The manager above the applicant; with 2 levels the one above him, and so on. Whoever is away for good is
    /// passed over.
    #[serde(alias = "applicantManager")]
    Manager {
        #[serde(default = "one")]
        levels: u8,
        /// Goes up, `levels` at most, until somebody has at least this rank.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until_rank: Option<u32>,
    },
    /// 指定承認者: whom the applicant chose in this field.
    Field {
        field: FieldKey,
    },
    /// Rows of a master table whose key columns are as these facts say.
    Master {
        table: String,
        /// Column to the name of a fact.
        keys: BTreeMap<String, String>,
        /// The column with the object id, or a list of them.
        person: String,
        #[serde(default)]
        matches: Matches,
    },
    /// Owners of the object whose id stands in this field.
    Owner {
        of: FieldKey,
    },
    /// Managers of those who are asked at the step before.
    PreviousManager {},
    /// The first choice whose condition holds; nobody if none does.
    Choose {
        choices: Vec<Choose>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    pub sources: Vec<Source>,
}

/// Which of several rows count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Matches {
    #[default]
    First,
    All,
}

fn one() -> u8 {
    1
}

impl Source {
    /// The word of definitions.
    pub fn word(&self) -> &'static str {
        match self {
            Self::People { .. } => "people",
            Self::Group { .. } => "group",
            Self::Unit { .. } => "unit",
            Self::Manager { .. } => "manager",
            Self::Field { .. } => "field",
            Self::Master { .. } => "master",
            Self::Owner { .. } => "owner",
            Self::PreviousManager {} => "previousManager",
            Self::Choose { .. } => "choose",
        }
    }

    /// The source and those that it chooses from.
    pub fn with_inner(&self) -> Vec<&Self> {
        let mut all = vec![self];
        if let Self::Choose { choices } = self {
            let inner = choices.iter().flat_map(|choice| &choice.sources);
            all.extend(inner.flat_map(Self::with_inner));
        }
        all
    }
}
