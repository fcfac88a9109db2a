//! What is known when the versions are looked at.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use workflow::judge::{Editor, Expectations, Version, column};
use workflow::{PersonId, State};

use crate::cases::Case;
use crate::columns::Columns;
use crate::jobs::JobError;
use crate::people;
use crate::publish::{SEALED, Shown};
use crate::service::Service;

/// Whoever has left decides nothing, whenever he wrote it.
pub(super) async fn of(
    service: &Service,
    case: &Case,
    shown: &Shown,
    (versions, fresh): (&[Version], &[Version]),
) -> Result<Expectations, JobError> {
    let own = case.row.own_versions.iter();
    let (asked, pending): (_, BTreeSet<PersonId>) = match &case.application.state {
        State::InApproval(review) => (
            Some((review.token, review.since)),
            case.application.deciders().into_iter().cloned().collect(),
        ),
        _ => (None, BTreeSet::new()),
    };
    let seers: BTreeSet<PersonId> = case.application.acknowledgers().into_iter().cloned().collect();
    let left = people::left(service, pending.union(&seers)).await?;
    Ok(Expectations {
        judged: shown.judged,
        own: own.filter_map(|number| u32::try_from(*number).ok()).collect(),
        asked,
        assignees: pending.difference(&left).cloned().collect(),
        shown: seers.difference(&left).cloned().collect(),
        standing: SignedDuration::from_secs(i64::from(service.config.timing.standing)),
        addresses: addresses(service, fresh).await?,
        sealed: sealed(&basis(versions, shown)),
    })
}

/// Addresses in `PFDecisionFor` that are those of whoever wrote them.
async fn addresses(service: &Service, fresh: &[Version]) -> Result<BTreeSet<(PersonId, String)>, JobError> {
    let named = |version: &Version| {
        let text = version.fields.get(column::DECISION_FOR)?.as_str()?;
        let (_, decider) = text.split_once(':')?;
        match &version.editor {
            Editor::Person(person) if decider.contains('@') => Some((person.clone(), decider.to_owned())),
            _ => None,
        }
    };
    let mut found = BTreeSet::new();
    for (person, address) in fresh.iter().filter_map(named).collect::<BTreeSet<_>>() {
        if people::is_address_of(service, &person, &address).await? {
            found.insert((person, address));
        }
    }
    Ok(found)
}

/// The sealed columns of the newest version that bears our app's name.
pub(super) fn written(versions: &[Version]) -> Columns {
    by_app(versions).next().unwrap_or_default()
}

/// What people saw. An owner of the site can put our app's name on a version of his own: what stood there before, as we
/// wrote it, is what counts.
fn basis(versions: &[Version], shown: &Shown) -> Columns {
    let ours = by_app(versions).find(|columns| shown.is_ours(columns));
    ours.unwrap_or_else(|| shown.confirmed.clone())
}

/// The sealed columns of versions that bear our app's name, the newest first.
fn by_app(versions: &[Version]) -> impl Iterator<Item = Columns> {
    let named = versions
        .iter()
        .rev()
        .filter(|version| version.editor == Editor::App);
    named.map(|version| {
        let column = |name: &&str| Some(((*name).to_owned(), version.fields.get(*name)?.clone()));
        SEALED.iter().filter_map(column).collect()
    })
}

/// Every sealed column; an absent one must be empty.
fn sealed(basis: &Columns) -> BTreeMap<String, serde_json::Value> {
    let column = |name: &&str| ((*name).to_owned(), basis.get(*name).cloned().unwrap_or_default());
    SEALED.iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;

    fn version(number: u32, status: &str) -> Version {
        Version {
            label: format!("{number}.0"),
            number,
            created: Timestamp::UNIX_EPOCH,
            editor: Editor::App,
            fields: BTreeMap::from([("PFStatus".to_owned(), json!(status))]),
        }
    }

    #[test]
    fn what_an_owner_wrote_in_our_name_is_not_what_people_must_have_seen() {
        let mut shown = Shown::default();
        let ours = version(1, "IA");
        shown.intend(&ours.fields);
        let forged = version(3, "CO");
        let versions = [ours.clone(), forged.clone()];
        assert_eq!(
            basis(&versions, &shown),
            ours.fields,
            "before the first look was through"
        );
        shown.confirm(ours.fields.clone());
        assert_eq!(basis(&versions, &shown), ours.fields);
        assert_eq!(basis(&[forged], &shown), ours.fields, "ours is no longer read");
        shown.intend(&version(4, "AP").fields);
        assert_eq!(
            basis(&[version(4, "AP")], &shown),
            version(4, "AP").fields,
            "an answer was lost"
        );
    }
}
