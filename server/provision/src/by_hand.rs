//! What a directory on premises masters is changed there, by people: Microsoft refuses it here. The rest of a plan is
//! carried out as ever.

use serde::{Deserialize, Serialize};

use crate::plan::{Plan, Step};

/// A plan of which people carry out a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ByHandPlan {
    /// What people do on premises, in the terms of what it comes to.
    pub by_hand: Box<Plan>,
    /// What is done here, about the same object; perhaps nothing.
    pub rest: Box<Plan>,
}

impl Plan {
    /// The same with people doing what Microsoft lets nobody do here.
    #[must_use]
    pub(crate) fn with_work_by_hand(self) -> Self {
        let (mut by_hand, mut rest) = (Box::new(self.clone()), Box::new(self));
        by_hand.keep(is_mastered_there);
        rest.keep(|step| !is_mastered_there(step));
        Self::ByHand(ByHandPlan { by_hand, rest })
    }

    /// What people do, in order.
    pub fn steps_by_hand(&self) -> Vec<Step<'_>> {
        match self {
            Self::ByHand(plan) => plan.by_hand.steps(),
            _ => Vec::new(),
        }
    }
}

/// Whether it changes what a directory on premises masters of a synchronised object. What an account is given
/// (licences, memberships, its mailbox) is kept here.
fn is_mastered_there(step: &Step<'_>) -> bool {
    match step {
        Step::Account(_, step) => step.is_of_account(),
        Step::Group(..) | Step::List(..) | Step::Mailbox(..) | Step::Contact(..) => true,
        Step::Action(..) | Step::Renewal(_) => false,
    }
}
