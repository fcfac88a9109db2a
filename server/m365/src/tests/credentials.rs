//! What proves the app: exchanged while it runs, added and removed over the wire.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use openssl::{hash::MessageDigest, sign::Verifier};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    recorder::Recorder,
    server::{Scenario, Server, credentials},
};
use crate::{ClientProof, ClientSecret, ManagedIdentity, Verdict, graph::Application};

const KEY: Uuid = Uuid::from_u128(5);

fn registration() -> String {
    let old = credentials()[0].0.sha1_hex();
    json!({
        "@odata.etag": "W/\"7\"",
        "id": Uuid::from_u128(3), "appId": Uuid::from_u128(2), "displayName": "Provisioning Flow",
        "createdDateTime": "2026-01-01T00:00:00Z",
        "keyCredentials": [{
            "keyId": KEY, "customKeyIdentifier": old, "displayName": "CN=app", "type": "AsymmetricX509Cert",
            "usage": "Verify", "key": "AAAA", "startDateTime": "2026-02-01T00:00:00Z",
            "endDateTime": "2027-02-28T00:00:00Z",
        }],
        "passwordCredentials": [],
    })
    .to_string()
}

async fn read(recorder: &Recorder) -> Application {
    let graph = recorder.tenant().graph();
    graph.application(Uuid::from_u128(2)).await.unwrap().unwrap()
}

fn part(jwt: &str, at: usize) -> Value {
    let part = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(at).unwrap()).unwrap();
    serde_json::from_slice(&part).unwrap()
}

#[tokio::test]
async fn a_key_is_added_and_removed_by_whoever_proves_that_he_holds_one() {
    let made = json!({ "keyId": Uuid::from_u128(6) }).to_string();
    let recorder = Recorder::start(&[(200, &registration()), (200, &made), (204, "")]).await;
    let application = read(&recorder).await;
    let (old, certificate) = &credentials()[0];
    let new = &credentials()[1].0;
    let graph = recorder.tenant().graph();
    let added = graph.add_key(&application, new, "pf-1", old).await.unwrap();
    assert_eq!(added, Uuid::from_u128(6));
    graph.remove_key(&application, KEY, old).await.unwrap();
    let seen = recorder.seen();
    let body = seen[1].json();
    assert_eq!(body["keyCredential"]["type"], "AsymmetricX509Cert");
    assert!(body["passwordCredential"].is_null());
    let proof = body["proof"].as_str().unwrap();
    assert_eq!(part(proof, 0)["kid"], old.sha1_hex());
    let claims = part(proof, 1);
    assert_eq!(claims["iss"], Uuid::from_u128(3).to_string());
    assert_eq!(claims["aud"], "00000002-0000-0000-c000-000000000000");
    let life = claims["exp"].as_i64().unwrap() - claims["nbf"].as_i64().unwrap();
    assert!((1..=600).contains(&life), "{life}");
    let (signed, signature) = proof.rsplit_once('.').unwrap();
    let key = certificate.public_key().unwrap();
    let mut verifier = Verifier::new(MessageDigest::sha256(), &key).unwrap();
    verifier.update(signed.as_bytes()).unwrap();
    assert!(
        verifier
            .verify(&URL_SAFE_NO_PAD.decode(signature).unwrap())
            .unwrap()
    );
    assert_eq!(seen[2].json()["keyId"], KEY.to_string());
    insta::assert_json_snapshot!(recorder.lines());
}

#[tokio::test]
async fn the_list_of_keys_keeps_those_that_were_read_and_says_which_version_it_is_of() {
    let stale = r#"{"error":{"code":"Request_PreconditionFailed","message":"no"}}"#;
    let recorder = Recorder::start(&[(200, &registration()), (204, ""), (204, ""), (412, stale)]).await;
    let application = read(&recorder).await;
    let new = &credentials()[1].0;
    let graph = recorder.tenant().graph();
    let listed = graph.list_key(&application, new, "pf-1").await.unwrap();
    graph.unlist_key(&application, KEY).await.unwrap();
    let error = graph.unlist_key(&application, KEY).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::SaveConflict);
    let seen = recorder.seen();
    assert_eq!(seen[1].header("if-match"), "W/\"7\"");
    let list = seen[1].json()["keyCredentials"].clone();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!(list[0]["keyId"], KEY.to_string());
    assert!(list[0]["key"].is_null() && list[0]["usage"] == "Verify");
    assert_eq!(list[1]["keyId"], listed.to_string());
    assert_eq!(seen[2].json()["keyCredentials"], json!([]));
}

