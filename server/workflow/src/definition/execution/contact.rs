//! Mail contacts, which Exchange writes: which answers make them, and which change them.

use std::collections::BTreeMap;

use forms::FieldKey;
use serde::{Deserialize, Serialize};

use super::PlanMapping;

/// Templates of what the address book says about a contact.
pub type ContactDetails = BTreeMap<ContactDetail, String>;

/// A new mail contact. A template is made of answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateContact {
    /// Template of the name that people read.
    pub display_name: String,
    /// Template of the address outside; the first field that it names is asked to be free.
    pub address: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: ContactDetails,
}

/// What the address book says about a contact beside its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ContactDetail {
    Surname,
    GivenName,
    CompanyName,
    Department,
    JobTitle,
    OfficeLocation,
    Phone,
    MobilePhone,
}

/// A mail contact that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeContact {
    /// Which it is: a field that chooses a contact.
    pub contact: FieldKey,
    /// Template; changed where the form asks all that it names. So are the address and the details.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: ContactDetails,
    /// Deletes the contact when all else is done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub delete: bool,
}

impl ContactDetail {
    /// As definitions and plans write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Surname => "surname",
            Self::GivenName => "givenName",
            Self::CompanyName => "companyName",
            Self::Department => "department",
            Self::JobTitle => "jobTitle",
            Self::OfficeLocation => "officeLocation",
            Self::Phone => "phone",
            Self::MobilePhone => "mobilePhone",
        }
    }
}

impl CreateContact {
    /// The field of its address.
    pub(super) fn subject(&self) -> &str {
        PlanMapping::placeholders(&self.address)
            .next()
            .unwrap_or_default()
    }
}

impl ChangeContact {
    /// Whether it would change nothing at all.
    pub(crate) fn is_idle(&self) -> bool {
        let is_kept = self.display_name.is_none() && self.address.is_none();
        is_kept && !self.delete && self.details.is_empty()
    }

    pub(super) fn kind(&self) -> &'static str {
        if self.delete {
            "contact.delete"
        } else {
            "contact.change"
        }
    }
}
