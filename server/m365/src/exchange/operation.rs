//! What is asked of Exchange. One permission lets an app in; what it may do there is for the role of its service
//! principal to say. That the smaller role is enough for new mailboxes and groups has not been seen: Exchange
//! Administrator is.

use crate::{Service, operation::operations};

operations! {
    Service::Exchange;

    READ_RECIPIENT: "read a recipient", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    READ_RECIPIENTS: "read recipients at an address", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    READ_RECIPIENTS_OF_A_KIND: "read recipients of a kind", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    READ_ACCEPTED_DOMAINS: "read accepted domains", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";

    READ_DISTRIBUTION_GROUP: "read a distribution group", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    CREATE_DISTRIBUTION_GROUP: "create a distribution group", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    UPDATE_DISTRIBUTION_GROUP: "update a distribution group", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    REMOVE_DISTRIBUTION_GROUP: "remove a distribution group", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    READ_DISTRIBUTION_GROUP_MEMBERS: "read members of a distribution group", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    ADD_DISTRIBUTION_GROUP_MEMBER: "add a member to a distribution group", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    REMOVE_DISTRIBUTION_GROUP_MEMBER: "remove a member of a distribution group", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    REPLACE_DISTRIBUTION_GROUP_MEMBERS: "replace the members of a distribution group", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";

    READ_MAILBOX: "read a mailbox", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    CREATE_SHARED_MAILBOX: "create a shared mailbox", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    UPDATE_MAILBOX: "update a mailbox", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    CONVERT_MAILBOX: "convert a mailbox", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    SET_FORWARDING: "set a mailbox's forwarding", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    SET_SEND_ON_BEHALF: "set who sends on behalf of a mailbox", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    REMOVE_MAILBOX: "remove a mailbox", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    READ_FULL_ACCESS: "read full access to a mailbox", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    ADD_FULL_ACCESS: "give full access to a mailbox", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    REMOVE_FULL_ACCESS: "take full access to a mailbox", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    READ_SEND_AS: "read who sends as a recipient", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    ADD_SEND_AS: "let somebody send as a recipient", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    REMOVE_SEND_AS: "stop somebody sending as a recipient", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";

    READ_MAIL_CONTACT: "read a mail contact", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    CREATE_MAIL_CONTACT: "create a mail contact", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    UPDATE_MAIL_CONTACT: "update a mail contact", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    UPDATE_CONTACT_ADDRESS: "update the address that is shown of a contact", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    REMOVE_MAIL_CONTACT: "remove a mail contact", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    READ_CONTACT_DETAILS: "read details of a contact", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
    UPDATE_CONTACT_DETAILS: "update details of a contact", "Exchange.ManageAsApp",
        " and the role Exchange Recipient Administrator or Exchange Administrator";
}
