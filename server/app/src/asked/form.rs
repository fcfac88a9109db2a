//! 修正: fields that a step lets be changed. The changed form is checked, planned and routed as a submission is.

use serde_json::{Map, Value};
use workflow::application::{InApproval, Marks};
use workflow::judge::Act;
use workflow::{Command, Refusal, RefusalCode, State};

use super::{Asker, standing};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::prepare::{self, Needs};
use crate::service::Service;

pub(super) async fn edit(
    service: &Service,
    number: &str,
    asker: &Asker<'_>,
    act: &Act,
) -> Result<Result<(Command, Needs), Refusal>, JobError> {
    let Act::Edit {
        token,
        changes,
        comment,
    } = act
    else {
        return Ok(Err(RefusalCode::NotAllowed.into()));
    };
    let case = match standing(service, number).await? {
        Ok(case) => case,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let State::InApproval(review) = &case.application.state else {
        return Ok(Err(RefusalCode::NotNow.into()));
    };
    // Nothing is planned for somebody who may not change it: the answer would tell him about the tenant.
    if let Some(refusal) = refusal(&case, review, asker, changes) {
        return Ok(Err(refusal));
    }
    let values = changed(&case, review, changes);
    Ok(match prepare::changed(service, &case, review, values).await? {
        Some(made) => Ok((
            Command::Edit {
                by: asker.by.clone(),
                token: *token,
                values: made.values,
                plan: made.plan,
                route: made.route,
                comment: comment.clone(),
                marks: Marks::of(asker.channel),
            },
            made.needs,
        )),
        None => Err(RefusalCode::FormInvalid.into()),
    })
}

fn refusal(
    case: &Case,
    review: &InApproval,
    asker: &Asker<'_>,
    changes: &Map<String, Value>,
) -> Option<Refusal> {
    if !case.application.deciders().contains(asker.by) {
        return Some(RefusalCode::NotAssignee.into());
    }
    let editable = case.definition.approval(&review.asking.step);
    let editable = editable.map(|step| step.editable.as_slice()).unwrap_or_default();
    let field = changes
        .keys()
        .find(|key| !editable.iter().any(|field| field.as_str() == *key));
    field.map(|field| Refusal::new(RefusalCode::FieldNotEditable).with("field", field.as_str()))
}

fn changed(case: &Case, review: &InApproval, changes: &Map<String, Value>) -> forms::Values {
    let mut values = review.case.payload.values.as_map().clone();
    for (field, value) in changes {
        if value.is_null() {
            values.remove(field);
        } else {
            values.insert(field.clone(), value.clone());
        }
    }
    forms::normalise(&case.definition.form, &forms::Values::new(values))
}
