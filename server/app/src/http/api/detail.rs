//! One application, for those who may read it: also when its item in SharePoint is theirs no longer.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use store::transaction;
use utoipa::ToSchema;
use workflow::application::Actor;
use workflow::journal::Line;
use workflow::{Event, PersonId, SealedFile};

use super::Api;
use super::offers::{self, Offers};
use super::readers::is_reader;
use super::step::{AskedStep, step};
use crate::auth::Visitor;
use crate::cases::Case;
use crate::config::Language;
use crate::http::Problem;
use crate::jobs::JobError;
use crate::preview;
use crate::publish::{self, Story};
use crate::service::Service;
use crate::shards::{item_file, item_form};

/// What the item shows of an application, from our own rows.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Detail {
    pub(super) number: String,
    /// Key of the workflow, as in its definition.
    workflow: String,
    definition_version: i64,
    /// State code, e.g. `CO`.
    state: String,
    round: i64,
    /// Object id of the applicant.
    applicant: String,
    /// ISO 8601, UTC.
    created_at: String,
    updated_at: String,
    /// The item's form in SharePoint; absent where only this API shows the application.
    url: Option<String>,
    /// The form that was submitted last, by field.
    #[schema(value_type = Object)]
    values: serde_json::Value,
    plan: Plan,
    /// Files that go with it.
    files: Vec<AttachedFile>,
    /// The step that is asked; absent while nobody is.
    step: Option<AskedStep>,
    /// What the reader may do now.
    offers: Offers,
    /// What happened, oldest first.
    history: Vec<Happened>,
}

/// What changes or changed, one line for each thing.
#[derive(Debug, Serialize, ToSchema)]
struct Plan {
    ja: Vec<String>,
    en: Vec<String>,
}

/// A file as it was taken and as approvers see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AttachedFile {
    name: String,
    /// SHA-256 of its content, in hexadecimal digits.
    sha256: String,
    /// Where SharePoint serves it by the reader's own rights, in ranges too; absent where only this API shows the
    /// application.
    url: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Happened {
    /// Type of the journal's event, e.g. `decided`.
    name: String,
    /// ISO 8601, UTC.
    at: String,
    /// Object id of the person who did it; absent for the service.
    by: Option<String>,
    comment: Option<String>,
}

/// One application. 404 for whoever may not read it.
#[utoipa::path(get, path = "/applications/{number}",
    params(("number" = String, Path, description = "Number of the application")),
    responses(
        (status = 200, description = "The application", body = Detail),
        (status = 401, description = "No valid token"),
        (status = 404, description = "No such application, or not yours"),
    ))]
pub(super) async fn detail(
    State(api): State<Api>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Json<Detail>, Problem> {
    let service = &api.service;
    let found: Result<_, JobError> = transaction!(service.store.read(&service.tenant), tx => {
        match Case::by_number(tx, &number).await? {
            Some(case) => Ok(Some((tx.fold_of(&case.row.id).await?, case))),
            None => Ok(None),
        }
    });
    let (fold, case) = found.map_err(Problem::internal)?.ok_or(Problem::NotFound)?;
    let person = PersonId::new(visitor.person.to_string());
    if !is_reader(&case.application, &person) {
        return Err(Problem::NotFound);
    }
    let story = Story::tell(service, &case).await.map_err(Problem::internal)?;
    let sealed = case.row.sealed.as_ref();
    let url = sealed.and_then(|item| item_form(service, item, fold.as_deref()));
    let language = service.config.mail.language;
    let offers = offers::of(service, &case, &person);
    let files = files(service, &case, fold.as_deref());
    Ok(Json(shown(case, &story, (url, files, offers), language)?))
}

fn shown(
    case: Case,
    story: &Story,
    (url, files, offers): (Option<String>, Vec<AttachedFile>, Offers),
    language: Language,
) -> Result<Detail, Problem> {
    let values = story.payload().map(|payload| &payload.values);
    let (asked, plan) = (step(&case), plan(&case));
    let row = case.row;
    Ok(Detail {
        values: serde_json::to_value(values).map_err(Problem::internal)?,
        plan,
        files,
        step: asked,
        offers,
        history: story
            .lines
            .iter()
            .filter_map(|line| happened(line, language))
            .collect(),
        number: row.number,
        workflow: row.workflow.to_string(),
        definition_version: row.definition_version,
        state: row.code,
        round: row.round,
        applicant: row.applicant.to_string(),
        created_at: row.created_at.to_string(),
        updated_at: row.updated_at.to_string(),
        url,
    })
}

/// We hand out no content: SharePoint knows who may have it, and serves it as a download.
fn files(service: &Service, case: &Case, fold: Option<&str>) -> Vec<AttachedFile> {
    let file = |file: &SealedFile| AttachedFile {
        name: file.name.clone(),
        sha256: file.hash.to_string(),
        url: case
            .row
            .sealed
            .as_ref()
            .and_then(|item| item_file(service, item, fold, &file.name)),
    };
    case.application.files.iter().map(file).collect()
}

fn plan(case: &Case) -> Plan {
    Plan {
        ja: preview::lines(case, Language::Ja),
        en: preview::lines(case, Language::En),
    }
}

/// Every begun step has its end, and only that is news.
fn happened(line: &Line, language: Language) -> Option<Happened> {
    if publish::is_begun(&line.event) {
        return None;
    }
    Some(Happened {
        name: name(&line.event),
        at: line.at.to_string(),
        by: match &line.actor {
            Actor::Person(person) => Some(person.to_string()),
            Actor::Service => None,
        },
        comment: publish::comment(&line.event, language),
    })
}

/// The journal's own word for it.
fn name(event: &Event) -> String {
    let body = serde_json::to_value(event).unwrap_or_default();
    body["type"].as_str().unwrap_or("unknown").to_owned()
}
