//! The fields of a request to Entra's token endpoint by which the app proves who it is.

use secrecy::{ExposeSecret, SecretString};

use crate::{
    ClientProof, Credential, CredentialFault, Error, Result, Tenant, Verdict, assertion, random_uuid,
    token::fault,
};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub(crate) type Field = (&'static str, SecretString);

impl Tenant {
    /// `Credentials(Expired)` for a proof whose time is over: Entra is not even asked.
    pub(crate) async fn prove(&self, proof: &ClientProof) -> Result<Vec<Field>> {
        let now = self.inner.now();
        if proof.expires().is_some_and(|end| end <= now) {
            let why = "the certificate or the secret has run out";
            return Err(fault(CredentialFault::Expired, why));
        }
        Ok(match proof {
            ClientProof::Certificate(credential) => by_assertion(self.assertion(credential)?),
            ClientProof::Secret(secret) => vec![("client_secret", secret.text.clone())],
            ClientProof::TokenFile(file) => by_assertion(token_in(file)?),
            ClientProof::ManagedIdentity(identity) => by_assertion(self.machines_token(identity).await?),
        })
    }

    fn assertion(&self, credential: &Credential) -> Result<SecretString> {
        let identity = &self.inner.identity;
        let (endpoint, now) = (identity.endpoint.as_str(), self.inner.now());
        assertion::sign(credential, identity.client_id, endpoint, now, random_uuid())
            .map(SecretString::from)
            .map_err(|error| fault(CredentialFault::Refused, &error.to_string()))
    }
}

fn by_assertion(assertion: SecretString) -> Vec<Field> {
    let kind = SecretString::from(ASSERTION_TYPE);
    vec![("client_assertion_type", kind), ("client_assertion", assertion)]
}

fn token_in(file: &std::path::Path) -> Result<SecretString> {
    match std::fs::read_to_string(file).map(SecretString::from) {
        Ok(token) => Ok(SecretString::from(token.expose_secret().trim())),
        Err(error) => {
            let why = format!("the token file {} cannot be read: {error}", file.display());
            Err(fault(CredentialFault::Refused, &why))
        }
    }
}

/// Whether another proof may do where this one failed.
pub(crate) fn is_about_this_proof(error: &Error) -> bool {
    let of_this = [
        CredentialFault::Expired,
        CredentialFault::UnknownKey,
        CredentialFault::Untrusted,
    ];
    let of_this = of_this.map(Verdict::Credentials);
    of_this.contains(&error.verdict)
}
