//! People: the Entra object id is the identity; names, addresses and numbers of site users are copies.

mod concerned;
mod directory;
mod known;
mod principal;
mod windows;

pub use directory::person;
pub(crate) use directory::{
    administers, administrators, copy, is_address_of, is_administrator, is_known_to_have_left,
    keep_administrators, left, name_of, reread,
};
pub use known::{Known, Standing};
pub use principal::{editor, person_of, principal_of};
pub(crate) use principal::{proved, shown_as};
pub(crate) use windows::is_synchronised;
