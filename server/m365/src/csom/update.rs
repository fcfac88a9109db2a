//! Writes fields of several items at once.

use uuid::Uuid;

use super::{
    FieldValue,
    process::fit,
    request::{Id, Request},
    value::Parameter,
};
use crate::{
    Result,
    pace::units,
    sharepoint::{ItemId, Site},
};

/// Fields to write into one item, by internal name.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// Which.
    pub item: ItemId,
    /// What.
    pub fields: Vec<(String, FieldValue)>,
}

impl Update {
    fn add_to(&self, request: &mut Request, list: Id) -> Id {
        let item = request.method(list, "GetItemById", vec![self.item.0.into()]);
        let (scope, ()) = request.scope(|request| {
            for (name, value) in &self.fields {
                request.call(
                    item,
                    "SetFieldValue",
                    vec![name.as_str().into(), Parameter::Value(value.clone())],
                );
            }
            request.call(item, "Update", vec![]);
        });
        scope
    }
}

impl Site {
    /// Writes fields as a plain update, which makes a new version by SharePoint App and leaves people's
    /// versions as they are (SystemUpdate would write into them). One request, one outcome for each of the
    /// first updates, as many as a request can hold. Idempotent but for the version; takes no etag: for a
    /// field that people edit use [`crate::sharepoint::List::update_item`].
    pub async fn update_fields(&self, list: Uuid, updates: &[Update]) -> Result<Vec<Result<()>>> {
        let mut request = Request::new();
        let web = request.web();
        let list = request.list(web, list);
        let add = |update: &Update, request: &mut Request, (): &mut ()| update.add_to(request, list);
        let scopes = fit(&mut request, &mut (), updates, |_, ()| 1, add);
        let sent = u32::try_from(scopes.len()).unwrap_or(u32::MAX / units::WRITE);
        let results = self
            .process("update items", &request, units::WRITE * sent)
            .await?;
        Ok(scopes.into_iter().map(|scope| results.scope(scope)).collect())
    }
}
