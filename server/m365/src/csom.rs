//! SharePoint's client object model: many actions in one request (`client.svc/ProcessQuery`, MS-CSOM).

mod access;
pub(crate) mod answer;
mod document;
mod process;
mod request;
mod seal;
mod update;
mod value;

pub use access::{Grant, MOST_GRANTS, SetAccess};
pub use request::MAX_OBJECT_PATHS;
pub use seal::{Seal, Sealed};
pub use update::Update;
pub use value::FieldValue;
