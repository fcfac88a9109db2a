//! The history list: every journal line as a row, and the definitions that applications are pinned to, signed.
//! It is our evidence outside the database, and what the database is rebuilt from.

mod piece;
mod pinned;
mod read;
mod row;

pub(crate) use pinned::PinnedRow;
pub(crate) use read::{Entry, Page, is_empty};
pub(crate) use row::{Row, Signed};

/// Address relative to the site.
pub(crate) const LIST: &str = "Lists/PFHistory";

/// `None` for what [`workflow::hex`] did not write.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
