//! Where reports are asked for: counting 50,000 journals takes some seconds, so one is counted at a time, and whoever
//! asks the same within a minute gets the same.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use tokio::sync::Semaphore;

use super::{Question, Report, ReportError, report};
use crate::service::Service;

const KEPT: u64 = 16;
const FRESH: Duration = Duration::from_mins(1);

#[derive(Clone)]
pub(crate) struct Desk {
    service: Arc<Service>,
    kept: Cache<Question, Arc<Report>>,
    counting: Arc<Semaphore>,
}

impl Desk {
    pub(crate) fn new(service: Arc<Service>) -> Self {
        Self {
            service,
            kept: Cache::builder().max_capacity(KEPT).time_to_live(FRESH).build(),
            counting: Arc::new(Semaphore::new(1)),
        }
    }

    pub(crate) fn service(&self) -> &Service {
        &self.service
    }

    pub(crate) async fn report(&self, question: &Question) -> Result<Arc<Report>, Arc<ReportError>> {
        let counted = async {
            // The semaphore is never closed: whoever waits gets his turn.
            let _turn = self.counting.acquire().await.ok();
            report(&self.service, question).await.map(Arc::new)
        };
        self.kept.try_get_with(question.clone(), counted).await
    }
}
