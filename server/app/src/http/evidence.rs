//! `/evidence`: the page that checks evidence packages, where the configuration names its file. It checks in the
//! browser and carries a policy of its own, by which it can send nothing: no sign-in is asked for.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;

use super::Problem;
use crate::service::Service;

pub(super) fn routes(service: Arc<Service>) -> Router {
    Router::new().route("/evidence", get(page)).with_state(service)
}

async fn page(State(service): State<Arc<Service>>) -> Result<impl IntoResponse, Problem> {
    let file = service.config.evidence.page.as_ref().ok_or(Problem::NotFound)?;
    let page = tokio::fs::read_to_string(file).await.map_err(Problem::internal)?;
    let headers = [
        // Frames cannot be forbidden by the page itself.
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, Html(page)))
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt;

    use super::*;
    use crate::testing::TestService;

    async fn answer(service: &Arc<Service>) -> (StatusCode, String) {
        let request = Request::get("/evidence").body(Body::empty()).unwrap();
        let response = routes(Arc::clone(service)).oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn x17_the_page_is_served_where_its_file_is_named() {
        let mut test = TestService::open().await;
        assert_eq!(answer(&test.service).await.0, StatusCode::NOT_FOUND);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("verify.html");
        std::fs::write(&file, "<!doctype html>証跡").unwrap();
        Arc::get_mut(&mut test.service).unwrap().config.evidence.page = Some(file);
        let (status, body) = answer(&test.service).await;
        assert_eq!((status, body.as_str()), (StatusCode::OK, "<!doctype html>証跡"));
    }
}
