//! Signing people in at our own pages: authorization code with PKCE, the app proving itself by certificate
//! ("Microsoft identity platform and OAuth 2.0 authorization code flow").

use http::Method;
use secrecy::SecretString;
use serde::Deserialize;
use url::{Url, form_urlencoded::Serializer};

use crate::{
    Credential, CredentialFault, Error, Result, Service, Tenant, assertion,
    call::Call,
    random_uuid,
    send::is_about_this_key,
    token::{ASSERTION_TYPE, fault},
};

const OPERATION: &str = "redeem a code";

/// What a browser is sent to Entra with.
#[derive(Debug, Clone, Copy)]
pub struct SignInRequest<'a> {
    /// One of the registration's redirect addresses.
    pub redirect: &'a Url,
    /// Comes back with the code.
    pub state: &'a str,
    /// Comes back within the ID token.
    pub nonce: &'a str,
    /// SHA-256 of the verifier in base64url without padding (RFC 7636, S256).
    pub challenge: &'a str,
}

#[derive(Deserialize)]
struct Granted {
    id_token: String,
}

impl Tenant {
    /// Where the browser signs in.
    pub fn sign_in_url(&self, request: &SignInRequest<'_>) -> Result<Url> {
        let endpoint = self.inner.identity.endpoint.as_str();
        let address = endpoint.replace("/oauth2/v2.0/token", "/oauth2/v2.0/authorize");
        let mut url = Url::parse(&address).map_err(|_| Error::unaddressable(Service::Login, "sign in"))?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.inner.identity.client_id.to_string())
            .append_pair("response_type", "code")
            .append_pair("response_mode", "query")
            .append_pair("redirect_uri", request.redirect.as_str())
            .append_pair("scope", "openid profile")
            // Whoever has several accounts says which one: the page is one person's.
            .append_pair("prompt", "select_account")
            .append_pair("state", request.state)
            .append_pair("nonce", request.nonce)
            .append_pair("code_challenge", request.challenge)
            .append_pair("code_challenge_method", "S256");
        Ok(url)
    }

    /// The ID token for a code, not yet validated. A code can be redeemed once.
    pub async fn redeem_code(&self, code: &str, redirect: &Url, verifier: &str) -> Result<SecretString> {
        let mut failure = fault(CredentialFault::Refused, "no credential is configured");
        for credential in &self.inner.identity.credentials {
            let call = self.redemption(credential, code, redirect, verifier)?;
            match self.paced(&call, None).await {
                Err(error) if is_about_this_key(&error) => failure = error,
                answer => return Ok(SecretString::from(answer?.json::<Granted>()?.id_token)),
            }
        }
        Err(failure)
    }

    fn redemption(
        &self,
        credential: &Credential,
        code: &str,
        redirect: &Url,
        verifier: &str,
    ) -> Result<Call> {
        let (identity, now) = (&self.inner.identity, self.inner.now());
        let endpoint = identity.endpoint.clone();
        let assertion = assertion::sign(
            credential,
            identity.client_id,
            endpoint.as_str(),
            now,
            random_uuid(),
        )
        .map_err(|error| fault(CredentialFault::Refused, &error.to_string()))?;
        let form = Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("client_id", &identity.client_id.to_string())
            .append_pair("code", code)
            .append_pair("redirect_uri", redirect.as_str())
            .append_pair("code_verifier", verifier)
            .append_pair("client_assertion_type", ASSERTION_TYPE)
            .append_pair("client_assertion", &assertion)
            .finish();
        let call = Call::new(Service::Login, OPERATION, Method::POST, endpoint);
        Ok(call.body("application/x-www-form-urlencoded", form))
    }
}
