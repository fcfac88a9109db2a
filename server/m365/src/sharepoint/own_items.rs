//! "Own items only": whose items a person may read or edit, beside his permissions.

use serde::{Deserialize, Serialize};

/// Whose items may be read (SPList.ReadSecurity). With `Own` no column can enforce unique values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum ReadSecurity {
    All = 1,
    Own = 2,
}

/// Whose items may be edited (SPList.WriteSecurity).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum WriteSecurity {
    All = 1,
    Own = 2,
    None = 4,
}

impl From<ReadSecurity> for u8 {
    fn from(security: ReadSecurity) -> Self {
        security as Self
    }
}

impl From<WriteSecurity> for u8 {
    fn from(security: WriteSecurity) -> Self {
        security as Self
    }
}

impl TryFrom<u8> for ReadSecurity {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        match number {
            1 => Ok(Self::All),
            2 => Ok(Self::Own),
            other => Err(format!("no ReadSecurity {other}")),
        }
    }
}

impl TryFrom<u8> for WriteSecurity {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        match number {
            1 => Ok(Self::All),
            2 => Ok(Self::Own),
            4 => Ok(Self::None),
            other => Err(format!("no WriteSecurity {other}")),
        }
    }
}
