//! Graph takes no proof of possession: the whole list of certificates is written, and nobody else's is lost by it.

use std::process::Stdio;
use std::time::Duration;

use e2e::control::rule;
use e2e::house::{House, pause};
use e2e::issuer::Issuer;
use e2e::registration::said;
use serde_json::{Value, json};

use super::{A_DAY, house, phase, renew};

const LOOK: Duration = Duration::from_millis(100);
const LOOKS: u32 = 300;

/// The answer that the proof is not taken comes late: the registration was read before.
fn slow() -> Value {
    let matching = json!({ "host": "graph.microsoft.com", "pathContains": "/addKey" });
    let mut slow = rule(matching, &json!({ "slow": { "millis": 4_000 } }));
    slow["times"] = json!(1);
    slow
}

/// How the new certificate came into the registration, by the report.
fn how(house: &House) -> Value {
    let report = house.run(&["credentials", "report", "--format", "json"]);
    let report: Value = serde_json::from_slice(&report.stdout).expect("JSON");
    let lines = report["lines"].as_array().expect("lines");
    let added = lines.iter().find(|line| line["event"] == "keyAdded");
    added.map(|line| line["how"].clone()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_proof_the_list_is_written_and_whoever_changed_it_meanwhile_loses_nothing() {
    let house = house("").await;
    house.switch(|switches| switches.entra.takes_proofs = false);
    let before = house.thumbprints().await;
    house.strike(vec![slow()]).await;
    let mut renewing = house.command(&["credentials", "renew", "--log", "json"]);
    let renewing = renewing.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let renewing = renewing.expect("it starts");
    for _ in 0..LOOKS {
        if house.unstruck().await.is_empty() {
            break;
        }
        pause(LOOK).await;
    }
    // Between its read and its write a colleague registers a certificate of another program.
    house
        .register(&Issuer::at("https://beside.example").certificate())
        .await;
    let with_colleague = house.thumbprints().await;
    assert_eq!(with_colleague.len(), 2, "{with_colleague:?}");
    let renewed = renewing.wait_with_output().expect("it ends");
    let told = said(&renewed);
    assert!(renewed.status.success(), "{told}");
    assert!(told.contains("\"status\":412"), "it met the colleague: {told}");
    assert_eq!(
        (phase(&house), how(&house)),
        ("switched".to_owned(), json!("list"))
    );
    let after = house.thumbprints().await;
    assert_eq!(after.len(), 3, "{after:?}");
    assert!(with_colleague.iter().all(|one| after.contains(one)), "{after:?}");
    assert!(house.run(&["credentials", "verify"]).status.success());
    house.tenant.advance(A_DAY).expect("the clock moves");
    renew(&house);
    assert_eq!(phase(&house), "removed");
    let mut expected = after;
    expected.retain(|one| *one != before[0]);
    assert_eq!(house.thumbprints().await, expected, "the old one alone is gone");
    assert!(house.run(&["credentials", "verify"]).status.success());
}
