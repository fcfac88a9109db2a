//! What an item was known to show, and how far it was judged: from the journal, and from the newest version that bears
//! our name. Its columns are not believed: they are what the journal up to the head that it shows leads to.

use std::collections::BTreeSet;

use m365::sharepoint::ItemId;
use store::SealedItem;
use workflow::journal::{Line, Place};
use workflow::judge::{Editor, Judged, Version};

use super::items::Found;
use super::work::Kept;
use crate::attachments;
use crate::columns::Columns;
use crate::jobs::JobError;
use crate::publish::{self, Flag, Shown};
use crate::service::Service;
use crate::shards;
use crate::versions::{self, ALL_JUDGED};

/// Why an application is left alone.
pub(super) const CUT: &str =
    "its item shows a line that the history list does not have: lines at the end were taken away";

/// An item as it was found.
pub(super) struct Seen {
    pub(super) shown: Shown,
    pub(super) own_versions: Vec<i64>,
    /// Whether it shows the newest line.
    pub(super) is_newest: bool,
    /// The folder of which it shares the scope.
    pub(super) fold: Option<String>,
}

pub(super) async fn of(
    service: &Service,
    kept: &Kept,
    found: Option<Found>,
) -> Result<Result<Seen, String>, JobError> {
    let lines = kept.story.kept.last().map_or(0, |line| line.seq);
    let mut shown = Shown {
        judged: judged(&kept.story.lines),
        lines,
        files_intended: attachments::names(&kept.case.application.files),
        ..Shown::default()
    };
    let Some(found) = found else {
        return Ok(Ok(Seen {
            shown,
            own_versions: Vec::new(),
            is_newest: false,
            fold: None,
        }));
    };
    let versions = read(service, &found.at).await?;
    let own: Vec<&Version> = versions
        .iter()
        .filter(|version| version.editor == Editor::App)
        .collect();
    shown.flags = own.last().map(|version| flags(version)).unwrap_or_default();
    let mut is_newest = false;
    if let Some(head) = own.last().and_then(|version| text(version, "PFHistoryHead")) {
        let Some(part) = kept.up_to(head)? else {
            return Ok(Err(CUT.to_owned()));
        };
        is_newest = part.story.kept.len() == kept.story.kept.len();
        shown.confirm(publish::shows(service, &part.case, &part.story, &shown.flags).await?);
        shown.files = attachments::names(&part.case.application.files);
        // A version of ours after a vote that nobody judged put a file back.
        if !shown.files.is_empty() {
            shown.files_doubted = own.last().map_or(0, |version| version.number);
        }
        tell(&kept.case.row.number, own.last().copied(), &shown.confirmed);
    }
    let own_versions = own.iter().map(|version| i64::from(version.number)).collect();
    Ok(Ok(Seen {
        shown,
        own_versions,
        is_newest,
        fold: found.inherits.filter(|name| shards::fits(&kept.case, name)),
    }))
}

async fn read(service: &Service, item: &SealedItem) -> Result<Vec<Version>, JobError> {
    let number = i32::try_from(item.item).map_err(|error| JobError::unreadable("an item", &error))?;
    versions::read(
        service,
        &service.list_at(&item.list),
        ItemId(number),
        &publish::columns(),
        ALL_JUDGED,
    )
    .await
}

/// The newest version that a line came from.
fn judged(lines: &[Line]) -> Option<Judged> {
    let places = lines.iter().filter_map(|line| match line.via {
        Some(Place::Item { version, fingerprint }) => Some(Judged {
            number: version,
            fingerprint,
        }),
        _ => None,
    });
    places.max_by_key(|judged| judged.number)
}

fn text<'a>(version: &'a Version, column: &str) -> Option<&'a str> {
    version.fields.get(column)?.as_str()
}

fn flags(version: &Version) -> BTreeSet<Flag> {
    let words = text(version, "PFFlags").unwrap_or_default();
    let set = [Flag::Tampered].into_iter();
    set.filter(|flag| words.split(' ').any(|word| word == flag.word()))
        .collect()
}

/// Names and masters change, so a difference is no proof; votes on such a version are asked again.
fn tell(number: &str, newest: Option<&Version>, wanted: &Columns) {
    let Some(newest) = newest else { return };
    for column in publish::SEALED {
        if newest.fields.get(column) != wanted.get(column) {
            tracing::warn!(
                number,
                column,
                "the item shows something else than its journal leads to"
            );
        }
    }
}
