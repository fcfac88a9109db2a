//! The lists of applications that stand on the site: the first, and those that followed it.

use m365::sharepoint::{ListRef, Site};
use store::Ordinal;

use super::{List, Manifest, ManifestError};
use crate::service::WatchedList;
use crate::shards;

/// Those that exist, in order; the first is named although it may not exist yet.
pub(crate) async fn standing(site: &Site) -> Result<Vec<Ordinal>, m365::Error> {
    let mut ordinals = vec![Ordinal::FIRST];
    let mut next = Ordinal::FIRST.next();
    while site
        .list(ListRef::Path(shards::url(next)))
        .info()
        .await?
        .is_some()
    {
        ordinals.push(next);
        next = next.next();
    }
    Ok(ordinals)
}

/// The lists that people write into.
pub(crate) async fn watched(site: &Site) -> Result<Vec<WatchedList>, m365::Error> {
    let shards = standing(site).await?.into_iter().map(WatchedList::Applications);
    Ok([WatchedList::Inbox].into_iter().chain(shards).collect())
}

impl Manifest {
    /// The list of applications as the shard of this number.
    pub(super) fn shard(&self, ordinal: Ordinal) -> Result<List, ManifestError> {
        let first = self.lists.iter().find(|list| list.key == "applications");
        let mut list = first.ok_or(ManifestError::Absent("applications"))?.clone();
        if ordinal > Ordinal::FIRST {
            list.url = shards::url(ordinal);
            list.title.ja = format!("{} {ordinal}", list.title.ja);
            list.title.en = format!("{} {ordinal}", list.title.en);
        }
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_differ_from_the_first_in_address_and_title_alone() {
        let manifest = Manifest::embedded().unwrap();
        let [first, second] = [1, 2].map(|ordinal| manifest.shard(Ordinal(ordinal)).unwrap());
        assert_eq!(first.url, "Lists/PFApplications");
        let titles = (second.title.ja.as_str(), second.title.en.as_str());
        assert_eq!(
            (second.url.as_str(), titles),
            ("Lists/PFApplications2", ("申請 2", "Applications 2"))
        );
        assert_eq!(first.fields.len(), second.fields.len());
    }
}
