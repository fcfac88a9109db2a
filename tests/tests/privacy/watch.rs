//! People who look again and again while an application goes its way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use e2e::person::Person;
use e2e::ways::{Sight, WAYS, Way, look};
use tokio::task::JoinHandle;

use super::{APPLICATIONS, CLOSED, INBOX};

/// Lists into which people write, and that they may open.
const OPEN: [&str; 2] = [INBOX, APPLICATIONS];

/// Whether what an outsider got by one way is what he may get.
pub(crate) fn is_fitting(list: &str, way: Way, sight: &Sight) -> bool {
    let is_collection = matches!(
        way,
        Way::Items | Way::Filtered | Way::Caml | Way::Stream | Way::Changes | Way::CsomItems | Way::ViewPage
    );
    match sight {
        Sight::Refused => !is_collection || CLOSED.contains(&list),
        Sight::NoRow => is_collection || way == Way::RecycleBin,
        Sight::Row(_) | Sight::Odd(_) => false,
    }
}

/// Looks by every way in turn until told to stop; gives the number of rounds.
pub(crate) fn watch(person: &Arc<Person>, stop: &Arc<AtomicBool>) -> JoinHandle<u32> {
    let (person, stop) = (Arc::clone(person), Arc::clone(stop));
    tokio::spawn(async move {
        let mut rounds = 0;
        while !stop.load(Ordering::Relaxed) {
            for list in OPEN.iter().chain(&CLOSED) {
                for way in WAYS {
                    let sight = look(&person, list, 1, way).await;
                    assert!(is_fitting(list, way, &sight), "{list} by {way:?}: {sight:?}");
                }
            }
            rounds += 1;
        }
        rounds
    })
}

/// Reads the application again and again: whenever it is seen, it is already asked of this person.
pub(crate) fn watch_until_asked(
    person: &Arc<Person>,
    stop: &Arc<AtomicBool>,
    not_yet: &'static [&str],
) -> JoinHandle<u32> {
    let (person, stop) = (Arc::clone(person), Arc::clone(stop));
    tokio::spawn(async move {
        let mut hidden = 0;
        while !stop.load(Ordering::Relaxed) {
            match person.read(APPLICATIONS, 1).await {
                Err(refusal) => {
                    assert!([403, 404].contains(&refusal.as_u16()), "{refusal}");
                    hidden += 1;
                }
                Ok(seen) => {
                    let at = [&seen["PFStatus"], &seen["PFStepName"]];
                    let early = |word: &&str| at.iter().any(|value| *value == word);
                    assert!(!not_yet.iter().any(early), "{at:?}");
                }
            }
        }
        hidden
    })
}
