//! Signed messages to and from systems outside Microsoft 365, by the scheme of Standard Webhooks 1.0.0
//! (standard-webhooks/standard-webhooks, `spec/standard-webhooks.md`): HMAC-SHA256 over id, timestamp and body.

mod destination;
mod post;
mod secret;
mod signature;
mod words;

pub use destination::{Destination, DestinationError};
pub use post::{Outgoing, Reply};
pub use secret::{Secret, SecretError};
pub use signature::{ID, Message, NotGenuine, SIGNATURE, TIMESTAMP, TOLERANCE, sign, verify};
pub use words::plain;
