//! A decision by the API: checked against what stands now, kept with its job, and answered with where to look.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use store::{Tx, transaction};
use utoipa::ToSchema;
use workflow::{Hash, PersonId, RefusalCode, StepKey, StepToken};

use super::Api;
use super::caller::Decider;
use super::decided::{Decided, told};
use super::readers::is_reader;
use crate::calendar;
use crate::cases::Case;
use crate::decisions::{Decision, Fate, Wish};
use crate::http::Problem;
use crate::jobs::JobError;
use crate::service::Service;

/// Names one decision, so that a request whose answer was lost can be sent again.
const KEY: &str = "idempotency-key";
const LONGEST_KEY: usize = 255;
/// A comment has room in the list's column (Microsoft: "Multiple lines of text", 63,999 characters) and in a mail.
const LONGEST_COMMENT: usize = 4_000;

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
            description = "Names this decision; without it, the step's token, the person and the choice do. Hold and \\
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
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Decided>), Problem> {
    let Json(asked) = asked.map_err(|rejection| bad("body", "body", rejection.body_text()))?;
    let request = Request {
        key: key(&headers)?,
        token: StepToken::parse(&asked.token)
            .map_err(|_| bad("token", "token", "give step.token of the application, unchanged"))?,
        comment: comment(asked.comment.as_deref())?,
        wish: wish(asked.choice, asked.send_back_to)?,
        at: api.service.now(),
        by: person,
    };
    if request.key.is_none() && request.wish.is_repeatable() {
        let remedy = "give one: this can be meant twice at one step";
        return Err(bad("idempotencyKeyMissing", "Idempotency-Key", remedy));
    }
    let service = &api.service;
    let received: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx =>
        receive(tx, service, &number, &request).await);
    let (name, decision) = received.map_err(Problem::internal)??;
    let place = format!("/api/v1/applications/{number}/decisions/{name}");
    Ok((
        StatusCode::ACCEPTED,
        [(header::LOCATION, place)],
        Json(told(name, &decision)),
    ))
}

struct Request {
    key: Option<String>,
    token: StepToken,
    comment: Option<String>,
    wish: Wish,
    at: Timestamp,
    by: PersonId,
}

impl Request {
    fn decision(&self, case: &Case) -> Decision {
        Decision {
            application: case.row.id.clone(),
            by: self.by.clone(),
            token: self.token,
            wish: self.wish.clone(),
            comment: self.comment.clone(),
            asked_at: self.at,
            fate: Fate::Waiting,
        }
    }

    /// What two requests for one decision have in common.
    fn name(&self, case: &Case) -> String {
        let what = match &self.key {
            Some(key) => json!({ "key": key }),
            None => json!({ "token": self.token, "wish": self.wish }),
        };
        let name = json!({ "application": case.row.id.as_str(), "by": self.by, "what": what });
        Hash::of_json(&name).to_string()
    }
}

async fn receive(
    tx: &mut Tx,
    service: &Service,
    number: &str,
    request: &Request,
) -> Result<Result<(String, Decision), Problem>, JobError> {
    let Some(case) = Case::by_number(tx, number).await? else {
        return Ok(Err(Problem::NotFound));
    };
    if !is_reader(&case.application, &request.by) {
        return Ok(Err(Problem::NotFound));
    }
    let (name, decision) = (request.name(&case), request.decision(&case));
    match Decision::find(tx, &name).await? {
        Some(kept) if kept.is_same(&decision) => return Ok(Ok((name, kept))),
        Some(_) => return Ok(Err(Problem::Conflict("idempotencyKeyReused"))),
        None => {}
    }
    // The same rules that will judge it when its turn comes.
    let command = decision.command();
    let terms = calendar::terms(service, &case.definition);
    if let Err(refusal) = workflow::decide(Some(&case.application), command, terms, request.at) {
        return Ok(Err(refused(refusal.code)));
    }
    decision.ask(tx, &name).await?;
    Ok(Ok((name, decision)))
}

fn refused(code: RefusalCode) -> Problem {
    match code {
        RefusalCode::NotAssignee => Problem::Forbidden("notAssignee"),
        RefusalCode::CommentMissing => bad("commentMissing", "comment", "say why"),
        RefusalCode::NoSuchTarget => bad(
            "noSuchTarget",
            "sendBackTo",
            "give a key of step.sendBackTo, or nothing for the applicant",
        ),
        RefusalCode::StaleStep => Problem::Conflict("staleStep"),
        RefusalCode::AlreadyDecided => Problem::Conflict("alreadyDecided"),
        RefusalCode::HeldByOther => Problem::Conflict("heldByOther"),
        _ => Problem::Conflict("notNow"),
    }
}

fn bad(code: &'static str, field: &'static str, remedy: impl Into<String>) -> Problem {
    Problem::BadInput {
        code,
        field,
        remedy: remedy.into(),
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(KEY) else {
        return Ok(None);
    };
    match value.to_str() {
        Ok(text) if (1..=LONGEST_KEY).contains(&text.len()) => Ok(Some(text.to_owned())),
        _ => Err(bad(
            "idempotencyKey",
            "Idempotency-Key",
            format!("1 to {LONGEST_KEY} visible ASCII characters"),
        )),
    }
}

fn comment(text: Option<&str>) -> Result<Option<String>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > LONGEST_COMMENT) {
        let remedy = format!("at most {LONGEST_COMMENT} characters");
        return Err(bad("commentTooLong", "comment", remedy));
    }
    Ok(text.map(str::to_owned))
}

fn wish(word: DecisionChoice, to: Option<String>) -> Result<Wish, Problem> {
    if to.is_some() && word != DecisionChoice::SendBack {
        return Err(bad("noSuchTarget", "sendBackTo", "only sendBack goes to a step"));
    }
    Ok(match word {
        DecisionChoice::Approve => Wish::Approve,
        DecisionChoice::SendBack => Wish::SendBack {
            to: to.map(StepKey::new),
        },
        DecisionChoice::Reject => Wish::Reject,
        DecisionChoice::Hold => Wish::Hold,
        DecisionChoice::Confirm => Wish::Confirm,
    })
}
