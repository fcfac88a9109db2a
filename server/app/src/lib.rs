//! The service: configuration, HTTP, jobs, command line.

mod absences;
mod asked;
mod attachments;
pub mod auth;
mod calendar;
pub mod cases;
pub mod cli;
pub mod clock;
mod columns;
mod company;
pub mod config;
mod credentials;
mod deadlines;
mod decisions;
mod definitions;
#[cfg(feature = "dev-tenant")]
pub mod demo;
mod deputies;
mod digest;
pub mod doctor;
pub mod evidence;
mod execute;
mod expiries;
mod explain;
pub mod following;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod handover;
mod heartbeat;
mod history;
pub mod http;
mod inbox;
mod instances;
mod issue_words;
pub mod jobs;
pub mod journal;
mod judge;
mod licences;
mod linked;
pub mod mail;
mod masters;
mod names;
pub mod people;
mod places;
mod planning;
mod post;
mod prepare;
mod preview;
mod publish;
mod reason_words;
pub mod reconcile;
pub mod recover;
mod reorganisation;
mod report;
mod route_words;
pub mod service;
pub mod setup;
mod shards;
mod status_words;
pub mod telemetry;
#[cfg(test)]
mod testing;
mod timers;
mod versions;
mod walk;
pub mod workflows;
