//! Folding: closed applications give up their own scope. Those that the same people read share the scope of one
//! folder; the rest go into a folder of which only administrators read, and their readers see them through our API.

mod left;
mod name;
mod plan;
mod run;
mod start;
mod step;

pub(crate) use left::{Hindrance, unfolded};
pub(crate) use name::{APP_ONLY, fits, is_ours};
pub(crate) use run::{run, share};
pub(super) use start::start;
