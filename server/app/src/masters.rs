//! Master data: licences and groups of the tenant, copied so that forms can offer them while we are down.

pub(crate) mod groups;
mod licences;

use std::collections::BTreeMap;

use forms::Master;
use m365::Verdict;
use m365::exchange::{Recipient, RecipientKind};
use serde_json::{Value, json};
use store::jobs::JobEnd;
use store::{Document, Shelf, StoreError, Tx, transaction};
use uuid::Uuid;
use workflow::PersonId;

use crate::jobs::JobError;
use crate::licence_profiles;
use crate::ownerless;
use crate::people;
use crate::places::UNREADY;
use crate::service::Service;
use crate::setup::{Changes, DefinitionRow, Mode, SetupError, publish};

/// The master of what can be given to accounts.
pub(crate) const LICENCES: &str = "licences";

/// Masters have no versions of their own; the newest is what counts.
const VERSION: u32 = 1;

/// Reads the tenant, keeps what it says, and shows it in the definitions list.
pub(crate) async fn run(service: &Service) -> Result<JobEnd, JobError> {
    let graph = service.microsoft.graph();
    let administrators = service.config.people.administrators;
    let members = graph.members(administrators).await?;
    let skus = graph.subscribed_skus().await?;
    crate::licences::learn(service, &skus).await?;
    let profiles = licence_profiles::read(&service.config)?;
    let all = graph.all_groups().await?;
    let mut masters = vec![(LICENCES, licences::licences(&skus, &profiles))];
    masters.extend(groups::masters(
        &all,
        administrators,
        &ownerless::ids(service).await?,
    ));
    masters.extend(of_exchange(service).await?);
    let members: Vec<_> = members.iter().map(|id| PersonId::new(id.to_string())).collect();
    keep(service, &masters, &members).await?;
    // Forms judge names by it, also while we are down. The server asks its configuration.
    masters.push((
        "naming",
        json!({ "options": [], "naming": service.config.naming.rules() }),
    ));
    show(service, &masters).await?;
    Ok(JobEnd::Done)
}

/// Asked for only where a workflow is offered that Exchange carries out: it takes a role of its own.
async fn of_exchange(service: &Service) -> Result<Vec<(&'static str, Value)>, JobError> {
    let mut offered = service.workflows.iter();
    if !offered.any(|offered| offered.definition.execution.plan.is_of_exchange()) {
        return Ok(Vec::new());
    }
    match recipients(service).await {
        Err(error) if matches!(error.verdict, Verdict::Denied { .. } | Verdict::Credentials(_)) => {
            // Nothing else waits for this one: `doctor` names the permission that is missing.
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "choices of Exchange are not read"
            );
            Ok(Vec::new())
        }
        read => Ok(read?),
    }
}

async fn recipients(service: &Service) -> m365::Result<Vec<(&'static str, Value)>> {
    let exchange = service.microsoft.exchange();
    let mailboxes = exchange.recipients_of(&RecipientKind::SharedMailbox).await?;
    let contacts = exchange.recipients_of(&RecipientKind::MailContact).await?;
    let sender = &service.config.mail.sender;
    Ok(vec![
        ("sharedMailboxes", shared_mailboxes(&mailboxes, sender)),
        ("mailContacts", mail_contacts(&contacts)),
    ])
}

/// The masters that forms refer to, as last read.
pub(crate) async fn load(tx: &mut Tx) -> Result<BTreeMap<String, Master>, JobError> {
    let shelf = tx.shelf(Shelf::Master).await?;
    let read = |document: Document| {
        let master = serde_json::from_value(document.body);
        master.map(|master| (document.name, master))
    };
    let masters: Result<_, _> = shelf.into_iter().map(read).collect();
    masters.map_err(|error| JobError::unreadable("master data", &error))
}

async fn keep(
    service: &Service,
    masters: &[(&str, Value)],
    administrators: &[PersonId],
) -> Result<(), StoreError> {
    let at = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        people::keep_administrators(tx, administrators, at).await?;
        for (name, body) in masters {
            let document = Document { name: (*name).to_owned(), body: body.clone(), at };
            tx.put(Shelf::Master, &document).await?;
        }
        Ok(())
    })
}

