//! The 64-bit permission mask of SharePoint (`SP.BasePermissions`, `SP.PermissionKind`).

use std::ops::{BitAnd, BitOr};

use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct BasePermissions(pub u64);

impl BasePermissions {
    pub const NONE: Self = Self(0);
    pub const VIEW_LIST_ITEMS: Self = Self::kind(1);
    pub const ADD_LIST_ITEMS: Self = Self::kind(2);
    pub const EDIT_LIST_ITEMS: Self = Self::kind(3);
    pub const DELETE_LIST_ITEMS: Self = Self::kind(4);
    pub const APPROVE_ITEMS: Self = Self::kind(5);
    pub const OPEN_ITEMS: Self = Self::kind(6);
    pub const VIEW_VERSIONS: Self = Self::kind(7);
    pub const DELETE_VERSIONS: Self = Self::kind(8);
    /// Override List Behaviors; `CancelCheckout` in the enumeration.
    pub const OVERRIDE_LIST_BEHAVIORS: Self = Self::kind(9);
    pub const MANAGE_LISTS: Self = Self::kind(12);
    pub const VIEW_FORM_PAGES: Self = Self::kind(13);
    pub const OPEN: Self = Self::kind(17);
    pub const VIEW_PAGES: Self = Self::kind(18);
    pub const CREATE_GROUPS: Self = Self::kind(25);
    pub const MANAGE_PERMISSIONS: Self = Self::kind(26);
    pub const BROWSE_DIRECTORIES: Self = Self::kind(27);
    pub const BROWSE_USER_INFO: Self = Self::kind(28);
    pub const MANAGE_WEB: Self = Self::kind(31);
    pub const USE_REMOTE_APIS: Self = Self::kind(38);
    pub const ENUMERATE_PERMISSIONS: Self = Self::kind(63);
    /// All bits of the real Full Control level: High 2147483647, Low 4294967295.
    pub const FULL: Self = Self::from_parts(2_147_483_647, 4_294_967_295);

    /// Bit `number` (from 1) as `SP.PermissionKind` counts them.
    pub const fn kind(number: u32) -> Self {
        Self(1 << (number - 1))
    }

    pub const fn from_parts(high: u32, low: u32) -> Self {
        Self(((high as u64) << 32) | low as u64)
    }

    pub const fn high(self) -> u32 {
        (self.0 >> 32) as u32
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the low half is what is asked for"
    )]
    pub const fn low(self) -> u32 {
        self.0 as u32
    }

    #[must_use]
    pub const fn without(self, taken: Self) -> Self {
        Self(self.0 & !taken.0)
    }

    pub const fn has(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }
}

impl BitOr for BasePermissions {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for BasePermissions {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}
