//! People who do to one application whatever they can, in an order that a seed chooses.

mod column;
mod entry;
mod meddler;
mod party;
mod rowing;

pub use column::Column;
pub use meddler::Meddler;
pub use party::Party;

/// How a stretch of meddling goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Everybody does what people do.
    Usual,
    /// An owner of the site also writes in other people's names.
    Forging,
}
