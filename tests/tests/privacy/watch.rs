//! People who look again and again while an application goes its way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use e2e::person::Person;
use tokio::task::JoinHandle;

use super::APPLICATIONS;

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
