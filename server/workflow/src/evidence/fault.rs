//! What is wrong with a package, and where. Data: the words stand in resource files.

use std::ops::Range;

use serde::Serialize;

use crate::journal::ChainProblem;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    pub problem: Problem,
    /// The journal's line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The member as a JSON pointer (RFC 6901); empty for the whole file.
    pub member: String,
    /// Where the member stands in the file.
    pub bytes: Range<usize>,
    /// What was found, if that says more than the code.
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    NotText,
    NotJson,
    NotCanonical,
    OtherFormat,
    NotAPackage,
    LineUnreadable,
    LineHashDiffers,
    PreviousDiffers,
    OutOfOrder,
    OtherApplication,
    ActorDiffers,
    NumberedWrong,
    NoLines,
    CannotHaveHappened,
    PayloadHashDiffers,
    PlanHashDiffers,
    TokenDiffers,
    TokenUnknown,
    ApprovedOtherPlan,
    ExecutedOtherPlan,
    StepNotInPlan,
    StepNotBegun,
    StateDiffers,
    NumberDiffers,
    DefinitionDiffers,
    HeadWithoutLine,
    HeadHashDiffers,
    HeadSignatureWrong,
    HeadOfOtherKey,
    EndUnsigned,
    VersionsDiffer,
    VersionRewritten,
    ToldDiffers,
    KeyUnreadable,
    FingerprintDiffers,
    OtherKey,
    OtherHead,
    SealHashDiffers,
    SealSignatureWrong,
}

impl Problem {
    pub const ALL: [Self; 39] = [
        Self::NotText,
        Self::NotJson,
        Self::NotCanonical,
        Self::OtherFormat,
        Self::NotAPackage,
        Self::LineUnreadable,
        Self::LineHashDiffers,
        Self::PreviousDiffers,
        Self::OutOfOrder,
        Self::OtherApplication,
        Self::ActorDiffers,
        Self::NumberedWrong,
        Self::NoLines,
        Self::CannotHaveHappened,
        Self::PayloadHashDiffers,
        Self::PlanHashDiffers,
        Self::TokenDiffers,
        Self::TokenUnknown,
        Self::ApprovedOtherPlan,
        Self::ExecutedOtherPlan,
        Self::StepNotInPlan,
        Self::StepNotBegun,
        Self::StateDiffers,
        Self::NumberDiffers,
        Self::DefinitionDiffers,
        Self::HeadWithoutLine,
        Self::HeadHashDiffers,
        Self::HeadSignatureWrong,
        Self::HeadOfOtherKey,
        Self::EndUnsigned,
        Self::VersionsDiffer,
        Self::VersionRewritten,
        Self::ToldDiffers,
        Self::KeyUnreadable,
        Self::FingerprintDiffers,
        Self::OtherKey,
        Self::OtherHead,
        Self::SealHashDiffers,
        Self::SealSignatureWrong,
    ];
}

impl From<ChainProblem> for Problem {
    fn from(problem: ChainProblem) -> Self {
        match problem {
            ChainProblem::Unreadable => Self::LineUnreadable,
            ChainProblem::HashDiffers => Self::LineHashDiffers,
            ChainProblem::PreviousDiffers => Self::PreviousDiffers,
            ChainProblem::OutOfOrder => Self::OutOfOrder,
            ChainProblem::OtherApplication => Self::OtherApplication,
            ChainProblem::ActorDiffers => Self::ActorDiffers,
        }
    }
}
