//! How far a run is, as it is kept in the database.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{ApplicationId, Document, Shelf, Tx};
use workflow::Code;

use super::report::Report;
use crate::jobs::{JobError, Task};

/// So many states are closed ones.
const CLOSED: usize = 7;

/// Which applications are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// Those that are not closed, and the inbox.
    Open,
    /// Closed ones too.
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// Only looks and tells.
    Plan,
    Repair,
}

impl Scope {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::All => "all",
        }
    }

    /// State codes of applications that are left out: the closed ones, or none.
    pub(super) fn without(self) -> [&'static str; CLOSED] {
        let mut closed = Code::ALL
            .iter()
            .filter(|code| code.is_closed() && self == Self::Open);
        std::array::from_fn(|_| closed.next().map_or("", |code| code.as_str()))
    }
}

/// One run, under way or done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    pub scope: Scope,
    pub mode: Mode,
    pub started: Timestamp,
    /// Addresses of the lists of applications, in the order in which they are gone through.
    pub(super) lists: Vec<String>,
    pub(super) stage: Stage,
    /// Items whose permissions are wrong and not yet mended; always of the list of the stage before.
    pub(super) pending: Vec<Pending>,
    /// Applications in scope when the run began, and those looked at.
    pub total: i64,
    pub looked_at: i64,
    pub report: Report,
}

/// Where the next stride goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "camelCase")]
pub(super) enum Stage {
    /// In the list of this number, behind this item.
    Items {
        list: usize,
        after: i64,
    },
    Inbox {
        after: i64,
    },
    Done {
        at: Timestamp,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pending {
    pub(super) application: ApplicationId,
    pub(super) number: String,
    pub(super) list: String,
    pub(super) item: i32,
    /// How often it was tried.
    pub(super) tries: u8,
    /// We asked for it to be set; that may take effect late, and over what its own job set meanwhile.
    #[serde(default)]
    pub(super) is_set: bool,
}

/// What a stride came to, to be kept in one transaction.
pub(super) struct Stride {
    pub(super) run: Run,
    pub(super) tasks: Vec<Task>,
    /// Applications whose item is gone.
    pub(super) missing: Vec<ApplicationId>,
}

impl Run {
    pub fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done { .. })
    }

    /// When it was done.
    pub fn done_at(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Done { at } => Some(at),
            _ => None,
        }
    }

    pub(super) fn name(scope: Scope, mode: Mode) -> String {
        match mode {
            Mode::Plan => format!("plan/{}", scope.word()),
            Mode::Repair => scope.word().to_owned(),
        }
    }

    pub(crate) async fn of(tx: &mut Tx, scope: Scope, mode: Mode) -> Result<Option<Self>, JobError> {
        let document = tx.get(Shelf::Reconcile, &Self::name(scope, mode)).await?;
        let run = document.map(|document| serde_json::from_value(document.body));
        run.transpose()
            .map_err(|error| JobError::unreadable("a comparison", &error))
    }

    pub(super) async fn keep(&self, tx: &mut Tx, at: Timestamp) -> Result<(), JobError> {
        let document = Document {
            name: Self::name(self.scope, self.mode),
            body: serde_json::to_value(self).map_err(|error| JobError::unreadable("a comparison", &error))?,
            at,
        };
        Ok(tx.put(Shelf::Reconcile, &document).await?)
    }

    /// Nothing but progress.
    pub(super) fn alone(self) -> Stride {
        Stride {
            run: self,
            tasks: Vec::new(),
            missing: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nightly_look_leaves_out_every_closed_application_and_no_open_one() {
        let left_out = Scope::Open.without();
        for code in Code::ALL {
            assert_eq!(left_out.contains(&code.as_str()), code.is_closed(), "{code:?}");
        }
        assert!(Scope::All.without().iter().all(|code| code.is_empty()));
    }
}
