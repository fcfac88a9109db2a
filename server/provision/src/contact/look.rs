//! Reads from Graph and Exchange what plans for contacts depend on.

use m365::Result;
use m365::exchange::{Exchange, Identity};
use m365::graph::Graph;

use super::{ContactChange, ContactNow, ContactView, ContactWish, about};
use crate::address::{Itself, is_taken};
use crate::group::unique_name;

/// What the tenant says about a contact that is wished.
pub async fn look_for_contact(graph: &Graph, exchange: &Exchange, wish: &ContactWish) -> Result<ContactView> {
    let ours = unique_name(&wish.application);
    // The part before the `@` is a name of another house, and in nobody's way here.
    let name = (ours.as_str(), wish.address.as_str());
    let is_taken = is_taken(graph, exchange, name, &Itself::Named(&ours)).await?;
    Ok(ContactView { is_taken })
}

/// What the tenant says about a contact that is there; none where it is not.
pub async fn look_at_contact(
    graph: &Graph,
    exchange: &Exchange,
    wish: &ContactChange,
) -> Result<Option<ContactNow>> {
    let identity = Identity::from(wish.contact);
    let Some(found) = exchange.mail_contact(&identity).await? else {
        return Ok(None);
    };
    let details = exchange.contact_details(&identity).await?.unwrap_or_default();
    let in_entra = match found.external_directory_object_id {
        Some(id) => graph.contact(id).await?,
        None => None,
    };
    let is_taken = match &wish.address {
        Some(new) => {
            let itself = match found.external_directory_object_id {
                Some(id) => Itself::Known(id),
                None => Itself::Named(&found.name),
            };
            is_taken(graph, exchange, (&found.name, new), &itself).await?
        }
        None => false,
    };
    Ok(Some(ContactNow {
        display_name: found.display_name.clone().unwrap_or_else(|| found.name.clone()),
        address: found.external_address().unwrap_or_default().to_owned(),
        details: about(&details),
        synced: in_entra.is_some_and(|contact| contact.on_premises_sync_enabled == Some(true)),
        is_taken,
    }))
}
