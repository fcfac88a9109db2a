//! A recipient as Get-Recipient and its kin show it.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::recipient::{self, Kind, Recipient};
use crate::addresses::proxies;
use crate::directory::ObjectId;
use crate::world::Tenant;

type Row = Map<String, Value>;

fn object(value: Value) -> Row {
    match value {
        Value::Object(row) => row,
        _ => Row::new(),
    }
}

/// `2022-09-21T08:07:47.0000000+00:00`.
fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.0000000+00:00").to_string()
}

/// What all kinds of recipients have.
fn common(tenant: &Tenant, now: Timestamp, shown: &Recipient) -> Row {
    let mut row = object(json!({
        "Identity": shown.name(),
        "Name": shown.name(),
        "Id": shown.name(),
        "DisplayName": shown.display_name,
        "Alias": shown.alias(),
        "Guid": shown.guid(),
        "ExternalDirectoryObjectId": shown.id,
        "PrimarySmtpAddress": shown.primary(),
        "WindowsEmailAddress": shown.text("mail").unwrap_or_default(),
        "EmailAddresses": proxies(shown.properties),
        "RecipientType": shown.kind.recipient_type(),
        "RecipientTypeDetails": shown.kind.details(),
        "HiddenFromAddressListsEnabled": shown.settings.hidden,
        "GrantSendOnBehalfTo": names(tenant, now, &shown.settings.send_on_behalf),
        "IsDirSynced": shown.is_synced(),
        "WhenCreatedUTC": date(shown.created),
    }));
    let custom = shown.properties.get("onPremisesExtensionAttributes");
    for number in 1..=15 {
        let value = custom.and_then(|all| all.get(format!("extensionAttribute{number}")));
        let value = value.filter(|value| value.is_string()).cloned();
        row.insert(
            format!("CustomAttribute{number}"),
            value.unwrap_or_else(|| "".into()),
        );
    }
    row.extend(shown.settings.others.clone());
    row
}

/// Names of recipients that are still there.
pub(super) fn names<'i>(
    tenant: &Tenant,
    now: Timestamp,
    ids: impl IntoIterator<Item = &'i ObjectId>,
) -> Vec<String> {
    let known = recipient::all(tenant, now);
    let name = |id: &ObjectId| {
        known
            .iter()
            .find(|known| known.id == *id)
            .map(|found| found.name().to_owned())
    };
    ids.into_iter().filter_map(name).collect()
}

pub(super) fn of(tenant: &Tenant, now: Timestamp, shown: &Recipient) -> Row {
    let mut row = common(tenant, now, shown);
    row.extend(match shown.kind {
        Kind::Mailbox(kind) => mailbox(shown, kind == super::MailboxKind::Shared),
        Kind::Contact => contact(tenant, shown),
        Kind::DistributionList | Kind::SecurityGroup | Kind::Microsoft365Group => group(tenant, now, shown),
    });
    row
}

fn mailbox(shown: &Recipient, is_shared: bool) -> Row {
    let mut row = object(json!({
        "UserPrincipalName": shown.principal_name,
        "IsShared": is_shared,
        "IsMailboxEnabled": true,
        "ExchangeGuid": shown.guid(),
        "ProhibitSendReceiveQuota": "50 GB (53,687,091,200 bytes)",
        "RetainDeletedItemsFor": "14.00:00:00",
    }));
    for (name, absent) in [
        ("ForwardingSmtpAddress", Value::Null),
        ("MessageCopyForSentAsEnabled", json!(false)),
        ("MessageCopyForSendOnBehalfEnabled", json!(false)),
        ("DeliverToMailboxAndForward", json!(false)),
    ] {
        let set = shown.settings.others.get(name).cloned();
        row.insert(name.to_owned(), set.unwrap_or(absent));
    }
    row
}

fn contact(tenant: &Tenant, shown: &Recipient) -> Row {
    let found = tenant.directory.contacts.get(&shown.id);
    let external = found.map(|found| format!("SMTP:{}", found.external_address));
    let address = shown.properties.get("addresses").map(|all| &all[0]);
    let place = |name: &str| address.and_then(|address| address.get(name)).cloned();
    let phones = shown.properties.get("phones").and_then(Value::as_array);
    let phone = |kind: &str| {
        let found = phones.into_iter().flatten().find(|phone| phone["type"] == kind);
        found.map(|phone| phone["number"].clone())
    };
    object(json!({
        "ExternalEmailAddress": external,
        "FirstName": shown.text("givenName"), "LastName": shown.text("surname"),
        "Title": shown.text("jobTitle"), "Company": shown.text("companyName"),
        "Department": shown.text("department"), "Office": place("officeLocation"),
        "StreetAddress": place("street"), "City": place("city"), "StateOrProvince": place("state"),
        "PostalCode": place("postalCode"), "CountryOrRegion": place("countryOrRegion"),
        "Phone": phone("business"), "MobilePhone": phone("mobile"),
    }))
}

fn group(tenant: &Tenant, now: Timestamp, shown: &Recipient) -> Row {
    let owners = tenant.directory.groups.get(&shown.id).map(|group| &group.owners);
    let secure = if shown.kind == Kind::SecurityGroup {
        "Universal, SecurityEnabled"
    } else {
        "Universal"
    };
    let closed = if shown.kind == Kind::SecurityGroup {
        "Closed"
    } else {
        "Open"
    };
    let mut row = object(json!({
        "GroupType": secure,
        "ManagedBy": names(tenant, now, owners.into_iter().flatten()),
        "Description": [shown.text("description").unwrap_or_default()],
    }));
    for (name, absent) in [
        ("MemberJoinRestriction", json!(closed)),
        ("MemberDepartRestriction", json!(closed)),
        ("RequireSenderAuthenticationEnabled", json!(true)),
        ("MailTip", Value::Null),
    ] {
        let set = shown.settings.others.get(name).cloned();
        row.insert(name.to_owned(), set.unwrap_or(absent));
    }
    row
}
