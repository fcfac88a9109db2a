//! What an application asks for, after its form was mapped.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::AssignedLicences;

/// A new account, as wished. Nothing here is checked against the tenant yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserWish {
    /// Our application. The account carries it as its mark, by which we know it again after a lost answer.
    pub application: String,
    pub user_principal_name: String,
    pub display_name: String,
    /// Properties of a Graph `user` by their names there; empty ones are left out.
    pub properties: BTreeMap<String, String>,
    /// ISO 3166-1 alpha-2; a licence needs it.
    pub usage_location: Option<String>,
    pub manager: Option<Uuid>,
    pub licences: AssignedLicences,
    /// Licences of which the account has a seat already: what it is amended from gave them.
    pub held: BTreeSet<Uuid>,
    pub groups: BTreeSet<Uuid>,
    pub fields: WishFields,
}

/// The form's fields behind a wish, so that an issue stands where the applicant can mend it.
/// Empty: the form as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WishFields {
    pub user_principal_name: String,
    pub manager: String,
    pub licence: String,
    pub groups: String,
}

impl UserWish {
    /// Local part and domain of the user principal name.
    pub fn name_and_domain(&self) -> (&str, &str) {
        self.user_principal_name
            .rsplit_once('@')
            .unwrap_or((&self.user_principal_name, ""))
    }

    /// The local part without what a mail nickname may not hold (of the characters of a user principal name,
    /// only the apostrophe: Microsoft Graph, "user resource type").
    pub fn mail_nickname(&self) -> String {
        self.name_and_domain().0.replace('\'', "")
    }
}
