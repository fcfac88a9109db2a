//! Groups that Graph writes: which answers make them, and which change them.

use forms::FieldKey;
use serde::{Deserialize, Serialize};

use super::{ChangeTeam, PlanMapping, Turnover};

/// A new group. A template is made of answers, such as `SG-{name}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateGroup {
    pub kind: GroupKind,
    /// Template of the name that people read; the first field that it names is asked to be free.
    pub display_name: String,
    /// Template of the mail nickname.
    pub mail_nickname: String,
    /// Template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Of a Microsoft 365 group: a field that answers `public` or `private`; private where it is not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<FieldKey>,
    /// Whether the Microsoft 365 group becomes a team.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub team: bool,
    /// Who owns it: a field that asks for people. A group without an owner is never made.
    pub owners: FieldKey,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<FieldKey>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GroupKind {
    Security,
    Microsoft365,
}

/// A group that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeGroup {
    /// Which it is: a field that chooses a group.
    pub group: FieldKey,
    /// Template; changed where the form asks all that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Template; changed where the form asks all that it names. An empty answer takes the description away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A field that answers `public` or `private`; changed where it is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<FieldKey>,
    #[serde(default, skip_serializing_if = "Turnover::is_empty")]
    pub owners: Turnover,
    #[serde(default, skip_serializing_if = "Turnover::is_empty")]
    pub members: Turnover,
    /// The group is a team then, and its people come and go through Teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<ChangeTeam>,
    /// 所有者引継ぎ: only what nobody answers for who may sign in, and nothing but owners are added.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub adopt: bool,
    /// Deletes the group when all else is done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub delete: bool,
}

impl CreateGroup {
    /// The field that names it.
    pub(super) fn subject(&self) -> &str {
        PlanMapping::placeholders(&self.display_name)
            .next()
            .unwrap_or_default()
    }

    /// What kind of application it makes.
    pub(super) fn kind(&self) -> &'static str {
        if self.team { "team.create" } else { "group.create" }
    }
}

impl ChangeGroup {
    /// Whether it would change nothing at all.
    pub(crate) fn is_idle(&self) -> bool {
        let texts = [&self.display_name, &self.description];
        let is_kept = texts.iter().all(|text| text.is_none()) && self.visibility.is_none();
        let is_team_kept = self.team.as_ref().is_none_or(ChangeTeam::is_idle);
        is_kept && is_team_kept && !self.delete && self.owners.is_empty() && self.members.is_empty()
    }

    pub(super) fn kind(&self) -> &'static str {
        match &self.team {
            None if self.adopt => "group.adopt",
            None if self.delete => "group.delete",
            None => "group.change",
            Some(_) if self.adopt => "team.adopt",
            Some(_) if self.delete => "team.delete",
            Some(_) => "team.change",
        }
    }
}
