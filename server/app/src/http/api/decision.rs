//! A decision by the API.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use utoipa::ToSchema;
use workflow::application::SendBackTo;
use workflow::judge::Act;
use workflow::{Choice, StepKey};

use super::Api;
use super::caller::Decider;
use super::decided::Decided;
use super::received::{Accepted, As, bad, comment, receive, token};
use crate::http::Problem;

/// What a person decides.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DecisionRequest {
    choice: DecisionChoice,
    /// `step.token` of the application that he saw.
    token: String,
    /// Sending back and rejecting need one.
    #[schema(max_length = 4000)]
    comment: Option<String>,
    /// Key of an earlier step; absent: the applicant.
    send_back_to: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum DecisionChoice {
    Approve,
    /// Approved as a whole, where the step is a final one.
    Finish,
    SendBack,
    Reject,
    Hold,
    /// Seen; from whoever holds the step it releases it.
    Confirm,
}

/// Decides as the person of the token. Sending the same again changes nothing: the first one stands.
#[utoipa::path(post, path = "/applications/{number}/decision",
    request_body = DecisionRequest,
    params(
        ("number" = String, Path, description = "Number of the application"),
        ("Idempotency-Key" = Option<String>, Header,
            description = "Names this decision; without it, the step's token, the person and the choice do. Hold and \
                           confirm can be meant twice at one step and need it."),
    ),
    responses(
        (status = 202, description = "Accepted; Location tells what becomes of it", body = Decided),
        (status = 400, description = "Not a decision that can be taken"),
        (status = 401, description = "No valid token"),
        (status = 403, description = "A client or a person that may not decide"),
        (status = 404, description = "No such application, or not yours"),
        (status = 409, description = "Something else stands than what was seen"),
    ))]
pub(super) async fn decide(
    State(api): State<Api>,
    Decider(person): Decider,
    Path(number): Path<String>,
    headers: HeaderMap,
    asked: Result<Json<DecisionRequest>, JsonRejection>,
) -> Result<Accepted, Problem> {
    let Json(asked) = asked.map_err(|rejection| bad("body", "body", rejection.body_text()))?;
    let act = Act::Decide {
        token: token(&asked.token)?,
        choice: choice(asked.choice, asked.send_back_to)?,
        comment: comment(asked.comment.as_deref())?,
    };
    receive(&api, (person, As::Reader), &number, &headers, act).await
}

fn choice(word: DecisionChoice, to: Option<String>) -> Result<Choice, Problem> {
    if to.is_some() && word != DecisionChoice::SendBack {
        return Err(bad("noSuchTarget", "sendBackTo", "only sendBack goes to a step"));
    }
    Ok(match word {
        DecisionChoice::Approve => Choice::Approve,
        DecisionChoice::Finish => Choice::Finish,
        DecisionChoice::SendBack => Choice::SendBack(to.map_or(SendBackTo::Applicant {}, |step| {
            let step = StepKey::new(step);
            SendBackTo::Step { step }
        })),
        DecisionChoice::Reject => Choice::Reject,
        DecisionChoice::Hold => Choice::Hold,
        DecisionChoice::Confirm => Choice::Confirm,
    })
}
