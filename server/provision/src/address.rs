//! Whether a mail address is free.

use m365::Result;
use m365::exchange::{Exchange, Recipient};
use m365::graph::{Graph, Name};
use uuid::Uuid;

/// What may hold an address already without being in the way.
pub(crate) enum Itself<'a> {
    /// What an application of ours made, by Exchange's unique name.
    Named(&'a str),
    /// What is there, by its object id in Entra.
    Known(Uuid),
}

impl Itself<'_> {
    fn is(&self, recipient: &Recipient) -> bool {
        match self {
            Self::Named(name) => recipient.name == *name,
            Self::Known(id) => recipient.external_directory_object_id == Some(*id),
        }
    }
}

/// Whether anything else has it: in Exchange, in Entra, or among what was deleted and can still be restored.
pub(crate) async fn is_taken(
    graph: &Graph,
    exchange: &Exchange,
    (nickname, address): (&str, &str),
    itself: &Itself<'_>,
) -> Result<bool> {
    let there = exchange.recipients_at(&[address]).await?;
    let (mine, strangers): (Vec<_>, Vec<_>) = there.iter().partition(|recipient| itself.is(recipient));
    if !strangers.is_empty() {
        return Ok(true);
    }
    let name = Name {
        nickname,
        address,
        display_name: None,
    };
    let holders = graph.name_holders(&name).await?;
    let mut ours: Vec<Uuid> = mine
        .iter()
        .filter_map(|recipient| recipient.external_directory_object_id)
        .collect();
    if let Itself::Known(id) = itself {
        ours.push(*id);
    }
    Ok(holders.iter().any(|holder| !ours.contains(&holder.id)))
}
