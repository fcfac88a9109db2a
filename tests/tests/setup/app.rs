//! From an empty folder to an app that is let in: each run does what the product may do and names the next thing that
//! is missing; the administrator does that and nothing else.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use dev_tenant::sharepoint::state::people::GrantRole;
use e2e::house::House;
use e2e::person::Person;
use e2e::scene::cast::ADMINISTRATOR;
use openssl::hash::MessageDigest;
use openssl::x509::X509;

use super::{house, text};

const NEXT: &str = "次にすること";
const GRANTING: &str = "Sites.FullControl.All";

/// What the run says, which must not be the last one, from the line on that says what to do.
fn missing(house: &House) -> String {
    let output = house.run(&["setup", "app"]);
    let told = text(&output);
    assert!(!output.status.success(), "{told}");
    let next = told.find(NEXT).unwrap_or_else(|| panic!("nothing next: {told}"));
    told[next..].to_owned()
}

fn file(house: &House, name: &str) -> Vec<u8> {
    std::fs::read(house.file(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn thumbprint(pem: &[u8]) -> String {
    let certificate = X509::from_pem(pem).expect("a certificate");
    let digest = certificate.digest(MessageDigest::sha1()).expect("a digest");
    let digits = digest.iter();
    digits.fold(String::new(), |text, byte| text + &format!("{byte:02X}"))
}

/// Names of the files beside the configuration.
fn files(house: &House) -> Vec<String> {
    let files = std::fs::read_dir(house.folder.path()).expect("the folder");
    let mut names: Vec<_> = files
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The administrator uploads, consents and grants as he is told, until there is nothing more for him to do.
async fn let_in(house: &House) -> String {
    let mut administrator = Person::sign_in(house, ADMINISTRATOR).await;
    house.appoint_globally(administrator.id);
    let upload = missing(house);
    let public = file(house, "app.crt");
    assert!(
        upload.contains("app.crt") && upload.contains(&thumbprint(&public)),
        "{upload}"
    );
    house.register(&public).await;
    for permission in ["Sites.Selected", "Mail.Send", "Exchange.ManageAsApp"] {
        let told = missing(house);
        assert!(told.contains(permission), "{permission}: {told}");
        let link = told
            .split_whitespace()
            .find(|word| word.starts_with("https://login."));
        let back = administrator.consent(link.expect("a link")).await;
        assert!(
            back.as_str()
                .starts_with("https://flow.contoso.example/sign-in?admin_consent=True"),
            "{back}"
        );
    }
    let told = missing(house);
    assert!(told.contains("Invoke-MgGraphRequest"), "{told}");
    house.send_as_told(&told).await;
    let ready = house.run(&["setup", "app"]);
    assert!(ready.status.success(), "{}", text(&ready));
    text(&ready)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_folder_becomes_an_app_that_is_let_in_step_by_step_and_then_nothing_more_changes() {
    let mut house = house().await;
    house.is_just_registered();
    let before = (files(&house), house.count_all_effects());
    let plan = house.run(&["setup", "app", "--plan"]);
    let told = text(&plan);
    assert!(!plan.status.success() && told.contains("app.pem"), "{told}");
    for explained in [
        "Sites.Selected  承認したサイトだけのリスト操作",
        "/v2.0/adminconsent?client_id=",
    ] {
        assert!(told.contains(explained), "{explained}: {told}");
    }
    assert_eq!((files(&house), house.count_all_effects()), before, "a plan");
    missing(&house);
    let secret = file(&house, "app.pem");
    let mode = |name: &str| {
        let metadata = std::fs::metadata(Path::new(&house.file(name))).expect("a file");
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode("app.pem"), 0o600);
    assert!(!String::from_utf8_lossy(&file(&house, "app.crt")).contains("PRIVATE"));
    let ready = let_in(&house).await;
    assert!(
        ready.contains("正常    token: SharePoint") && ready.contains("正常    site grant"),
        "{ready}"
    );
    assert_eq!(
        house.thumbprints().await,
        [thumbprint(&secret)],
        "no other proves the app"
    );
    assert_eq!(house.count_effects(), 0, "the product itself changed nothing");
    let before = (files(&house), house.count_all_effects());
    assert!(house.run(&["setup", "app"]).status.success());
    assert_eq!((files(&house), house.count_all_effects()), before);
    assert_eq!(file(&house, "app.pem"), secret);
    house.serve().await;
    let site = house.run(&["setup"]);
    assert!(site.status.success(), "{}", text(&site));
    let healthy = house.run(&["doctor"]);
    assert!(healthy.status.success(), "{}\n{}", text(&healthy), house.log());
    let effects = house.count_effects();
    let last = house.run(&["setup", "app"]);
    assert!(
        last.status.success() && text(&last).contains("足りないものはありません"),
        "{}",
        text(&last)
    );
    assert_eq!(house.count_effects(), effects);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_may_grant_grants_itself_the_site_once_and_no_less_than_full_control() {
    let house = house().await;
    house.consent(GRANTING);
    house.world().tenant().sharepoint.sites[0].grants.clear();
    let roles = || -> Vec<GrantRole> {
        let tenant = house.world().tenant();
        let grants = tenant.sharepoint.sites[0].grants.values();
        grants.map(|grant| grant.role).collect()
    };
    let planned = text(&house.run(&["setup", "app", "--plan"]));
    assert!(planned.contains("fullcontrol") && roles().is_empty(), "{planned}");
    assert!(
        planned.contains("app.crt に作ります") && !Path::new(&house.file("tenant/app.crt")).exists(),
        "what a plan does not make, it does not tell of as made: {planned}"
    );
    let granted = house.run(&["setup", "app"]);
    assert!(granted.status.success(), "{}", text(&granted));
    assert_eq!(
        (roles(), house.count_effects()),
        (vec![GrantRole::FullControl], 1)
    );
    let again = text(&house.run(&["setup", "app"]));
    assert_eq!(house.count_effects(), 1, "{again}");
    let superfluous = again
        .lines()
        .any(|line| line.starts_with("注意") && line.contains(GRANTING));
    assert!(superfluous, "{again}");
    for grant in house.world().tenant().sharepoint.sites[0].grants.values_mut() {
        grant.role = GrantRole::Write;
    }
    assert!(house.run(&["setup", "app"]).status.success());
    assert_eq!(
        (roles(), house.count_effects()),
        (vec![GrantRole::FullControl], 2)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_than_the_configured_one_or_another_file_in_the_way_stops_it_before_anything_is_made() {
    let house = house().await;
    house.is_just_registered();
    let before = files(&house);
    let other = house.run(&[
        "setup",
        "app",
        "--site",
        "https://contoso.sharepoint.com/sites/other",
    ]);
    assert!(
        !other.status.success() && text(&other).contains("--site"),
        "{}",
        text(&other)
    );
    assert_eq!(files(&house), before);
    house.keep("app.pem", "what somebody put here");
    let refused = house.run(&["setup", "app"]);
    assert!(
        !refused.status.success() && text(&refused).contains("app.certificate"),
        "{}",
        text(&refused)
    );
    assert_eq!(file(&house, "app.pem"), b"what somebody put here");
}
