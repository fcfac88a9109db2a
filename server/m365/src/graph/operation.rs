//! What is asked of Graph, and the least application permission for it (the permissions reference of Graph; where it
//! has no row, the page of the call).

use crate::{Service, operation::operations};

operations! {
    Service::Graph;

    READ_USER: "read a user", "User.Read.All";
    READ_USERS: "read users", "User.Read.All";
    READ_ADDRESS_HOLDERS: "read holders of an address", "User.Read.All";
    CREATE_USER: "create a user", "User.ReadWrite.All";
    UPDATE_USER: "update a user", "User.ReadWrite.All";
    SET_ENABLED: "block or unblock a user", "User.EnableDisableAccount.All" & "User.Read.All";
    SET_PASSWORD: "set a password", "User-PasswordProfile.ReadWrite.All", " and the role User Administrator";
    REVOKE_SESSIONS: "revoke sessions", "User.RevokeSessions.All";
    DELETE_USER: "delete a user", "User.DeleteRestore.All";
    READ_MANAGER: "read a manager", "User.Read.All";
    SET_MANAGER: "set a manager", "User.ReadWrite.All";
    REMOVE_MANAGER: "remove a manager", "User.ReadWrite.All";
    READ_MEMBERSHIPS: "read memberships", "GroupMember.Read.All";
    READ_OWNED_GROUPS: "read owned groups", "User.Read.All" & "GroupMember.Read.All";
    READ_AUTOMATIC_REPLIES: "read automatic replies", "MailboxSettings.Read";
    FOLLOW_USERS: "follow users", "User.Read.All";
    FOLLOW_MEMBERS: "follow members", "GroupMember.Read.All";
    READ_CHANGES: "read changes", "User.Read.All", " or, for members of a group, GroupMember.Read.All";

    READ_PRODUCTS: "read products", "LicenseAssignment.Read.All";
    READ_LICENCES: "read licences", "LicenseAssignment.Read.All";
    READ_LICENCE_STATES: "read licence states", "User.Read.All";
    ASSIGN_LICENCES: "assign licences", "LicenseAssignment.ReadWrite.All";
    REPROCESS_LICENCES: "reprocess licences", "User.ReadWrite.All";

    READ_DELETED_USERS: "read deleted users", "User.Read.All";
    RESTORE_USER: "restore a user", "User.DeleteRestore.All";
    PURGE_USER: "purge a user", "User.DeleteRestore.All";
    READ_DELETED_GROUPS: "read deleted groups", "Group.Read.All";
    RESTORE_GROUP: "restore a group", "Group.ReadWrite.All";
    PURGE_GROUP: "purge a group", "Group.ReadWrite.All";

    READ_GROUP: "read a group", "GroupMember.Read.All";
    READ_GROUPS: "read groups", "GroupMember.Read.All";
    UPSERT_GROUP: "upsert a group", "Group.ReadWrite.All";
    UPDATE_GROUP: "update a group", "Group.ReadWrite.All";
    DELETE_GROUP: "delete a group", "Group.ReadWrite.All";
    READ_MEMBERS: "read members", "GroupMember.Read.All";
    ADD_MEMBER: "add a member", "GroupMember.ReadWrite.All";
    ADD_MEMBERS: "add members", "GroupMember.ReadWrite.All";
    REMOVE_MEMBER: "remove a member", "GroupMember.ReadWrite.All";
    READ_OWNERS: "read owners", "GroupMember.Read.All";
    ADD_OWNER: "add an owner", "Group.ReadWrite.All";
    REMOVE_OWNER: "remove an owner", "Group.ReadWrite.All";

    CREATE_TEAM: "make a group a team", "Group.ReadWrite.All";
    READ_TEAM: "read a team", "TeamSettings.Read.All";
    READ_TEAM_OPERATION: "read a team's operation", "TeamSettings.Read.All";
    UPDATE_TEAM: "update a team", "TeamSettings.ReadWrite.All";
    ARCHIVE_TEAM: "archive a team", "TeamSettings.ReadWrite.All";
    UNARCHIVE_TEAM: "unarchive a team", "TeamSettings.ReadWrite.All";
    READ_TEAM_MEMBERS: "read members of a team", "TeamMember.Read.All";
    ADD_TEAM_MEMBERS: "add members to a team", "TeamMember.ReadWrite.All";
    UPDATE_TEAM_MEMBER: "update a member of a team", "TeamMember.ReadWrite.All";
    REMOVE_TEAM_MEMBER: "remove a member of a team", "TeamMember.ReadWrite.All";
    READ_TEAM_PICTURE: "look for a team's picture", "TeamSettings.Read.All";
    SET_TEAM_PICTURE: "set a team's picture", "TeamSettings.ReadWrite.All";
    READ_GROUP_PICTURE: "look for a group's picture", "ProfilePhoto.Read.All";
    SET_GROUP_PICTURE: "set a group's picture", "ProfilePhoto.ReadWrite.All";

    READ_CONTACT: "read a contact", "OrgContact.Read.All";
    READ_CONTACTS: "read contacts", "OrgContact.Read.All";
    READ_NAME_HOLDERS: "read holders of a name", "User.Read.All" & "Group.Read.All" & "OrgContact.Read.All";
    READ_DIRECTORY_ROLES: "read directory roles", "RoleManagement.Read.Directory";

    FIND_MESSAGE: "find a message", "Mail.ReadWrite", " (limited to the sender's mailbox)";
    SAVE_DRAFT: "save a draft", "Mail.ReadWrite", " (limited to the sender's mailbox)";
    DELETE_DRAFT: "delete a draft", "Mail.ReadWrite", " (limited to the sender's mailbox)";
    SEND_MESSAGE: "send a message", "Mail.Send", " (limited to the sender's mailbox)";

    READ_APPLICATION: "read the app registration", "Application.ReadWrite.OwnedBy";
    READ_APPLICATION_OWNERS: "read owners of the app registration", "Application.ReadWrite.OwnedBy";
    ADD_KEY: "add a certificate to the app registration", "Application.ReadWrite.OwnedBy";
    REMOVE_KEY: "remove a certificate from the app registration", "Application.ReadWrite.OwnedBy";
    WRITE_KEYS: "write the certificates of the app registration", "Application.ReadWrite.OwnedBy";
    ADD_SECRET: "add a secret to the app registration", "Application.ReadWrite.OwnedBy";
    REMOVE_SECRET: "remove a secret from the app registration", "Application.ReadWrite.OwnedBy";
    READ_ASSIGNED_APP_POLICIES: "read policies of the app registration", "Policy.Read.All" & "Application.Read.All";
    READ_DEFAULT_APP_POLICY: "read the tenant's policy for apps", "Policy.Read.All";

    FIND_SITE: "find a site", "Sites.FullControl.All", ", or a tenant administrator";
    READ_SITE_GRANTS: "read a site's grants", "Sites.FullControl.All", ", or a tenant administrator";
    READ_SITE_GRANT: "read a site's grant", "Sites.FullControl.All", ", or a tenant administrator";
    GRANT_SITE: "grant a site", "Sites.FullControl.All", ", or a tenant administrator";
    RAISE_SITE_GRANT: "raise a site's grant", "Sites.FullControl.All", ", or a tenant administrator";
}
