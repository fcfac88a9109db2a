//! The REST API as callers meet it.

mod batch;
mod harness;
mod inbox;
mod list_queries;
mod permissions;
mod protocol;
mod shapes;
mod tokens;
mod webhooks;
