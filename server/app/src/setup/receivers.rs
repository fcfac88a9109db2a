//! Remote event receivers of a farm's lists: made, made again when gone or when they lead elsewhere. They have
//! no end.

use m365::sharepoint::{ItemEvent, List, Receiver, ReceiverWish};
use secrecy::{ExposeSecret, SecretString};

use super::SetupError;
use super::change::{Action, Changes};
use super::hints::address;
use crate::evidence::EvidenceError;
use crate::service::Service;

/// The path below which our server takes events; the proof follows.
pub const RECEIVER_PATH: &str = "/hooks/receiver";

const RECEIVERS: [(&str, ItemEvent); 2] = [
    ("Provisioning Flow: ItemAdded", ItemEvent::Added),
    ("Provisioning Flow: ItemUpdated", ItemEvent::Updated),
];

/// The last part of the receivers' address. An event carries no other proof, so whoever may read a list's
/// receivers can ask us to look at our lists, and no more. Derived from the evidence key like the client state.
pub fn proof(service: &Service) -> Result<SecretString, EvidenceError> {
    Ok(SecretString::from(
        service.evidence.derive("event receiver proof")?,
    ))
}

/// Makes `list` tell us of rows that are added and changed.
pub(super) async fn ensure(
    service: &Service,
    list: &List,
    name: &str,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let proof = proof(service)?;
    let url = address(service, &format!("{RECEIVER_PATH}/{}", proof.expose_secret()));
    let standing = match list.receivers().await {
        // A plan for a list that is still to be made.
        Err(error) if error.is_not_found() => Vec::new(),
        standing => standing?,
    };
    for (title, event) in RECEIVERS {
        let wish = ReceiverWish {
            name: title,
            url: &url,
            event,
        };
        mend(list, &format!("{name}: {title}"), &wish, &standing, changes).await?;
    }
    Ok(())
}

/// One receiver as it should be; the new one stands before old and doubled ones go.
async fn mend(
    list: &List,
    object: &str,
    wish: &ReceiverWish<'_>,
    standing: &[Receiver],
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let ours = standing.iter().filter(|receiver| wish.is_about(receiver));
    let (good, outdated): (Vec<_>, Vec<_>) = ours.partition(|receiver| wish.is_met_by(receiver));
    if good.is_empty() && changes.wanted(Action::AddReceiver, object) {
        list.add_receiver(wish).await?;
    }
    for receiver in good.iter().skip(1).chain(&outdated) {
        if changes.wanted(Action::RemoveReceiver, object) {
            list.remove_receiver(receiver.id).await?;
        }
    }
    Ok(())
}
