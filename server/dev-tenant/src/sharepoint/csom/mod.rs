//! The client object model: `POST {web}/_vti_bin/client.svc/ProcessQuery`.

pub mod parameter;
pub mod parse;
mod parse_query;
pub mod request;
pub mod schema;
pub mod wire;
