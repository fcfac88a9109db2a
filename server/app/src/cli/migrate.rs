//! `migrate`.

use std::sync::Arc;

use crate::service::Service;

pub(super) async fn run(service: Arc<Service>) -> anyhow::Result<()> {
    service.migrate().await?;
    super::print("database: up to date");
    Ok(())
}
