//! Reports, for those who administer and audit: members of the administrators' group as we last read it.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use store::transaction;
use utoipa::{IntoParams, ToSchema};
use workflow::PersonId;

use super::Api;
use crate::auth::Visitor;
use crate::config::Language;
use crate::http::Problem;
use crate::http::report::{found, question};
use crate::people;
use crate::report::{Asked, Report, Table, csv};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// First day on which applications were submitted, e.g. `2027-04-01`; the default is the first of the month
    /// before the last month.
    from: Option<String>,
    /// Last day; the default is today.
    to: Option<String>,
    /// Key of a workflow; the default is all.
    workflow: Option<String>,
    /// Of the columns' names.
    #[serde(default)]
    language: Spoken,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Spoken {
    #[default]
    Ja,
    En,
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

/// Volume, time per step, bottlenecks and what is late.
#[utoipa::path(get, path = "/reports", params(Wanted), responses(
    (status = 200, description = "The report", body = Report),
    (status = 400, description = "No days, or too many"),
    (status = 401, description = "No valid token"),
    (status = 403, description = "Not an administrator"),
))]
pub(super) async fn report(
    State(api): State<Api>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Report>, Problem> {
    administrator(&api, &visitor).await?;
    let question = question(&api.service, &wanted.into())?;
    let report = found(&api.reports, &question).await?;
    Ok(Json((*report).clone()))
}

/// One table of it as CSV (UTF-8 with a byte order mark; no cell runs as a formula).
#[utoipa::path(get, path = "/reports/{table}", params(Wanted, ("table" = Table, Path, description = "Which")), responses(
    (status = 200, description = "The table", body = String, content_type = "text/csv"),
    (status = 400, description = "No days, or too many"),
    (status = 401, description = "No valid token"),
    (status = 403, description = "Not an administrator"),
))]
pub(super) async fn table(
    State(api): State<Api>,
    visitor: Visitor,
    Path(table): Path<Table>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    administrator(&api, &visitor).await?;
    let language = match wanted.language {
        Spoken::Ja => Language::Ja,
        Spoken::En => Language::En,
    };
    let question = question(&api.service, &wanted.into())?;
    let report = found(&api.reports, &question).await?;
    let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
    Ok((kind, csv(&report, table, language)).into_response())
}

pub(super) async fn administrator(api: &Api, visitor: &Visitor) -> Result<(), Problem> {
    let person = PersonId::new(visitor.person.to_string());
    let is_one: Result<bool, crate::jobs::JobError> = transaction!(api.service.store.read(&api.service.tenant), tx =>
        people::is_administrator(tx, &person).await);
    if is_one.map_err(Problem::internal)? {
        Ok(())
    } else {
        Err(Problem::Forbidden("notAdministrator"))
    }
}

#[cfg(test)]
mod tests {
    use store::StoreError;

    use super::*;
    use crate::report::Desk;
    use crate::testing::{Directory, TestService, completed, person};

    fn visitor(number: u8) -> Visitor {
        Visitor {
            person: person(number).as_str().parse().unwrap(),
            may_decide: false,
        }
    }

    fn all() -> Query<Wanted> {
        Query(Wanted {
            from: None,
            to: None,
            workflow: Some("user-create".into()),
            language: Spoken::En,
        })
    }

    async fn api(service: &std::sync::Arc<crate::service::Service>) -> State<Api> {
        completed(service).await;
        let kept: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx =>
            people::keep_administrators(tx, &[person(90)], service.now()).await);
        kept.unwrap();
        State(Api::new(service.clone(), Desk::new(service.clone())))
    }

    #[tokio::test]
    async fn x19_administrators_read_the_report_as_json_and_csv_and_nobody_else_does() {
        let directory = Directory::start().await;
        let test = TestService::with(&directory).await;
        let api = api(&test.service).await;
        let told = report(api.clone(), visitor(90), all()).await.unwrap().0;
        assert_eq!((told.total.submitted, told.total.completed), (1, 1));
        let steps: Vec<_> = told
            .steps
            .iter()
            .map(|step| (step.step.as_str(), step.ended))
            .collect();
        assert!(
            steps.contains(&("manager", 1)) && steps.contains(&("it", 1)),
            "{steps:?}"
        );
        let answered = |number: u8| {
            let found = told
                .people
                .iter()
                .find(|load| load.person == person(number).as_str());
            found.map(|load| load.answered)
        };
        assert_eq!(
            (answered(11), answered(23)),
            (Some(1), Some(0)),
            "two of three answered"
        );
        // Those who take part read what concerns them, and no reports.
        for number in [10, 11, 91] {
            let refused = report(api.clone(), visitor(number), all()).await.unwrap_err();
            assert!(
                matches!(refused, Problem::Forbidden("notAdministrator")),
                "{refused:?}"
            );
            let refused = table(api.clone(), visitor(number), Path(Table::Steps), all()).await;
            assert!(refused.is_err(), "{number}");
        }
        let csv = table(api, visitor(90), Path(Table::Steps), all()).await.unwrap();
        assert_eq!(csv.headers()[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    }
}
