//! A tenant with one registered app, and calls to its token endpoint.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, Method};
use jiff::Timestamp;
use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::{Padding, Rsa};
use openssl::sign::{RsaPssSaltlen, Signer};
use openssl::x509::X509;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::call::Call;
use crate::caller::Caller;
use crate::directory::{App, AppCertificate, AppId, AppSecret, Directory, ObjectId};
use crate::entra::{Audience, BearerFault, SigningKey, answer, verify};
use crate::graph::Mailboxes;
use crate::ledger::Ledger;
use crate::sharepoint::SharePoint;
use crate::switches::Switches;
use crate::world::{Ids, Tenant, TenantNames, World};

pub(super) const APP: Uuid = Uuid::from_u128(3);
pub(super) const TENANT: Uuid = Uuid::from_u128(1);

/// Making keys is slow: one for all tests.
static OWN: LazyLock<PKey<Private>> = LazyLock::new(|| PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap());

static DATA: LazyLock<TempDir> = LazyLock::new(|| {
    let data = tempfile::tempdir().unwrap();
    SigningKey::load_or_create(data.path()).unwrap();
    data
});

pub(super) struct Fixture {
    pub(super) world: World,
    pub(super) key: PKey<Private>,
    pub(super) certificate: X509,
}

pub(super) fn certificate(key: &PKey<Private>) -> X509 {
    certificate_of_days(key, 9)
}

pub(super) fn certificate_of_days(key: &PKey<Private>, days: u32) -> X509 {
    let mut builder = X509::builder().unwrap();
    builder.set_pubkey(key).unwrap();
    builder
        .set_not_before(&Asn1Time::days_from_now(0).unwrap())
        .unwrap();
    builder
        .set_not_after(&Asn1Time::days_from_now(days).unwrap())
        .unwrap();
    builder.sign(key, MessageDigest::sha256()).unwrap();
    builder.build()
}

pub(super) fn registration(certificate: &X509) -> App {
    App {
        app_id: AppId(APP),
        principal: ObjectId(Uuid::from_u128(4)),
        display_name: "Flow".to_owned(),
        roles: BTreeMap::from([(
            Audience::SharePoint.app_id(),
            BTreeSet::from(["Sites.Selected".to_owned()]),
        )]),
        exposed_scopes: BTreeSet::new(),
        identifier_uris: Vec::new(),
        redirect_uris: Vec::new(),
        certificates: vec![AppCertificate {
            key_id: Uuid::from_u128(5),
            der: STANDARD.encode(certificate.to_der().unwrap()),
            not_after: Timestamp::MAX,
            removed: false,
        }],
        secrets: vec![
            secret("right", Timestamp::MAX),
            secret("old", Timestamp::UNIX_EPOCH),
        ],
        access_token_version: 2,
        registration: crate::registration::Registration::default(),
    }
}

pub(super) fn secret(value: &str, not_after: Timestamp) -> AppSecret {
    AppSecret {
        key_id: Uuid::from_u128(6),
        value: value.to_owned(),
        not_after,
        removed: false,
    }
}

pub(super) fn fixture() -> Fixture {
    let key = OWN.clone();
    let certificate = certificate(&key);
    let app = registration(&certificate);
    let names = TenantNames {
        id: TENANT,
        name: "contoso".to_owned(),
        domain: "contoso.onmicrosoft.com".to_owned(),
        display_name: "Contoso".to_owned(),
    };
    let tenant = Tenant {
        directory: Directory {
            apps: BTreeMap::from([(app.app_id, app)]),
            ..Directory::default()
        },
        sharepoint: SharePoint::default(),
        mailboxes: Mailboxes::default(),
        exchange: crate::exchange::Exchange::default(),
        ledger: Ledger::default(),
        switches: Switches::default(),
        ids: Ids::seeded(1),
    };
    let world = World::new(names, tenant).signing_with(SigningKey::load_or_create(DATA.path()).unwrap());
    Fixture {
        world,
        key,
        certificate,
    }
}

pub(super) fn call(method: Method, host: &str, path: &str, body: String) -> Call {
    Call {
        method,
        host: host.to_owned(),
        path: path.to_owned(),
        query: String::new(),
        headers: HeaderMap::new(),
        body: body.into(),
        request_id: Uuid::from_u128(99),
    }
}

pub(super) fn ask(world: &World, tenant: &str, form: &[(&str, &str)]) -> (u16, Value) {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let path = format!("/{tenant}/oauth2/v2.0/token");
    let reply = answer(
        world,
        &call(Method::POST, "login.microsoftonline.com", &path, body),
    );
    (reply.status, serde_json::from_slice(&reply.body).unwrap())
}

pub(super) fn form<'a>(
    client: &'a str,
    scope: &'a str,
    proof: (&'a str, &'a str),
) -> [(&'a str, &'a str); 4] {
    [
        ("grant_type", "client_credentials"),
        ("client_id", client),
        ("scope", scope),
        proof,
    ]
}

pub(super) const SHAREPOINT: &str = "https://contoso.sharepoint.com/.default";

pub(super) fn assertion(fixture: &Fixture, pss: bool, change: impl FnOnce(&mut Value)) -> String {
    let (name, alg, digest) = if pss {
        ("x5t#S256", "PS256", MessageDigest::sha256())
    } else {
        ("x5t", "RS256", MessageDigest::sha1())
    };
    let print = URL_SAFE_NO_PAD.encode(fixture.certificate.digest(digest).unwrap());
    let now = fixture.world.clock.now().as_second();
    let mut claims = json!({"iss": APP, "sub": APP, "jti": "1", "nbf": now, "exp": now + 600,
        "aud": format!("https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token")});
    change(&mut claims);
    jws(&fixture.key, &json!({"alg": alg, name: print}), &claims)
}

/// Signed as the header says: PS256 or RS256.
pub(super) fn jws(key: &PKey<Private>, header: &Value, claims: &Value) -> String {
    let input = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    let mut signer = Signer::new(MessageDigest::sha256(), key).unwrap();
    if header["alg"] == "PS256" {
        signer.set_rsa_padding(Padding::PKCS1_PSS).unwrap();
        signer.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH).unwrap();
    }
    let signature = signer.sign_oneshot_to_vec(input.as_bytes()).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

pub(super) fn by_assertion(fixture: &Fixture, text: &str) -> (u16, Value) {
    let client = APP.to_string();
    ask(
        &fixture.world,
        &TENANT.to_string(),
        &form(&client, SHAREPOINT, ("client_assertion", text)),
    )
}

pub(super) fn bear(world: &World, token: &str, audience: Audience) -> Result<Caller, BearerFault> {
    let mut call = call(Method::GET, "contoso.sharepoint.com", "/", String::new());
    let value = HeaderValue::from_str(&format!("Bearer {token}")).unwrap();
    call.headers.insert("authorization", value);
    verify(world, &call, audience)
}
