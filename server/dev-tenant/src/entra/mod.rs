//! login.microsoftonline.com: tokens, sign-in, discovery.

mod assertion;
mod audience;
pub mod bearer;
mod door;
mod fault;
mod jws;
mod mint;
mod signing;
mod token;

pub use audience::Audience;
pub use bearer::{BearerFault, verify};
pub use door::answer;
pub use mint::{Credential, app_token};
pub use signing::{KeyError, SigningKey};

#[cfg(test)]
mod tests;
