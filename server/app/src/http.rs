//! The HTTP side: routes, problem answers, TLS. A handler never calls Microsoft 365; it reads and writes rows.

mod error;
mod health;
mod serve;

pub use error::Problem;
pub use health::{Readiness, routes as health_routes};
pub use serve::{ServeError, serve};
