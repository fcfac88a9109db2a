//! Every modelled cmdlet and its parameters. Lengths and values are of the cmdlets' own pages.

use super::{
    Cmdlet, Listing, authorization, contacts, domains, group_members, groups, mailbox_permissions, mailboxes,
    recipient_permissions, recipients,
};
use crate::exchange::invocation::{Invocation, Outcome};
use crate::exchange::parameter::Kind::{Address, Alias, Choice, Flag, List, Multi, Proxy, Size, Text};
use crate::exchange::parameter::{DISPLAY_NAME, LONG, NAME, Parameter, may, need};

/// Exchange takes so many members at once.
const MOST_MEMBERS: usize = 10_000;
const ANY: usize = usize::MAX;
const JOIN: &[&str] = &["Open", "Closed", "ApprovalRequired"];
const DEPART: &[&str] = &["Open", "Closed"];
const IDENTITY: Parameter = need("Identity", Text(LONG));
const BYPASS: Parameter = may("BypassSecurityGroupManagerCheck", Flag);

type Run = fn(&Invocation) -> Outcome;

const fn change(name: &'static str, parameters: &'static [Parameter], run: Run) -> Cmdlet {
    Cmdlet {
        name,
        parameters,
        run,
        lists: Listing::No,
        creates: false,
        asks: false,
    }
}

const fn create(name: &'static str, parameters: &'static [Parameter], run: Run) -> Cmdlet {
    Cmdlet {
        creates: true,
        ..change(name, parameters, run)
    }
}

const fn asking(name: &'static str, parameters: &'static [Parameter], run: Run) -> Cmdlet {
    Cmdlet {
        asks: true,
        ..change(name, parameters, run)
    }
}

const fn list(name: &'static str, lists: Listing, parameters: &'static [Parameter], run: Run) -> Cmdlet {
    Cmdlet {
        lists,
        ..change(name, parameters, run)
    }
}

/// Changes who may do what: for who may make things, and meant.
const fn restrict(name: &'static str, parameters: &'static [Parameter], run: Run) -> Cmdlet {
    Cmdlet {
        creates: true,
        ..asking(name, parameters, run)
    }
}

const NAMED: &[Parameter] = &[may("Identity", Text(LONG)), may("ResultSize", Size)];
const LISTING: &[Parameter] = &[
    may("Identity", Text(LONG)),
    may("Filter", Text(LONG)),
    may("ResultSize", Size),
    may("RecipientTypeDetails", List(ANY)),
];
const PARTS: &[Parameter] = &[
    IDENTITY,
    may("User", Text(LONG)),
    may("Trustee", Text(LONG)),
    may("ResultSize", Size),
];
const MEMBER: &[Parameter] = &[IDENTITY, need("Member", Text(LONG)), BYPASS];
const FULL_ACCESS: &[Parameter] = &[
    IDENTITY,
    need("User", Text(LONG)),
    need("AccessRights", List(ANY)),
    may(
        "InheritanceType",
        Choice(&["All", "None", "Children", "Descendents", "SelfAndChildren"]),
    ),
    may("AutoMapping", Flag),
];
const SEND_AS: &[Parameter] = &[
    IDENTITY,
    need("Trustee", Text(LONG)),
    need("AccessRights", Choice(&["SendAs"])),
];

