//! A report as clients read it. Durations are whole seconds; business seconds pass while the company is open.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// Of the applications that were submitted from the first to the last day, as they stand now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    /// First day, by the company's calendar: `2027-04-01`.
    pub(crate) from: String,
    pub(crate) to: String,
    /// When it was counted; ISO 8601, UTC.
    pub(crate) at: String,
    /// Key of the workflow that was asked for; absent: all.
    pub(crate) workflow: Option<String>,
    pub(crate) total: Figures,
    /// By days, or by months if there are more than 31 days.
    pub(crate) stretches: Vec<Portion>,
    pub(crate) workflows: Vec<WorkflowFigures>,
    /// The bottleneck comes first: where applications waited longest in all.
    pub(crate) steps: Vec<StepFigures>,
    /// Likewise.
    pub(crate) people: Vec<PersonFigures>,
    /// Steps that stand beyond their deadline, the longest overdue first; at most 100.
    pub(crate) late: Vec<Late>,
    /// How many these are in all.
    pub(crate) late_in_all: u32,
    /// Ids of applications whose journal cannot be read; they count in nothing.
    pub(crate) unreadable: Vec<String>,
}

/// How many applications, and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportFigures)]
pub(crate) struct Figures {
    pub(crate) submitted: u32,
    pub(crate) open: u32,
    /// State `CO` or `PC`.
    pub(crate) completed: u32,
    /// State `RJ`.
    pub(crate) rejected: u32,
    /// Withdrawn, expired, failed or cancelled.
    pub(crate) otherwise: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportPortion)]
pub(crate) struct Portion {
    /// First day of the stretch.
    pub(crate) from: String,
    #[serde(flatten)]
    pub(crate) figures: Figures,
}

/// A name in Japanese and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportNamed)]
pub(crate) struct Named {
    pub(crate) ja: String,
    pub(crate) en: String,
}

/// None of something that did not happen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportTimes)]
pub(crate) struct Times {
    /// On the clock.
    pub(crate) elapsed: Option<Spread>,
    /// In business time.
    pub(crate) business: Option<Spread>,
}

/// Seconds; percentiles by nearest rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportSpread)]
pub(crate) struct Spread {
    pub(crate) p50: u32,
    pub(crate) p90: u32,
    pub(crate) longest: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportWorkflow)]
pub(crate) struct WorkflowFigures {
    pub(crate) workflow: String,
    pub(crate) title: Named,
    #[serde(flatten)]
    pub(crate) figures: Figures,
    /// How many stand in each state, by its code.
    pub(crate) states: BTreeMap<String, u32>,
    /// How often an application came back to its applicant.
    pub(crate) returns: u32,
    /// From submission to the end, of those that are closed.
    pub(crate) times: Times,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportStep)]
pub(crate) struct StepFigures {
    pub(crate) workflow: String,
    pub(crate) workflow_title: Named,
    pub(crate) step: String,
    pub(crate) title: Named,
    /// Openings that are over.
    pub(crate) ended: usize,
    /// Openings that stand.
    pub(crate) open: u32,
    /// Of both: how many were, or are, beyond their deadline.
    pub(crate) late: u32,
    pub(crate) times: Times,
    /// Business seconds that applications waited here, in all.
    pub(crate) waited: u64,
    /// Of a thousand such seconds at all steps, so many passed here.
    pub(crate) permille: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportPerson)]
pub(crate) struct PersonFigures {
    /// Object id.
    pub(crate) person: String,
    pub(crate) name: String,
    /// What was asked of him and answered, by himself or a deputy.
    pub(crate) answered: usize,
    pub(crate) open: u32,
    pub(crate) late: u32,
    /// Until he answered.
    pub(crate) times: Times,
    pub(crate) waited: u64,
    pub(crate) permille: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportLate)]
pub(crate) struct Late {
    pub(crate) number: String,
    pub(crate) workflow: String,
    pub(crate) step: String,
    pub(crate) title: Named,
    /// Whom it waits for.
    pub(crate) people: Vec<Whom>,
    /// ISO 8601, UTC.
    pub(crate) due: String,
    /// Business seconds since then.
    pub(crate) overdue: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportWhom)]
pub(crate) struct Whom {
    pub(crate) person: String,
    pub(crate) name: String,
}
