//! The service: configuration, HTTP, jobs, command line.

pub mod auth;
pub mod clock;
pub mod config;
pub mod evidence;
pub mod http;
pub mod mail;
pub mod setup;
pub mod telemetry;
