//! What only Exchange and Teams can make, there before anybody asks.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::seed::SPE_E3;
use e2e::house::House;
use serde_json::{Value, json};

use super::ground::Ground;

/// Shared mailboxes: what stands before the @ of their addresses, and their names.
pub(crate) const CHANGED_MAILBOX: (&str, &str) = ("info", "お問い合わせ");
pub(crate) const DELETED_MAILBOX: (&str, &str) = ("old-desk", "旧窓口");
/// Contacts, by their addresses.
pub(crate) const CHANGED_CONTACT: &str = "desk@fabrikam.example";
pub(crate) const DELETED_CONTACT: &str = "sales@wingtip.example";
/// Groups that are teams.
pub(crate) const CHANGED_TEAM: &str = "販売会議";
pub(crate) const DELETED_TEAM: &str = "旧販売会議";
pub(crate) const JOINED_TEAM: &str = "改善活動";
pub(crate) const ADOPTED_TEAM: &str = "引継ぎ待ちの会議";
/// Has all rights to the shared mailboxes.
pub(crate) const HOLDER: &str = "kei.morita";
/// Gets them.
pub(crate) const COMING: &str = "ren.nakahara";
/// Gives his mailbox to others.
pub(crate) const LEAVER: &str = "takuya.okamoto";

/// What forms call the contacts: Exchange alone knows.
pub(crate) struct Objects {
    contacts: BTreeMap<&'static str, Value>,
}

impl Objects {
    /// Makes all for which there is a place. Nobody waits for Exchange to see them itself.
    pub(crate) async fn make(house: &House) -> Self {
        let before = house.world().tenant().switches.exchange;
        house.switch(|switches| switches.exchange.sees_itself_seconds = 0);
        for local in [HOLDER, COMING, LEAVER] {
            let licences = [(SPE_E3, BTreeSet::new())].into();
            Ground { house }.user(local, |user| user.licences = licences);
        }
        for mailbox in [CHANGED_MAILBOX, DELETED_MAILBOX] {
            make_mailbox(house, mailbox).await;
        }
        let mut contacts = BTreeMap::new();
        for address in [CHANGED_CONTACT, DELETED_CONTACT] {
            contacts.insert(address, make_contact(house, address).await);
        }
        for name in [CHANGED_TEAM, DELETED_TEAM, JOINED_TEAM, ADOPTED_TEAM] {
            let id = group(house, name);
            if let Some(id) = id {
                house.make_team(id).await;
            }
        }
        house.switch(|switches| switches.exchange = before);
        Self { contacts }
    }

    pub(crate) fn contact(&self, address: &str) -> Value {
        self.contacts[address].clone()
    }
}

async fn make_mailbox(house: &House, (local, name): (&str, &str)) {
    let ground = Ground { house };
    let (address, holder) = (ground.upn(local), ground.upn(HOLDER));
    let new = json!({ "Shared": true, "Name": local, "DisplayName": name, "Alias": local, "PrimarySmtpAddress": address });
    house.exchange("New-Mailbox", &new).await;
    let addresses = [
        format!("SMTP:{address}"),
        format!("smtp:{}", ground.upn(&format!("{local}-too"))),
    ];
    let also = json!({ "Identity": address, "EmailAddresses": addresses, "GrantSendOnBehalfTo": [holder] });
    house.exchange("Set-Mailbox", &also).await;
    for (cmdlet, who, right) in [
        ("Add-MailboxPermission", "User", "FullAccess"),
        ("Add-RecipientPermission", "Trustee", "SendAs"),
    ] {
        let given = json!({ "Identity": address, who: holder, "AccessRights": [right], "Confirm": false });
        house.exchange(cmdlet, &given).await;
    }
    ground.user(local, |account| account.visible_from = account.created);
}

async fn make_contact(house: &House, address: &str) -> Value {
    let name = address.split_once('@').map_or(address, |(_, domain)| domain);
    let new = json!({ "Name": name, "ExternalEmailAddress": address, "DisplayName": name });
    house.exchange("New-MailContact", &new).await;
    let about = json!({ "Identity": name, "Company": "先方", "Title": "担当" });
    house.exchange("Set-Contact", &about).await;
    let found = house
        .exchange("Get-MailContact", &json!({ "Identity": name }))
        .await;
    found[0]["Guid"].clone()
}

fn group(house: &House, name: &str) -> Option<uuid::Uuid> {
    let tenant = house.world().tenant();
    let mut groups = tenant.directory.groups.values();
    Some(groups.find(|group| group.display_name == name)?.id.0)
}
