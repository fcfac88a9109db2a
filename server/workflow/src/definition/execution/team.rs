//! What Teams shows of a group that is a team: which answers change it.

use std::collections::BTreeMap;

use forms::FieldKey;
use serde::{Deserialize, Serialize};

/// A team that is there already. Its name, description, visibility and people stand beside it, with its group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeTeam {
    /// What people may do, to a field that answers `allow` or `forbid`; changed where it is answered.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<TeamSetting, FieldKey>,
    /// A field that answers `archive` or `restore`; changed where it is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<FieldKey>,
    /// A field that answers `attached`: the only attached picture becomes the team's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<FieldKey>,
}

/// What members and guests may do in a team, by Graph's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TeamSetting {
    #[serde(rename = "memberSettings.allowCreateUpdateChannels")]
    MembersMakeChannels,
    #[serde(rename = "memberSettings.allowCreatePrivateChannels")]
    MembersMakePrivateChannels,
    #[serde(rename = "memberSettings.allowDeleteChannels")]
    MembersDeleteChannels,
    #[serde(rename = "memberSettings.allowAddRemoveApps")]
    MembersAddApps,
    #[serde(rename = "memberSettings.allowCreateUpdateRemoveTabs")]
    MembersMakeTabs,
    #[serde(rename = "guestSettings.allowCreateUpdateChannels")]
    GuestsMakeChannels,
    #[serde(rename = "guestSettings.allowDeleteChannels")]
    GuestsDeleteChannels,
    #[serde(rename = "messagingSettings.allowUserEditMessages")]
    MembersEditMessages,
    #[serde(rename = "messagingSettings.allowUserDeleteMessages")]
    MembersDeleteMessages,
    #[serde(rename = "messagingSettings.allowOwnerDeleteMessages")]
    OwnersDeleteMessages,
    #[serde(rename = "messagingSettings.allowTeamMentions")]
    TeamMentions,
    #[serde(rename = "messagingSettings.allowChannelMentions")]
    ChannelMentions,
}

impl TeamSetting {
    /// The part of a team's settings and the member of it.
    pub fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::MembersMakeChannels => ("memberSettings", "allowCreateUpdateChannels"),
            Self::MembersMakePrivateChannels => ("memberSettings", "allowCreatePrivateChannels"),
            Self::MembersDeleteChannels => ("memberSettings", "allowDeleteChannels"),
            Self::MembersAddApps => ("memberSettings", "allowAddRemoveApps"),
            Self::MembersMakeTabs => ("memberSettings", "allowCreateUpdateRemoveTabs"),
            Self::GuestsMakeChannels => ("guestSettings", "allowCreateUpdateChannels"),
            Self::GuestsDeleteChannels => ("guestSettings", "allowDeleteChannels"),
            Self::MembersEditMessages => ("messagingSettings", "allowUserEditMessages"),
            Self::MembersDeleteMessages => ("messagingSettings", "allowUserDeleteMessages"),
            Self::OwnersDeleteMessages => ("messagingSettings", "allowOwnerDeleteMessages"),
            Self::TeamMentions => ("messagingSettings", "allowTeamMentions"),
            Self::ChannelMentions => ("messagingSettings", "allowChannelMentions"),
        }
    }
}

impl ChangeTeam {
    /// Whether it would change nothing that Teams shows.
    pub(super) fn is_idle(&self) -> bool {
        self.settings.is_empty() && self.archive.is_none() && self.picture.is_none()
    }
}
