//! The password of an account on its way to the manager: set on his demand, encrypted to his browser, shown once. The
//! one that the account was made with, or that was set in place of a forgotten one, is known to nobody.

mod account;
mod cipher;
mod fresh;
mod open;
mod owed;
mod show;

pub(crate) use account::account_of;
pub(crate) use cipher::{Sealed, check_key};
pub(crate) use fresh::fresh_password;
pub(crate) use open::{open, owed_by_page};
pub(crate) use show::show;

/// Where the manager's page is, relative to our public address.
pub(crate) const PATH: &str = "/handover";
