//! `/reports`: the report as a page with charts, for members of the administrators' group. It is made whole here, so it
//! needs no script, and prints.

mod chart;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use store::transaction;
use workflow::PersonId;

use super::Problem;
use super::page::{Forms, Language, Notice, notice, render_with};
use super::sign_in::{forget, session, start};
use crate::config;
use crate::jobs::JobError;
use crate::people;
use crate::report::{Asked, Desk, Question, QuestionError, Report, Table, csv};
use crate::service::Service;
use view::View;

const PATH: &str = "/reports";

#[derive(Deserialize)]
struct Wanted {
    from: Option<String>,
    to: Option<String>,
    workflow: Option<String>,
}

impl From<Wanted> for Asked {
    fn from(wanted: Wanted) -> Self {
        Self {
            from: wanted.from,
            to: wanted.to,
            workflow: wanted.workflow,
        }
    }
}

pub(super) fn routes(desk: Desk) -> Router {
    Router::new()
        .route(PATH, get(page))
        .route(&format!("{PATH}/csv/{{table}}"), get(table))
        .with_state(desk)
}

async fn page(
    State(desk): State<Desk>,
    uri: Uri,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = Language::of(&headers);
    if let Some(turned_away) = turn_away(&desk, &uri, &headers, language).await? {
        return Ok(turned_away);
    }
    let (status, view) = match Asked::from(wanted).read(desk.service()) {
        Ok(question) => {
            let report = found(&desk, &question).await?;
            (StatusCode::OK, View::of(desk.service(), &report, language.into()))
        }
        Err(_) => (
            StatusCode::BAD_REQUEST,
            View::refused(desk.service(), language.into()),
        ),
    };
    render_with(
        status,
        include_str!("report/page.html"),
        (language, Forms::Ours),
        &view,
    )
}

async fn table(
    State(desk): State<Desk>,
    uri: Uri,
    Path(table): Path<Table>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = Language::of(&headers);
    if let Some(turned_away) = turn_away(&desk, &uri, &headers, language).await? {
        return Ok(turned_away);
    }
    let question = question(desk.service(), &wanted.into())?;
    let report = found(&desk, &question).await?;
    let name = format!(
        "attachment; filename=\"{}-{}-{}.csv\"",
        table.name(),
        report.from,
        report.to
    );
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, csv(&report, table, language.into())).into_response())
}

/// The answer to whoever is not signed in, or does not administer.
async fn turn_away(
    desk: &Desk,
    uri: &Uri,
    headers: &HeaderMap,
    language: Language,
) -> Result<Option<Response>, Problem> {
    let service = desk.service();
    let Some(session) = session(service, headers).await? else {
        let wanted = uri.path_and_query().map_or(PATH, |wanted| wanted.as_str());
        return start(service, wanted).map(Some);
    };
    let person = PersonId::new(session.person.to_string());
    let is_administrator: Result<bool, JobError> = transaction!(service.store.read(&service.tenant), tx =>
        people::is_administrator(tx, &person).await);
    if is_administrator.map_err(Problem::internal)? {
        return Ok(None);
    }
    forget(notice(
        StatusCode::FORBIDDEN,
        Notice::ForAdministrators,
        language,
    )?)
    .map(Some)
}

/// What was asked for, or which part of it nobody can answer.
pub(super) fn question(service: &Service, asked: &Asked) -> Result<Question, Problem> {
    asked
        .read(service)
        .map_err(|QuestionError { field, remedy }| Problem::BadInput {
            code: "report",
            field,
            remedy: remedy.to_owned(),
        })
}

pub(super) async fn found(desk: &Desk, question: &Question) -> Result<Arc<Report>, Problem> {
    desk.report(question).await.map_err(Problem::internal)
}

impl From<Language> for config::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Ja => Self::Ja,
            Language::En => Self::En,
        }
    }
}

#[cfg(test)]
mod tests;
