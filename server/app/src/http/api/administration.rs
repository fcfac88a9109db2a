//! What administrators do to an application, by the API.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use utoipa::ToSchema;
use workflow::judge::{Act, Administration, NewPeople};
use workflow::{PlanStepId, StepKey};

use super::Api;
use super::caller::Decider;
use super::decided::Decided;
use super::received::{Accepted, As, bad, person as named, reason, receive};
use crate::http::Problem;

/// What an administrator does. People: object id or user principal name. Whoever must say why is refused without it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(
    tag = "act",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub(super) enum AdministrationRequest {
    /// 解除 of what somebody holds.
    Release {},
    /// 強制終了: nothing more is decided or changed because of it.
    Cancel { reason: Option<String> },
    /// 振替 of what waits for somebody.
    Reassign {
        from: String,
        to: String,
        reason: Option<String>,
    },
    /// 経路変更.
    ChangeRoute {
        /// Absent: everybody who is not yet passed is found anew.
        to: Option<People>,
        reason: Option<String>,
    },
    /// 異議対応: an objection of a post-review was looked at.
    SettleObjection {
        /// Key of the step that was reviewed.
        step: String,
        /// Who objected.
        person: String,
        reason: Option<String>,
    },
    /// 再実行: it goes on where it stopped.
    Retry {},
    /// 飛ばす: one step of a plan that stopped; a retry afterwards lets it go on.
    Skip {
        /// The step's name, as the execution result shows it.
        step: String,
        reason: Option<String>,
    },
    /// 補償: what a stopped execution did is undone.
    Compensate { reason: Option<String> },
    /// 受入: closed with what is done and without the rest.
    Accept { reason: Option<String> },
    /// 削除許可: it begins although it deletes more than is carried out without a look.
    AllowDeletions { reason: Option<String> },
}

/// Who is asked at a step instead.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct People {
    /// Key of the step in its definition.
    step: String,
    #[schema(min_items = 1)]
    people: Vec<String>,
}

/// Acts as the administrator of the token, who is looked up anew before it is carried out. Sending the same again
/// changes nothing: the first one stands.
#[utoipa::path(post, path = "/applications/{number}/administration",
    request_body = AdministrationRequest,
    params(
        ("number" = String, Path, description = "Number of the application"),
        ("Idempotency-Key" = String, Header, description = "Names this act: each can be meant twice"),
    ),
    responses(
        (status = 202, description = "Accepted; Location tells what becomes of it", body = Decided),
        (status = 400, description = "Not an act that can be taken"),
        (status = 401, description = "No valid token"),
        (status = 403, description = "A client that may not decide, or not an administrator"),
        (status = 404, description = "No such application"),
        (status = 409, description = "Not in the state that stands"),
    ))]
pub(super) async fn administer(
    State(api): State<Api>,
    Decider(person): Decider,
    Path(number): Path<String>,
    headers: HeaderMap,
    asked: Result<Json<AdministrationRequest>, JsonRejection>,
) -> Result<Accepted, Problem> {
    let Json(asked) = asked.map_err(|rejection| bad("body", "body", rejection.body_text()))?;
    receive(&api, (person, As::Administrator), &number, &headers, read(asked)?).await
}

fn read(asked: AdministrationRequest) -> Result<Act, Problem> {
    let why = |text: Option<String>| reason(text.as_deref());
    let what = match asked {
        AdministrationRequest::Reassign { from, to, reason } => {
            return Ok(Act::Reassign {
                from: Some(named("from", from)?),
                to: named("to", to)?,
                reason: why(reason)?,
            });
        }
        AdministrationRequest::Release {} => Administration::Release,
        AdministrationRequest::Cancel { reason } => Administration::Cancel { reason: why(reason)? },
        AdministrationRequest::ChangeRoute { to, reason } => Administration::ChangeRoute {
            to: to.map(instead).transpose()?,
            reason: why(reason)?,
        },
        AdministrationRequest::SettleObjection { step, person, reason } => Administration::SettleObjection {
            step: StepKey::new(step),
            person: named("person", person)?,
            reason: why(reason)?,
        },
        AdministrationRequest::Retry {} => Administration::Retry,
        AdministrationRequest::Skip { step, reason } => Administration::Skip {
            step: PlanStepId::new(step),
            reason: why(reason)?,
        },
        AdministrationRequest::Compensate { reason } => Administration::Compensate { reason: why(reason)? },
        AdministrationRequest::Accept { reason } => Administration::Accept { reason: why(reason)? },
        AdministrationRequest::AllowDeletions { reason } => {
            Administration::AllowDeletions { reason: why(reason)? }
        }
    };
    Ok(Act::Administer { what })
}

fn instead(instead: People) -> Result<NewPeople, Problem> {
    if instead.people.is_empty() {
        return Err(bad("personMissing", "to.people", "name somebody"));
    }
    let people = instead.people.into_iter();
    Ok(NewPeople {
        step: StepKey::new(instead.step),
        people: people
            .map(|person| named("to.people", person))
            .collect::<Result<_, _>>()?,
    })
}
