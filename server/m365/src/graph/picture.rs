//! Pictures of groups and teams. For years an app was refused; the pages of today allow it. So whoever sets one tries
//! the team, then the group, and lives without if both fail.

use bytes::Bytes;
use http::Method;
use serde::de::IgnoredAny;
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Operation, Result, error::found};

/// A picture is smaller than 4 MB ("Update profilePhoto").
const LARGEST: usize = 4 * 1024 * 1024 - 1;

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    Jpeg,
    Png,
}

/// A picture that Graph may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    format: PictureFormat,
    bytes: Bytes,
}

/// A picture of 4 MB or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the picture has {0} bytes, and Microsoft 365 takes less than 4 MB: make it smaller")]
pub struct TooLarge(pub usize);

impl Picture {
    /// A picture of these bytes.
    pub fn new(format: PictureFormat, bytes: impl Into<Bytes>) -> std::result::Result<Self, TooLarge> {
        let bytes = bytes.into();
        if bytes.len() > LARGEST {
            return Err(TooLarge(bytes.len()));
        }
        Ok(Self { format, bytes })
    }

    fn content_type(&self) -> &'static str {
        match self.format {
            PictureFormat::Jpeg => "image/jpeg",
            PictureFormat::Png => "image/png",
        }
    }
}

impl Graph {
    /// Whether a group has a picture.
    pub async fn has_group_picture(&self, group: Uuid) -> Result<bool> {
        self.has_picture(operation::READ_GROUP_PICTURE, &format!("groups/{group}"))
            .await
    }

    /// Whether a team has a picture.
    pub async fn has_team_picture(&self, team: Uuid) -> Result<bool> {
        self.has_picture(operation::READ_TEAM_PICTURE, &format!("teams/{team}"))
            .await
    }

    async fn has_picture(&self, operation: Operation, of: &str) -> Result<bool> {
        let picture: Option<IgnoredAny> = found(self.get(operation, &format!("{of}/photo")).await)?;
        Ok(picture.is_some())
    }

    /// Sets the picture of a group. Idempotent. Until its mailbox is there, the group is `Settling`.
    pub async fn set_group_picture(&self, group: Uuid, picture: &Picture) -> Result<()> {
        self.set_picture(operation::SET_GROUP_PICTURE, &format!("groups/{group}"), picture)
            .await
    }

    /// Sets the picture of a team. Idempotent.
    pub async fn set_team_picture(&self, team: Uuid, picture: &Picture) -> Result<()> {
        self.set_picture(operation::SET_TEAM_PICTURE, &format!("teams/{team}"), picture)
            .await
    }

    async fn set_picture(&self, operation: Operation, of: &str, picture: &Picture) -> Result<()> {
        let call = self.call(operation, Method::PUT, &format!("{of}/photo/$value"))?;
        let call = call.known().body(picture.content_type(), picture.bytes.clone());
        self.tenant.send(call).await.map(drop)
    }
}