pub(in crate::exchange) static CMDLETS: &[Cmdlet] = &[
    create(
        "New-DistributionGroup",
        &[
            need("Name", Text(NAME)),
            may("DisplayName", Text(DISPLAY_NAME)),
            may("Alias", Alias),
            may("PrimarySmtpAddress", Address),
            may("Type", Choice(&["Distribution", "Security"])),
            may("ManagedBy", List(ANY)),
            may("Members", List(MOST_MEMBERS)),
            may("MemberJoinRestriction", Choice(JOIN)),
            may("MemberDepartRestriction", Choice(DEPART)),
            may("RequireSenderAuthenticationEnabled", Flag),
            may("Notes", Text(LONG)),
            may("Description", List(1)),
            may("CopyOwnerToMember", Flag),
            may("IgnoreNamingPolicy", Flag),
            may("BccBlocked", Flag),
            may("HiddenGroupMembershipEnabled", Flag),
        ],
        groups::create,
    ),
    change(
        "Set-DistributionGroup",
        &[
            IDENTITY,
            may("DisplayName", Text(DISPLAY_NAME)),
            may("Alias", Alias),
            may("Name", Text(NAME)),
            may("PrimarySmtpAddress", Address),
            may("EmailAddresses", Multi),
            may("ManagedBy", Multi),
            may("MemberJoinRestriction", Choice(JOIN)),
            may("MemberDepartRestriction", Choice(DEPART)),
            may("RequireSenderAuthenticationEnabled", Flag),
            may("HiddenFromAddressListsEnabled", Flag),
            may("AcceptMessagesOnlyFrom", Multi),
            may("AcceptMessagesOnlyFromDLMembers", Multi),
            may("AcceptMessagesOnlyFromSendersOrMembers", Multi),
            may("GrantSendOnBehalfTo", Multi),
            may("MailTip", Text(LONG)),
            may("Description", List(1)),
            may("CustomAttribute#", Text(LONG)),
            BYPASS,
        ],
        groups::set,
    ),
    list("Get-DistributionGroup", Listing::Objects, LISTING, groups::get),
    asking("Remove-DistributionGroup", &[IDENTITY, BYPASS], groups::remove),
    change("Add-DistributionGroupMember", MEMBER, group_members::add),
    asking("Remove-DistributionGroupMember", MEMBER, group_members::remove),
    asking(
        "Update-DistributionGroupMember",
        &[IDENTITY, need("Members", List(MOST_MEMBERS)), BYPASS],
        group_members::update,
    ),
    list(
        "Get-DistributionGroupMember",
        Listing::Parts,
        PARTS,
        group_members::get,
    ),
    create(
        "New-Mailbox",
        &[
            need("Name", Text(NAME)),
            may("Shared", Flag),
            may("DisplayName", Text(DISPLAY_NAME)),
            may("Alias", Alias),
            may("PrimarySmtpAddress", Address),
        ],
        mailboxes::create,
    ),
    change(
        "Set-Mailbox",
        &[
            IDENTITY,
            may("DisplayName", Text(DISPLAY_NAME)),
            may("Name", Text(NAME)),
            may("Alias", Alias),
            may("EmailAddresses", Multi),
            may("WindowsEmailAddress", Address),
            may("Type", Choice(&["Regular", "Shared", "Room", "Equipment"])),
            may("GrantSendOnBehalfTo", Multi),
            may("HiddenFromAddressListsEnabled", Flag),
            may("MessageCopyForSentAsEnabled", Flag),
            may("MessageCopyForSendOnBehalfEnabled", Flag),
            may("ForwardingSmtpAddress", Proxy),
            may("DeliverToMailboxAndForward", Flag),
            may("MailTip", Text(LONG)),
            may("CustomAttribute#", Text(LONG)),
        ],
        mailboxes::set,
    ),
    list("Get-Mailbox", Listing::Objects, LISTING, mailboxes::get),
    asking(
        "Remove-Mailbox",
        &[IDENTITY, may("PermanentlyDelete", Flag)],
        mailboxes::remove,
    ),
    change("Add-MailboxPermission", FULL_ACCESS, mailbox_permissions::add),
    asking(
        "Remove-MailboxPermission",
        FULL_ACCESS,
        mailbox_permissions::remove,
    ),
    list(
        "Get-MailboxPermission",
        Listing::Parts,
        PARTS,
        mailbox_permissions::get,
    ),
    asking("Add-RecipientPermission", SEND_AS, recipient_permissions::add),
    asking(
        "Remove-RecipientPermission",
        SEND_AS,
        recipient_permissions::remove,
    ),
    list(
        "Get-RecipientPermission",
        Listing::Parts,
        PARTS,
        recipient_permissions::get,
    ),
    change(
        "New-MailContact",
        &[
            need("Name", Text(NAME)),
            need("ExternalEmailAddress", Proxy),
            may("DisplayName", Text(DISPLAY_NAME)),
            may("Alias", Alias),
            may("FirstName", Text(NAME)),
            may("LastName", Text(NAME)),
        ],
        contacts::create,
    ),
    change(
        "Set-MailContact",
        &[
            IDENTITY,
            may("Name", Text(NAME)),
            may("DisplayName", Text(DISPLAY_NAME)),
            may("Alias", Alias),
            may("ExternalEmailAddress", Proxy),
            may("EmailAddresses", Multi),
            may("WindowsEmailAddress", Address),
            may("HiddenFromAddressListsEnabled", Flag),
            may("MailTip", Text(LONG)),
            may("CustomAttribute#", Text(LONG)),
        ],
        contacts::set_mail,
    ),
    change("Set-Contact", contacts::PROPERTIES, contacts::set),
    list("Get-MailContact", Listing::Objects, LISTING, contacts::get),
    list("Get-Contact", Listing::Objects, LISTING, contacts::get),
    asking("Remove-MailContact", &[IDENTITY], contacts::remove),
    list("Get-Recipient", Listing::Objects, LISTING, recipients::get),
    list(
        "Get-AcceptedDomain",
        Listing::Objects,
        &[may("Identity", Text(LONG))],
        domains::get,
    ),
    create(
        "New-ServicePrincipal",
        authorization::PRINCIPAL,
        authorization::new_principal,
    ),
    list(
        "Get-ServicePrincipal",
        Listing::Objects,
        NAMED,
        authorization::get_principals,
    ),
    restrict(
        "Remove-ServicePrincipal",
        &[IDENTITY],
        authorization::remove_principal,
    ),
    create(
        "New-ManagementScope",
        authorization::SCOPE,
        authorization::new_scope,
    ),
    list(
        "Get-ManagementScope",
        Listing::Objects,
        NAMED,
        authorization::get_scopes,
    ),
    restrict("Remove-ManagementScope", &[IDENTITY], authorization::remove_scope),
    create(
        "New-ManagementRoleAssignment",
        authorization::ASSIGNMENT,
        authorization::new_assignment,
    ),
    list(
        "Get-ManagementRoleAssignment",
        Listing::Objects,
        NAMED,
        authorization::get_assignments,
    ),
    restrict(
        "Remove-ManagementRoleAssignment",
        &[IDENTITY],
        authorization::remove_assignment,
    ),
    list(
        "Test-ServicePrincipalAuthorization",
        Listing::Objects,
        &[IDENTITY, may("Resource", Text(LONG))],
        authorization::test,
    ),
];
