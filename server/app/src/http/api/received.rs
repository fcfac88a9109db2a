//! What came by the API: checked against what stands now, kept with its job, and answered with where to look.

use axum::Json;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use forms::{MAX_ROWS_BYTES, MAX_VALUES_BYTES, Values, rows_files};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use store::{Tx, transaction};
use workflow::judge::Act;
use workflow::{Hash, PersonId, RefusalCode, StepToken};

use super::Api;
use super::decided::{Decided, told};
use super::readers::is_reader;
use crate::asked;
use crate::cases::Case;
use crate::decisions::{Decision, Fate};
use crate::http::Problem;
use crate::jobs::JobError;
use crate::people;
use crate::service::Service;

/// Names one decision, so that a request whose answer was lost can be sent again.
const KEY: &str = "idempotency-key";
const LONGEST_KEY: usize = 255;
/// A comment has room in the list's column (Microsoft: "Multiple lines of text", 63,999 characters) and in a mail.
const LONGEST_COMMENT: usize = 4_000;
/// A user principal name is shorter: 113 characters (Microsoft Graph, user resource type).
const LONGEST_NAME: usize = 320;

/// 202, where to look, and what is known so far.
pub(super) type Accepted = (StatusCode, [(HeaderName, String); 1], Json<Decided>);

/// As what a person acts: what he may see decides what he is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum As {
    /// Whoever may read the application.
    Reader,
    /// A member of the administrators' group as we last read it; Entra is asked anew before anything is carried out.
    Administrator,
}

pub(super) async fn receive(
    api: &Api,
    (by, role): (PersonId, As),
    number: &str,
    headers: &HeaderMap,
    act: Act,
) -> Result<Accepted, Problem> {
    let request = Request {
        key: key(headers)?,
        act,
        at: api.service.now(),
        by,
        role,
    };
    if request.key.is_none() && is_repeatable(&request.act) {
        let remedy = "give one: this can be meant twice";
        return Err(bad("idempotencyKeyMissing", "Idempotency-Key", remedy));
    }
    let service = &api.service;
    let kept: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx =>
        keep(tx, service, number, &request).await);
    let (name, decision) = kept.map_err(Problem::internal)??;
    let place = format!("/api/v1/applications/{number}/decisions/{name}");
    Ok((
        StatusCode::ACCEPTED,
        [(header::LOCATION, place)],
        Json(told(name, &decision)),
    ))
}

/// Whether one person can mean it twice, for nothing in it names what it is about once and for all.
fn is_repeatable(act: &Act) -> bool {
    use workflow::Choice;
    match act {
        Act::Decide { choice, .. } => matches!(choice, Choice::Hold | Choice::Confirm),
        Act::PullUp { .. } | Act::FinishWork { .. } | Act::DeclineWork { .. } | Act::Edit { .. } => false,
        _ => true,
    }
}

struct Request {
    key: Option<String>,
    act: Act,
    at: Timestamp,
    by: PersonId,
    role: As,
}

impl Request {
    fn decision(&self, case: &Case) -> Decision {
        Decision {
            application: case.row.id.clone(),
            by: self.by.clone(),
            act: self.act.clone(),
            asked_at: self.at,
            fate: Fate::Waiting,
        }
    }

    /// What two requests for one decision have in common.
    fn name(&self, case: &Case) -> String {
        let what = match (&self.key, &self.act) {
            (Some(key), _) => json!({ "key": key }),
            (None, Act::Decide { token, choice, .. }) => json!({ "token": token, "choice": choice }),
            (None, act) => json!({ "act": act }),
        };
        let name = json!({ "application": case.row.id.as_str(), "by": self.by, "what": what });
        Hash::of_json(&name).to_string()
    }
}

async fn keep(
    tx: &mut Tx,
    service: &Service,
    number: &str,
    request: &Request,
) -> Result<Result<(String, Decision), Problem>, JobError> {
    // Whoever does not administer learns nothing of an application by being refused.
    if request.role == As::Administrator && !people::is_administrator(tx, &request.by).await? {
        return Ok(Err(Problem::Forbidden("notAdministrator")));
    }
    let Some(case) = Case::by_number(tx, number).await? else {
        return Ok(Err(Problem::NotFound));
    };
    if request.role == As::Reader && !is_reader(&case.application, &request.by) {
        return Ok(Err(Problem::NotFound));
    }
    let (name, decision) = (request.name(&case), request.decision(&case));
    match Decision::find(tx, &name).await? {
        Some(kept) if kept.is_same(&decision) => return Ok(Ok((name, kept))),
        Some(_) => return Ok(Err(Problem::Conflict("idempotencyKeyReused"))),
        None => {}
    }
    // The same rules that will judge it when its turn comes, as far as nobody has to be looked up for them.
    if let Some(command) = asked::own(&decision.asker(), &request.act)
        && let Err(refusal) = case.rehearse(service, &command)
    {
        return Ok(Err(refused(refusal.code)));
    }
    decision.ask(tx, &name).await?;
    Ok(Ok((name, decision)))
}

