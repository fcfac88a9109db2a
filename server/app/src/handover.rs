//! The password of a new account on its way to the manager: set on his demand, encrypted to his browser, shown once.
//! The password that the account was made with is known to nobody.

mod account;
mod cipher;
mod fresh;
mod made;
mod open;
mod show;

pub(crate) use account::account_of;
pub(crate) use cipher::{Sealed, check_key};
pub(crate) use fresh::fresh_password;
pub(crate) use open::{account_of_page, open};
pub(crate) use show::show;

/// Where the manager's page is, relative to our public address.
pub(crate) const PATH: &str = "/handover";
