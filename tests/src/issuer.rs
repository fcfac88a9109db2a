//! An issuer of tokens elsewhere: a platform that vouches for what runs on it, and whom the app registration trusts.

use openssl::asn1::Asn1Time;
use openssl::base64::encode_block;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::sign::Signer;
use openssl::x509::{X509, X509NameBuilder};
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::House;

/// For whom tokens are made that stand for a credential of the app.
pub const AUDIENCE: &str = "api://AzureADTokenExchange";
const BITS: u32 = 2048;
/// The year 2100.
const FAR: i64 = 4_102_444_800;

/// Whoever signs with this key.
pub struct Issuer {
    address: String,
    key: PKey<Private>,
    certificate: X509,
}

impl Issuer {
    /// With a new key.
    pub fn at(address: &str) -> Self {
        let key = PKey::from_rsa(Rsa::generate(BITS).expect("a key")).expect("a key");
        Self {
            address: address.to_owned(),
            certificate: certificate(&key),
            key,
        }
    }

    /// PEM.
    pub fn certificate(&self) -> Vec<u8> {
        self.certificate.to_pem().expect("a certificate")
    }

    /// A token for one subject that holds from now on for so many minutes of the house's clock.
    pub fn token(&self, house: &House, (subject, audience): (&str, &str), minutes: i64) -> String {
        let now = house.world().clock.now().as_second();
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "1" });
        let claims = json!({
            "iss": self.address, "sub": subject, "aud": audience, "nbf": now, "exp": now + minutes * 60,
        });
        let text = format!("{}.{}", part(&header), part(&claims));
        let mut signer = Signer::new(MessageDigest::sha256(), &self.key).expect("a signer");
        let signature = signer.sign_oneshot_to_vec(text.as_bytes()).expect("a signature");
        format!("{text}.{}", in_address(&signature))
    }
}

fn part(claims: &Value) -> String {
    in_address(claims.to_string().as_bytes())
}

/// Base64 as it stands in addresses and tokens (RFC 4648, section 5).
fn in_address(bytes: &[u8]) -> String {
    let text = encode_block(bytes).replace('+', "-").replace('/', "_");
    text.trim_end_matches('=').to_owned()
}

fn certificate(key: &PKey<Private>) -> X509 {
    let build = || {
        let mut name = X509NameBuilder::new()?;
        name.append_entry_by_text("CN", "issuer")?;
        let name = name.build();
        let mut builder = X509::builder()?;
        builder.set_subject_name(&name)?;
        builder.set_issuer_name(&name)?;
        builder.set_pubkey(key)?;
        builder.set_not_before(&*Asn1Time::from_unix(0)?)?;
        builder.set_not_after(&*Asn1Time::from_unix(FAR)?)?;
        builder.sign(key, MessageDigest::sha256())?;
        Ok::<_, openssl::error::ErrorStack>(builder.build())
    };
    build().expect("a certificate")
}

impl House {
    /// An administrator lets the tokens of an issuer for one subject stand for our app.
    pub async fn trust(&self, issuer: &Issuer, subject: &str) {
        self.publish(issuer);
        let trusted = json!({
            "name": "workload", "issuer": issuer.address, "subject": subject, "audiences": [AUDIENCE],
        });
        let registration = self.registration().await;
        let id = registration["id"].as_str().expect("an id");
        let path = format!("applications/{id}/federatedIdentityCredentials");
        let (status, answer) = self.graph(Method::POST, &path, &trusted).await;
        assert!(status.is_success(), "{status}: {answer}");
    }

    /// What Entra fetches at the issuer's address: by which key it signs from now on.
    pub fn publish(&self, issuer: &Issuer) {
        let certificate = String::from_utf8(issuer.certificate()).expect("PEM");
        let mut tenant = self.world().tenant();
        tenant
            .directory
            .issuers
            .insert(issuer.address.clone(), certificate);
    }

    /// From its next start on the product proves itself so, and by nothing else: its certificate is out of the
    /// registration and off the disk.
    pub async fn prove_by(&self, federation: &str) {
        let registration = self.registration().await;
        let id = registration["id"].as_str().expect("an id");
        let none = json!({ "keyCredentials": [] });
        let (status, answer) = self
            .graph(Method::PATCH, &format!("applications/{id}"), &none)
            .await;
        assert!(status.is_success(), "{status}: {answer}");
        std::fs::remove_file(self.file("tenant/app.pem")).expect("the certificate is gone");
        self.configure(|text| {
            let certificate = text.lines().find(|line| line.starts_with("certificate = "));
            let certificate = certificate.expect("a certificate").to_owned();
            text.replace(&certificate, &format!("federation = {federation}"))
        });
    }
}
