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
    pub row_limit: u32,
    pub view_fields: ViewFields,
}

/// Columns of a view.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ViewFields {
    /// Internal names, in order.
    pub items: Vec<String>,
}

/// Answered when a view is made.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Made {
    id: Uuid,
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
            .all("read views", &format!("{}/views?$expand=ViewFields", self.path()))
            .await
    }

    /// Makes a view and then its columns. Find first by title; after a lost answer set the columns again by
    /// [`List::set_view_fields`].
    pub async fn create_view(&self, wish: &ViewWish<'_>) -> Result<()> {
        let body = json!({
            "Title": wish.title, "PersonalView": false, "DefaultView": wish.default, "ViewQuery": wish.query, "RowLimit": wish.row_limit,
        });
        let view: Made = self
            .site
            .post("create a view", &format!("{}/views", self.path()), body)
            .await?
            .json()?;
        self.set_view_fields(view.id, wish.fields).await
    }

    /// Makes a view's query, size and place be these; its columns are [`List::set_view_fields`]'. Idempotent.
    pub async fn update_view(&self, view: Uuid, wish: &ViewWish<'_>) -> Result<()> {
        let path = format!("{}/views({})", self.path(), guid(view));
        let mut body = json!({ "ViewQuery": wish.query, "RowLimit": wish.row_limit });
        // A list always opens with some view: it can be given that place, not robbed of it.
        if wish.default {
            body["DefaultView"] = json!(true);
        }
        self.site.merge("change a view", &path, "*", body).await?;
        Ok(())
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
