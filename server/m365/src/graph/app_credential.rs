//! Adding and removing what proves us. Nothing here is repeated: read the registration first, and after `Ambiguous`.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderValue, Method, header::IF_MATCH};
use jiff::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Application, Graph, KeyCredential, operation};
use crate::{
    ClientSecret, Credential, CredentialFault, Error, Result, Service, call::Call, possession, random_uuid,
    token::fault,
};

/// A secret that Entra has just made. Its text is told this once.
#[derive(Debug)]
pub struct NewSecret {
    pub key_id: Uuid,
    pub secret: ClientSecret,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Added {
    key_id: Uuid,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    key_id: Uuid,
    secret_text: String,
    end_date_time: Timestamp,
}

fn key(credential: &Credential, name: &str) -> Value {
    json!({
        "type": "AsymmetricX509Cert", "usage": "Verify", "displayName": name,
        "key": STANDARD.encode(credential.certificate()),
    })
}

impl Graph {
    /// Registers a certificate and gives Entra's name for it; `holder` is registered already and proves that we may.
    pub async fn add_key(
        &self,
        to: &Application,
        credential: &Credential,
        name: &str,
        holder: &Credential,
    ) -> Result<Uuid> {
        let body = json!({
            "keyCredential": key(credential, name), "passwordCredential": null,
            "proof": self.possession(to, holder)?,
        });
        let path = format!("applications/{}/addKey", to.id);
        let call = self.call(operation::ADD_KEY, Method::POST, &path)?.known();
        let added: Added = self.tenant.send(call.json(body)).await?.json()?;
        Ok(added.key_id)
    }

    /// Takes a certificate away; `holder` is registered and stays.
    pub async fn remove_key(&self, from: &Application, key_id: Uuid, holder: &Credential) -> Result<()> {
        let body = json!({ "keyId": key_id, "proof": self.possession(from, holder)? });
        let path = format!("applications/{}/removeKey", from.id);
        self.change(operation::REMOVE_KEY, Method::POST, &path, Some(body))
            .await
    }

    /// Registers a certificate without a proof, by writing the whole list: those that were read stay. Gives the name
    /// under which it was sent; Entra may choose another. `SaveConflict` when somebody changed the registration
    /// meanwhile, as far as Graph tells.
    pub async fn list_key(&self, to: &Application, credential: &Credential, name: &str) -> Result<Uuid> {
        let mut list: Vec<_> = to.key_credentials.iter().map(KeyCredential::kept).collect();
        let (mut new, key_id) = (key(credential, name), random_uuid());
        new["keyId"] = json!(key_id);
        list.push(new);
        self.write_keys(to, list).await?;
        Ok(key_id)
    }

    /// Takes a certificate away without a proof, by writing the list without it.
    pub async fn unlist_key(&self, from: &Application, key_id: Uuid) -> Result<()> {
        let others = from.key_credentials.iter().filter(|key| key.key_id != key_id);
        let list = others.map(KeyCredential::kept).collect();
        self.write_keys(from, list).await
    }

    async fn write_keys(&self, of: &Application, list: Vec<Value>) -> Result<()> {
        let path = format!("applications/{}", of.id);
        let mut call = self.call(operation::WRITE_KEYS, Method::PATCH, &path)?.known();
        let etag = of.etag.as_deref().map(HeaderValue::from_str);
        if let Some(Ok(etag)) = etag {
            call = call.header(IF_MATCH, etag);
        }
        let call: Call = call.json(json!({ "keyCredentials": list }));
        self.tenant.send(call).await.map(drop)
    }

    /// Has Entra make a secret that ends then.
    pub async fn add_secret(&self, to: &Application, name: &str, ends: Timestamp) -> Result<NewSecret> {
        let body = json!({ "passwordCredential": { "displayName": name, "endDateTime": ends.to_string() } });
        let path = format!("applications/{}/addPassword", to.id);
        let call = self.call(operation::ADD_SECRET, Method::POST, &path)?.known();
        let made: Made = self.tenant.send(call.json(body)).await?.json()?;
        let (text, expires) = (SecretString::from(made.secret_text), made.end_date_time);
        Ok(NewSecret {
            key_id: made.key_id,
            secret: ClientSecret { text, expires },
        })
    }

    /// Takes a secret away.
    pub async fn remove_secret(&self, from: &Application, key_id: Uuid) -> Result<()> {
        let path = format!("applications/{}/removePassword", from.id);
        let body = json!({ "keyId": key_id });
        self.change(operation::REMOVE_SECRET, Method::POST, &path, Some(body))
            .await
    }

    fn possession(&self, of: &Application, holder: &Credential) -> Result<String> {
        let signed = possession::sign(holder, of.id, self.tenant.inner.now());
        signed.map_err(|error| Error {
            service: Service::Graph,
            ..fault(CredentialFault::Refused, &error.to_string())
        })
    }
}
