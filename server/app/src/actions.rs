//! Calls of systems outside Microsoft 365: where they may go, what is sent, and what comes back.

mod answer;
mod destinations;
mod dispatch;
mod hearing;
mod message;

pub(crate) use answer::{Answer, Told, values_in_words};
pub(crate) use destinations::{Destinations, unknown};
pub(crate) use dispatch::{Dispatch, Standing, capability, name_of};
pub(crate) use hearing::{Heard, hear};
pub(crate) use message::body;

/// The path at which other systems answer, before the capability.
const ANSWERS: &str = "/api/v1/actions";
