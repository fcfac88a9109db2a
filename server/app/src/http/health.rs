//! `/health/live` and `/health/ready` for everybody; `/metrics` at an address of its own.

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;

/// Answers whether this instance can do its work now.
pub trait Readiness: Send + Sync + 'static {
    /// `Err` says what is missing, in words for an operator.
    fn ready(&self) -> impl Future<Output = Result<(), String>> + Send;
}

/// Live = the process answers; ready = `readiness` agrees.
pub(super) fn routes<R: Readiness>(readiness: Arc<R>) -> Router {
    Router::new()
        .route("/health/live", get(|| async { "live\n" }))
        .route("/health/ready", get(move || answer(Arc::clone(&readiness))))
}

/// Metrics in Prometheus' text format. They name lists and volumes and ask for no sign-in: never where browsers are.
pub fn metrics(metrics: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(move || std::future::ready(metrics.render())))
}

async fn answer<R: Readiness>(readiness: Arc<R>) -> (StatusCode, String) {
    match readiness.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(missing) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {missing}\n")),
    }
}
