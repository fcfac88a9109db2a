//! An act by the API that is no vote: of the applicant, of somebody who is asked, or of somebody who is shown it.
//! What administrators do has a request of its own.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use workflow::StepKey;
use workflow::judge::Act;

use super::Api;
use super::caller::Decider;
use super::decided::Decided;
use super::received::{
    Accepted, As, bad, changes as whole, comment, form, person as named, reason, receive, token,
};
use crate::http::Problem;

/// What a person asks of an application. `token` is `step.token` of the application that he saw.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(
    tag = "act",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub(super) enum ActRequest {
    /// 再申請 of what was sent or pulled back, by the applicant or by whoever wrote it: the whole form.
    Resubmit {
        #[schema(value_type = Object)]
        form: Map<String, Value>,
    },
    /// 引戻し by the applicant.
    PullBack {},
    /// 取下げ by the applicant.
    Withdraw { comment: Option<String> },
    /// 判断の引戻し by whoever decided last.
    TakeBack {},
    /// 振替: object id or user principal name.
    Reassign {
        /// Whose part; absent: his own.
        from: Option<String>,
        to: String,
        reason: Option<String>,
    },
    /// 引上げ承認: approves from a later step, where that was offered.
    PullUp { token: String, comment: Option<String> },
    /// 確認・後閲: seen.
    Acknowledge {
        /// Key of the step that shows it; absent: what waits first.
        step: Option<String>,
        comment: Option<String>,
    },
    /// 異議 in a post-review.
    Object {
        step: Option<String>,
        comment: Option<String>,
    },
    /// 作業完了; proof are the files that were added to the item.
    FinishWork { token: String, result: Option<String> },
    /// 作業不可: the work cannot be done.
    DeclineWork { token: String, reason: Option<String> },
    /// 修正: the changed fields alone, null empties one.
    Edit {
        token: String,
        #[schema(value_type = Object)]
        changes: Map<String, Value>,
        comment: Option<String>,
    },
}

/// Acts as the person of the token. Sending the same again changes nothing: the first one stands.
#[utoipa::path(post, path = "/applications/{number}/act",
    request_body = ActRequest,
    params(
        ("number" = String, Path, description = "Number of the application"),
        ("Idempotency-Key" = Option<String>, Header,
            description = "Names this act. Acts without a token can be meant twice and need it."),
    ),
    responses(
        (status = 202, description = "Accepted; Location tells what becomes of it", body = Decided),
        (status = 400, description = "Not an act that can be taken"),
        (status = 401, description = "No valid token"),
        (status = 403, description = "A client or a person that may not"),
        (status = 404, description = "No such application, or not yours"),
        (status = 409, description = "Not in the state that stands"),
    ))]
pub(super) async fn act(
    State(api): State<Api>,
    Decider(person): Decider,
    Path(number): Path<String>,
    headers: HeaderMap,
    asked: Result<Json<ActRequest>, JsonRejection>,
) -> Result<Accepted, Problem> {
    let Json(asked) = asked.map_err(|rejection| bad("body", "body", rejection.body_text()))?;
    receive(&api, (person, As::Reader), &number, &headers, read(asked)?).await
}

fn read(asked: ActRequest) -> Result<Act, Problem> {
    let said = |text: Option<String>| comment(text.as_deref());
    let why = |text: Option<String>| reason(text.as_deref());
    let step = |key: Option<String>| key.map(StepKey::new);
    Ok(match asked {
        ActRequest::Resubmit { form: answers } => Act::Resubmit { form: form(answers)? },
        ActRequest::PullBack {} => Act::PullBack,
        ActRequest::TakeBack {} => Act::TakeBack,
        ActRequest::Withdraw { comment } => said(comment).map(|comment| Act::Withdraw { comment })?,
        ActRequest::Reassign { from, to, reason } => Act::Reassign {
            from: from.map(|from| named("from", from)).transpose()?,
            to: named("to", to)?,
            reason: why(reason)?,
        },
        ActRequest::PullUp { token: seen, comment } => Act::PullUp {
            token: token(&seen)?,
            comment: said(comment)?,
        },
        ActRequest::Acknowledge { step: key, comment } => Act::Acknowledge {
            step: step(key),
            comment: said(comment)?,
        },
        ActRequest::Object { step: key, comment } => Act::Object {
            step: step(key),
            comment: why(comment)?,
        },
        ActRequest::FinishWork { token: seen, result } => Act::FinishWork {
            token: token(&seen)?,
            result: why(result)?,
        },
        ActRequest::DeclineWork { token: seen, reason } => Act::DeclineWork {
            token: token(&seen)?,
            reason: why(reason)?,
        },
        ActRequest::Edit {
            token: seen,
            changes,
            comment,
        } => Act::Edit {
            token: token(&seen)?,
            changes: whole(changes)?,
            comment: said(comment)?,
        },
    })
}
