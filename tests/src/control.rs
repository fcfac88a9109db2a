//! The dev tenant's control API, as a tester uses it.

use dev_tenant::switches::Switches;
use serde_json::{Value, json};

use crate::house::House;

/// The product's calls alone are struck; people at browsers are spared.
pub(crate) const PRODUCT: &str = "ProvisioningFlow";

/// A rule that strikes calls of the product.
pub fn rule(mut matching: Value, kind: &Value) -> Value {
    matching["userAgentContains"] = PRODUCT.into();
    json!({ "match": matching, "kind": kind })
}

impl House {
    /// The faults to come instead of those that were.
    pub async fn strike(&self, rules: Vec<Value>) {
        self.follow(&json!({ "rules": rules })).await;
    }

    /// From now on 1 % of the product's calls get 429, 1 % 503, and 0.5 % lose their answer; of a hundred
    /// webhooks 5 are lost and 5 come twice.
    pub async fn plague(&self, seed: u64) {
        let throttled = json!({ "throttle": { "retryAfter": "2" } });
        let kinds = json!([throttled, throttled, "unavailable", "unavailable", "resetAfter"]);
        let random = json!({
            "match": { "userAgentContains": PRODUCT }, "probability": 0.025, "seed": seed, "kinds": kinds,
        });
        self.follow(&json!({ "random": random })).await;
        self.switch(|switches| {
            switches.webhook_lost_percent = 5;
            switches.webhook_doubled_percent = 5;
        });
    }

    async fn follow(&self, plan: &Value) {
        let answer = Self::control_client().put(self.faults()).body(plan.to_string());
        let answer = answer.header("content-type", "application/json").send().await;
        let answer = answer.expect("the control API answers");
        assert!(
            answer.status().is_success(),
            "{}",
            answer.text().await.unwrap_or_default()
        );
    }

    /// Rules that have not struck as often as they should.
    pub async fn unstruck(&self) -> Vec<Value> {
        let answer = Self::control_client().get(self.faults()).send().await;
        let text = answer.expect("the control API answers").text().await;
        let plan: Value = serde_json::from_str(&text.expect("a body")).expect("JSON");
        let rules = plan["rules"].as_array().cloned().unwrap_or_default();
        rules.into_iter().filter(|rule| rule["times"] != 0).collect()
    }

    /// Switches of the tenant, changed in place.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        change(&mut self.world().tenant().switches);
    }

    fn faults(&self) -> String {
        format!("http://{}/faults", self.tenant.control_address)
    }

    fn control_client() -> reqwest::Client {
        let builder = reqwest::Client::builder().no_proxy();
        builder.build().expect("a client")
    }
}
