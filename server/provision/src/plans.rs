//! What one application does: one plan, or one for each of its rows.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::plan::{Plan, StepId, differs};

/// Everything that an application does to the tenant. Its JSON is what approvers agree to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Plans {
    /// In the order of the rows; each is carried out as one step of the application.
    Rows {
        rows: Vec<Plan>,
    },
    One(Plan),
}

impl StepId {
    /// The step that carries out a row; the first is number 1.
    pub fn row(number: usize) -> Self {
        Self::new(format!("row:{number}"))
    }

    /// None: the step is of a plan without rows.
    pub fn row_number(&self) -> Option<usize> {
        self.as_str().strip_prefix("row:")?.parse().ok()
    }
}

impl Plans {
    pub fn all(&self) -> &[Plan] {
        match self {
            Self::One(plan) => std::slice::from_ref(plan),
            Self::Rows { rows } => rows,
        }
    }

    pub fn step_ids(&self) -> Vec<StepId> {
        match self {
            Self::One(plan) => plan.step_ids(),
            Self::Rows { rows } => (1..=rows.len()).map(StepId::row).collect(),
        }
    }

    /// The plan of a row.
    pub fn row(&self, id: &StepId) -> Option<&Plan> {
        let Self::Rows { rows } = self else {
            return None;
        };
        rows.get(id.row_number()?.checked_sub(1)?)
    }

    /// The licences that seats are taken of, one for each seat.
    pub fn licences(&self) -> impl Iterator<Item = Uuid> {
        self.all().iter().flat_map(Plan::licences).map(|(sku, _)| sku)
    }

    /// For sealing and for the journal.
    pub fn body(&self) -> Result<Value, serde_json::Error> {
        serde_json::to_value(self)
    }

    /// Reads [`Plans::body`] again.
    pub fn read(body: &Value) -> Result<Self, serde_json::Error> {
        Self::deserialize(body)
    }

    /// Whether the two would do different things.
    pub fn differ(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.all(), other.all());
        let pairs = || mine.iter().zip(theirs);
        mine.len() != theirs.len() || pairs().any(|(mine, theirs)| differs(mine, theirs))
    }
}
