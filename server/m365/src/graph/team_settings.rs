//! What members and guests may do in a team. `None`: not told, or left as it is.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::operation;
use crate::{Error, Result, Service};

/// Settings of a team, in Graph's four parts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TeamSettings {
    pub member_settings: Option<MemberSettings>,
    pub guest_settings: Option<GuestSettings>,
    pub messaging_settings: Option<MessagingSettings>,
    pub fun_settings: Option<FunSettings>,
}

/// What members may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MemberSettings {
    pub allow_create_update_channels: Option<bool>,
    pub allow_create_private_channels: Option<bool>,
    pub allow_delete_channels: Option<bool>,
    pub allow_add_remove_apps: Option<bool>,
    pub allow_create_update_remove_tabs: Option<bool>,
    pub allow_create_update_remove_connectors: Option<bool>,
}

/// What guests may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GuestSettings {
    pub allow_create_update_channels: Option<bool>,
    pub allow_delete_channels: Option<bool>,
}

/// What may be done with messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MessagingSettings {
    pub allow_user_edit_messages: Option<bool>,
    pub allow_user_delete_messages: Option<bool>,
    pub allow_owner_delete_messages: Option<bool>,
    pub allow_team_mentions: Option<bool>,
    pub allow_channel_mentions: Option<bool>,
}

/// Pictures that move.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FunSettings {
    pub allow_giphy: Option<bool>,
    pub giphy_content_rating: Option<GiphyRating>,
    pub allow_stickers_and_memes: Option<bool>,
    pub allow_custom_memes: Option<bool>,
}

/// How much of Giphy is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GiphyRating {
    Moderate,
    Strict,
    /// One that we have no use for.
    #[serde(untagged)]
    Other(String),
}

impl TeamSettings {
    /// From Graph's JSON, part by part. `Broken`: a value is none of the settings'.
    pub fn read(settings: &Map<String, Value>) -> Result<Self> {
        serde_json::from_value(Value::Object(settings.clone())).map_err(|error| {
            Error::broken(
                Service::Graph,
                operation::UPDATE_TEAM.name,
                &format!("not settings of a team: {error}"),
            )
        })
    }

    /// As Graph takes them: what is not told is left out.
    pub(super) fn json(&self) -> Value {
        let mut all = serde_json::to_value(self).unwrap_or_default();
        leave_out_nulls(&mut all);
        all
    }
}

fn leave_out_nulls(value: &mut Value) {
    if let Value::Object(members) = value {
        members.retain(|_, value| !value.is_null());
        members.values_mut().for_each(leave_out_nulls);
    }
}
