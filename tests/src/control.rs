//! The dev tenant's control API, as a tester uses it.

use dev_tenant::switches::Switches;
use serde_json::{Value, json};

use crate::house::House;

/// The product's calls alone are struck; people at browsers are spared.
const PRODUCT: &str = "ProvisioningFlow";

/// A rule that strikes calls of the product.
pub fn rule(mut matching: Value, kind: &Value) -> Value {
    matching["userAgentContains"] = PRODUCT.into();
    json!({ "match": matching, "kind": kind })
}

impl House {
    /// The faults to come instead of those that were.
    pub async fn strike(&self, rules: Vec<Value>) {
        let plan = json!({ "rules": rules });
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
