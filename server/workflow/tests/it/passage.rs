//! What became of an application by an action, in the words of the transition table.

use workflow::application::{Progress, Stopped};
use workflow::{Application, Definition, State};

/// The code of a state, and of what it holds as far as that matters to what may follow.
pub(crate) fn name(application: Option<&Application>) -> &'static str {
    let Some(application) = application else {
        return "DR";
    };
    let is_shown = application
        .notices
        .iter()
        .any(|notice| notice.open().next().is_some());
    match &application.state {
        State::Submitted { .. } => {
            if is_shown {
                "SU anew"
            } else {
                "SU first"
            }
        }
        State::Executing(progress) => begun(progress, ["EX untouched", "EX begun"]),
        State::Compensating(_) => "EX undoing",
        State::ManualWork(working) => begun(&working.progress, ["MW untouched", "MW begun"]),
        State::NeedsAttention { stopped, .. } => match stopped {
            Stopped::Review(_) => "RV from IA",
            Stopped::Deletions(_) => "RV from AP",
            Stopped::Execution(_) => "RV from EX",
            Stopped::Compensation(_) => "RV from undoing",
        },
        State::Cancelled { progress, .. } => match progress {
            Some(_) => "CA half done",
            None => "CA untouched",
        },
        state => state.code().as_str(),
    }
}

fn begun(progress: &Progress, [untouched, begun]: [&'static str; 2]) -> &'static str {
    if progress.has_left_traces() {
        begun
    } else {
        untouched
    }
}

/// Where it stands: the code, and of a step its place and which of its askings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    code: &'static str,
    step: Option<(usize, u32)>,
}

fn standing(application: Option<&Application>, definition: &Definition) -> Standing {
    let asked = application.and_then(|application| {
        let review = application.review().map(|review| &review.asking);
        let asking = review.or_else(|| application.asking())?;
        Some((definition.position(&asking.step)?, asking.number))
    });
    Standing {
        code: application.map_or("DR", |application| application.code().as_str()),
        step: asked,
    }
}

/// One action that was taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Passage {
    pub(crate) action: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: String,
    /// As it was.
    pub(crate) stays: bool,
}

impl Passage {
    pub(crate) fn new(
        action: &'static str,
        (before, after): (Option<&Application>, Option<&Application>),
        definition: &Definition,
    ) -> Self {
        let (from, to) = (standing(before, definition), standing(after, definition));
        Self {
            action,
            from: name(before),
            to: outcome(from, to),
            stays: from == to,
        }
    }

    /// Whether this is what a table calls it.
    pub(crate) fn leads(&self, to: &str) -> bool {
        self.to == to || (to == "-" && self.stays)
    }
}

fn outcome(before: Standing, after: Standing) -> String {
    match (before, after) {
        (
            Standing {
                step: Some((from, _)),
                ..
            },
            Standing {
                code: "IA",
                step: Some((to, _)),
            },
        ) => {
            let which = match to.cmp(&from) {
                std::cmp::Ordering::Less => "earlier step",
                std::cmp::Ordering::Equal => "same step",
                std::cmp::Ordering::Greater => "later step",
            };
            format!("IA, {which}")
        }
        (_, after) => after.code.to_owned(),
    }
}
