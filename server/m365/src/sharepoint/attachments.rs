//! Files attached to an item.

use bytes::Bytes;
use http::Method;
use serde::Deserialize;

use super::{ItemId, List, Site};
use crate::{Result, error::found, odata};

/// One attached file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Attachment {
    /// Name within the item.
    pub file_name: String,
    /// Path on the host.
    pub server_relative_url: String,
}

impl List {
    fn attachments_path(&self, id: ItemId) -> String {
        format!("{}/items({id})/AttachmentFiles", self.path())
    }

    /// The files attached to an item.
    pub async fn attachments(&self, id: ItemId) -> Result<Vec<Attachment>> {
        self.site
            .all("read attachments", &self.attachments_path(id))
            .await
    }

    /// Attaches a file. Find first by name: a second one of the same name is refused. One at a time for each
    /// item, since every file makes a new version (else `SaveConflict`).
    pub async fn attach(&self, id: ItemId, name: &str, content: Bytes) -> Result<Attachment> {
        let path = format!(
            "{}/add(FileName={})",
            self.attachments_path(id),
            odata::literal(name)
        );
        let call = self.site.call("attach a file", Method::POST, &path)?;
        self.site
            .tenant
            .send(call.body("application/octet-stream", content))
            .await?
            .json()
    }

    /// Takes a file off an item; no such file is success. One at a time for each item, as with `attach`.
    pub async fn detach(&self, id: ItemId, name: &str) -> Result<()> {
        let path = format!(
            "{}/getByFileName({})",
            self.attachments_path(id),
            odata::literal(name)
        );
        found(self.site.delete("take a file off", &path).await).map(drop)
    }
}

impl Site {
    /// The bytes of a file of this site (attachments too) by its path on the host; `None` when there are more
    /// than `at_most`, of which nothing more is read then.
    pub async fn download(&self, server_relative_url: &str, at_most: usize) -> Result<Option<Bytes>> {
        let file = odata::literal(server_relative_url);
        let path = format!("web/GetFileByServerRelativePath(decodedUrl={file})/$value");
        let call = self.call("download a file", Method::GET, &path)?.at_most(at_most);
        let answer = self.tenant.send(call).await?;
        Ok(answer.whole.then_some(answer.body))
    }
}
