//! Views of a list.

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{List, guid};
use crate::{Result, odata};

/// A view.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct View {
    pub id: Uuid,
    pub title: String,
    pub default_view: bool,
    #[serde(default)]
    pub view_query: Option<String>,
}

/// A view to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewWish<'a> {
    pub title: &'a str,
    /// CAML inside `<Query>`, from our manifests: never made of people's words.
    pub query: &'a str,
    pub row_limit: u32,
    /// Whether the list opens with it.
    pub default: bool,
    /// Internal names of the columns, in order.
    pub fields: &'a [&'a str],
}

impl List {
    /// All views.
    pub async fn views(&self) -> Result<Vec<View>> {
        self.site
            .all("read views", &format!("{}/views", self.path()))
            .await
    }

    /// Makes a view and then its columns. Find first by title; after a lost answer set the columns again by
    /// [`List::set_view_fields`].
    pub async fn create_view(&self, wish: &ViewWish<'_>) -> Result<View> {
        let body = json!({
            "Title": wish.title, "PersonalView": false, "DefaultView": wish.default, "ViewQuery": wish.query, "RowLimit": wish.row_limit,
        });
        let view: View = self
            .site
            .post("create a view", &format!("{}/views", self.path()), body)
            .await?
            .json()?;
        self.set_view_fields(view.id, wish.fields).await?;
        Ok(view)
    }

    /// Makes a view's columns be these. Idempotent.
    pub async fn set_view_fields(&self, view: Uuid, fields: &[&str]) -> Result<()> {
        let path = format!("{}/views({})/viewfields", self.path(), guid(view));
        self.site
            .post(
                "clear a view's columns",
                &format!("{path}/removeallviewfields"),
                json!({}),
            )
            .await?;
        for field in fields {
            let add = format!("{path}/addviewfield({})", odata::literal(field));
            self.site.post("add a column to a view", &add, json!({})).await?;
        }
        Ok(())
    }
}
