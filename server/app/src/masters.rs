//! Master data: licences and groups of the tenant, copied so that forms can offer them while we are down.

use std::collections::BTreeMap;

use forms::Master;
use m365::Verdict;
use m365::exchange::{Recipient, RecipientKind};
use m365::graph::{Group, Sku, UnifiedGroup};
use serde_json::{Value, json};
use store::jobs::JobEnd;
use store::{Document, Shelf, StoreError, Tx, transaction};
use uuid::Uuid;
use workflow::PersonId;

use crate::jobs::JobError;
use crate::people;
use crate::places::UNREADY;
use crate::service::Service;
use crate::setup::{Changes, DefinitionRow, Mode, SetupError, publish};

/// Names that people know, by part number ("Product names and service plan identifiers for licensing").
const PRODUCTS: [(&str, &str); 10] = [
    ("SPE_E3", "Microsoft 365 E3"),
    ("SPE_E5", "Microsoft 365 E5"),
    ("SPE_F1", "Microsoft 365 F3"),
    ("SPB", "Microsoft 365 Business Premium"),
    ("O365_BUSINESS_PREMIUM", "Microsoft 365 Business Standard"),
    ("O365_BUSINESS_ESSENTIALS", "Microsoft 365 Business Basic"),
    ("STANDARDPACK", "Office 365 E1"),
    ("ENTERPRISEPACK", "Office 365 E3"),
    ("ENTERPRISEPREMIUM", "Office 365 E5"),
    ("EXCHANGESTANDARD", "Exchange Online (Plan 1)"),
];

/// Masters have no versions of their own; the newest is what counts.
const VERSION: u32 = 1;

