//! What ends on some day, for those who administer.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Api;
use super::reports::administrator;
use crate::auth::Visitor;
use crate::expiries::{Expiry, calendar, gather};
use crate::http::Problem;

/// Credentials, certificates and subscriptions with their ends, the nearest first.
#[utoipa::path(get, path = "/admin/expiries", responses(
    (status = 200, description = "What ends, the nearest first", body = Vec<Expiry>),
    (status = 401, description = "No valid token"),
    (status = 403, description = "Not an administrator"),
))]
pub(super) async fn expiries(State(api): State<Api>, visitor: Visitor) -> Result<Json<Vec<Expiry>>, Problem> {
    administrator(&api, &visitor).await?;
    gather(&api.service).await.map(Json).map_err(Problem::internal)
}

/// The same as a calendar (iCalendar).
#[utoipa::path(get, path = "/admin/expiries.ics", responses(
    (status = 200, description = "The calendar", body = String, content_type = "text/calendar"),
    (status = 401, description = "No valid token"),
    (status = 403, description = "Not an administrator"),
))]
pub(super) async fn ics(State(api): State<Api>, visitor: Visitor) -> Result<Response, Problem> {
    administrator(&api, &visitor).await?;
    let expiries = gather(&api.service).await.map_err(Problem::internal)?;
    let (language, now) = (api.service.config.mail.language, api.service.now());
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok((kind, calendar(&expiries, language, now)).into_response())
}
