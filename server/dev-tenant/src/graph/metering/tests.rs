use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::cost::{self, Bill};
use super::{GraphBudgets, GraphLimits, Meter};
use crate::call::{Call, Reply};
use crate::directory::AppId;

const APP: AppId = AppId(Uuid::from_u128(9));

fn call(method: &str, path: &str) -> Call {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    Call {
        method: method.parse().unwrap(),
        host: "graph.microsoft.com".to_owned(),
        path: format!("/v1.0/{path}"),
        query: query.to_owned(),
        headers: http::HeaderMap::new(),
        body: bytes::Bytes::new(),
        request_id: Uuid::from_u128(1),
    }
}

fn at(millis: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_millis(millis)
}

#[test]
fn operations_cost_what_the_table_says() {
    for (method, path, units, writes) in [
        ("GET", "users", 2, false),
        ("GET", "users('hana@contoso.com')?$select=id", 1, false),
        ("GET", "users?%24select=id&$top=5", 1, false),
        ("GET", "users?$expand=manager", 3, false),
        ("GET", "users/1/manager", 1, false),
        ("GET", "users/1/licenseDetails", 2, false),
        ("GET", "groups/1/members?$top=999", 3, false),
        ("GET", "groups/1/transitiveMembers", 5, false),
        ("GET", "subscribedSkus", 3, false),
        ("GET", "applications?$filter=x", 2, false),
        ("POST", "directoryObjects/getByIds", 3, false),
        ("POST", "users/1/checkMemberGroups", 4, false),
        ("POST", "users", 1, true),
        ("POST", "groups/1/members/$ref", 1, true),
        ("POST", "users/1/assignLicense", 1, true),
    ] {
        assert_eq!(
            cost::of(&call(method, path)),
            Bill::Directory { units, writes },
            "{method} {path}"
        );
    }
    let mail = call("POST", "users/Flow@contoso.com/sendMail");
    assert_eq!(cost::of(&mail), Bill::Mailbox("flow@contoso.com".to_owned()));
    for path in ["teams/1", "groups/1/team", "sites/root", "$batch"] {
        assert_eq!(cost::of(&call("POST", path)), Bill::Free, "{path}");
    }
}

#[test]
fn the_budget_grows_with_the_users() {
    let units = |users| GraphBudgets::Documented.limits(users).map(|limits| limits.units);
    assert_eq!(
        [49, 50, 500, 501].map(units),
        [Some(3_500), Some(5_000), Some(5_000), Some(8_000)]
    );
    assert_eq!(GraphBudgets::Off.limits(1), None);
}

const SMALL: GraphLimits = GraphLimits {
    units: 4,
    writes: 2,
    mailbox: 3,
    mailbox_at_once: 1,
};

#[test]
fn spent_units_come_back_after_ten_seconds_and_the_answer_says_so() {
    let meter = Meter::default();
    let admit = |millis| meter.admit(APP, &call("GET", "users"), SMALL, at(millis));
    assert!(admit(0).is_ok() && admit(2_500).is_ok());
    let refusal = admit(3_000).unwrap_err();
    // What was refused counts too.
    assert_eq!(refusal.retry_after, 10);
    assert!(admit(12_499).is_err() && admit(22_500).is_ok());
    let told = refusal.told(Reply::empty(429), Uuid::nil()).headers;
    let scope = format!("Tenant_Application/ReadWrite/{}/{}", APP.0, Uuid::nil());
    assert_eq!(told[0], ("x-ms-throttle-scope".to_owned(), scope));
    assert_eq!(told[1].1, "ResourceUnitLimitExceeded");
}

#[test]
fn writes_have_a_budget_of_their_own() {
    let meter = Meter::default();
    let admit = |method, millis| meter.admit(APP, &call(method, "groups/1"), SMALL, at(millis));
    assert!(admit("PATCH", 0).is_ok() && admit("PATCH", 1_000).is_ok());
    assert_eq!(admit("PATCH", 100_000).unwrap_err().retry_after, 51);
    assert!(admit("GET", 100_000).is_ok());
    assert!(admit("PATCH", 151_000).is_ok());
}

#[test]
fn a_mailbox_takes_few_calls_at_once() {
    let meter = Meter::default();
    let admit = |request: u128| {
        let mail = Call {
            request_id: Uuid::from_u128(request),
            ..call("POST", "users/flow/sendMail")
        };
        meter.admit(APP, &mail, SMALL, at(0))
    };
    assert!(admit(1).is_ok());
    assert_eq!(admit(2).unwrap_err().retry_after, 1);
    meter.settle(Uuid::from_u128(1));
    assert!(admit(3).is_ok());
    meter.settle(Uuid::from_u128(3));
    assert_eq!(admit(4).unwrap_err().retry_after, 600);
}
