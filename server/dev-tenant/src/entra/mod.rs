//! login.microsoftonline.com: tokens, sign-in, discovery.

mod assertion;
mod audience;
mod authorize;
mod basic;
pub mod bearer;
mod client;
mod code;
mod consent;
mod cookie;
mod cors;
mod delegated;
mod discovery;
mod door;
mod exchange;
mod fault;
mod federation;
mod grants;
mod html;
mod id_token;
pub(crate) mod jws;
mod mint;
mod obo;
mod parameters;
mod person;
mod scope;
mod servers;
pub mod session;
mod signing;
mod spent;
mod ticket;
mod token;

pub(crate) use assertion::signed;
pub use audience::Audience;
pub use bearer::{BearerFault, verify};
pub use client::{GRAPH_COMMAND_LINE, WEB_CLIENT_EXTENSIBILITY};
pub use door::answer;
pub use exchange::is_exchangeable;
pub use fault::Fault;
pub use mint::{Credential, app_token};
pub use obo::{PRINCIPAL_NAME, obo_token, principal as extensibility_principal};
pub(crate) use servers::Server;
pub use signing::{KeyError, SigningKey};
pub(crate) use spent::SpentCodes;

#[cfg(test)]
mod tests;
