//! The documented limits of lists, items and permissions.

/// Most unique permission scopes in one list (Microsoft: "SharePoint limits", unique security scopes per list).
pub const UNIQUE_SCOPES_A_LIST: usize = 50_000;
/// Scopes in one list beyond which reading them takes more SQL round trips (Microsoft: "Migration performance
/// guidance", permissions). How many more is not published: one for each such lot begun.
pub const SCOPES_A_ROUND_TRIP: usize = 5_000;
/// Most role assignments in one scope (Microsoft: "Migration performance guidance", permissions).
pub const ASSIGNMENTS_A_SCOPE: usize = 5_000;
/// A list or folder with more items cannot break or restore inheritance itself (same page).
pub const ITEMS_BELOW_A_BREAK: usize = 100_000;
/// List view threshold (Microsoft: "Manage large lists and libraries").
pub const LIST_VIEW_THRESHOLD: usize = 5_000;
/// Most indexed columns in one list (same page).
pub const INDEXED_COLUMNS: usize = 20;
/// Most lookup-type columns in one query (same page, list view lookup threshold).
pub const LOOKUP_COLUMNS_A_QUERY: usize = 12;
/// Characters of a single line of text (Microsoft: "Text field", `MaxLength`).
pub const TEXT_LENGTH: u32 = 255;
/// Characters of a plain multi-line column (Microsoft: "List and library column types").
pub const NOTE_LENGTH: usize = 63_999;
/// Characters of a content type's name (Rencore: SPCAF rule SPC015205).
pub const CONTENT_TYPE_NAME: usize = 128;
/// Default of major versions kept by a new list in SharePoint Online.
pub const DEFAULT_MAJOR_VERSIONS: u32 = 50;
/// Bytes of one attachment (Microsoft: "SharePoint limits").
pub const ATTACHMENT_BYTES: usize = 250 * 1024 * 1024;

/// Round trips beyond the usual one that an operation takes in a list with so many scopes.
pub fn further_round_trips(scopes: usize) -> u32 {
    u32::try_from(scopes.saturating_sub(1) / SCOPES_A_ROUND_TRIP).unwrap_or(u32::MAX)
}
