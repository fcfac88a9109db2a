//! What a client may hand in for tokens.

pub(crate) mod client_credentials;
pub(crate) mod code;
mod person_tokens;
mod proof;
pub(crate) mod refresh;
