//! Somebody who has no part in anything, and looks for rows by every way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use dev_tenant::world::{Ids, World};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::house::pause;
use crate::person::Person;
use crate::rows;
use crate::ways::{Sight, WAYS, Way, look};

/// Lists into which people write, and that they may open.
const OPEN: [&str; 2] = [rows::INBOX, rows::APPLICATIONS];
/// Lists that only the app and administrators open.
pub const CLOSED: [&str; 2] = ["PFHistory", "PFFiles"];

/// The tenant has others to serve too: he rests so long at least, and in large lists longer than his look took.
const BETWEEN: Duration = Duration::from_millis(10);
const REST: u32 = 3;

/// Whether what an outsider got by one way is what he may get.
pub fn is_fitting(list: &str, way: Way, sight: &Sight) -> bool {
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

/// Sessions last for days; while he goes round so often, time runs for hours.
const SESSION: u32 = 50;

/// Looks by every way in turn, at the newest row or any other, until told to stop; gives the number of looks.
pub fn probe(person: &Arc<Person>, world: &Arc<World>, stop: &Arc<AtomicBool>) -> JoinHandle<u64> {
    let (mut person, world, stop) = (Arc::clone(person), Arc::clone(world), Arc::clone(stop));
    tokio::spawn(async move {
        let (mut ids, mut looks) = (Ids::seeded(1), 0);
        for round in 1_u32.. {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            if round.is_multiple_of(SESSION) {
                person = Arc::new(person.sign_in_again().await);
            }
            for list in OPEN.iter().chain(&CLOSED) {
                for way in WAYS {
                    let item = any(&world, list, &mut ids);
                    let started = Instant::now();
                    let sight = look(&person, list, item, way).await;
                    assert!(
                        is_fitting(list, way, &sight),
                        "{list}({item}) by {way:?}: {sight:?}"
                    );
                    looks += 1;
                    pause(BETWEEN.max(started.elapsed() * REST)).await;
                }
            }
        }
        looks
    })
}

/// Every other time the newest row, of which the permissions are the youngest.
fn any(world: &World, list: &str, ids: &mut Ids) -> i64 {
    let newest = {
        let tenant = world.tenant();
        let list = rows::list(&tenant, list);
        list.and_then(|list| list.items.keys().next_back().map(|id| u64::from(id.0)))
    };
    let newest = newest.unwrap_or(1);
    let item = if ids.below(2) == 0 {
        newest
    } else {
        1 + ids.below(newest)
    };
    i64::try_from(item).unwrap_or(1)
}
