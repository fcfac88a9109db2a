//! Items of a list.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Collection, Filter, List};
use crate::{Error, Result, error::found, odata::Options, tenant::header};

/// The largest page that SharePoint gives, and its list view threshold
/// ("Service limits for SharePoint Online", list view threshold 5,000).
pub const LARGEST_PAGE: u32 = 5_000;

/// Number of an item in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(pub i32);

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A state of an item, to be given back with a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ETag(pub(crate) String);

/// One item with the fields that were asked for, by internal name.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its number.
    pub id: ItemId,
    /// Its state; only a read of one item tells it.
    pub etag: Option<ETag>,
    /// Its fields as REST gives them without metadata.
    pub fields: Map<String, Value>,
}

impl Item {
    /// A text field; `None` if empty.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field)?.as_str()
    }

    /// A whole number (also ids of people and lookups, `{field}Id`).
    pub fn number(&self, field: &str) -> Option<i64> {
        self.fields.get(field)?.as_i64()
    }

    fn of(fields: Map<String, Value>, etag: Option<ETag>) -> Option<Self> {
        let id = fields.get("Id").or_else(|| fields.get("ID"))?.as_i64()?;
        Some(Self {
            id: ItemId(i32::try_from(id).ok()?),
            etag,
            fields,
        })
    }
}

/// Which items, and what of them. Filter only on indexed columns: SharePoint refuses others once a list
/// has more than 5,000 items. Always in order of id.
#[derive(Debug, Clone, Default)]
pub struct ItemQuery {
    select: Vec<&'static str>,
    expand: Vec<&'static str>,
    filter: Option<Filter>,
    top: Option<u32>,
}

impl ItemQuery {
    /// All items with these fields (`Id` is always there).
    pub fn select(fields: &[&'static str]) -> Self {
        let mut select = vec!["Id"];
        select.extend(fields.iter().filter(|field| **field != "Id"));
        Self {
            select,
            ..Self::default()
        }
    }

    /// Opens person or lookup fields, so that `Author/Title` can be selected.
    #[must_use]
    pub fn expand(mut self, fields: &[&'static str]) -> Self {
        self.expand.extend(fields);
        self
    }

    /// Only items of which this holds.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = Some(filter);
        self
    }

    /// Page size, at most 5,000.
    #[must_use]
    pub fn top(mut self, top: u32) -> Self {
        self.top = Some(top.clamp(1, LARGEST_PAGE));
        self
    }

    fn options(&self) -> Options {
        let options = Options::default()
            .list("$select", &self.select)
            .list("$expand", &self.expand);
        match &self.filter {
            Some(filter) => options.with("$filter", filter.as_str()),
            None => options,
        }
    }

    fn page_options(&self) -> Options {
        let top = self.top.unwrap_or(LARGEST_PAGE).to_string();
        self.options().with("$orderby", "ID").with("$top", &top)
    }
}

/// Some items, and whether more follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// In order of id.
    pub items: Vec<Item>,
    /// To be given to [`List::next_page`].
    pub next: Option<String>,
}

impl List {
    fn item_path(&self, id: ItemId) -> String {
        format!("{}/items({id})", self.path())
    }

    /// One item with its etag, or `None`.
    pub async fn item(&self, id: ItemId, query: &ItemQuery) -> Result<Option<Item>> {
        let path = format!("{}{}", self.item_path(id), query.options());
        let call = self.site.call("read an item", http::Method::GET, &path)?;
        let Some(answer) = found(self.site.tenant.send(call).await)? else {
            return Ok(None);
        };
        let etag = header(&answer.headers, "etag").map(|etag| ETag(etag.to_owned()));
        let item = Item::of(answer.json()?, etag);
        item.map(Some).ok_or_else(|| answer.broken("an item without Id"))
    }

    /// The first page of items.
    pub async fn page(&self, query: &ItemQuery) -> Result<Page> {
        let path = format!("{}/items{}", self.path(), query.page_options());
        self.read_page(&format!("{}/_api/{path}", self.site.url())).await
    }

    /// The page after another one.
    pub async fn next_page(&self, next: &str) -> Result<Page> {
        self.read_page(next).await
    }