/// Reads the tenant, keeps what it says, and shows it in the definitions list.
pub(crate) async fn run(service: &Service) -> Result<JobEnd, JobError> {
    let graph = service.microsoft.graph();
    let administrators = service.config.people.administrators;
    let members = graph.members(administrators).await?;
    let skus = graph.subscribed_skus().await?;
    crate::licences::learn(service, &skus).await?;
    let all = graph.all_groups().await?;
    let teams: Vec<Group> = all
        .iter()
        .filter(|one| one.is_team())
        .map(|one| one.group.clone())
        .collect();
    let all: Vec<Group> = all.into_iter().map(|UnifiedGroup { group, .. }| group).collect();
    let mut masters = vec![
        ("licences", licences(&skus)),
        ("groups", groups(&all, administrators, is_security_group)),
        (
            "microsoft365Groups",
            groups(&all, administrators, is_microsoft_365_group),
        ),
        ("teams", groups(&teams, administrators, is_microsoft_365_group)),
        ("mailingLists", groups(&all, administrators, is_mailing_list)),
        (
            "distributionGroups",
            groups(&all, administrators, is_distribution_group),
        ),
    ];
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

/// Products that can be given, with the seats that are left.
fn licences(skus: &[Sku]) -> Value {
    let mut options: Vec<_> = skus
        .iter()
        .filter(|sku| matches!(sku.capability_status.as_str(), "Enabled" | "Warning"))
        .map(|sku| {
            let part = sku.sku_part_number.as_str();
            let known = PRODUCTS.iter().find(|(number, _)| *number == part);
            let name = known.map_or(part, |(_, name)| *name);
            json!({ "value": sku.sku_id, "label": { "ja": name, "en": name }, "free": sku.free().max(0) })
        })
        .collect();
    sort(&mut options);
    json!({ "options": options })
}

fn is_security_group(group: &Group) -> bool {
    group.security_enabled == Some(true) && group.mail_enabled != Some(true)
}

fn is_microsoft_365_group(group: &Group) -> bool {
    group.group_types.iter().any(|kind| kind == "Unified")
}

/// Exchange's to write.
fn is_mailing_list(group: &Group) -> bool {
    group.mail_enabled == Some(true) && !is_microsoft_365_group(group)
}

/// Mail and no rights.
fn is_distribution_group(group: &Group) -> bool {
    is_mailing_list(group) && group.security_enabled != Some(true)
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
    format!("{name} <{}>", address.unwrap_or_default())
}

fn options(all: impl Iterator<Item = (Uuid, String)>) -> Value {
    let mut options: Vec<_> = all
        .map(|(id, name)| json!({ "value": id, "label": { "ja": name, "en": name } }))
        .collect();
    sort(&mut options);
    json!({ "options": options })
}

/// Groups of a kind that no rule fills and no directory on premises masters. Never the administrators: nobody asks himself in there.
fn groups(groups: &[Group], administrators: Uuid, is_kind: impl Fn(&Group) -> bool) -> Value {
    let fit = |group: &&Group| is_kind(group) && is_filled_by_hand(group) && group.id != administrators;
    let mut options: Vec<_> = groups
        .iter()
        .filter(fit)
        .filter_map(|group| {
            let name = group.display_name.as_deref()?;
            Some(json!({ "value": group.id, "label": { "ja": name, "en": name } }))
        })
        .collect();
    sort(&mut options);
    json!({ "options": options })
}

fn is_filled_by_hand(group: &Group) -> bool {
    let is_dynamic = group.group_types.iter().any(|kind| kind == "DynamicMembership");
    !is_dynamic && group.on_premises_sync_enabled != Some(true)
}

/// The same tenant always gives the same text, so that nothing is written for nothing.
fn sort(options: &mut [Value]) {
    options.sort_by_key(|option| option["label"]["ja"].to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(id: u128, name: &str, change: impl Fn(&mut Group)) -> Group {
        let mut group: Group = serde_json::from_value(json!({
            "id": Uuid::from_u128(id), "displayName": name, "mailEnabled": false, "securityEnabled": true,
        }))
        .unwrap();
        change(&mut group);
        group
    }

    #[test]
    fn only_groups_that_we_can_fill_are_offered() {
        let all = [
            group(3, "営業", |_| {}),
            group(1, "管理者", |_| {}),
            group(2, "配布", |group| group.mail_enabled = Some(true)),
            group(4, "同期", |group| group.on_premises_sync_enabled = Some(true)),
            group(5, "動的", |group| {
                group.group_types = vec!["DynamicMembership".into()];
            }),
            group(6, "共同", |group| {
                group.group_types = vec!["Unified".into()];
                group.mail_enabled = Some(true);
            }),
        ];
        let of = |is_kind: fn(&Group) -> bool| {
            let offered = groups(&all, Uuid::from_u128(1), is_kind);
            let offered: Master = serde_json::from_value(offered).unwrap();
            offered
                .options
                .into_iter()
                .map(|option| option.value)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(is_security_group), [Uuid::from_u128(3).to_string()]);
        assert_eq!(of(is_microsoft_365_group), [Uuid::from_u128(6).to_string()]);
        assert_eq!(of(is_mailing_list), [Uuid::from_u128(2).to_string()]);
        assert!(of(is_distribution_group).is_empty(), "it gives rights");
    }

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

    #[test]
    fn a_product_is_named_as_people_know_it_and_a_stopped_one_is_not_offered() {
        let sku = |id: u128, part: &str, status: &str| -> Sku {
            serde_json::from_value(json!({
                "skuId": Uuid::from_u128(id), "skuPartNumber": part, "capabilityStatus": status,
                "consumedUnits": 3, "prepaidUnits": { "enabled": 5, "warning": 0 },
            }))
            .unwrap()
        };
        let offered = licences(&[
            sku(1, "SPE_E3", "Enabled"),
            sku(2, "NEW_THING", "Enabled"),
            sku(3, "OLD", "Suspended"),
        ]);
        assert_eq!(
            offered["options"],
            json!([
                { "value": Uuid::from_u128(1), "label": { "ja": "Microsoft 365 E3", "en": "Microsoft 365 E3" }, "free": 2 },
                { "value": Uuid::from_u128(2), "label": { "ja": "NEW_THING", "en": "NEW_THING" }, "free": 2 },
            ])
        );
    }
}
