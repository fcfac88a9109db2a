//! Contacts of the organisation, which Graph only reads; Exchange writes them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Result, error::found, odata};

const SELECT: &str = "$select=id,displayName,givenName,surname,mail,mailNickname,companyName,department,jobTitle,\
onPremisesSyncEnabled";

/// A contact as Graph describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrgContact {
    pub id: Uuid,
    pub display_name: Option<String>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub mail: Option<String>,
    pub mail_nickname: Option<String>,
    pub company_name: Option<String>,
    pub department: Option<String>,
    pub job_title: Option<String>,
    pub on_premises_sync_enabled: Option<bool>,
}

impl Graph {
    /// The contact with this object id, if there is one.
    pub async fn contact(&self, id: Uuid) -> Result<Option<OrgContact>> {
        let path = format!("contacts/{id}?{SELECT}");
        found(self.get(operation::READ_CONTACT, &path).await)
    }

    /// Contacts with this address, all pages.
    pub async fn contacts_at(&self, address: &str) -> Result<Vec<OrgContact>> {
        let condition = format!(
            "mail eq {} or {}",
            odata::quoted(address),
            odata::has_mail_address(address)
        );
        let path = format!("contacts?{SELECT}&$filter={}", odata::escape(&condition));
        self.all(operation::READ_CONTACTS, &path).await
    }
}
