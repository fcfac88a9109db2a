//! Views of a list.

use serde::Serialize;

use super::ids::ViewId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent view setting"
)]
pub struct View {
    pub id: ViewId,
    pub title: String,
    /// File name without `.aspx`, e.g. `AllItems`.
    pub page: String,
    pub fields: Vec<String>,
    /// Inner CAML: `<Where>…</Where><OrderBy>…</OrderBy>`.
    pub query: String,
    pub row_limit: u32,
    pub paged: bool,
    pub default_view: bool,
    pub personal: bool,
    pub hidden: bool,
    pub custom_formatter: Option<String>,
}
