//! What the address book says about a mail contact besides its addresses.

use serde::{Deserialize, Serialize};

use super::{Cmdlet, Driver, Exchange, Identity, Warnings, operation, row};
use crate::Result;

/// Company, office and phones of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ContactDetails {
    #[serde(default, deserialize_with = "row::text")]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub last_name: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub company: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub department: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub office: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub phone: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub mobile_phone: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub street_address: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub city: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub state_or_province: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub postal_code: Option<String>,
    #[serde(default, deserialize_with = "row::text")]
    pub country_or_region: Option<String>,
}

/// What is changed about them; `None` leaves it as it is, an empty text takes it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ContactDetailsChange<'a> {
    pub first_name: Option<&'a str>,
    pub last_name: Option<&'a str>,
    pub title: Option<&'a str>,
    pub company: Option<&'a str>,
    pub department: Option<&'a str>,
    pub office: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub mobile_phone: Option<&'a str>,
    pub street_address: Option<&'a str>,
    pub city: Option<&'a str>,
    pub state_or_province: Option<&'a str>,
    pub postal_code: Option<&'a str>,
    pub country_or_region: Option<&'a str>,
}

impl ContactDetailsChange<'_> {
    fn onto(&self, cmdlet: Cmdlet) -> Cmdlet {
        cmdlet
            .maybe("FirstName", self.first_name)
            .maybe("LastName", self.last_name)
            .maybe("Title", self.title)
            .maybe("Company", self.company)
            .maybe("Department", self.department)
            .maybe("Office", self.office)
            .maybe("Phone", self.phone)
            .maybe("MobilePhone", self.mobile_phone)
            .maybe("StreetAddress", self.street_address)
            .maybe("City", self.city)
            .maybe("StateOrProvince", self.state_or_province)
            .maybe("PostalCode", self.postal_code)
            .maybe("CountryOrRegion", self.country_or_region)
    }
}

impl<D: Driver> Exchange<D> {
    /// What the address book says about a contact, if there is one.
    pub async fn contact_details(&self, contact: &Identity) -> Result<Option<ContactDetails>> {
        let cmdlet = Cmdlet::read(operation::READ_CONTACT_DETAILS, "Get-Contact");
        self.one(cmdlet.on(contact)).await
    }

    /// Changes what the address book says about a contact.
    pub async fn update_contact_details(
        &self,
        contact: &Identity,
        change: &ContactDetailsChange<'_>,
    ) -> Result<Warnings> {
        let cmdlet = Cmdlet::change(operation::UPDATE_CONTACT_DETAILS, "Set-Contact", contact);
        self.change(change.onto(cmdlet)).await
    }
}
