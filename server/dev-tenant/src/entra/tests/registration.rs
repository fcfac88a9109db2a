//! An app that changes its own registration by Graph, for the tests of credentials.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use serde_json::{Value, json};
use uuid::Uuid;

use super::fixture::{
    APP, Fixture, SHAREPOINT, TENANT, ask, by_assertion, call, certificate_of_days, fixture, form, jws,
};
use crate::call::Call;
use crate::caller::{AppCaller, Caller};
use crate::directory::{AppId, ObjectId};
use crate::graph;
use crate::registration::AppObject;

pub(super) const ALL: &str = "Application.ReadWrite.All";
pub(super) const OWNED: &str = "Application.ReadWrite.OwnedBy";
pub(super) const POLICIES: &str = "Policy.ReadWrite.ApplicationConfiguration";
const PRINCIPAL: ObjectId = ObjectId(Uuid::from_u128(4));

/// The object id of its registration.
pub(super) fn object() -> String {
    AppId(APP).application().0.to_string()
}

/// A call of the app itself with one permission; `line` is `METHOD /path`.
pub(super) fn graph(fixture: &Fixture, role: &str, line: &str, body: &Value) -> (u16, Value) {
    sent(fixture, role, &calling(line, body))
}

/// As [`own`] by whoever may change all apps, on the registration itself and with a header.
pub(super) fn own_with(
    fixture: &Fixture,
    (name, value): (&'static str, &str),
    method: &str,
    body: &Value,
) -> (u16, Value) {
    let mut call = calling(&format!("{method} /applications/{}", object()), body);
    call.headers.insert(name, value.parse().unwrap());
    sent(fixture, ALL, &call)
}

fn calling(line: &str, body: &Value) -> Call {
    let (method, path) = line.split_once(' ').unwrap();
    let method: Method = method.parse().unwrap();
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    call(method, "graph.microsoft.com", &format!("/v1.0{path}"), body)
}

fn sent(fixture: &Fixture, role: &str, call: &Call) -> (u16, Value) {
    let caller = Caller::App(AppCaller {
        app_id: AppId(APP),
        principal: PRINCIPAL,
        display_name: "Flow".to_owned(),
        roles: vec![role.to_owned()],
        wids: Vec::new(),
        by_certificate: true,
    });
    let reply = graph::answer_as(&fixture.world, &caller, call);
    (
        reply.status,
        serde_json::from_slice(&reply.body).unwrap_or_default(),
    )
}

/// As [`graph`], on the app's own registration.
pub(super) fn own(fixture: &Fixture, role: &str, method: &str, rest: &str, body: &Value) -> (u16, Value) {
    graph(
        fixture,
        role,
        &format!("{method} /applications/{}{rest}", object()),
        body,
    )
}

/// The app's registration as Graph shows it.
pub(super) fn shown(fixture: &Fixture) -> Value {
    own(fixture, ALL, "GET", "", &Value::Null).1
}

pub(super) fn own_itself(fixture: &Fixture) {
    let mut tenant = fixture.world.tenant();
    let app = tenant.directory.apps.get_mut(&AppId(APP)).unwrap();
    for object in [AppObject::Application, AppObject::ServicePrincipal] {
        app.registration
            .owners
            .entry(object)
            .or_default()
            .insert(PRINCIPAL);
    }
}

/// The same app with a key and certificate that Entra does not know yet.
pub(super) fn renewed(days: u32) -> Fixture {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    Fixture {
        certificate: certificate_of_days(&key, days),
        key,
        ..fixture()
    }
}

/// The certificate as a `keyCredential`.
pub(super) fn credential(of: &Fixture) -> Value {
    let der = STANDARD.encode(of.certificate.to_der().unwrap());
    json!({"type": "AsymmetricX509Cert", "usage": "Verify", "key": der, "displayName": "next"})
}

pub(super) fn proof(key: &PKey<Private>, fixture: &Fixture, change: impl FnOnce(&mut Value)) -> String {
    let now = fixture.world.clock.now().as_second();
    let mut claims = json!({"aud": "00000002-0000-0000-c000-000000000000", "iss": object(),
        "nbf": now, "exp": now + 600});
    change(&mut claims);
    jws(key, &json!({"alg": "RS256", "typ": "JWT"}), &claims)
}

/// The AADSTS code of a request with this secret; 0 = a token.
pub(super) fn code_of_secret(fixture: &Fixture, secret: &str) -> u64 {
    let (client, tenant) = (APP.to_string(), TENANT.to_string());
    let (_, body) = ask(
        &fixture.world,
        &tenant,
        &form(&client, SHAREPOINT, ("client_secret", secret)),
    );
    body["error_codes"][0].as_u64().unwrap_or_default()
}

/// The AADSTS code of a request with this assertion; 0 = a token.
pub(super) fn code_of_assertion(fixture: &Fixture, assertion: &str) -> u64 {
    let (_, body) = by_assertion(fixture, assertion);
    body["error_codes"][0].as_u64().unwrap_or_default()
}
