//! Is this name still free? Asked while a person types.

use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use m365::{Priority, Work};
use moka::future::Cache;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Api;
use crate::auth::Visitor;
use crate::http::Problem;

/// Answers are kept this long, so that typing costs Graph little.
const KEEP: Duration = Duration::from_secs(30);
/// Names kept at most.
const NAMES: u64 = 1_000;
/// Longest local part of a user principal name (Graph, "user resource type").
const LONGEST: usize = 64;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// The part before the @.
    local: String,
}

/// Whether a name can be taken.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Availability {
    available: bool,
    /// `taken` when an account has the name already.
    reason: Option<&'static str>,
}

pub(super) fn cache() -> Cache<String, bool> {
    Cache::builder().max_capacity(NAMES).time_to_live(KEEP).build()
}

/// Whether an account with this name could be made now.
#[utoipa::path(get, path = "/availability/upn", params(Asked), responses(
    (status = 200, description = "The answer", body = Availability),
    (status = 400, description = "Not a name"),
    (status = 401, description = "No valid token"),
    (status = 503, description = "The directory cannot be asked now"),
))]
pub(super) async fn upn(
    State(api): State<Api>,
    _visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Json<Availability>, Problem> {
    let local = asked.local.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || "'.-_!#^~".contains(c);
    if local.is_empty() || local.len() > LONGEST || !local.chars().all(plain) {
        return Err(Problem::BadInput {
            code: "upn",
            field: "local",
            remedy: "letters, digits and . - _ only, at most 64".into(),
        });
    }
    let name = format!("{local}@{}", api.service.config.tenant.domain);
    let look = async { exists(&api, &name).await };
    let taken = api
        .names
        .try_get_with(name.clone(), look)
        .await
        .map_err(|_| Problem::Unavailable)?;
    Ok(Json(Availability {
        available: !taken,
        reason: taken.then_some("taken"),
    }))
}

async fn exists(api: &Api, name: &str) -> Result<bool, m365::Error> {
    let work = Work {
        correlation: m365::random_uuid(),
        priority: Priority::People,
    };
    Ok(api
        .service
        .microsoft
        .graph()
        .for_work(work)
        .user(name)
        .await?
        .is_some())
}
