//! `POST /api/v1/actions/{capability}`: another system says what came of a call. No person signs in: the message itself
//! proves who sent it.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use m365::standard_webhook::{Message, NotGenuine, verify};
use serde::Serialize;
use store::{Tx, transaction};
use utoipa::ToSchema;
use workflow::{Hash, State as Stands};

use super::Api;
use super::received::bad;
use crate::actions::{Answer, Dispatch, Heard, Told, hear, name_of};
use crate::cases::Case;
use crate::http::Problem;
use crate::jobs::{JobError, Task};
use crate::service::Service;

/// A reason and a few named values are far shorter.
const LARGEST_BODY: usize = 64 * 1024;

/// What came of an answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Recorded {
    /// Always `recorded`, also when it had been before.
    status: &'static str,
}

/// Takes the answer of a system that was asked for something. Signed by Standard Webhooks with the secret that both
/// share; the same message may come any number of times and counts once.
#[utoipa::path(post, path = "/actions/{capability}",
    request_body(content = String, content_type = "application/json",
        description = "`action.succeeded` with `data.message` and `data.values`, or `action.failed` with `data.message` \
                       and `data.reason`; `data.message` is the webhook-id of the message that is answered"),
    params(
        ("capability" = String, Path, description = "The last part of `answerTo`"),
        ("webhook-id" = String, Header, description = "Names this answer"),
        ("webhook-timestamp" = i64, Header, description = "Seconds since 1970, at most five minutes from now"),
        ("webhook-signature" = String, Header, description = "`v1,` and the base64 of HMAC-SHA256"),
    ),
    responses(
        (status = 200, description = "Recorded, now or before", body = Recorded),
        (status = 400, description = "No answer that can be read"),
        (status = 403, description = "Not signed by whom was asked, or not of now"),
        (status = 404, description = "No such call"),
        (status = 409, description = "Not awaited: another message, answered before, after the deadline"),
    ))]
pub(super) async fn answer(
    State(api): State<Api>,
    Path(capability): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Recorded>, Problem> {
    if body.len() > LARGEST_BODY {
        return Err(bad("tooLarge", "body", "send at most 64 kB"));
    }
    let (service, name) = (&*api.service, name_of(&capability));
    let message = genuine(service, &name, &headers, &body).await?;
    let told: Told = serde_json::from_slice(&body).map_err(|_| {
        let remedy = "send action.succeeded or action.failed, with data.message";
        bad("body", "body", remedy)
    })?;
    let answered = told.message().to_owned();
    let answer = told
        .answer()
        .map_err(|(field, remedy)| bad("answer", field, remedy))?;
    let content = Hash::of(&body);
    let kept: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx =>
        keep(tx, service, &name, (&message.id, content), (&answered, &answer)).await);
    kept.map_err(Problem::internal)??;
    Ok(Json(Recorded { status: "recorded" }))
}

/// Signed by the system that was asked.
async fn genuine(
    service: &Service,
    name: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Message, Problem> {
    let found: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => Dispatch::find(tx, name).await);
    let dispatch = found.map_err(Problem::internal)?.ok_or(Problem::NotFound)?;
    let asked = service.destinations.get(&dispatch.destination);
    let secrets = asked.ok_or(Problem::NotFound)?.secrets();
    verify(secrets, headers, body, service.now()).map_err(|why| match why {
        NotGenuine::Header(field) => bad("header", field, "send the headers of Standard Webhooks"),
        NotGenuine::Stale => Problem::Forbidden("timestampOutsideTolerance"),
        NotGenuine::Signature => Problem::Forbidden("signature"),
    })
}

/// The answer, and the job that acts on it.
async fn keep(
    tx: &mut Tx,
    service: &Service,
    name: &str,
    said: (&str, Hash),
    (answered, answer): (&str, &Answer),
) -> Result<Result<(), Problem>, JobError> {
    let Some(dispatch) = Dispatch::find(tx, name).await? else {
        return Ok(Err(Problem::NotFound));
    };
    let now = service.now();
    let case = Case::load(tx, &dispatch.application).await?;
    let is_awaited = case.is_some_and(|case| is_at(&case, &dispatch));
    match hear(&dispatch, said, (answered, answer.clone()), (is_awaited, now)) {
        Err(misplaced) => Ok(Err(Problem::Conflict(misplaced.code()))),
        Ok(Heard::Before) => Ok(Ok(())),
        Ok(Heard::Now(answered)) => {
            answered.keep(tx, name, now).await?;
            let application = answered.application;
            tx.enqueue(&Task::Execute { application }.job(now)?).await?;
            Ok(Ok(()))
        }
    }
}

/// Whether the application stands at the step of this call.
fn is_at(case: &Case, dispatch: &Dispatch) -> bool {
    let Stands::Executing(progress) = &case.application.state else {
        return false;
    };
    let is_open = progress.open().next() == Some(&dispatch.step);
    is_open && progress.begun.contains(&dispatch.step)
}
