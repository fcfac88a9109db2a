//! The HTTP side: routes, problem answers, TLS. A handler never calls Microsoft 365; it reads and writes rows.

mod api;
#[cfg(test)]
mod browser;
mod calendar;
mod cookie;
mod counter;
mod error;
mod evidence;
mod handover;
mod health;
pub(crate) mod hook;
mod listen;
mod manual;
mod page;
pub(crate) mod receiver;
mod report;
mod serve;
mod sign_in;

use std::sync::Arc;

use axum::Router;

pub use error::Problem;
pub use health::{Readiness, metrics};
pub(crate) use hook::is_secret;
pub use listen::{ListenError, listen};
pub use serve::{Door, ServeError};
pub(crate) use sign_in::redirect;

use crate::report::Desk;
use crate::service::Service;

/// Everything this service answers.
pub fn routes(service: &Arc<Service>) -> Router {
    let reports = Desk::new(Arc::clone(service));
    health::routes(Arc::clone(service))
        .merge(hook::routes(Arc::clone(service)))
        .merge(receiver::routes(Arc::clone(service)))
        .merge(api::routes(service, reports.clone()))
        .merge(manual::routes(service.config.mail.language))
        .merge(sign_in::routes(service))
        .merge(handover::routes(Arc::clone(service)))
        .merge(report::routes(reports))
        .merge(calendar::routes(Arc::clone(service)))
        .merge(evidence::routes(Arc::clone(service)))
}
