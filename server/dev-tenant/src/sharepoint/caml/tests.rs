//! The evaluator against a naive model, and queries on a list.

mod model;
mod queries;
