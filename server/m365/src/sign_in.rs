//! Signing people in at our own pages: authorization code with PKCE, the app proving itself by certificate
//! ("Microsoft identity platform and OAuth 2.0 authorization code flow").

use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::{Url, form_urlencoded::Serializer};

use crate::{
    ClientProof, CredentialFault, Error, Result, Service, Tenant, call::Call, prove::is_about_this_proof,
    token::fault,
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
        for proof in self.inner.identity.proofs.now().iter() {
            match self.redeem_by(proof, code, redirect, verifier).await {
                Err(error) if is_about_this_proof(&error) => failure = error,
                result => return result,
            }
        }
        Err(failure)
    }

    async fn redeem_by(
        &self,
        proof: &ClientProof,
        code: &str,
        redirect: &Url,
        verifier: &str,
    ) -> Result<SecretString> {
        let fields = self.prove(proof).await?;
        let identity = &self.inner.identity;
        let form = Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("client_id", &identity.client_id.to_string())
            .append_pair("code", code)
            .append_pair("redirect_uri", redirect.as_str())
            .append_pair("code_verifier", verifier)
            .extend_pairs(fields.iter().map(|(name, value)| (name, value.expose_secret())))
            .finish();
        let call = Call::new(Service::Login, OPERATION, Method::POST, identity.endpoint.clone());
        let call = call.body("application/x-www-form-urlencoded", form);
        let granted: Granted = self.paced(&call, None).await?.json()?;
        Ok(SecretString::from(granted.id_token))
    }
}
