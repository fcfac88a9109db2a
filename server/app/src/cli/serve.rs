//! `serve`: HTTP and jobs in one process, until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::credentials::in_use;
use crate::service::Service;
use crate::{http, instances, jobs, licences, reconcile, shards, telemetry, timers};

/// Requests under way get this long to end.
const GRACE: Duration = Duration::from_secs(10);

pub(super) async fn run(service: Arc<Service>) -> anyhow::Result<()> {
    // Before anything is touched: another `serve` may be at work here.
    let door = http::Door::open(&service.config.server).await?;
    let metered = match service.config.server.metrics {
        Some(address) => Some(http::listen("server.metrics", address).await?),
        None => None,
    };
    service.migrate().await?;
    licences::recall(&service).await?;
    reconcile::resume(&service).await?;
    let metrics = telemetry::start_metrics()?;
    let handle = Handle::new();
    let (stop, stopped) = watch::channel(false);
    let owner = owner(&service);
    let sharing = instances::share(Arc::clone(&service), owner.clone(), stopped.clone());
    let sharing = tokio::spawn(sharing);
    let runner = tokio::spawn(jobs::run(Arc::clone(&service), owner, stopped.clone()));
    let timers = tokio::spawn(timers::run(Arc::clone(&service), stopped.clone()));
    let follower = tokio::spawn(in_use::follow(Arc::clone(&service), stopped.clone()));
    let gauges = tokio::spawn(shards::show_gauges(Arc::clone(&service), stopped.clone()));
    if let Some(listener) = metered {
        tokio::spawn(serve_metrics(listener, metrics, stopped));
    }
    tokio::spawn(stop_on_signal(handle.clone(), stop.clone()));
    tracing::info!(listen = %service.config.server.listen, "serving");
    let served = door.serve(http::routes(&service), handle).await;
    // Also where it ended by itself: the others must not go on alone.
    let _ = stop.send(true);
    runner.await?;
    timers.await?;
    gauges.await?;
    sharing.await?;
    follower.await?;
    service.store.close().await;
    Ok(served?)
}

/// Names this instance among those of the same database.
fn owner(service: &Service) -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let (process, now) = (std::process::id(), service.clock.now().as_millisecond());
    format!("{}-{process}-{now}", host.trim())
}

async fn serve_metrics(listener: TcpListener, metrics: PrometheusHandle, mut stopped: watch::Receiver<bool>) {
    let told = async move {
        // An error: whoever tells is gone, and so are we.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    let served = axum::serve(listener, http::metrics(metrics)).with_graceful_shutdown(told);
    if let Err(error) = served.await {
        tracing::error!(%error, "metrics are no longer served");
    }
}

async fn stop_on_signal(handle: Handle<SocketAddr>, stop: watch::Sender<bool>) {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("stopping");
    let _ = stop.send(true);
    handle.graceful_shutdown(Some(GRACE));
}