async fn show(service: &Service, masters: &[(&str, Value)]) -> Result<(), JobError> {
    let list = service.list_at("Lists/PFDefinitions");
    let mut changes = Changes::new(Mode::Apply);
    for (key, body) in masters {
        let row = DefinitionRow {
            key,
            kind: "master",
            version: VERSION,
            body: &body.to_string(),
        };
        match publish(&list, &row, &mut changes).await {
            Err(SetupError::Remote(error)) if error.is_not_found() => return Err(UNREADY),
            Err(SetupError::Remote(error)) => return Err(error.into()),
            Err(error) => return Err(JobError::Stuck(error.to_string())),
            Ok(()) => {}
        }
    }
    Ok(())
}

/// By their accounts. Never the one that our own mails come from: nobody deletes that by a request.
fn shared_mailboxes(mailboxes: &[Recipient], sender: &str) -> Value {
    let fit = mailboxes.iter().filter(|mailbox| !mailbox.has_address(sender));
    options(fit.filter_map(|mailbox| {
        let id = mailbox.external_directory_object_id?;
        Some((id, named(mailbox, mailbox.primary_smtp_address.as_deref())))
    }))
}

/// By Exchange's own ids.
fn mail_contacts(contacts: &[Recipient]) -> Value {
    options(contacts.iter().map(|contact| {
        let outside = contact.external_email_address.as_deref();
        let address = outside.map(|entry| entry.split_once(':').map_or(entry, |(_, address)| address));
        (contact.guid, named(contact, address))
    }))
}

/// Names are not unique: the address tells them apart.
fn named(recipient: &Recipient, address: Option<&str>) -> String {
    let name = recipient.display_name.as_deref().unwrap_or(&recipient.name);
    with_address(name, address.unwrap_or_default())
}

/// How choices tell apart what may bear one name.
pub(crate) fn with_address(name: &str, address: &str) -> String {
    format!("{name} <{address}>")
}

fn options(all: impl Iterator<Item = (Uuid, String)>) -> Value {
    let mut options: Vec<_> = all
        .map(|(id, name)| json!({ "value": id, "label": { "ja": name, "en": name } }))
        .collect();
    sort(&mut options);
    json!({ "options": options })
}

/// The same tenant always gives the same text, so that nothing is written for nothing.
fn sort(options: &mut [Value]) {
    options.sort_by_key(|option| option["label"]["ja"].to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_and_contacts_are_told_apart_by_their_addresses_and_our_own_sender_is_no_choice() {
        let recipient = |id: u128, address: &str, kind: &str| -> Recipient {
            serde_json::from_value(json!({
                "Guid": Uuid::from_u128(id), "ExternalDirectoryObjectId": Uuid::from_u128(id + 10), "Name": "n",
                "DisplayName": "窓口", "PrimarySmtpAddress": address, "EmailAddresses": [format!("SMTP:{address}")],
                "ExternalEmailAddress": format!("SMTP:{address}"), "RecipientTypeDetails": kind,
            }))
            .unwrap()
        };
        let all = [
            recipient(1, "flow@contoso.example", "SharedMailbox"),
            recipient(2, "desk@contoso.example", "SharedMailbox"),
        ];
        let desk = json!({ "value": Uuid::from_u128(12),
            "label": { "ja": "窓口 <desk@contoso.example>", "en": "窓口 <desk@contoso.example>" } });
        assert_eq!(
            shared_mailboxes(&all, "Flow@contoso.example")["options"],
            json!([desk])
        );
        let contact = recipient(3, "a@fabrikam.example", "MailContact");
        let offered = mail_contacts(&[contact]);
        assert_eq!(offered["options"][0]["value"], json!(Uuid::from_u128(3)));
        assert_eq!(offered["options"][0]["label"]["ja"], "窓口 <a@fabrikam.example>");
    }
}
