//! Members of distribution lists and mail-enabled security groups.

use super::{
    Cmdlet, Driver, Exchange, Identity, ListChange, Recipient, Warnings, group::as_no_owner, operation,
    recipient::FIELDS, settled,
};
use crate::{Error, Result, Service};

/// Most members that one call may set ("Update-DistributionGroupMember", "New-DistributionGroup").
pub const MOST_MEMBERS: usize = 10_000;

const ALREADY_MEMBER: &str = "MemberAlreadyExistsException";
const NO_MEMBER: &str = "MemberNotFoundException";

impl<D: Driver> Exchange<D> {
    /// The direct members of a group, all pages.
    pub async fn distribution_group_members(&self, group: &Identity) -> Result<Vec<Recipient>> {
        let cmdlet = Cmdlet::read(
            operation::READ_DISTRIBUTION_GROUP_MEMBERS,
            "Get-DistributionGroupMember",
        );
        self.rows(cmdlet.on(group).only(FIELDS).unlimited()).await
    }

    /// Makes a recipient a member. "Already there" is success.
    pub async fn add_distribution_group_member(
        &self,
        group: &Identity,
        member: &Identity,
    ) -> Result<Warnings> {
        let cmdlet = Cmdlet::change(
            operation::ADD_DISTRIBUTION_GROUP_MEMBER,
            "Add-DistributionGroupMember",
            group,
        );
        let cmdlet = as_no_owner(cmdlet.with("Member", member.as_str()));
        settled(self.change(cmdlet).await, ALREADY_MEMBER)
    }

    /// Takes a recipient out of a group. "Not there" is success.
    pub async fn remove_distribution_group_member(
        &self,
        group: &Identity,
        member: &Identity,
    ) -> Result<Warnings> {
        let cmdlet = Cmdlet::change(
            operation::REMOVE_DISTRIBUTION_GROUP_MEMBER,
            "Remove-DistributionGroupMember",
            group,
        );
        let cmdlet = as_no_owner(cmdlet.with("Member", member.as_str())).unasked();
        settled(self.change(cmdlet).await, NO_MEMBER)
    }

    /// Makes these the members, and nobody else: at most [`MOST_MEMBERS`].
    pub async fn replace_distribution_group_members(
        &self,
        group: &Identity,
        members: &[&str],
    ) -> Result<Warnings> {
        let operation = operation::REPLACE_DISTRIBUTION_GROUP_MEMBERS;
        if members.len() > MOST_MEMBERS {
            let why = "not sent: more members than Exchange takes in one call";
            return Err(Error::unsent(Service::Exchange, operation.name, why));
        }
        let cmdlet = Cmdlet::change(operation, "Update-DistributionGroupMember", group)
            .with("Members", ListChange::Replace(members))
            .unasked();
        self.change(as_no_owner(cmdlet)).await
    }
}
