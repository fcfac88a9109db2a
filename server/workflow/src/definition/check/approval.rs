//! Whether an approval makes sense.

use super::{Checked, check_field, ensure, sources};
use crate::definition::{Approval, AtDeadline, Definition, Quorum, Source};

pub(super) fn check(definition: &Definition, (at, approval): (usize, &Approval), path: &str) -> Checked {
    sources::check(definition, at, (&approval.assignees, path, "approval.assignees"))?;
    let path = format!("{path}.kind.approval");
    check_quorum(approval.quorum, &approval.assignees, &format!("{path}.quorum"))?;
    for field in &approval.editable {
        check_field(definition, field.as_str(), &format!("{path}.editable"))?;
    }
    check_deadline(definition, (at, approval), &path)
}

fn check_deadline(definition: &Definition, (at, approval): (usize, &Approval), path: &str) -> Checked {
    let dated = approval.due.is_some();
    let remedy = "Give the step a deadline in due";
    ensure(
        dated || approval.reminders.is_empty(),
        &format!("{path}.reminders"),
        "reminders of no deadline",
        remedy,
    )?;
    let acts = approval.at_deadline != AtDeadline::Remind {};
    let place = format!("{path}.atDeadline");
    ensure(dated || !acts, &place, "an action at no deadline", remedy)?;
    match &approval.at_deadline {
        AtDeadline::Escalate { to, .. } => {
            ensure(
                !to.is_empty(),
                &place,
                "escalates to nobody",
                "Name somebody in to",
            )?;
            sources::check_each(definition, at, to, &format!("{place}.to"))
        }
        _ => Ok(()),
    }
}

/// A quorum that can be reached, as far as that can be told without the organisation.
pub(super) fn check_quorum(quorum: Quorum, sources: &[Source], path: &str) -> Checked {
    match quorum {
        Quorum::N { n } => {
            ensure(n > 0, path, "0 approvals", "Ask for 1 or more")?;
            let most = sources::at_most(sources);
            let reachable = most.is_none_or(|most| n as usize <= most);
            ensure(
                reachable,
                path,
                "more approvals than people",
                "Lower the number, or name more people",
            )
        }
        Quorum::Percent { percent } => {
            let share = (1..=100).contains(&percent);
            ensure(share, path, "not a share", "Use 1 to 100 percent")
        }
        Quorum::All {} | Quorum::Any {} => Ok(()),
    }
}
