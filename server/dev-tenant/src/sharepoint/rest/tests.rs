//! The REST API as callers meet it.

mod batch;
mod content_types;
mod folders;
mod harness;
mod history;
mod inbox;
mod indexes;
mod limits;
mod list_queries;
mod lockdown;
mod moves;
mod names;
mod people;
mod permissions;
mod protocol;
mod routes;
mod scale;
mod shapes;
mod tokens;
mod webhooks;
