//! Another issuer proves the app: there is no certificate of ours, and nothing that runs out.

use e2e::administrators;
use e2e::house::{House, Wishes};
use e2e::issuer::{AUDIENCE, Issuer};
use e2e::metadata_service::MetadataService;
use e2e::offer::managers_approval;
use e2e::registration::said;
use e2e::rows::INBOX;
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, item_of, until, vote};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{BACKEND, house, refusals_by_entra};

const PLATFORM: &str = "https://oidc.platform.example/cluster";
const SUBJECT: &str = "system:serviceaccount:flow:provisioning-flow";
const TOKEN: &str = "token";
const BY_FILE: &str = "{ token_file = \"token\" }";
/// Longer than Entra's own tokens live, and than the first token of the platform.
const LATER: SignedDuration = SignedDuration::from_hours(2);
/// The object id of a managed identity, and its client id.
const IDENTITY: &str = "7f3c2a10-5b1e-4d0a-9c57-2f6f1d1b9a01";
const IDENTITY_CLIENT: &str = "0d9b6a52-8c0f-4f43-a2a4-64a0c3f1be02";

/// A house whose app one subject of the platform proves, and nothing else.
async fn federated() -> (House, Issuer) {
    let house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    let platform = Issuer::at(PLATFORM);
    house.trust(&platform, SUBJECT).await;
    house.prove_by(BY_FILE).await;
    (house, platform)
}

/// The platform puts another token in the place of the one before, as Kubernetes does: nobody reads half of one.
fn rotate(house: &House, token: &str) {
    house.keep("token.new", token);
    std::fs::rename(house.file("token.new"), house.file(TOKEN)).expect("another token");
}