    /// All items, page by page. For sweeps; filter by `Filter::above("ID", …)` to resume.
    pub async fn items(&self, query: &ItemQuery) -> Result<Vec<Item>> {
        let mut page = self.page(query).await?;
        let mut items = page.items;
        while let Some(next) = page.next {
            page = self.next_page(&next).await?;
            items.append(&mut page.items);
        }
        Ok(items)
    }

    async fn read_page(&self, address: &str) -> Result<Page> {
        let call = self.site.call_to("read items", http::Method::GET, address)?;
        let answer = self.site.tenant.send(call).await?;
        let page: Collection<Map<String, Value>> = answer.json()?;
        let items: Option<_> = page
            .value
            .into_iter()
            .map(|fields| Item::of(fields, None))
            .collect();
        let items = items.ok_or_else(|| answer.broken("an item without Id"))?;
        Ok(Page {
            items,
            next: page.next,
        })
    }

    /// Adds an item. Not idempotent: find by a unique column of yours first, also after `Ambiguous`.
    pub async fn add_item(&self, fields: &Map<String, Value>) -> Result<Item> {
        let path = format!("{}/items", self.path());
        let answer = self
            .site
            .post("add an item", &path, Value::Object(fields.clone()))
            .await?;
        let item = Item::of(
            answer.json()?,
            header(&answer.headers, "etag").map(|etag| ETag(etag.to_owned())),
        );
        item.ok_or_else(|| answer.broken("an item without Id"))
    }

    /// Changes fields if the item is still in the state of `etag`, else `SaveConflict`. Makes a new version.
    /// Idempotent in that a repetition with the same etag cannot write twice.
    pub async fn update_item(
        &self,
        id: ItemId,
        etag: &ETag,
        fields: &Map<String, Value>,
    ) -> Result<Option<ETag>> {
        let body = Value::Object(fields.clone());
        let answer = self
            .site
            .merge("update an item", &self.item_path(id), &etag.0, body)
            .await?;
        Ok(header(&answer.headers, "etag").map(|etag| ETag(etag.to_owned())))
    }

    /// Changes fields whatever the item's state. Never for a field that people edit.
    pub async fn overwrite_item(&self, id: ItemId, fields: &Map<String, Value>) -> Result<()> {
        self.site
            .merge(
                "overwrite an item",
                &self.item_path(id),
                "*",
                Value::Object(fields.clone()),
            )
            .await?;
        Ok(())
    }

    /// Puts an item into the recycle bin. `NotFound` on repetition.
    pub async fn recycle_item(&self, id: ItemId) -> Result<()> {
        self.site
            .post(
                "recycle an item",
                &format!("{}/recycle", self.item_path(id)),
                json!({}),
            )
            .await?;
        Ok(())
    }

    /// Changes fields by form values (people as login names), checking each row of the 200 answer. Makes a
    /// new version; never rewrites one. Idempotent but for the version.
    pub async fn validate_update(&self, id: ItemId, values: &[(&str, &str)]) -> Result<()> {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| json!({ "FieldName": name, "FieldValue": value }))
            .collect();
        let body = json!({ "formValues": values, "bNewDocumentUpdate": false });
        let path = format!("{}/ValidateUpdateListItem", self.item_path(id));
        let answer = self
            .site
            .post("update an item by form values", &path, body)
            .await?;
        let rows: Collection<FormValue> = answer.json()?;
        let failed = rows.value.into_iter().find(|row| row.has_exception);
        failed.map_or(Ok(()), |row| Err(row.error(&answer)))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct FormValue {
    pub(super) field_name: String,
    pub(super) field_value: Option<String>,
    pub(super) has_exception: bool,
    error_code: i64,
    error_message: Option<String>,
}

impl FormValue {
    pub(super) fn error(&self, answer: &crate::call::Answer) -> Error {
        let why = self.error_message.as_deref().unwrap_or_default();
        let message = format!("{}: {why}", self.field_name);
        let verdict = crate::verdict::of_form_value(self.error_code);
        answer.error(verdict, Some(self.error_code.to_string()), message)
    }
}
