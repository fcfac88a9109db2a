//! Definitions as they were when an application was made with them.

use crate::sql::args;
use crate::{Hash, StoreError, Tx, WorkflowKey};

/// A version of a workflow definition; never changed once pinned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinnedDefinition {
    pub workflow: WorkflowKey,
    pub version: i64,
    pub body: String,
    pub hash: Hash,
}

impl Tx {
    /// Keeps a version. The same again is harmless; another body under the same version is
    /// [`StoreError::UniqueTaken`].
    pub async fn pin_definition(&mut self, pinned: &PinnedDefinition) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO definition (tenant, workflow, version, body, hash)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, workflow, version) DO NOTHING";
        let args = args![
            &self.tenant,
            &pinned.workflow,
            pinned.version,
            &pinned.body,
            pinned.hash
        ];
        self.run(SQL, args).await?;
        match self.pinned_definition(&pinned.workflow, pinned.version).await? {
            Some(kept) if kept == *pinned => Ok(()),
            _ => Err(StoreError::UniqueTaken {
                what: "definition version",
            }),
        }
    }

    pub async fn pinned_definition(
        &mut self,
        workflow: &WorkflowKey,
        version: i64,
    ) -> Result<Option<PinnedDefinition>, StoreError> {
        const SQL: &str =
            "SELECT body, hash FROM definition WHERE tenant = $1 AND workflow = $2 AND version = $3";
        let Some(row) = self.row(SQL, args![&self.tenant, workflow, version]).await? else {
            return Ok(None);
        };
        let (body, hash) = (row.get("body")?, row.hash("hash")?);
        Ok(Some(PinnedDefinition {
            workflow: workflow.clone(),
            version,
            body,
            hash,
        }))
    }
}
