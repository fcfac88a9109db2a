//! Distribution lists and mail-enabled security groups: Graph refuses to write them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Addresses, Cmdlet, Driver, Exchange, Identity, ListChange, Made, RecipientKind, Warnings, operation, row,
};
use crate::{Error, Result, Service};

/// A distribution list or mail-enabled security group as Exchange describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DistributionGroup {
    pub guid: Uuid,
    /// Entra's object id, once the group is there.
    #[serde(default, deserialize_with = "row::id")]
    pub external_directory_object_id: Option<Uuid>,
    pub name: String,
    #[serde(default, deserialize_with = "row::text")]
    pub display_name: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub alias: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub primary_smtp_address: Option<String>,
    #[serde(default, deserialize_with = "row::texts")]
    pub email_addresses: Vec<String>,
    #[serde(rename = "RecipientTypeDetails")]
    pub kind: RecipientKind,
    /// Names of the owners, as Exchange knows them: [`Exchange::recipient`] tells who they are.
    #[serde(default, deserialize_with = "row::texts")]
    pub managed_by: Vec<String>,
    /// Whether mail from outside is turned away.
    pub require_sender_authentication_enabled: Option<bool>,
    pub hidden_from_address_lists_enabled: Option<bool>,
    #[serde(default, deserialize_with = "row::texts")]
    pub grant_send_on_behalf_to: Vec<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub mail_tip: Option<String>,
}

/// What a group is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupKind {
    /// Mail alone.
    Distribution,
    /// Mail and rights: members come and go by the owner's hand only.
    Security,
}

/// A group to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDistributionGroup<'a> {
    pub kind: GroupKind,
    /// Unique in the tenant, at most 64 characters.
    pub name: &'a str,
    /// At most 256 characters.
    pub display_name: &'a str,
    /// At most 64 characters; letters, digits, `!#%*+-/=?^_~` and dots between them.
    pub alias: &'a str,
    pub primary_smtp_address: &'a str,
    /// At least one: an app has no mailbox that could be the default owner. Mailboxes, mail users or mail-enabled
    /// security groups.
    pub managed_by: &'a [&'a str],
    pub notes: &'a str,
    /// Whether people outside may write to it.
    pub open_to_outside: bool,
}

/// What is changed about a group; `None` leaves it as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DistributionGroupChange<'a> {
    pub name: Option<&'a str>,
    pub display_name: Option<&'a str>,
    pub alias: Option<&'a str>,
    pub addresses: Option<Addresses<'a>>,
    pub managed_by: Option<ListChange<'a>>,
    pub open_to_outside: Option<bool>,
    pub hidden_from_address_lists: Option<bool>,
    /// Who may write to it; an empty list is everybody.
    pub accept_messages_only_from: Option<ListChange<'a>>,
    pub grant_send_on_behalf_to: Option<ListChange<'a>>,
    pub mail_tip: Option<&'a str>,
}

impl NewDistributionGroup<'_> {
    fn cmdlet(&self) -> Cmdlet {
        let cmdlet = Cmdlet::write(operation::CREATE_DISTRIBUTION_GROUP, "New-DistributionGroup")
            .with("Name", self.name)
            .with("DisplayName", self.display_name)
            .with("Alias", self.alias)
            .with("PrimarySmtpAddress", self.primary_smtp_address)
            .with("ManagedBy", ListChange::Replace(self.managed_by))
            .with("Notes", self.notes)
            .with("RequireSenderAuthenticationEnabled", !self.open_to_outside)
            .with("MemberJoinRestriction", "Closed")
            .with("MemberDepartRestriction", "Closed");
        match self.kind {
            GroupKind::Distribution => cmdlet.with("Type", "Distribution"),
            GroupKind::Security => cmdlet.with("Type", "Security"),
        }
    }
}

impl DistributionGroupChange<'_> {
    fn onto(&self, cmdlet: Cmdlet) -> Cmdlet {
        let cmdlet = cmdlet
            .maybe("Name", self.name)
            .maybe("DisplayName", self.display_name)
            .maybe("Alias", self.alias)
            .maybe("ManagedBy", self.managed_by)
            .maybe(
                "RequireSenderAuthenticationEnabled",
                self.open_to_outside.map(|open| !open),
            )
            .maybe("HiddenFromAddressListsEnabled", self.hidden_from_address_lists)
            .maybe(
                "AcceptMessagesOnlyFromSendersOrMembers",
                self.accept_messages_only_from,
            )
            .maybe("GrantSendOnBehalfTo", self.grant_send_on_behalf_to)
            .maybe("MailTip", self.mail_tip);
        match self.addresses {
            Some(Addresses::Primary(address)) => cmdlet.with("PrimarySmtpAddress", address),
            Some(Addresses::List(change)) => cmdlet.with("EmailAddresses", change),
            None => cmdlet,
        }
    }
}

/// Exchange lets owners change a group; the app is none, and says so.
pub(super) fn as_no_owner(cmdlet: Cmdlet) -> Cmdlet {
    cmdlet.with("BypassSecurityGroupManagerCheck", true)
}

impl<D: Driver> Exchange<D> {
    /// The group with this identity, if there is one.
    pub async fn distribution_group(&self, group: &Identity) -> Result<Option<DistributionGroup>> {
        let cmdlet = Cmdlet::read(operation::READ_DISTRIBUTION_GROUP, "Get-DistributionGroup");
        self.one(cmdlet.on(group)).await
    }

    /// Creates a group. Key: name, alias and address. Find first, also after `Ambiguous`; `Conflict` if taken.
    pub async fn create_distribution_group(
        &self,
        group: &NewDistributionGroup<'_>,
    ) -> Result<Made<DistributionGroup>> {
        if group.managed_by.is_empty() {
            let why = "not sent: a group needs an owner";
            let name = operation::CREATE_DISTRIBUTION_GROUP.name;
            return Err(Error::unsent(Service::Exchange, name, why));
        }
        self.make(group.cmdlet()).await
    }

    /// Changes a group. Repeating is harmless; compare first, since taking what is not listed may be refused.
    pub async fn update_distribution_group(
        &self,
        group: &Identity,
        change: &DistributionGroupChange<'_>,
    ) -> Result<Warnings> {
        let cmdlet = Cmdlet::change(
            operation::UPDATE_DISTRIBUTION_GROUP,
            "Set-DistributionGroup",
            group,
        );
        self.change(as_no_owner(change.onto(cmdlet))).await
    }

    /// Removes a group for good. "Not there" is success.
    pub async fn remove_distribution_group(&self, group: &Identity) -> Result<Warnings> {
        let cmdlet = Cmdlet::write(operation::REMOVE_DISTRIBUTION_GROUP, "Remove-DistributionGroup");
        self.remove(as_no_owner(cmdlet.on(group)).unasked()).await
    }
}
