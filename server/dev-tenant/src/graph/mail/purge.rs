//! Deleting for good.

use super::compose::effect_name;
use super::{not_found, owner};
use crate::call::Reply;
use crate::graph::permission::WRITE_MAIL;
use crate::graph::request::{Outcome, Request};

/// It goes to the purges of the dumpster, which no mail client shows (Microsoft Graph, "message: permanentDelete").
pub(super) fn purge(request: &Request, key: &str, id: &str) -> Outcome {
    let mut tenant = request.world.tenant();
    let owner = owner(request, &tenant, key, WRITE_MAIL)?;
    let message = tenant.mailboxes.purge(owner, id).ok_or_else(not_found)?;
    let kind = if message.sent.is_some() {
        "message"
    } else {
        "draft"
    };
    let named = effect_name(message);
    request.record(&mut tenant, format!("graph:purge:{kind}:{named}"));
    Ok(Reply::empty(204))
}
