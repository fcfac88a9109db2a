//! The service: configuration, HTTP, jobs, command line.

pub mod auth;
pub mod cli;
pub mod clock;
pub mod config;
pub mod doctor;
pub mod evidence;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod service;
pub mod setup;
pub mod telemetry;
mod timers;
mod walk;
