//! Guards against overwriting what somebody else wrote meanwhile.

use super::fault::Fault;
use crate::sharepoint::state::item::Item;

/// What a writer believes the item to be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Guard {
    /// Overwrite whatever is there (`IF-MATCH: *` or none).
    #[default]
    Any,
    /// An `IF-MATCH` value; a mismatch is 412.
    ETag(String),
    /// `owshiddenversion` of an edit form or a loaded CSOM object; a mismatch is a save conflict.
    Revision(u32),
}

impl Guard {
    /// Reads an `IF-MATCH` header.
    pub fn from_header(value: Option<&str>) -> Self {
        match value.map(str::trim) {
            None | Some("" | "*") => Self::Any,
            Some(etag) => Self::ETag(etag.to_owned()),
        }
    }

    pub fn check(&self, item: &Item) -> Result<(), Fault> {
        match self {
            Self::Any => Ok(()),
            Self::ETag(etag) if revision_of(etag) == Some(item.revision) => Ok(()),
            Self::ETag(etag) => Err(Fault::etag_mismatch(etag, &item.etag())),
            Self::Revision(revision) if *revision == item.revision => Ok(()),
            Self::Revision(_) => Err(Fault::save_conflict()),
        }
    }
}

/// The version part of `"{guid},{n}"`, or of the older form `"{n}"`; quotes and `W/` may be missing.
fn revision_of(etag: &str) -> Option<u32> {
    let bare = etag.trim_start_matches("W/").trim_matches('"');
    bare.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::revision_of;

    #[test]
    fn the_version_is_read_from_every_spelling_of_an_etag() {
        for etag in [
            "\"6c9f6b3e-0000-4000-8000-000000000001,9\"",
            "\"9\"",
            "W/\"9\"",
            "9",
        ] {
            assert_eq!(revision_of(etag), Some(9), "{etag}");
        }
        assert_eq!(revision_of("\"nonsense\""), None);
    }
}