async fn hire(house: &House, local: &str) {
    let [applicant, manager] = sign_in(house, [APPLICANT, MANAGER]).await;
    let form = e2e::forms::account(house, local);
    let row = applicant.add(INBOX, &e2e::forms::application(&form)).await;
    let item = item_of(house, &applicant, &manager, row).await;
    vote(house, &manager, item, MANAGERS_STEP).await;
    until(house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
}

fn assert_never_ends(house: &House, kind: &str) {
    let standing = house.credentials_status();
    let only = json!([{ "name": "configured", "kind": kind, "thumbprint": null, "ends": null }]);
    assert_eq!(standing["inUse"], only);
    let expiries = house.run(&["expiries", "--format", "json"]);
    let expiries: Value = serde_json::from_slice(&expiries.stdout).expect("JSON");
    let mut expiries = expiries.as_array().expect("a list").iter();
    assert!(expiries.all(|one| one["kind"] != "credential" && one["kind"] != "secret"));
    for told in [&["credentials", "status"][..], &["expiries"]] {
        let told = said(&house.run(told));
        assert!(told.contains("期限なし"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn by_a_token_file_alone_applications_are_carried_out_and_another_token_is_read_without_a_restart() {
    let (mut house, platform) = federated().await;
    house.offer_steps(&[managers_approval(&json!({}))]);
    house.log_everything();
    rotate(&house, &platform.token(&house, (SUBJECT, AUDIENCE), 60));
    house.serve().await;
    let setup = house.run(&["setup"]);
    assert!(setup.status.success(), "{}", said(&setup));
    let process = house.process();
    hire(&house, "hana1.takahashi").await;
    assert_never_ends(&house, "tokenFile");
    // The first token runs out, and whoever holds it alone proves nothing any more.
    rotate(&house, &platform.token(&house, (SUBJECT, AUDIENCE), 4 * 60));
    house.tenant.advance(LATER).expect("the clock moves");
    hire(&house, "hana2.takahashi").await;
    assert_eq!(house.process(), process, "never restarted");
    let log = house.log();
    assert!(
        refusals_by_entra(&log).is_empty(),
        "{:#?}",
        refusals_by_entra(&log)
    );
    let doctor = house.run(&["doctor"]);
    let told = said(&doctor);
    assert!(
        doctor.status.success() && told.contains("credentials: token file"),
        "{told}"
    );
    assert!(
        !told.contains("app.federation"),
        "it has what it would be told of: {told}"
    );
}

/// By whoever looks.
fn assert_refused(house: &House, code: &str, remedy: &str) {
    for command in [&["credentials", "verify"][..], &["doctor"]] {
        let refused = house.run(command);
        let told = said(&refused);
        assert!(!refused.status.success(), "{code}: {told}");
        assert!(told.contains(code) && told.contains(remedy), "{code}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_proves_nothing_is_refused_by_entra_s_code_and_told_with_the_remedy() {
    let (house, platform) = federated().await;
    let elsewhere = Issuer::at("https://oidc.elsewhere.example");
    let valid = (SUBJECT, AUDIENCE);
    let another = ("system:serviceaccount:other:default", AUDIENCE);
    for (token, code, remedy) in [
        (
            platform.token(&house, another, 60),
            "AADSTS700213",
            "一字一句同じに",
        ),
        (
            elsewhere.token(&house, valid, 60),
            "AADSTS700211",
            "一字一句同じに",
        ),
        (
            platform.token(&house, (SUBJECT, "api://other"), 60),
            "AADSTS700212",
            "一字一句同じに",
        ),
        (
            platform.token(&house, valid, -1),
            "AADSTS700024",
            "期限が切れています",
        ),
    ] {
        rotate(&house, &token);
        assert_refused(&house, code, remedy);
    }
    rotate(&house, &platform.token(&house, another, 60));
    let told = said(&house.run(&["credentials", "verify"]));
    assert!(
        told.contains("system:serviceaccount:other:default"),
        "which one: {told}"
    );
    std::fs::remove_file(house.file(TOKEN)).expect("no token");
    let told = said(&house.run(&["credentials", "verify"]));
    assert!(told.contains("app.federation.token_file"), "{told}");
    rotate(&house, &platform.token(&house, valid, 60));
    let proven = house.run(&["credentials", "verify"]);
    assert!(proven.status.success(), "{}", said(&proven));
    house.can_renew(true, "");
    let renewal = house.run(&["credentials", "renew"]);
    assert!(
        !renewal.status.success() && said(&renewal).contains("更新するものはありません"),
        "{}",
        said(&renewal)
    );
    assert!(house.thumbprints().await.is_empty(), "and nothing is registered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_managed_identity_proves_the_app_by_the_token_that_its_machine_gives() {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    let directory = Issuer::at(&format!(
        "https://login.microsoftonline.com/{}/v2.0",
        house.world().names.id
    ));
    house.trust(&directory, IDENTITY).await;
    let token = directory.token(&house, (IDENTITY, AUDIENCE), 60);
    let machine = MetadataService::of(IDENTITY_CLIENT, token).await;
    let identity = |client: &str| {
        let endpoint = machine.endpoint();
        format!("{{ managed_identity = {{ client_id = \"{client}\", endpoint = \"{endpoint}\" }} }}")
    };
    house.prove_by(&identity(IDENTITY_CLIENT)).await;
    house.serve().await;
    let setup = house.run(&["setup"]);
    assert!(setup.status.success(), "{}", said(&setup));
    let proven = house.run(&["credentials", "verify"]);
    assert!(proven.status.success(), "{}", said(&proven));
    assert_never_ends(&house, "managedIdentity");
    let told = said(&house.run(&["doctor"]));
    assert!(told.contains("credentials: managed identity"), "{told}");
    machine.give(directory.token(&house, (IDENTITY_CLIENT, AUDIENCE), 60));
    let told = said(&house.run(&["credentials", "verify"]));
    assert!(
        told.contains("AADSTS700213") && told.contains("一字一句同じに"),
        "{told}"
    );
    house.configure(|text| text.replace(&identity(IDENTITY_CLIENT), &identity(IDENTITY)));
    let told = said(&house.run(&["credentials", "verify"]));
    assert!(told.contains("マネージド ID のトークンを渡しません"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_recommends_it_where_a_certificate_runs_out() {
    let house = house("").await;
    for automatic in ["false", "true"] {
        house.configure(|text| text.replace("enabled = false", &format!("enabled = {automatic}")));
        let told = said(&house.run(&["doctor"]));
        let line = told.lines().find(|line| line.contains("app.federation"));
        let line = line.unwrap_or_else(|| panic!("{automatic}: {told}"));
        assert!(line.contains("credentials") && line.contains("期限"), "{line}");
    }
}
