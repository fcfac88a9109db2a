//! The step that an application waits at, as whoever decides must know it.

use forms::{Label, Language};
use serde::Serialize;
use utoipa::ToSchema;
use workflow::application::Asking;
use workflow::{Application, State, StepKey};

use crate::cases::Case;

/// What is asked now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AskedStep {
    #[serde(flatten)]
    named: NamedStep,
    /// Stands for exactly what is asked; a decision names it.
    token: String,
    /// ISO 8601, UTC.
    due: Option<String>,
    /// Object ids of those whose answer is open.
    assignees: Vec<String>,
    /// Object id of whoever put the step on hold: only he decides until he releases it.
    held_by: Option<String>,
    /// Earlier steps to which it may be sent back, besides the applicant.
    send_back_to: Vec<NamedStep>,
    /// Keys of the fields that those asked may change.
    editable: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NamedStep {
    /// Key of the step in its definition.
    key: String,
    name: Words,
}

#[derive(Debug, Serialize, ToSchema)]
struct Words {
    ja: String,
    en: String,
}

pub(super) fn step(case: &Case) -> Option<AskedStep> {
    let application = &case.application;
    if let State::ManualWork(working) = &application.state {
        return Some(AskedStep {
            named: named(case, &working.asking.step)?,
            token: working.token.to_string(),
            due: working.due.map(|due| due.to_string()),
            assignees: ids(application),
            held_by: None,
            send_back_to: Vec::new(),
            editable: Vec::new(),
        });
    }
    let review = application.review()?;
    let targets = application.send_back_targets(&case.definition);
    let editable = case.definition.approval(&review.asking.step);
    let editable = editable.map(|step| step.editable.as_slice()).unwrap_or_default();
    Some(AskedStep {
        named: named(case, &review.asking.step)?,
        token: review.token.to_string(),
        due: review.due.map(|due| due.to_string()),
        assignees: review.asking.pending().map(ToString::to_string).collect(),
        held_by: review.held_by.as_ref().map(ToString::to_string),
        send_back_to: targets.iter().filter_map(|key| named(case, key)).collect(),
        editable: editable.iter().map(|field| field.as_str().to_owned()).collect(),
    })
}

fn ids(application: &Application) -> Vec<String> {
    let asked = application.asking().into_iter().flat_map(Asking::pending);
    asked.map(ToString::to_string).collect()
}

pub(super) fn named(case: &Case, key: &StepKey) -> Option<NamedStep> {
    let step = case.definition.step(key)?;
    Some(NamedStep {
        key: key.to_string(),
        name: words(&step.title),
    })
}

fn words(label: &Label) -> Words {
    let say = |language| label.in_language(language).to_owned();
    Words {
        ja: say(Language::Ja),
        en: say(Language::En),
    }
}
