//! Webhooks: what is due, and carrying it out of the tenant.

pub mod courier;
pub mod queue;
