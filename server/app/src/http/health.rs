//! `/health/live`, `/health/ready`, `/metrics`.

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

/// Live = the process answers; ready = `readiness` agrees; metrics in Prometheus' text format.
pub(super) fn routes<R: Readiness>(readiness: Arc<R>, metrics: PrometheusHandle) -> Router {
    Router::new()
        .route("/health/live", get(|| async { "live\n" }))
        .route("/health/ready", get(move || answer(Arc::clone(&readiness))))
        .route("/metrics", get(move || std::future::ready(metrics.render())))
}

async fn answer<R: Readiness>(readiness: Arc<R>) -> (StatusCode, String) {
    match readiness.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(missing) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {missing}\n")),
    }
}
