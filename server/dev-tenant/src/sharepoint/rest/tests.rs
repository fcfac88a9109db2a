//! The REST API as callers meet it.

mod batch;
mod folders;
mod harness;
mod inbox;
mod limits;
mod list_queries;
mod moves;
mod people;
mod permissions;
mod protocol;
mod scale;
mod shapes;
mod tokens;
mod webhooks;
