//! What another system is told.

use jiff::Timestamp;
use provision::ActionStep;
use serde_json::{Map, Value, json};
use workflow::application::{Actor, Verdict};
use workflow::{Event, PersonId};

use super::{ANSWERS, Dispatch};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::people;
use crate::publish::Story;
use crate::service::Service;

/// The body of a message as JSON text. `capability`: where the answer is taken, if one is waited for.
pub(crate) async fn body(
    service: &Service,
    case: &Case,
    (order, deed): (&str, &ActionStep),
    dispatch: &Dispatch,
    capability: &str,
) -> Result<String, JobError> {
    let call = deed.call();
    let sent = call.sent.iter();
    let values: Map<String, Value> = sent
        .map(|sent| (sent.field.clone(), sent.value.clone()))
        .collect();
    let mut data = json!({
        "message": dispatch.id(),
        "key": deed.key(order),
        "attempt": dispatch.attempt,
        "tenant": service.tenant.to_string(),
        "application": case.application.number,
        "workflow": case.application.workflow,
        "call": call.call,
        "values": values,
        "applicant": person(service, &case.application.applicant).await?,
        "approvers": approvers(service, case).await?,
    });
    if dispatch.waits {
        let base = service.config.server.public_url.as_str();
        let base = base.trim_end_matches('/');
        data["answerTo"] = json!(format!("{base}{ANSWERS}/{capability}"));
        data["answerBy"] = json!(dispatch.due);
    }
    let kind = match deed {
        ActionStep::Call(_) => "action.call",
        ActionStep::UndoCall(_) => "action.undo",
    };
    Ok(json!({ "type": kind, "timestamp": dispatch.begun, "data": data }).to_string())
}

async fn person(service: &Service, id: &PersonId) -> Result<Value, JobError> {
    let known = people::person(service, id).await?;
    Ok(json!({ "id": id, "name": known.name }))
}

/// Those whose approval stands in the journal, in order.
async fn approvers(service: &Service, case: &Case) -> Result<Vec<Value>, JobError> {
    let story = Story::tell(service, case).await?;
    let approvals = story
        .lines
        .iter()
        .filter_map(|line| match (&line.event, &line.actor) {
            (
                Event::Decided {
                    verdict: Verdict::Approve | Verdict::Finish,
                    ..
                },
                Actor::Person(by),
            ) => Some((by, line.at)),
            _ => None,
        });
    let approvals: Vec<(&PersonId, Timestamp)> = approvals.collect();
    let mut approvers = Vec::with_capacity(approvals.len());
    for (by, at) in approvals {
        let mut approver = person(service, by).await?;
        approver["at"] = json!(at);
        approvers.push(approver);
    }
    Ok(approvers)
}
