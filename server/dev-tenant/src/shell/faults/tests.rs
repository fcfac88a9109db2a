//! Which calls a plan strikes.

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Faults, Kind, Plan, RuleError};
use crate::call::Call;

fn call(method: Method, host: &str, path: &str) -> Call {
    Call {
        method,
        host: host.to_owned(),
        path: path.to_owned(),
        query: String::new(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        request_id: Uuid::from_u128(1),
    }
}

fn plan(value: Value) -> Result<Faults, RuleError> {
    Faults::follow(serde_json::from_value::<Plan>(value).unwrap())
}

#[test]
fn a_rule_passes_over_some_fitting_calls_then_strikes_its_number_and_no_more() {
    let rule = json!({"match": {"method": "post", "pathContains": "/users"}, "kind": "unavailable", "skip": 1, "times": 2});
    let mut faults = plan(json!({ "rules": [rule] })).unwrap();
    let fitting = call(Method::POST, "graph.microsoft.com", "/v1.0/users");
    let other = call(Method::GET, "graph.microsoft.com", "/v1.0/users");
    assert_eq!(faults.on_arrival(&other), None);
    let struck: Vec<bool> = (0..4).map(|_| faults.on_arrival(&fitting).is_some()).collect();
    assert_eq!(struck, [false, true, true, false]);
}

#[test]
fn a_rule_on_effects_strikes_only_a_call_that_had_one() {
    let rule = json!({"match": {"effectPrefix": "graph:create:user"}, "kind": "resetAfter"});
    let mut faults = plan(json!({ "rules": [rule] })).unwrap();
    let call = call(Method::POST, "graph.microsoft.com", "/v1.0/users");
    assert_eq!(faults.on_arrival(&call), None);
    assert_eq!(faults.on_effects(&call, &["graph:create:group:sales"]), None);
    let struck = faults.on_effects(&call, &["graph:create:user:hanako@contoso.onmicrosoft.com"]);
    assert_eq!(struck, Some(Kind::ResetAfter));
}

#[test]
fn a_rule_that_strikes_each_call_once_lets_its_repetition_through() {
    let rule = json!({"match": {"method": "post"}, "kind": "resetBefore", "times": 9, "onceEach": true});
    let mut faults = plan(json!({ "rules": [rule] })).unwrap();
    let mut strike = |path: &str, body: &str| {
        let mut call = call(Method::POST, "graph.microsoft.com", path);
        call.body = Bytes::copy_from_slice(body.as_bytes());
        faults.on_arrival(&call).is_some()
    };
    let with = |name: &str, password: &str| {
        json!({ "displayName": name, "passwordProfile": { "password": password } }).to_string()
    };
    assert!(strike("/v1.0/users", &with("a", "1")));
    assert!(
        !strike("/v1.0/users", &with("a", "2")),
        "the same but for the password"
    );
    assert!(strike("/v1.0/users", &with("b", "1")));
    assert!(strike("/v1.0/groups", ""));
    assert!(!strike("/v1.0/groups", ""));
}

#[test]
fn a_rule_on_bodies_strikes_only_a_call_that_says_so() {
    let rule = json!({"match": {"bodyContains": "\"New-"}, "kind": "resetBefore", "times": 9});
    let mut faults = plan(json!({ "rules": [rule] })).unwrap();
    let mut strike = |cmdlet: &str| {
        let mut call = call(Method::POST, "outlook.office365.com", "/adminapi");
        call.body = json!({"CmdletInput": {"CmdletName": cmdlet}}).to_string().into();
        faults.on_arrival(&call).is_some()
    };
    assert!(strike("New-DistributionGroup") && !strike("Get-DistributionGroup"));
}

#[test]
fn a_plan_that_could_never_strike_is_refused() {
    let early = json!({"match": {"effectPrefix": "graph:"}, "kind": {"throttle": {"retryAfter": "2"}}});
    assert!(matches!(
        plan(json!({ "rules": [early] })),
        Err(RuleError::EffectComesLater(_))
    ));
    let random = json!({"probability": 2.0, "seed": 1});
    assert!(matches!(
        plan(json!({ "random": random })),
        Err(RuleError::Probability(_))
    ));
}

#[test]
fn the_same_seed_strikes_the_same_calls() {
    let sequence = |seed: u64| {
        let mut faults = plan(json!({"random": {"probability": 0.5, "seed": seed}})).unwrap();
        let call = call(Method::GET, "graph.microsoft.com", "/v1.0/users");
        (0..40).map(|_| faults.on_arrival(&call)).collect::<Vec<_>>()
    };
    assert_eq!(sequence(7), sequence(7));
    assert_ne!(sequence(7), sequence(8));
    assert!(sequence(7).contains(&None) && sequence(7).iter().any(Option::is_some));
}

#[test]
fn chance_spares_calls_that_do_not_fit() {
    let random = json!({"match": {"host": "graph.microsoft.com"}, "probability": 1.0, "seed": 1, "kinds": ["resetAfter"]});
    let mut faults = plan(json!({ "random": random })).unwrap();
    let graph = call(Method::GET, "graph.microsoft.com", "/v1.0/users");
    let sharepoint = call(Method::GET, "contoso.sharepoint.com", "/sites/flow");
    assert_eq!(faults.on_arrival(&graph), Some(Kind::ResetAfter));
    assert_eq!(faults.on_arrival(&sharepoint), None);
    let late = json!({"match": {"effectPrefix": "graph:"}, "probability": 1.0, "seed": 1});
    assert!(matches!(
        plan(json!({ "random": late })),
        Err(RuleError::ChanceOnEffects)
    ));
}