fn refused(code: RefusalCode) -> Problem {
    match code {
        RefusalCode::NotAssignee => Problem::Forbidden("notAssignee"),
        RefusalCode::NotApplicant => Problem::Forbidden("notApplicant"),
        RefusalCode::NotAllowed => Problem::Forbidden("notAllowed"),
        RefusalCode::ReasonMissing => bad("reasonMissing", "reason", "say why"),
        RefusalCode::NoSuchPlanStep => bad(
            "noSuchPlanStep",
            "step",
            "give an open step of the execution result",
        ),
        RefusalCode::CommentMissing => bad("commentMissing", "comment", "say why"),
        RefusalCode::ResultMissing => bad("resultMissing", "result", "say what was done"),
        RefusalCode::NoSuchTarget => bad(
            "noSuchTarget",
            "sendBackTo",
            "give a key of step.sendBackTo, or nothing for the applicant",
        ),
        RefusalCode::NoSuchItem => Problem::Conflict("noSuchItem"),
        RefusalCode::NotDue => Problem::Conflict("notDue"),
        RefusalCode::ProofMissing => Problem::Conflict("proofMissing"),
        RefusalCode::TooLate => Problem::Conflict("tooLate"),
        RefusalCode::StaleStep => Problem::Conflict("staleStep"),
        RefusalCode::AlreadyDecided => Problem::Conflict("alreadyDecided"),
        RefusalCode::HeldByOther => Problem::Conflict("heldByOther"),
        _ => Problem::Conflict("notNow"),
    }
}

pub(super) fn bad(code: &'static str, field: &'static str, remedy: impl Into<String>) -> Problem {
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

pub(super) fn token(text: &str) -> Result<StepToken, Problem> {
    let remedy = "give step.token of the application, unchanged";
    StepToken::parse(text).map_err(|_| bad("token", "token", remedy))
}

pub(super) fn comment(text: Option<&str>) -> Result<Option<String>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > LONGEST_COMMENT) {
        let remedy = format!("at most {LONGEST_COMMENT} characters");
        return Err(bad("commentTooLong", "comment", remedy));
    }
    Ok(text.map(str::to_owned))
}

/// Its absence is refused by the machine.
pub(super) fn reason(text: Option<&str>) -> Result<String, Problem> {
    comment(text).map(Option::unwrap_or_default)
}

/// A form as large as a row of the inbox can say it, whose rows stand in it: no file comes with it.
pub(super) fn form(answers: Map<String, Value>) -> Result<Values, Problem> {
    let remedy = format!("at most {MAX_VALUES_BYTES} bytes; send larger ones through the inbox");
    values("form", answers, (MAX_VALUES_BYTES, remedy))
}

/// What is changed of a form: its rows, too, all of them.
pub(super) fn changes(changes: Map<String, Value>) -> Result<Map<String, Value>, Problem> {
    let remedy = format!("at most {MAX_ROWS_BYTES} bytes");
    values("changes", changes, (MAX_ROWS_BYTES, remedy)).map(Values::into_map)
}

fn values(
    field: &'static str,
    answers: Map<String, Value>,
    (most, remedy): (usize, String),
) -> Result<Values, Problem> {
    let form = Values::new(answers);
    let size = serde_json::to_string(&form).map_or(usize::MAX, |text| text.len());
    if size > most {
        return Err(bad("formTooBig", field, remedy));
    }
    match rows_files(&form).first() {
        Some(_) => Err(bad(
            "rowsMissing",
            field,
            "write the rows themselves, not their file",
        )),
        None => Ok(form),
    }
}

/// Somebody as he is named: object id or user principal name.
pub(super) fn person(field: &'static str, name: String) -> Result<String, Problem> {
    if name.chars().count() > LONGEST_NAME {
        let remedy = format!("at most {LONGEST_NAME} characters: an object id or a user principal name");
        return Err(bad("nameTooLong", field, remedy));
    }
    Ok(name)
}
