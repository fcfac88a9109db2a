//! The REST API as callers meet it.

mod batch;
mod harness;
mod inbox;
mod limits;
mod list_queries;
mod names;
mod people;
mod permissions;
mod protocol;
mod shapes;
mod tokens;
mod webhooks;
