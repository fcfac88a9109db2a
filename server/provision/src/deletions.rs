//! What is counted against the limit of deletions: objects that go, and people and teams that are shut out. Licences and
//! memberships come back with a click and do not count.

use crate::account::AccountStep;
use crate::contact::ContactStep;
use crate::group::{GroupStep, TeamStep};
use crate::list::ListStep;
use crate::mailbox::MailboxStep;
use crate::plan::{Plan, Step};
use crate::plans::Plans;

impl Plans {
    /// Objects that are deleted, blocked or archived, each once.
    pub fn deletions(&self) -> usize {
        self.all().iter().filter(|plan| plan.deletes()).count()
    }
}

impl Plan {
    /// Whether its object is deleted, blocked or archived.
    pub fn deletes(&self) -> bool {
        self.steps().iter().any(Step::deletes)
    }
}

impl Step<'_> {
    fn deletes(&self) -> bool {
        match self {
            Self::Account(_, step) => {
                matches!(step, AccountStep::DeleteUser {} | AccountStep::BlockSignIn {})
            }
            Self::Group(_, step) => matches!(
                step,
                GroupStep::DeleteGroup { .. } | GroupStep::Team(TeamStep::ArchiveTeam {})
            ),
            Self::List(_, step) => matches!(step, ListStep::DeleteList {}),
            // Nobody has signed in with the account of a new mailbox yet: blocking it shuts nobody out.
            Self::Mailbox(_, step) => matches!(step, MailboxStep::DeleteMailbox {}),
            Self::Contact(_, step) => matches!(step, ContactStep::DeleteContact {}),
            // What another system does is its own affair.
            Self::Action(_, _) | Self::Renewal(_) => false,
        }
    }
}
