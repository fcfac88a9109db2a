//! `/api/v1`: what web parts and other clients may read, and decisions by clients that may decide. A web part never
//! writes, decides or starts anything here: any script in the tenant can obtain its token.

mod act;
mod administration;
mod answer;
mod availability;
mod caller;
mod decided;
mod decision;
mod deputies;
mod detail;
mod expiries;
mod listing;
mod offers;
mod page;
mod progress;
mod readers;
mod received;
mod reports;
mod step;

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, Method, header};
use tower_http::cors::CorsLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth::{Expected, SigningKeys};
use crate::names::Names;
use crate::report::Desk;
use crate::service::Service;

/// What the handlers share.
#[derive(Clone)]
pub(super) struct Api {
    service: Arc<Service>,
    keys: SigningKeys,
    names: Names,
    reports: Desk,
}

#[derive(OpenApi)]
#[openapi(info(
    title = "Provisioning Flow",
    description = "One's own applications and tasks, decisions and other acts on them; reports, and what else administrators do. Reading takes the scope access_as_user; deciding \
                   takes the scope decide and a client of app.deciding_clients, which may read as well."
))]
struct Document;

impl Api {
    fn new(service: Arc<Service>, reports: Desk) -> Self {
        let keys = SigningKeys::new(service.microsoft.clone());
        Self {
            service,
            keys,
            names: Names::default(),
            reports,
        }
    }

    fn expected(&self) -> Expected {
        let config = &self.service.config;
        Expected {
            tenant: config.tenant.id,
            client_id: config.app.client_id,
            allowed_clients: config.app.allowed_clients.clone(),
            deciding_clients: config.app.deciding_clients.clone(),
        }
    }
}

fn described() -> OpenApiRouter<Api> {
    let routes = OpenApiRouter::new()
        .routes(routes!(availability::availability))
        .routes(routes!(listing::mine))
        .routes(routes!(listing::tasks))
        .routes(routes!(deputies::deputies))
        .routes(routes!(detail::detail))
        .routes(routes!(progress::progress))
        .routes(routes!(decision::decide))
        .routes(routes!(act::act))
        .routes(routes!(administration::administer))
        .routes(routes!(decided::decided))
        .routes(routes!(answer::answer))
        .routes(routes!(expiries::expiries))
        .routes(routes!(expiries::ics))
        .routes(routes!(reports::report))
        .routes(routes!(reports::table));
    OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", routes)
}

/// The routes; pages of the workflow site's host, and no others, may read by them.
pub(super) fn routes(service: &Arc<Service>, reports: Desk) -> Router {
    let origin = service.config.site.url.origin().ascii_serialization();
    let cors = CorsLayer::new().allow_methods([Method::GET]).allow_headers([
        header::AUTHORIZATION,
        header::ACCEPT,
        header::CONTENT_TYPE,
    ]);
    let cors = match HeaderValue::from_str(&origin) {
        Ok(origin) => cors.allow_origin(origin),
        Err(_) => cors,
    };
    let (router, document) = described().split_for_parts();
    let document = axum::Json(document);
    router
        .route(
            "/api/v1/openapi.json",
            axum::routing::get(move || std::future::ready(document)),
        )
        .layer(cors)
        .with_state(Api::new(Arc::clone(service), reports))
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::{Request, StatusCode};
    use serde_json::Value;
    use tower::ServiceExt;

    use super::*;
    use crate::testing::TestService;

    #[test]
    fn x20_the_published_description_is_the_one_reviewed() {
        let document = described().split_for_parts().1;
        insta::assert_json_snapshot!(document);
    }

    /// Of everything that the service answers, to anybody.
    #[tokio::test]
    async fn x20_the_description_is_read_at_its_address() {
        let test = TestService::open().await;
        let request = Request::get("/api/v1/openapi.json").body(Body::empty()).unwrap();
        let response = crate::http::routes(&test.service).oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let read: Value = serde_json::from_slice(&body).unwrap();
        let reviewed = serde_json::to_value(described().split_for_parts().1).unwrap();
        assert_eq!(read, reviewed);
    }
}
