//! Our app registration as an administrator and Entra see it, and the product's section `credentials`.

use std::process::Output;

use openssl::base64::encode_block;
use openssl::x509::X509;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::House;

pub const OWN: &str = "Application.ReadWrite.OwnedBy";
/// Two rounds without a pause: tests do not wait.
const RENEWAL: &str = "[credentials.renewal]\nrounds = 2\npause = 0\n";

impl House {
    /// Writes the section `credentials` with a fresh master key, and `more` lines into its part for renewals.
    pub fn can_renew(&self, automatic: bool, more: &str) {
        let made = self.run(&["credentials", "master-key", &self.file("master.key")]);
        assert!(made.status.success(), "{}", said(&made));
        self.configure(|text| {
            let section = format!(
                "[credentials]\nmaster_key = {{ file = \"master.key\" }}\n[credentials.automatic]\nenabled = {automatic}\n\
                 {RENEWAL}{more}\n[mail]\n"
            );
            text.replace("[mail]\n", &section)
        });
    }

    /// The path of a file beside the configuration.
    pub fn file(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The administrator's part: consent, and the app owns its registration. The product names the ids that it takes.
    pub async fn own_registration(&self) {
        self.consent(OWN);
        let plan = self.plan();
        let missing = &plan["obstacles"][0]["what"];
        assert_eq!(missing["obstacle"], "notOwner", "{plan}");
        let id = |name: &str| {
            missing[name]
                .as_str()
                .unwrap_or_else(|| panic!("no {name}: {plan}"))
        };
        let path = format!("applications/{}/owners/$ref", id("application"));
        let address = format!(
            "https://graph.microsoft.com/v1.0/directoryObjects/{}",
            id("principal")
        );
        self.administrate(Method::POST, &path, &json!({ "@odata.id": address }))
            .await;
    }

    /// What a renewal would do, and what stands in its way.
    pub fn plan(&self) -> Value {
        json_of(&self.run(&["credentials", "plan", "--format", "json"]))
    }

    pub fn credentials_status(&self) -> Value {
        json_of(&self.run(&["credentials", "status", "--format", "json"]))
    }

    /// Entra's own words on our registration.
    pub async fn registration(&self) -> Value {
        let ours = self.our_app().app_id;
        let path = format!("applications(appId='{}')", ours.0);
        self.administrate(Method::GET, &path, &Value::Null).await
    }

    /// Thumbprints of the registered certificates, upper-case hexadecimal digits.
    pub async fn thumbprints(&self) -> Vec<String> {
        let registration = self.registration().await;
        let keys = registration["keyCredentials"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let name = |key: &Value| {
            key["customKeyIdentifier"]
                .as_str()
                .unwrap_or_default()
                .to_uppercase()
        };
        keys.iter().map(name).collect()
    }

    async fn administrate(&self, method: Method, path: &str, body: &Value) -> Value {
        let (status, answer) = self.graph(method, path, body).await;
        assert!(status.is_success(), "{path}: {status}: {answer}");
        answer
    }

    /// An administrator adds a certificate (PEM) to our registration, as in the portal.
    pub async fn register(&self, pem: &[u8]) {
        let certificate = X509::from_pem(pem)
            .and_then(|one| one.to_der())
            .expect("a certificate");
        let added = json!({
            "type": "AsymmetricX509Cert", "usage": "Verify", "key": encode_block(&certificate),
        });
        self.change_keys(|keys| keys.push(added)).await;
    }

    /// An administrator takes a certificate out of our registration, as in the portal.
    pub async fn unregister(&self, thumbprint: &str) {
        self.change_keys(|keys| {
            let registered = keys.len();
            keys.retain(|key| !is_named(key, thumbprint));
            assert_eq!(keys.len() + 1, registered, "{thumbprint} is registered");
        })
        .await;
    }

    async fn change_keys(&self, change: impl FnOnce(&mut Vec<Value>)) {
        let registration = self.registration().await;
        let keys = registration["keyCredentials"].as_array();
        let mut keys = keys.cloned().unwrap_or_default();
        for key in &mut keys {
            key["key"] = Value::Null;
        }
        change(&mut keys);
        let id = registration["id"].as_str().expect("an id");
        let path = format!("applications/{id}");
        self.administrate(Method::PATCH, &path, &json!({ "keyCredentials": keys }))
            .await;
    }

    /// The tenant's policy for all apps.
    pub async fn forbid(&self, restrictions: &Value) -> StatusCode {
        let body = json!({ "isEnabled": true, "applicationRestrictions": restrictions });
        let (status, answer) = self
            .graph(Method::PATCH, "policies/defaultAppManagementPolicy", &body)
            .await;
        assert!(status.is_success(), "{status}: {answer}");
        status
    }
}

fn is_named(key: &Value, thumbprint: &str) -> bool {
    let name = key["customKeyIdentifier"].as_str();
    name.is_some_and(|name| name.eq_ignore_ascii_case(thumbprint))
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

fn json_of(output: &Output) -> Value {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {}", said(output)))
}