#[tokio::test]
async fn a_secret_is_told_once_and_never_shown() {
    let made = json!({
        "keyId": KEY, "secretText": "hush~hush", "endDateTime": "2028-03-01T00:00:00Z", "hint": "hus",
    });
    let recorder = Recorder::start(&[(200, &registration()), (200, &made.to_string()), (204, "")]).await;
    let application = read(&recorder).await;
    let graph = recorder.tenant().graph();
    let ends = "2028-03-01T00:00:00Z".parse().unwrap();
    let made = graph.add_secret(&application, "pf-1", ends).await.unwrap();
    assert_eq!(made.secret.text.expose_secret(), "hush~hush");
    assert!(!format!("{made:?}").contains("hush"));
    graph.remove_secret(&application, made.key_id).await.unwrap();
    let asked = recorder.seen()[1].json()["passwordCredential"].clone();
    assert_eq!(
        asked,
        json!({ "displayName": "pf-1", "endDateTime": "2028-03-01T00:00:00Z" })
    );
}

#[tokio::test]
async fn policies_of_the_app_and_of_the_tenant_are_read() {
    let assigned = r#"{"value":[{"id":"p","isEnabled":true,"restrictions":{"keyCredentials":[
        {"restrictionType":"asymmetricKeyLifetime","maxLifetime":"P180D","state":"enabled"}]}}]}"#;
    let default = r#"{"isEnabled":false,"applicationRestrictions":{"passwordCredentials":[]}}"#;
    let recorder = Recorder::start(&[(200, assigned), (200, default)]).await;
    let graph = recorder.tenant().graph();
    let assigned = graph.assigned_app_policies(Uuid::from_u128(3)).await.unwrap();
    let life = assigned[0].restrictions.key_credentials[0].max_lifetime.unwrap();
    assert_eq!(life.get_days(), 180);
    assert!(!graph.default_app_policy().await.unwrap().is_enabled);
    insta::assert_json_snapshot!(recorder.lines());
}

#[tokio::test]
async fn a_running_client_goes_over_to_another_proof_without_losing_a_call() {
    let server = Server::start(Scenario::Healthy).await;
    let tenant = server.tenant();
    let graph = tenant.graph();
    graph.user("yamada@contoso.example").await.unwrap();
    let secret = ClientSecret {
        text: SecretString::from("hush"),
        expires: "2030-01-01T00:00:00Z".parse().unwrap(),
    };
    tenant.prove_by(vec![ClientProof::Secret(secret)]);
    graph.user("yamada@contoso.example").await.unwrap();
    let field = |name: &str| server.last_form.lock().unwrap().get(name).cloned();
    assert!(
        field("client_assertion").is_some(),
        "the token that it has still serves"
    );
    server.clock.advance(3_400);
    graph.user("yamada@contoso.example").await.unwrap();
    assert_eq!(field("client_secret").as_deref(), Some("hush"));
    assert_eq!(field("client_assertion"), None);
}

#[tokio::test]
async fn what_one_proof_does_alone_is_done_by_no_other() {
    let server = Server::start(Scenario::NewKeyUnknown).await;
    let alone = server.tenant().alone_by(server.credentials[0].0.clone().into());
    let error = alone.graph().user("yamada@contoso.example").await.unwrap_err();
    assert!(matches!(error.verdict, Verdict::Credentials(_)), "{error}");
    assert!(
        alone.graph().user("yamada@contoso.example").await.is_ok(),
        "once Entra knows it"
    );
}

#[tokio::test]
async fn a_token_of_another_issuer_is_read_anew_for_each_request() {
    let server = Server::start(Scenario::Healthy).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let tenant = server.tenant();
    tenant.prove_by(vec![ClientProof::TokenFile(file.clone())]);
    let error = tenant.graph().user("yamada@contoso.example").await.unwrap_err();
    assert!(error.message.contains("token"), "{}", error.message);
    for token in ["first", "second"] {
        std::fs::write(&file, format!("{token}\n")).unwrap();
        server.clock.advance(3_600);
        tenant.graph().user("yamada@contoso.example").await.unwrap();
        assert_eq!(server.last_form.lock().unwrap()["client_assertion"], token);
    }
}

#[tokio::test]
async fn a_machine_s_own_identity_proves_the_app() {
    let server = Server::start(Scenario::Healthy).await;
    let recorder = Recorder::start(&[(200, r#"{"access_token":"of the machine"}"#)]).await;
    let metadata = format!("{}/metadata/identity/oauth2/token", recorder.origin());
    let identity = ManagedIdentity::of_this_machine(Some(KEY)).at(metadata.parse().unwrap());
    let tenant = server.tenant();
    tenant.prove_by(vec![ClientProof::ManagedIdentity(identity)]);
    tenant.graph().user("yamada@contoso.example").await.unwrap();
    assert_eq!(
        server.last_form.lock().unwrap()["client_assertion"],
        "of the machine"
    );
    let asked = &recorder.seen()[0];
    assert_eq!(asked.header("metadata"), "true");
    assert!(
        asked.line.contains("resource=api://AzureADTokenExchange"),
        "{}",
        asked.line
    );
    assert!(
        asked.line.ends_with(&format!("client_id={KEY}")),
        "{}",
        asked.line
    );
}
