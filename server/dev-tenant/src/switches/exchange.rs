//! What is not documented of Exchange, and how late it hears of the directory.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each switch is one independent unknown"
)]
pub struct ExchangeSwitches {
    /// Seconds until Exchange knows a new user or group of the directory. 0 = no lag.
    pub sees_directory_seconds: u32,
    /// Seconds until the directory shows what Exchange made. 0 = no lag.
    pub seen_by_directory_seconds: u32,
    /// Seconds until Exchange itself finds what it made: its servers replicate among each other.
    pub sees_itself_seconds: u32,
    /// Seconds from an Exchange plan to the mailbox. 0 = no lag.
    pub mailbox_delay_seconds: u32,
    /// An app cannot make a group without naming an owner.
    pub group_needs_owner: bool,
    /// A cmdlet that asks for confirmation fails unless the call says `Confirm: false`.
    pub needs_confirmation: bool,
    /// A list without `ResultSize: Unlimited` shows its first row, a warning and the way to the rest.
    pub truncates_lists: bool,
    /// The role Exchange Recipient Administrator lets an app make mailboxes and groups.
    pub recipient_administrator_creates: bool,
    /// Seconds until a management role of an app counts: up to two hours are told.
    pub authorization_seconds: u32,
    /// The body of a 403 of Exchange is a NUL byte said to be gzip; else it is empty.
    pub forbids_with_nul: bool,
    /// What Exchange does not find is answered by 500, as of old, not by 404.
    pub not_found_is_500: bool,
}

impl Default for ExchangeSwitches {
    fn default() -> Self {
        Self {
            sees_directory_seconds: 0,
            seen_by_directory_seconds: 0,
            sees_itself_seconds: 3,
            mailbox_delay_seconds: 0,
            group_needs_owner: true,
            needs_confirmation: true,
            truncates_lists: true,
            recipient_administrator_creates: false,
            authorization_seconds: 7200,
            forbids_with_nul: true,
            not_found_is_500: false,
        }
    }
}
