use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, header};
use openssl::{hash::MessageDigest, sign::Verifier, x509::X509};
use secrecy::ExposeSecret;

use super::*;
use crate::tests::server::credentials;

const REALM: &str = "5c6a5b2a-8700-4846-bffa-618f2c3ebaed";

fn farm(site: &str) -> (Farm, X509) {
    let (credential, certificate) = credentials().remove(0);
    let site = Url::parse(site).unwrap();
    let realm = REALM.parse().unwrap();
    let farm = Farm::new(&site, Uuid::from_u128(0xA1), credential, Some(realm)).unwrap();
    (farm, certificate)
}

fn parts(token: &Token) -> [String; 3] {
    let parts: Vec<_> = token
        .bearer
        .expose_secret()
        .split('.')
        .map(str::to_owned)
        .collect();
    parts.try_into().unwrap()
}

fn json_of(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn a_token_claims_what_the_farm_reads_and_is_signed_rs256() {
    let (farm, certificate) = farm("https://SharePoint.contoso.local/sites/flow");
    let now = Timestamp::from_second(1_795_305_600).unwrap();
    let token = farm
        .token(Uuid::from_u128(0xB2), &REALM.parse().unwrap(), now)
        .unwrap();
    let [head, claims, signature] = parts(&token);
    insta::assert_json_snapshot!(json_of(&claims));
    let sha1 = certificate.digest(MessageDigest::sha1()).unwrap();
    let expected = json!({ "alg": "RS256", "typ": "JWT", "x5t": URL_SAFE_NO_PAD.encode(sha1) });
    assert_eq!(json_of(&head), expected);
    let key = certificate.public_key().unwrap();
    let mut verifier = Verifier::new(MessageDigest::sha256(), &key).unwrap();
    verifier.update(format!("{head}.{claims}").as_bytes()).unwrap();
    assert!(
        verifier
            .verify(&URL_SAFE_NO_PAD.decode(signature).unwrap())
            .unwrap()
    );
}

#[test]
fn a_port_is_part_of_the_audience_and_the_standard_one_is_not() {
    for (site, host) in [
        (
            "https://sp.contoso.local:8443/sites/flow",
            "sp.contoso.local:8443",
        ),
        ("https://sp.contoso.local:443", "sp.contoso.local"),
    ] {
        let (now, realm) = (Timestamp::UNIX_EPOCH, REALM.parse().unwrap());
        let claims = farm(site).0.claims(Uuid::nil(), &realm, now, now);
        assert_eq!(claims["aud"], format!("{SHAREPOINT}/{host}@{REALM}"));
    }
}

#[test]
fn sharepoint_online_and_plain_http_are_no_farms() {
    let credential = credentials().remove(0).0;
    for site in [
        "https://contoso.sharepoint.com/sites/flow",
        "https://contoso.sharepoint.us",
        "http://sp.contoso.local",
    ] {
        let site = Url::parse(site).unwrap();
        assert!(
            Farm::new(&site, Uuid::nil(), credential.clone(), None).is_err(),
            "{site}"
        );
    }
    let lookalike = Url::parse("https://contoso.sharepoint.com.contoso.local").unwrap();
    assert!(Farm::new(&lookalike, Uuid::nil(), credential, None).is_ok());
}

#[test]
fn an_expired_certificate_signs_nothing() {
    let (farm, _) = farm("https://sp.contoso.local");
    let error = farm.token(Uuid::nil(), &REALM.parse().unwrap(), Timestamp::MAX);
    let verdict = error.err().unwrap().verdict;
    assert_eq!(verdict, crate::Verdict::Credentials(CredentialFault::Expired));
}

#[test]
fn the_realm_is_read_beside_other_schemes_and_nothing_else_is_taken_for_one() {
    let challenge = |values: &[&'static str]| {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::WWW_AUTHENTICATE, HeaderValue::from_static(value));
        }
        Realm::of_challenge(&headers).map(|realm| realm.to_string())
    };
    let bearer = r#"Bearer realm="5c6a5b2a-8700-4846-bffa-618f2c3ebaed",client_id="00000003""#;
    assert_eq!(challenge(&["NTLM", bearer]).as_deref(), Some(REALM));
    for nothing in [
        "NTLM",
        "Basic realm=\"x\"",
        "Bearer",
        "Bearer realm=\"\"",
        "Bearer realm=\"a@b\"",
    ] {
        assert_eq!(challenge(&[nothing]), None, "{nothing}");
    }
}

#[tokio::test]
async fn only_the_farm_sees_our_own_tokens_and_they_are_cached() {
    use crate::{SharePoint, tests::recorder::Recorder};
    let user = r#"{"id":"00000000-0000-0000-0000-000000000007","userPrincipalName":"a@contoso.example"}"#;
    let web = r#"{"value":[]}"#;
    let farm_host = Recorder::start(&[(200, web), (200, web)]).await;
    let entra = Recorder::start(&[(200, user)]).await;
    let credential = credentials().remove(0).0;
    let realm = Some(REALM.parse().unwrap());
    let site = Url::parse(&farm_host.site_url()).unwrap();
    let farm = Farm::new(&site, Uuid::from_u128(0xA1), credential, realm).unwrap();
    let tenant = entra.tenant_with(SharePoint::Server(Box::new(farm)));
    let site = tenant.site(site.as_str()).unwrap();
    site.users().await.unwrap();
    site.users().await.unwrap();
    tenant.graph().user("a@contoso.example").await.unwrap();
    let shown: Vec<_> = farm_host
        .seen()
        .iter()
        .map(|seen| seen.header("authorization").to_owned())
        .collect();
    assert!(
        shown[0].matches('.').count() == 2 && shown[0] == shown[1],
        "{shown:?}"
    );
    assert_eq!(entra.seen()[0].header("authorization"), "Bearer t");
}
