//! Servers of the directory replicate each for itself: a young object is found by one and not by the next.

use jiff::{SignedDuration, Timestamp};

use super::fault::Fault;
use super::request::Request;
use super::{groups, users};
use crate::world::Tenant;

/// How long an object stays young once it can be seen at all.
const YOUTH: SignedDuration = SignedDuration::from_secs(60);

/// Refuses a reading of a young user or group when it hits a server that does not know it yet.
pub(crate) fn check(request: &Request) -> Result<(), Fault> {
    let mut tenant = request.world.tenant();
    let percent = tenant.switches.replication_flaps_percent;
    let [kind, key, ..] = request.segments.as_slice() else {
        return Ok(());
    };
    let reads = request.method.as_str() == "GET" && percent > 0;
    let born = reads.then(|| born(&tenant, request.now, kind, key)).flatten();
    let young = born.is_some_and(|born| request.now.duration_since(born) < YOUTH);
    if young && tenant.ids.chance(percent) {
        return Err(Fault::no_resource(key));
    }
    Ok(())
}

fn born(tenant: &Tenant, now: Timestamp, kind: &str, key: &str) -> Option<Timestamp> {
    let directory = &tenant.directory;
    match kind {
        "users" => users::find(directory, now, key)
            .ok()
            .map(|user| user.visible_from),
        "groups" => groups::find(directory, now, key)
            .ok()
            .map(|group| group.visible_from),
        _ => None,
    }
}
