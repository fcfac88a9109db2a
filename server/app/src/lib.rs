//! The service: configuration, HTTP, jobs, command line.

pub mod auth;
pub mod cases;
pub mod cli;
pub mod clock;
pub mod config;
pub mod doctor;
pub mod evidence;
mod execute;
pub mod http;
mod issue_words;
pub mod jobs;
pub mod mail;
mod masters;
pub mod people;
mod planning;
pub mod service;
pub mod setup;
pub mod telemetry;
#[cfg(test)]
mod testing;
mod timers;
mod walk;
