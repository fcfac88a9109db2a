//! The list of applications is a sequence of lists (shards): SharePoint allows a list only so many items with
//! permissions of their own. New applications go into the newest; those in older ones go on where they are.

mod home;
mod known;
mod roll;

use store::Ordinal;

pub(crate) use home::Home;
pub(crate) use known::known;
pub(crate) use roll::look;

/// Address of a shard, relative to the site.
pub(crate) fn url(ordinal: Ordinal) -> String {
    match ordinal {
        Ordinal::FIRST => "Lists/PFApplications".to_owned(),
        further => format!("Lists/PFApplications{further}"),
    }
}
