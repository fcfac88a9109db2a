//! The list of applications is a sequence of lists (shards): SharePoint allows a list only so many items with
//! permissions of their own. New applications go into the newest; those in older ones go on where they are.

mod address;
mod fold;
mod forecast;
mod gauges;
mod home;
mod known;
mod ledger;
mod roll;
mod standing;

use store::Ordinal;

pub(crate) use address::{item_file, item_form};
#[cfg(test)]
pub(crate) use fold::APP_ONLY;
pub(crate) use fold::{Hindrance, fits, is_ours as is_fold, run as fold, share, unfolded};
pub(crate) use forecast::Forecast;
pub(crate) use gauges::show as show_gauges;
pub(crate) use home::Home;
pub(crate) use known::known;
pub(crate) use ledger::{Differences, compare, last as last_comparison};
pub(crate) use roll::look;
pub(crate) use standing::{Standing, standings};

/// Address of a shard, relative to the site.
pub(crate) fn url(ordinal: Ordinal) -> String {
    match ordinal {
        Ordinal::FIRST => "Lists/PFApplications".to_owned(),
        further => format!("Lists/PFApplications{further}"),
    }
}
