//! How an application goes on its way.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    Straight,
    Rejected,
    Withdrawn,
    /// Sent back by the manager, submitted again.
    SentBack,
    /// Pulled back by the applicant, submitted again.
    PulledBack,
    /// The manager decides by a row of his own in the inbox.
    ByAct,
}

pub(super) const COURSES: [Course; 6] = [
    Course::Straight,
    Course::SentBack,
    Course::ByAct,
    Course::PulledBack,
    Course::Rejected,
    Course::Withdrawn,
];

impl Course {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Straight => "straight",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::SentBack => "sent-back",
            Self::PulledBack => "pulled-back",
            Self::ByAct => "by-act",
        }
    }

    /// Whether the manager's step is left once without his approval.
    pub(super) fn turns_back(self) -> bool {
        matches!(self, Self::Withdrawn | Self::SentBack | Self::PulledBack)
    }
}
