//! Somebody who has the manual's page and the demo, and nothing else: what only an administrator of the tenant does, what
//! goes into the configuration, and the renewal.

use e2e::demo::Demo;
use e2e::registration::said;
use serde_json::Value;

use super::BACKEND;

/// Without pauses, for which a test does not wait.
const SECTION: &str = "# Ours.\n[credentials]\nmaster_key = { file = \"master.key\" }\n[credentials.automatic]\nenabled = false\n\
                       [credentials.renewal]\nrounds = 2\npause = 0\n";

fn done(demo: &Demo, arguments: &[&str]) -> String {
    let output = demo.run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    said(&output)
}

fn obstacle(demo: &Demo) -> Value {
    let plan = demo.run(&["credentials", "plan", "--format", "json"]);
    let plan: Value = serde_json::from_slice(&plan.stdout).unwrap_or_else(|_| panic!("{}", said(&plan)));
    plan["obstacles"][0]["what"].clone()
}

/// A master key beside the configuration, which names it from now on.
async fn prepare(demo: &mut Demo) {
    let configuration = demo.configuration();
    let key = configuration.with_file_name("master.key");
    done(
        demo,
        &["credentials", "master-key", key.to_str().expect("a path")],
    );
    let text = std::fs::read_to_string(&configuration).expect("the configuration");
    std::fs::write(&configuration, format!("{text}{SECTION}")).expect("the configuration");
    demo.restart_service().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_renews_in_the_demo_as_the_manual_says_and_what_was_added_outlives_it() {
    let mut demo = Demo::start(BACKEND).await;
    done(&demo, &["setup"]);
    prepare(&mut demo).await;
    assert_eq!(
        obstacle(&demo)["obstacle"],
        "permissionMissing",
        "nobody has consented"
    );
    let consented = demo.administrator(&["consent"]);
    assert!(consented.status.success(), "{}", said(&consented));
    let missing = obstacle(&demo);
    assert_eq!(missing["obstacle"], "notOwner", "{missing}");
    let id = |name: &str| missing[name].as_str().expect("an id").to_owned();
    let path = format!("/applications/{}/owners/$ref", id("application"));
    let owner = format!(
        "https://graph.microsoft.com/v1.0/directoryObjects/{}",
        id("principal")
    );
    let body = serde_json::json!({ "@odata.id": owner }).to_string();
    let added = demo.administrator(&["graph", "POST", &path, &body]);
    assert!(added.status.success(), "{}", said(&added));
    assert_eq!(obstacle(&demo), Value::Null, "nothing stands in the way");
    done(&demo, &["credentials", "renew", "--by", "a newcomer"]);
    let verified = done(&demo, &["credentials", "verify"]);
    assert!(verified.contains("OK"), "{verified}");
    demo.start_again().await;
    let text = std::fs::read_to_string(demo.configuration()).expect("the configuration");
    assert!(text.contains(SECTION), "letter by letter: {text}");
    assert_eq!(obstacle(&demo)["obstacle"], "permissionMissing", "another tenant");
}

/// The demo's lists and its doctor, in English.
fn assert_english(demo: &Demo) {
    done(demo, &["setup"]);
    let told = said(&demo.run(&["doctor"]));
    assert!(told.contains("good     lists and levels"), "{told}");
    let told = said(&demo.run(&["credentials", "report"]));
    assert!(told.contains("there is no report"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_that_began_in_english_stays_english() {
    let mut demo = Demo::start_with(BACKEND, &["--language", "en"]).await;
    assert_english(&demo);
    demo.start_again().await;
    assert_english(&demo);
}
