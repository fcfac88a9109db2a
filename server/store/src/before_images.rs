//! What stood there before a step wrote, for undoing.

use crate::encryption::places;
use crate::sql::{Row, args};
use crate::{ApplicationId, StoreError, Tx};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub struct BeforeImage {
    /// Position of the step in the plan.
    pub step: i64,
    pub body: serde_json::Value,
    pub at: Timestamp,
}

impl Tx {
    /// Keeps the image; the first one of a step stays, for a repeated step may see its own work.
    pub async fn keep_before_image(
        &mut self,
        of: &ApplicationId,
        image: &BeforeImage,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO before_image (tenant, application, step, body, at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, application, step) DO NOTHING";
        let place = places::before_image(self.tenant.as_str(), of.as_str(), image.step);
        let body = self.kept(image.body.to_string(), &place)?;
        self.run(SQL, args![&self.tenant, of, image.step, body, image.at])
            .await
            .map(|_| ())
    }

    /// In order of the steps.
    pub async fn before_images(&mut self, of: &ApplicationId) -> Result<Vec<BeforeImage>, StoreError> {
        const SQL: &str = "SELECT * FROM before_image WHERE tenant = $1 AND application = $2 ORDER BY step";
        self.rows(SQL, args![&self.tenant, of])
            .await?
            .iter()
            .map(read)
            .collect()
    }
}

fn read(row: &Row) -> Result<BeforeImage, StoreError> {
    let (tenant, of): (String, String) = (row.get("tenant")?, row.get("application")?);
    let step = row.get("step")?;
    Ok(BeforeImage {
        step,
        body: row.value("body", &places::before_image(&tenant, &of, step))?,
        at: row.time("at")?,
    })
}
