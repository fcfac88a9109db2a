//! People: the Entra object id is the identity; names, addresses and numbers of site users are copies.

mod directory;
mod principal;

pub use directory::{Known, person};
pub(crate) use directory::{administrators, is_address_of, keep_administrators};
pub use principal::{editor, person_of, principal_of};
