//! The address at which an administrator consents for the whole tenant ("Admin consent on the Microsoft identity
//! platform"). Nobody has to be signed in for it to be made, nor any credential to be there.

use url::Url;
use uuid::Uuid;

use crate::{Cloud, Error, Origin, Result, Service};

/// What an administrator is asked to consent to.
#[derive(Debug, Clone, Copy)]
pub struct AdminConsent<'a> {
    pub tenant_id: Uuid,
    pub client_id: Uuid,
    /// Whose permissions, as far as the registration asks for them.
    pub resource: &'a Origin,
    /// One of the registration's redirect addresses.
    pub redirect: &'a Url,
    /// Comes back with the answer.
    pub state: &'a str,
}

impl AdminConsent<'_> {
    pub fn url(&self, cloud: &Cloud) -> Result<Url> {
        let address = format!("{}/{}/v2.0/adminconsent", cloud.login, self.tenant_id);
        let mut url =
            Url::parse(&address).map_err(|_| Error::unaddressable(Service::Login, "ask for consent"))?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.client_id.to_string())
            .append_pair("scope", &format!("{}/.default", self.resource))
            .append_pair("redirect_uri", self.redirect.as_str())
            .append_pair("state", self.state);
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_names_tenant_app_resource_and_where_to_go_afterwards() {
        let resource = Origin::parse("https://graph.microsoft.com").unwrap();
        let redirect = Url::parse("https://flow.contoso.example/sign-in").unwrap();
        let consent = AdminConsent {
            tenant_id: Uuid::from_u128(1),
            client_id: Uuid::from_u128(2),
            resource: &resource,
            redirect: &redirect,
            state: "s",
        };
        assert_eq!(
            consent.url(&Cloud::default()).unwrap().as_str(),
            "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001/v2.0/adminconsent\
             ?client_id=00000000-0000-0000-0000-000000000002\
             &scope=https%3A%2F%2Fgraph.microsoft.com%2F.default\
             &redirect_uri=https%3A%2F%2Fflow.contoso.example%2Fsign-in&state=s"
        );
    }
}
