//! Which columns of an item are whose.

/// Columns that people may edit; emptied once they are judged.
pub(crate) const EDITABLE: [&str; 4] = ["PFDecision", "PFDecisionFor", "PFDecisionComment", "PFSendBackTo"];

/// Columns that only we write.
pub(crate) const SEALED: [&str; 36] = [
    "Title",
    "PFNumber",
    "PFSource",
    "PFWorkflow",
    "PFDefVersion",
    "PFKind",
    "PFApplicant",
    "PFApplicantOid",
    "PFViewers",
    "PFSubject",
    "PFStatus",
    "PFStatusName",
    "PFStatusAt",
    "PFRound",
    "PFStepNo",
    "PFStepName",
    "PFStepToken",
    "PFAssignees",
    "PFMainAssignee",
    "PFDueAt",
    "PFScheduledAt",
    "PFExpiresAt",
    "PFPayload",
    "PFPayloadHash",
    "PFSummary",
    "PFPreview",
    "PFPlanHash",
    "PFAttachHashes",
    "PFHistory",
    "PFHistoryHead",
    "PFRequestedAt",
    "PFDecidedAt",
    "PFClosedAt",
    "PFExecResult",
    "PFCorrelation",
    "PFFlags",
];

/// All columns that are judged.
pub(crate) fn columns() -> Vec<&'static str> {
    SEALED.into_iter().chain(EDITABLE).collect()
}
