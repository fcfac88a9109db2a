//! Features of the site collection that are switched on.

use serde::Deserialize;
use uuid::{Uuid, uuid};

use super::Site;
use crate::Result;

/// Limited-access user permission lockdown mode (`ViewFormPagesLockDown`): whoever holds Limited Access alone opens
/// no form and no page of views.
pub const LIMITED_ACCESS_LOCKDOWN: Uuid = uuid!("7c637b23-06c4-472d-9a9a-7c175762c5c4");

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Feature {
    definition_id: Uuid,
}

impl Site {
    /// Ids of the features that are active in the site collection.
    pub async fn site_features(&self) -> Result<Vec<Uuid>> {
        let path = "site/features?$select=DefinitionId";
        let active: Vec<Feature> = self.all("read the site collection's features", path).await?;
        Ok(active.into_iter().map(|feature| feature.definition_id).collect())
    }
}
