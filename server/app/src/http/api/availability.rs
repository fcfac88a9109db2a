//! Is this name still free? Asked while a person types; answered about exactly this name, and about nobody who has it.

use axum::Json;
use axum::extract::{Path, Query, State};
use forms::Availability as Kind;
use provision::NameStanding;
use serde::{Deserialize, Serialize};
use store::{ApplicationRow, Reservation, StoreError, Tx, transaction};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use workflow::PersonId;

use super::Api;
use super::readers::may_read;
use crate::auth::Visitor;
use crate::http::Problem;
use crate::names::{Question, address};

/// Longest question in bytes: a display name of 256 characters, each of four bytes.
const LONGEST: usize = 1_024;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// The name as the form asks for it.
    name: String,
    /// Object id of what is changed: it may have the name already.
    #[param(value_type = Option<String>)]
    object: Option<Uuid>,
    /// Number of the application that is mended: it may have asked for the name already.
    application: Option<String>,
}

/// Whether a name can be had.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Availability {
    available: bool,
    /// `taken`: something has it. `deleted`: something in the recycle bin has it. `asked`: another open application does
    /// ask for it.
    reason: Option<&'static str>,
    /// ISO 8601, UTC: until when what was deleted can be restored.
    restorable_until: Option<String>,
    /// Number of the other application, for whoever may read it.
    application: Option<String>,
}

/// Whether something could be made with this name now.
#[utoipa::path(get, path = "/availability/{kind}",
    params(("kind" = String, Path, description = "What it names: upn, alias, address or groupName"), Asked),
    responses(
        (status = 200, description = "The answer", body = Availability),
        (status = 400, description = "Not a name"),
        (status = 401, description = "No valid token"),
        (status = 404, description = "No such kind of name"),
        (status = 429, description = "Asked too often"),
        (status = 503, description = "Microsoft 365 cannot be asked now"),
    ))]
pub(super) async fn availability(
    State(api): State<Api>,
    visitor: Visitor,
    Path(kind): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<Availability>, Problem> {
    if let Some(wait) = api.names.too_often(visitor.person).await {
        return Err(Problem::TooOften(wait.as_secs()));
    }
    let question = question(&kind, &asked)?;
    let standing = api.names.standing(&api.service, &question).await;
    let standing = standing.map_err(|_| Problem::Unavailable)?;
    if standing == NameStanding::Taken {
        return Ok(Json(refused("taken")));
    }
    let person = PersonId::new(visitor.person.to_string());
    if let Some(answer) = asked_for(&api, &question, (&person, asked.application.as_deref())).await? {
        return Ok(Json(answer));
    }
    Ok(Json(of_tenant(standing, question.kind)))
}

fn question(kind: &str, asked: &Asked) -> Result<Question, Problem> {
    let kind = match kind {
        "upn" => Kind::Upn,
        "alias" => Kind::Alias,
        "address" => Kind::Address,
        "groupName" => Kind::GroupName,
        _ => return Err(Problem::NotFound),
    };
    let read = |text: &String| (text.len() <= LONGEST).then(|| kind.read(text)).flatten();
    let name = read(&asked.name).ok_or_else(|| Problem::BadInput {
        code: "name",
        field: "name",
        remedy: "ask for a name that the form would take".into(),
    })?;
    let than = asked.object;
    Ok(Question { kind, name, than })
}

fn refused(reason: &'static str) -> Availability {
    Availability {
        reason: Some(reason),
        ..Availability::default()
    }
}

fn of_tenant(standing: NameStanding, kind: Kind) -> Availability {
    match standing {
        NameStanding::Free => Availability {
            available: true,
            ..Availability::default()
        },
        // A deleted account gives its name away; everything else keeps it.
        NameStanding::Deleted { until } => Availability {
            available: kind == Kind::Upn,
            restorable_until: until.map(|until| until.to_string()),
            ..refused("deleted")
        },
        NameStanding::Taken => refused("taken"),
    }
}

/// What is said of another open application: that there is one, and its number to whoever may read it.
async fn asked_for(
    api: &Api,
    question: &Question,
    (person, mended): (&PersonId, Option<&str>),
) -> Result<Option<Availability>, Problem> {
    let service = &api.service;
    let address = address(service, question);
    let held = match question.kind {
        Kind::GroupName => Reservation::Group(address),
        Kind::Upn | Kind::Alias | Kind::Address => Reservation::Upn(address),
    };
    let found: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => holder(tx, &held).await);
    let Some(row) = found.map_err(Problem::internal)? else {
        return Ok(None);
    };
    let application = may_read(&row, person)?.then_some(row.number);
    // Only of one's own: nobody learns from a number which name it asks for.
    if application.is_some() && application.as_deref() == mended {
        return Ok(None);
    }
    Ok(Some(Availability {
        application,
        ..refused("asked")
    }))
}

async fn holder(tx: &mut Tx, held: &Reservation) -> Result<Option<ApplicationRow>, StoreError> {
    match tx.holder(held).await? {
        Some(id) => tx.application(&id).await,
        None => Ok(None),
    }
}
