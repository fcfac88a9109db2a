//! Which permission suffices for which call (Microsoft Graph permissions reference).

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
pub(crate) const READ_TRANSITIVE_MEMBER_OF: &[&str] = &[
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Group.ReadBasic.All",
    "GroupMember.ReadBasic.All",
    "GroupMember.Read.All",
    "User.Read.All",
    "User.ReadWrite.All",
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
    "Group-NestingSupport.ReadWrite.All",
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
pub(crate) const CHANGE_GROUPS: &[&str] = &[
    "Group-NestingSupport.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
];
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
pub(crate) const LIST_TEAMS: &[&str] = &[
    "Team.ReadBasic.All",
    "TeamSettings.Read.All",
    "TeamSettings.ReadWrite.All",
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
