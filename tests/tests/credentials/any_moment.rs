//! `kill -9` at moments that a seed chooses, while renewals go to their ends and back: what is registered is always
//! something that we know, and at each end nothing is left over. `PF_RENEWAL_KILLS`: how many blows.

use e2e::house::{House, pause};
use e2e::kills::Moment;
use e2e::registration::said;
use e2e::soak;
use serde_json::{Value, json};

use super::killed::LEASE;
use super::{A_DAY, house, phase};

const KILLS: usize = 12;
/// A run to the switch makes about so many calls.
const CALLS: std::ops::Range<usize> = 0..30;
const LOOK: std::time::Duration = std::time::Duration::from_millis(1);

struct Blows {
    house: House,
    seed: u64,
    /// In which phases the blows fell.
    fell: Vec<String>,
}

impl Blows {
    /// One run of the command, to its end or to the blow; false: it was killed.
    async fn run(&mut self, arguments: &[&str]) -> bool {
        self.seed += 1;
        let moment = Moment::seeded(self.seed, &CALLS);
        let from = self.house.count_calls();
        let mut child = self.house.start(arguments);
        while child.try_wait().is_ok_and(|ended| ended.is_none()) {
            let calls = usize::try_from(self.house.count_calls() - from).expect("calls");
            if calls >= moment.effects {
                moment.blow().await;
                break;
            }
            pause(LOOK).await;
        }
        let ended = child.try_wait().expect("a process");
        if let Some(ended) = ended {
            assert!(ended.success(), "{ended}");
            return true;
        }
        let _ = child.kill();
        let _ = child.wait();
        self.fell.push(phase(&self.house));
        self.house.tenant.advance(LEASE).expect("the clock moves");
        self.assert_known().await;
        false
    }

    fn report(&self) -> Option<Value> {
        let report = self.house.run(&["credentials", "report", "--format", "json"]);
        serde_json::from_slice(&report.stdout).ok()
    }

    /// Every registered certificate is the old one or the new one of the last renewal, and what we go by is among them.
    async fn assert_known(&self) {
        let registered = self.house.thumbprints().await;
        let status = self.house.credentials_status();
        assert!(
            registered
                .iter()
                .any(|one| status["inUse"][0]["thumbprint"] == one.as_str()),
            "{registered:?} {status}"
        );
        let Some(report) = self.report() else {
            assert_eq!(registered.len(), 1, "nothing was begun");
            return;
        };
        let known = [&report["old"]["thumbprint"], &report["newThumbprint"]];
        let is_known = |one: &String| known.iter().any(|known| *known == one.as_str());
        assert!(
            registered.iter().all(is_known),
            "an orphan: {registered:?} {report}"
        );
    }

    /// The new one alone is registered, with the one secret whose text is kept.
    async fn assert_removed(&self) {
        let report = self.report().expect("a report");
        let lines = report["lines"].as_array().expect("lines");
        let secret = lines.iter().rev().find(|line| line["event"] == "secretAdded");
        let secret = secret.expect("a secret")["secret"]["key"].clone();
        let registration = self.house.registration().await;
        let secrets = registration["passwordCredentials"].as_array().expect("secrets");
        assert!(
            secrets.len() == 1 && secrets[0]["keyId"] == secret,
            "{registration} {report}"
        );
        assert_eq!(
            json!(self.house.thumbprints().await),
            json!([report["newThumbprint"]])
        );
        let verified = self.house.run(&["credentials", "verify"]);
        assert!(verified.status.success(), "{}", said(&verified));
    }

    async fn until_phase(&mut self, arguments: &[&str], wanted: &str) {
        while phase(&self.house) != wanted {
            if self.run(arguments).await {
                assert_eq!(phase(&self.house), wanted, "it ended by itself");
            }
        }
    }

    async fn renew(&mut self) {
        while !self.run(&["credentials", "renew", "--force"]).await {
            if phase(&self.house) == "switched" {
                break;
            }
        }
        assert_eq!(phase(&self.house), "switched");
    }

    async fn finish(&mut self) {
        self.renew().await;
        self.house.tenant.advance(A_DAY).expect("the clock moves");
        self.until_phase(&["credentials", "renew"], "removed").await;
        self.assert_removed().await;
    }

    /// What was registered before is registered again, and nothing else.
    async fn turn_back(&mut self) {
        let before = self.registered().await;
        self.renew().await;
        self.until_phase(&["credentials", "rollback"], "rolledBack").await;
        assert_eq!(self.registered().await, before);
    }

    async fn registered(&self) -> [Value; 2] {
        let registration = self.house.registration().await;
        ["keyCredentials", "passwordCredentials"].map(|kind| registration[kind].clone())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn x22_killed_at_any_moment_a_renewal_leaves_no_orphan_behind() {
    let kills = soak::renewal_kills(KILLS);
    let mut blows = Blows {
        house: house("secret = true").await,
        seed: soak::seed(22),
        fell: Vec::new(),
    };
    while blows.fell.len() < kills {
        blows.finish().await;
        blows.turn_back().await;
    }
    soak::keep(
        "renewal-kills",
        &json!({ "kills": blows.fell.len(), "phases": blows.fell }),
    );
}
