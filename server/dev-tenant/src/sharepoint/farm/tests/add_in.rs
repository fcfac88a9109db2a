//! A farm with one trusted issuer, and an add-in that signs its tokens.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderName, HeaderValue};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::sign::Signer;
use openssl::x509::X509;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::{Uuid, uuid};

use crate::call::{Call, Reply};
use crate::seed::{SITE, certificate_file, with_farm, world};
use crate::sharepoint::farm::accounts::sid;
use crate::sharepoint::farm::trust::{AddIn, Grant, Issuer};
use crate::sharepoint::farm::{door, manifest};
use crate::sharepoint::state::people::GrantRole;
use crate::world::World;

pub(super) const HOST: &str = "sharepoint.contoso.local";
pub(super) const ISSUER: Uuid = uuid!("1a1b1c1d-2222-4333-8444-555555555555");
pub(super) const CLIENT: Uuid = uuid!("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee");
const PRINCIPAL: &str = "00000003-0000-0ff1-ce00-000000000000";

/// Making keys is slow: one folder of them for all tests.
static KEYS: LazyLock<TempDir> = LazyLock::new(|| {
    let data = tempfile::tempdir().unwrap();
    world(3, data.path(), crate::clock::Clock::default().now()).unwrap();
    data
});

pub(super) struct House {
    pub(super) world: World,
    key: PKey<Private>,
    pub(super) certificate: X509,
}

pub(super) fn certificate(name: &str) -> (PKey<Private>, X509) {
    let pem = std::fs::read(certificate_file(KEYS.path(), name)).unwrap();
    (
        PKey::private_key_from_pem(&pem).unwrap(),
        X509::from_pem(&pem).unwrap(),
    )
}

/// The add-in holds this right on the farm's site, with the app-only policy.
pub(super) fn house(right: GrantRole) -> House {
    let now = crate::clock::Clock::default().now();
    let world = with_farm(world(3, KEYS.path(), now).unwrap(), HOST, now);
    let (key, certificate) = certificate("app");
    let house = House {
        world,
        key,
        certificate,
    };
    let issuer = Issuer {
        certificate: house.certificate.clone(),
        is_trust_broker: true,
    };
    house.world.farm().unwrap().trust().issuers.insert(ISSUER, issuer);
    house.trust(right, true);
    house
}

impl House {
    pub(super) fn trust(&self, right: GrantRole, app_only: bool) {
        let site = self.world.tenant().sharepoint.site_at(HOST, SITE).unwrap().id;
        let grant = Grant {
            site: Some(site),
            right,
        };
        let add_in = AddIn {
            title: "Flow".to_owned(),
            app_only,
            grants: vec![grant],
        };
        self.world
            .farm()
            .unwrap()
            .trust()
            .add_ins
            .insert(crate::directory::AppId(CLIENT), add_in);
    }

    pub(super) fn register(&self, manifest: &str) {
        let site = self.world.tenant().sharepoint.site_at(HOST, SITE).unwrap().id;
        let (client, add_in) = manifest::register(manifest, site).unwrap();
        self.world.farm().unwrap().trust().add_ins.insert(client, add_in);
    }

    pub(super) fn realm(&self) -> Uuid {
        self.world.farm().unwrap().realm
    }

    /// Well-made claims of an actor token; the seconds as text, as Microsoft's sample has them.
    pub(super) fn claims(&self) -> Value {
        let now = self.world.clock.now().as_second();
        let realm = self.realm();
        json!({
            "aud": format!("{PRINCIPAL}/{HOST}@{realm}"),
            "iss": format!("{ISSUER}@{realm}"),
            "nbf": now.to_string(),
            "exp": (now + 12 * 3600).to_string(),
            "nameid": format!("{CLIENT}@{realm}"),
        })
    }

    pub(super) fn sign(&self, claims: &Value) -> String {
        sign_as(
            claims,
            &json!({"typ": "JWT", "alg": "RS256", "x5t": thumbprint(&self.certificate)}),
            &self.key,
        )
    }

    pub(super) fn app_only(&self) -> String {
        self.sign(&self.claims())
    }

    /// The token of a person through the add-in; `change` bends the outer claims.
    pub(super) fn as_person(&self, name: &str, change: impl FnOnce(&mut Value)) -> String {
        let mut actor = self.claims();
        actor["trustedfordelegation"] = json!("true");
        let mut claims = self.claims();
        claims["iss"] = claims["nameid"].clone();
        claims["nameid"] = json!(self.sid(name));
        claims["nii"] = json!("urn:office:idp:activedirectory");
        claims["actortoken"] = json!(self.sign(&actor));
        change(&mut claims);
        unsigned(&claims)
    }

    pub(super) fn sid(&self, name: &str) -> String {
        let tenant = self.world.tenant();
        let mut people = tenant.directory.users.values();
        let person = people.find(|user| user.user_principal_name.starts_with(&format!("{name}@")));
        sid(person.unwrap().id)
    }

    pub(super) fn send(&self, token: Option<&str>, method: &str, path: &str, body: &Value) -> Reply {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.deliver(token, method, path, body)
    }

    /// A POST of the add-in alone.
    pub(super) fn send_text(&self, path: &str, body: &str) -> Reply {
        self.deliver(Some(&self.app_only()), "POST", path, body.to_owned())
    }

    fn deliver(&self, token: Option<&str>, method: &str, path: &str, body: String) -> Reply {
        let mut headers = HeaderMap::new();
        headers.insert(
            "accept",
            HeaderValue::from_static("application/json;odata=nometadata"),
        );
        headers.insert(HeaderName::from_static("if-match"), HeaderValue::from_static("*"));
        if let Some(token) = token {
            let value = format!("Bearer {token}");
            headers.insert("authorization", HeaderValue::from_str(value.trim_end()).unwrap());
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let call = Call {
            method: method.parse().unwrap(),
            host: HOST.to_owned(),
            path: format!("{SITE}/{path}").replace(' ', "%20"),
            query: query.to_owned(),
            headers,
            body: body.into(),
            request_id: self.world.tenant().ids.uuid(),
        };
        door::answer(&self.world, &call)
    }

    /// A call of the add-in alone.
    pub(super) fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let reply = self.send(Some(&self.app_only()), method, path, body);
        (
            reply.status,
            serde_json::from_slice(&reply.body).unwrap_or_default(),
        )
    }
}

pub(super) fn thumbprint(certificate: &X509) -> String {
    URL_SAFE_NO_PAD.encode(certificate.digest(MessageDigest::sha1()).unwrap())
}

pub(super) fn unsigned(claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!(
        "{}.{}.",
        encode(&json!({"typ": "JWT", "alg": "none"})),
        encode(claims)
    )
}

pub(super) fn sign_as(claims: &Value, header: &Value, key: &PKey<Private>) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", encode(header), encode(claims));
    let mut signer = Signer::new(MessageDigest::sha256(), key).unwrap();
    let signature = signer.sign_oneshot_to_vec(input.as_bytes()).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}
