//! Waiting for the answer of event receivers, while others use the tenant.
//!
//! An operation that must ask stops with a fault of its own; the tenant is let go, the receivers are asked, and the
//! operation begins anew with their verdict.

use uuid::Uuid;

use super::events::Occurrence;
use super::soap::{self, Verdict};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::state::ids::SiteId;
use crate::world::World;

const ASKING: &str = "Asking";
/// An item that changes so often while its receivers are asked is in conflict.
const ROUNDS: u32 = 5;

pub(super) fn asking() -> Fault {
    Fault::new(500, -1, ASKING, "The event receivers of the list are asked.")
}

/// Performs `act` until the receivers have been asked all that it raises. `act` must not hold the tenant when it ends.
pub(crate) fn consented<T>(
    world: &World,
    request: Uuid,
    mut act: impl FnMut() -> Result<T, Fault>,
) -> Result<T, Fault> {
    for _ in 0..ROUNDS {
        match act() {
            Err(fault) if fault.kind == ASKING => ask(world, request),
            outcome => return outcome,
        }
    }
    Err(Fault::save_conflict())
}

fn ask(world: &World, request: Uuid) {
    let Some((site, occurrence, addresses)) = taken(world, request) else {
        return;
    };
    let envelope = soap::envelope(&occurrence);
    let verdicts = addresses
        .iter()
        .map(|url| verdict(world, url, &occurrence, &envelope));
    let veto = verdicts.into_iter().find(|verdict| *verdict != Verdict::Continue);
    let mut tenant = world.tenant();
    if let Some(farm) = tenant
        .sharepoint
        .site_mut(site)
        .and_then(|site| site.farm.as_mut())
    {
        let verdict = veto.unwrap_or(Verdict::Continue);
        farm.answered.insert(request, (occurrence, verdict));
    }
}

/// What the request waits for, and whom to ask in which order.
fn taken(world: &World, request: Uuid) -> Option<(SiteId, Occurrence, Vec<String>)> {
    let mut tenant = world.tenant();
    tenant.sharepoint.sites.iter_mut().find_map(|site| {
        let farm = site.farm.as_mut()?;
        let occurrence = farm.asking.remove(&request)?;
        let all = farm.receivers.values();
        let mut asked: Vec<_> = all
            .filter(|one| one.event == occurrence.event && one.list == occurrence.list)
            .collect();
        asked.sort_by_key(|receiver| receiver.sequence);
        let addresses = asked.into_iter().map(|receiver| receiver.url.clone()).collect();
        Some((site.id, occurrence, addresses))
    })
}

/// A receiver that does not answer stops the write, in the words that SharePoint has for it.
fn verdict(world: &World, url: &str, occurrence: &Occurrence, envelope: &str) -> Verdict {
    let post = world.farm().and_then(|farm| farm.post.get());
    let answer = post.and_then(|post| post.ask(url, soap::action(occurrence), envelope));
    answer
        .and_then(|answer| soap::verdict(&answer))
        .unwrap_or_else(|| {
            Verdict::Cancel(format!(
                "The remote event receiver callout failed. Details: there was no usable answer at {url}."
            ))
        })
}
