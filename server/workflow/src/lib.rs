//! Definitions, routes, the life of an application, access sets.
//!
//! Pure: time and ids are arguments. `decide` turns a command into events, `apply` turns events into state;
//! the journal keeps the events, and is the truth.

pub mod access;
pub mod application;
pub mod calendar;
pub mod condition;
pub mod definition;
pub mod evidence;
mod hash;

mod ids;
pub mod journal;
pub mod judge;
pub mod publish;
pub mod reorganisation;
pub mod report;
pub mod route;
mod sealed;

pub use access::{Level, PrincipalRef, access};
pub use application::{
    Application, Choice, Code, Command, Event, Refusal, RefusalCode, State, Terms, apply, decide, replay,
};
pub use definition::{Definition, DefinitionError};
pub use hash::{Hash, HashError, canonical, hex};
pub use ids::{ApplicationId, GroupId, PersonId, PlanStepId, StepKey, WorkflowKey};
pub use route::{Organisation, Route};
pub use sealed::{Asked, Payload, Plan, SealedFile, StepToken, payload_hash};
