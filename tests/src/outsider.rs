//! Somebody who has no part in anything, and looks for rows by every way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use dev_tenant::world::{Ids, World};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::api;
use crate::house::{House, pause};
use crate::person::Person;
use crate::prying;
use crate::rows;
use crate::ways::{Sight, WAYS, Way, is_bare, look};

/// Lists into which people write, and that they may open.
const OPEN: [&str; 2] = [rows::INBOX, rows::APPLICATIONS];
/// Lists that only the app and administrators open.
pub const CLOSED: [&str; 2] = ["PFHistory", "PFFiles"];

/// The tenant has others to serve too: he rests so long at least, and in large lists longer than his look took.
const BETWEEN: Duration = Duration::from_millis(10);
const REST: u32 = 3;

/// Ways that lead to whatever rows there are.
const COLLECTIONS: [Way; 11] = [
    Way::Items,
    Way::Filtered,
    Way::Caml,
    Way::Stream,
    Way::Changes,
    Way::TrimmedChanges,
    Way::WebChanges,
    Way::SinceToken,
    Way::BatchedItems,
    Way::CsomItems,
    Way::ViewPage,
];

/// Whether what an outsider got by one way is what he may get. `untrimmed`: SharePoint tells whoever opens a list
/// that something changed in it.
pub fn is_fitting(list: &str, way: Way, sight: &Sight, untrimmed: bool) -> bool {
    let is_collection = COLLECTIONS.contains(&way);
    match sight {
        Sight::Refused => !is_collection || CLOSED.contains(&list),
        Sight::NoRow => is_collection || way == Way::RecycleBin,
        Sight::Row(rows) => untrimmed && matches!(way, Way::Changes | Way::WebChanges) && is_bare(rows),
        Sight::Odd(_) => false,
    }
}

/// Sessions last for days; while he goes round so often, time runs for hours.
const SESSION: u32 = 50;

/// Somebody who looks.
pub struct Probe {
    looks: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Probe {
    /// How often he has looked.
    pub fn looks(&self) -> u64 {
        self.looks.load(Ordering::Relaxed)
    }

    /// How often he looked. Panics where he saw what is not his.
    pub async fn stop(self) -> u64 {
        self.stop.store(true, Ordering::Relaxed);
        self.task.await.expect("he saw nothing");
        self.looks.load(Ordering::Relaxed)
    }
}

/// Looks by every way in turn, at the newest row or any other, and through our own API, until told to stop. The house
/// serves.
pub fn probe(person: &Arc<Person>, house: &House) -> Probe {
    api::grant_web_parts(house);
    let mut person = Arc::clone(person);
    let (stop, looks) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let (told, counted) = (Arc::clone(&stop), Arc::clone(&looks));
    let world = Arc::clone(&house.tenant.world);
    let task = tokio::spawn(async move {
        let mut ids = Ids::seeded(1);
        for round in 1_u32.. {
            if told.load(Ordering::Relaxed) {
                break;
            }
            if round.is_multiple_of(SESSION) {
                person = Arc::new(person.sign_in_again().await);
            }
            counted.fetch_add(prying::finds_nothing(&world, &person).await, Ordering::Relaxed);
            let untrimmed = world.tenant().switches.changes_untrimmed;
            for list in OPEN.iter().chain(&CLOSED) {
                for way in WAYS {
                    let item = any(&world, list, &mut ids);
                    let started = Instant::now();
                    let sight = look(&person, list, item, way).await;
                    assert!(
                        is_fitting(list, way, &sight, untrimmed),
                        "{list}({item}) by {way:?}: {sight:?}"
                    );
                    counted.fetch_add(1, Ordering::Relaxed);
                    pause(BETWEEN.max(started.elapsed() * REST)).await;
                }
            }
        }
    });
    Probe { looks, stop, task }
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
