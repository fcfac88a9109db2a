//! Which permission suffices for which call (Microsoft Graph permissions reference).

use super::fault::Fault;
use super::request::Request;
use crate::caller::{Caller, Channel};
use crate::directory::ObjectId;

pub(crate) const READ_USERS: &[&str] = &[
    "User.Read.All",
    "User.ReadWrite.All",
    "User.ReadBasic.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// Wider than reading them: `User.ReadBasic.All` does not track.
pub(crate) const READ_USER_CHANGES: &[&str] = &[
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub(crate) const READ_GROUP_CHANGES: &[&str] = &[
    "Group.ReadBasic.All",
    "GroupMember.Read.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Group-NestingSupport.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub(crate) const READ_USER_RELATIONS: &[&str] = &[
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub(crate) const WRITE_USERS: &[&str] = &["User.ReadWrite.All", "Directory.ReadWrite.All"];
pub(crate) const ENABLE_USERS: &[&str] = &[
    "User.EnableDisableAccount.All",
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
];
pub(crate) const WRITE_PHONES: &[&str] = &[
    "User-Phone.ReadWrite.All",
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
];
pub(crate) const WRITE_OTHER_MAILS: &[&str] = &[
    "User-Mail.ReadWrite.All",
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
];
pub(crate) const SET_PASSWORDS: &[&str] = &["User-PasswordProfile.ReadWrite.All"];
pub(crate) const DELETE_USERS: &[&str] = &["User.DeleteRestore.All", "User.ReadWrite.All"];
pub(crate) const REVOKE_SESSIONS: &[&str] = &[
    "User.RevokeSessions.All",
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
];
pub(crate) const READ_MEMBER_OF: &[&str] = &[
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Group.ReadBasic.All",
    "GroupMember.ReadBasic.All",
    "GroupMember.Read.All",
];
pub(crate) const READ_LICENCES: &[&str] = &[
    "LicenseAssignment.Read.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub(crate) const ASSIGN_LICENCES: &[&str] = &[
    "LicenseAssignment.ReadWrite.All",
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
];
pub(crate) const ASSIGN_GROUP_LICENCES: &[&str] = &[
    "LicenseAssignment.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
];
pub(crate) const READ_SKUS: &[&str] = &[
    "LicenseAssignment.Read.All",
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub(crate) const READ_ORGANIZATION: &[&str] = &[
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "User.Read.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub(crate) const READ_GROUPS: &[&str] = &[
    "GroupMember.Read.All",
    "Group.ReadBasic.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub(crate) const READ_MEMBERS: &[&str] = &[
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "GroupMember.ReadBasic.All",
    "Group.ReadBasic.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
];
pub(crate) const READ_OWNERS: &[&str] = &[
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
];
pub(crate) const CREATE_GROUPS: &[&str] = &["Group.Create", "Group.ReadWrite.All", "Directory.ReadWrite.All"];
pub(crate) const WRITE_GROUPS: &[&str] = &["Group.ReadWrite.All", "Directory.ReadWrite.All"];
pub(crate) const DELETE_GROUPS: &[&str] = &["Group.ReadWrite.All"];
pub(crate) const WRITE_MEMBERS: &[&str] = &[
    "GroupMember.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
];
pub(crate) const CREATE_TEAMS: &[&str] = &[
    "Team.Create",
    "Teamwork.Migrate.All",
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
];
pub(crate) const TEAMIFY: &[&str] = &["Group.ReadWrite.All", "Directory.ReadWrite.All"];
pub(crate) const READ_TEAMS: &[&str] = &[
    "Team.ReadBasic.All",
    "TeamSettings.Read.All",
    "TeamSettings.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// Operations have no row of their own: whoever creates teams follows them.
pub(crate) const READ_OPERATIONS: &[&str] = &[
    "Team.Create",
    "Team.ReadBasic.All",
    "TeamSettings.Read.All",
    "TeamSettings.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub(crate) const READ_GROUP_TEAM: &[&str] = &["Group.Read.All", "Group.ReadWrite.All"];
pub(crate) const READ_TEAM_MEMBERS: &[&str] = &["TeamMember.Read.All", "TeamMember.ReadWrite.All"];
pub(crate) const WRITE_TEAM_MEMBERS: &[&str] =
    &["TeamMember.ReadWriteNonOwnerRole.All", "TeamMember.ReadWrite.All"];
pub(crate) const WRITE_TEAM_ROSTER: &[&str] = &["TeamMember.ReadWrite.All"];
pub(crate) const WRITE_TEAM_SETTINGS: &[&str] = &[
    "TeamSettings.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
];
pub(crate) const READ_PICTURES: &[&str] = &[
    "ProfilePhoto.Read.All",
    "ProfilePhoto.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
];
pub(crate) const WRITE_PICTURES: &[&str] = &["ProfilePhoto.ReadWrite.All", "Group.ReadWrite.All"];
/// Pictures of teams have no row: the newest page names this one.
pub(crate) const WRITE_TEAM_PICTURES: &[&str] = &["TeamSettings.ReadWrite.All"];
pub(crate) const READ_CONTACTS: &[&str] = &[
    "OrgContact.Read.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
pub(crate) const READ_DIRECTORY: &[&str] = &["Directory.Read.All"];
pub(crate) const READ_APPLICATIONS: &[&str] = &[
    "Application.Read.All",
    "Application.ReadWrite.OwnedBy",
    "Application.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// By it, an app changes those registrations alone that its principal owns.
pub(crate) const WRITE_OWNED_APPLICATIONS: &str = "Application.ReadWrite.OwnedBy";
pub(crate) const WRITE_APPLICATIONS: &[&str] = &["Application.ReadWrite.All"];
pub(crate) const WRITE_CREDENTIALS: &[&str] = &["Application.ReadWrite.All", "Directory.ReadWrite.All"];
pub(crate) const READ_FEDERATED: &[&str] = &[
    "Application.Read.All",
    "Application.ReadWrite.OwnedBy",
    "Application.ReadWrite.All",
];
pub(crate) const READ_APP_POLICIES: &[&str] =
    &["Policy.Read.All", "Policy.ReadWrite.ApplicationConfiguration"];
pub(crate) const WRITE_APP_POLICIES: &[&str] = &["Policy.ReadWrite.ApplicationConfiguration"];
pub(crate) const READ_MAIL: &[&str] = &["Mail.Read", "Mail.ReadWrite"];
pub(crate) const WRITE_MAIL: &[&str] = &["Mail.ReadWrite"];
pub(crate) const READ_MAIL_SETTINGS: &[&str] = &["MailboxSettings.Read", "MailboxSettings.ReadWrite"];
pub(crate) const WRITE_MAIL_SETTINGS: &[&str] = &["MailboxSettings.ReadWrite"];
pub(crate) const SEND_MAIL: &[&str] = &["Mail.Send"];

pub(crate) const READ_SITES: &[&str] = &[
    "Sites.Read.All",
    "Sites.ReadWrite.All",
    "Sites.Manage.All",
    "Sites.FullControl.All",
];
pub(crate) const GRANT_SITES: &[&str] = &["Sites.FullControl.All"];

/// Directory roles, by template id, that may set passwords of ordinary people (Microsoft Entra built-in roles).
const PASSWORD_ROLES: [&str; 3] = [
    "fe930be7-5e62-47db-91af-98c3a49a38b1",
    "62e90394-69f5-4237-9190-012177145e10",
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
];

/// Those of them that reach administrators too: Global Administrator, Privileged Authentication Administrator.
const ADMINISTRATORS_ROLES: [&str; 2] = [
    "62e90394-69f5-4237-9190-012177145e10",
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
];

impl Request<'_> {
    /// Whether the caller's own directory roles let him act on administrators.
    pub(crate) fn reaches_administrators(&self) -> bool {
        let Caller::App(app) = self.caller else {
            return false;
        };
        let mut wids = app.wids.iter();
        wids.any(|role| ADMINISTRATORS_ROLES.contains(&role.as_str()))
    }

    /// Whether the token carries one of `permissions`: a role of an app, a scope of a person.
    pub(crate) fn holds(&self, permissions: &[&str]) -> bool {
        let held = match self.caller {
            Caller::App(app) => &app.roles,
            Caller::Person(person) => match &person.channel {
                Channel::Token { scopes, .. } => scopes,
                Channel::Cookie => return false,
            },
        };
        held.iter().any(|held| permissions.contains(&held.as_str()))
    }

    pub(crate) fn may(&self, permissions: &[&str]) -> Result<(), Fault> {
        if self.holds(permissions) {
            Ok(())
        } else {
            Err(Fault::denied())
        }
    }

    /// A directory write. A person's token also needs a directory role of that person, and the tenant's people
    /// have none: only apps write.
    pub(crate) fn may_write(&self, permissions: &[&str]) -> Result<(), Fault> {
        self.may(permissions)?;
        if self.person().is_some() {
            Err(Fault::denied())
        } else {
            Ok(())
        }
    }

    /// Reading a user: everybody with the wide permissions, and each person himself by `User.Read`.
    pub(crate) fn may_read_user(&self, user: ObjectId, permissions: &[&str]) -> Result<(), Fault> {
        if self.person() == Some(user) && self.holds(&["User.Read", "User.ReadWrite"]) {
            return Ok(());
        }
        self.may(permissions)
    }

    pub(crate) fn person(&self) -> Option<ObjectId> {
        match self.caller {
            Caller::App(_) => None,
            Caller::Person(person) => Some(person.person),
        }
    }

    /// Mail of `owner`; a person's token reaches his own mailbox only.
    pub(crate) fn may_mail(&self, owner: ObjectId, permissions: &[&str]) -> Result<(), Fault> {
        if self.holds(permissions) && self.person().is_none_or(|person| person == owner) {
            return Ok(());
        }
        Err(Fault::refused(
            403,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        ))
    }

    /// Setting a password takes a directory role besides the permission.
    pub(crate) fn may_set_password(&self) -> Result<(), Fault> {
        self.may_write(SET_PASSWORDS)?;
        let Caller::App(app) = self.caller else {
            return Err(Fault::denied());
        };
        if app
            .wids
            .iter()
            .any(|role| PASSWORD_ROLES.contains(&role.as_str()))
        {
            return Ok(());
        }
        Err(Fault::denied())
    }
}
