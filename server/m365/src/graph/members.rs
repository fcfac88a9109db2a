//! Many members at once.

use http::Method;
use serde_json::json;
use uuid::Uuid;

use super::{Graph, group::THERE, operation};
use crate::Result;

/// Most references in one change of a group ("Add members").
const REFERENCES: usize = 20;

impl Graph {
    /// Makes objects members, twenty in a call. Idempotent: of a call that is refused because one is there already,
    /// each is added by itself.
    pub async fn add_members(&self, group: Uuid, objects: &[Uuid]) -> Result<()> {
        for some in objects.chunks(REFERENCES) {
            if !self.add_some(group, some).await? {
                for object in some {
                    self.add_member(group, *object).await?;
                }
            }
        }
        Ok(())
    }

    /// All or nothing; whether it was all.
    async fn add_some(&self, group: Uuid, objects: &[Uuid]) -> Result<bool> {
        let graph = &self.tenant.inner.graph;
        let references: Vec<_> = objects
            .iter()
            .map(|object| format!("{graph}/v1.0/directoryObjects/{object}"))
            .collect();
        let body = json!({ "members@odata.bind": references });
        let path = format!("groups/{group}");
        match self
            .change(operation::ADD_MEMBERS, Method::PATCH, &path, Some(body))
            .await
        {
            Err(error) if error.status == Some(400) && error.message.contains(THERE) => Ok(false),
            result => result.map(|()| true),
        }
    }
}
