//! An evidence package: one file that holds all there is to prove of an application, and its check. Whoever has the
//! file and knows the key's fingerprint needs no service, no database and no network.
//!
//! The file is canonical JSON (members sorted by name, no white space), so that equal packages are equal byte by byte.

mod ask;
#[cfg(all(target_arch = "wasm32", feature = "browser"))]
pub mod browser;
mod fault;
mod members;
mod package;
mod read;
mod story;
mod told;
mod trail;
mod verify;

pub use ask::{Question, Questions, answered, questions};
pub use fault::{Fault, Problem};
pub use package::{Key, Package, PackedHead, PackedLine, PackedVersion, PinnedBody, Said, Seal};
pub use story::{Answer, Done, Entry, Story, Who, story};
pub use told::Told;
pub use verify::{Known, MOST_FAULTS, PublicKey, Verdict, verify};

/// What `format` says.
pub const FORMAT: &str = "provisioning-flow/evidence";
/// What `version` says; another one has other members.
pub const VERSION: u32 = 1;
