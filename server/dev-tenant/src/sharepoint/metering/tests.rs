use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::gate::{Admission, RateLimit, Refusal};
use super::limits::{ResourceUnits, UnitLimits};
use super::meter::Meter;
use super::of_call;
use crate::call::Call;
use crate::directory::AppId;
use crate::sharepoint::fixture::{OWNER, TARO, app, person};

fn call(method: &str, path: &str, body: &str) -> Call {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut headers = http::HeaderMap::new();
    headers.insert("content-type", "multipart/mixed; boundary=b".parse().unwrap());
    Call {
        method: method.parse().unwrap(),
        host: "contoso.sharepoint.com".to_owned(),
        path: format!("/sites/flow/{path}"),
        query: query.to_owned(),
        headers,
        body: body.to_owned().into(),
        request_id: Uuid::from_u128(1),
    }
}

fn read() -> Call {
    call("GET", "_api/web", "")
}

const SMALL: UnitLimits = UnitLimits {
    minute: 10,
    day: 25,
    tenant_five_minutes: 1_000,
};

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

#[test]
fn reading_costs_1_writing_2_and_permissions_5() {
    for (method, path, units) in [
        ("GET", "_api/web/lists", 1),
        ("POST", "_api/web/lists(guid'1')/GetItems", 1),
        ("POST", "_api/web/lists(guid'1')/items", 2),
        ("DELETE", "_api/web/lists(guid'1')/items(1)", 2),
        (
            "POST",
            "_api/web/lists(guid'1')/items(1)/breakroleinheritance(false)",
            5,
        ),
        ("GET", "_api/web/lists(guid'1')/items(1)/roleassignments", 5),
        (
            "GET",
            "_api/web/lists(guid'1')/items(1)?$expand=RoleAssignments",
            5,
        ),
    ] {
        assert_eq!(of_call(&call(method, path, "")), units, "{method} {path}");
    }
}

#[test]
fn every_operation_of_a_batch_counts() {
    let part = |line: &str| format!("--b\nContent-Type: application/http\n\n{line} HTTP/1.1\n\n");
    let body = format!(
        "{}{}--b--\n",
        part("GET https://contoso.sharepoint.com/sites/flow/_api/web"),
        part(
            "POST https://contoso.sharepoint.com/sites/flow/_api/web/lists(guid'1')/items(1)/resetroleinheritance"
        )
    );
    assert_eq!(of_call(&call("POST", "_api/$batch", &body)), 6);
}

#[test]
fn sealing_an_item_for_three_people_costs_22_units() {
    let assign = |id: u32| {
        format!(
            r#"<Method Id="{id}" ParentId="11" Name="Add"><Parameters><Parameter ObjectPathId="12"/></Parameters></Method>"#
        )
    };
    let body = format!(
        r#"<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" SchemaVersion="15.0.0.0" LibraryVersion="16.0.0.0" ApplicationName="test"><Actions>
        <Method Name="SetFieldValue" Id="30" ObjectPathId="10"><Parameters><Parameter Type="String">Title</Parameter><Parameter Type="String">x</Parameter></Parameters></Method>
        <Method Name="Update" Id="31" ObjectPathId="10"/>
        <Method Name="Add" Id="32" ObjectPathId="12"><Parameters><Parameter Type="Number">1</Parameter></Parameters></Method>
        <Method Name="BreakRoleInheritance" Id="33" ObjectPathId="10"><Parameters><Parameter Type="Boolean">false</Parameter><Parameter Type="Boolean">true</Parameter></Parameters></Method>
        <ObjectPath Id="34" ObjectPathId="13"/><ObjectPath Id="35" ObjectPathId="14"/><ObjectPath Id="36" ObjectPathId="15"/>
        </Actions><ObjectPaths>
        <StaticProperty Id="1" TypeId="{{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}}" Name="Current"/><Property Id="2" ParentId="1" Name="Web"/><Property Id="3" ParentId="2" Name="Lists"/>
        <Method Id="4" ParentId="3" Name="GetById"><Parameters><Parameter Type="String">x</Parameter></Parameters></Method>
        <Method Id="10" ParentId="4" Name="AddItem"/><Property Id="11" ParentId="10" Name="RoleAssignments"/>
        <Constructor Id="12" TypeId="{{07bf1941-6953-4761-b114-58374b4aaf57}}"/>{}{}{}
        </ObjectPaths></Request>"#,
        assign(13),
        assign(14),
        assign(15)
    );
    assert_eq!(
        of_call(&call("POST", "_vti_bin/client.svc/ProcessQuery", &body)),
        22
    );
}

#[test]
fn headers_tell_from_four_fifths_on_and_the_next_minute_starts_anew() {
    let meter = Meter::default();
    let admit = |seconds| meter.admit(&app(), &read(), Some(SMALL), at(seconds));
    for _ in 0..7 {
        assert_eq!(admit(0), Ok(Admission(None)));
    }
    let rate_limit = |remaining, reset| RateLimit {
        limit: 10,
        remaining,
        reset,
    };
    assert_eq!(admit(1), Ok(Admission(Some(rate_limit(2, 59)))));
    assert!(admit(1).is_ok() && admit(1).is_ok());
    let refused = Refusal::Throttled {
        retry_after: 31,
        rate_limit: Some(rate_limit(0, 31)),
    };
    assert_eq!(admit(29), Err(refused));
    assert_eq!(admit(60), Ok(Admission(None)));
    let usage = meter.usage()[&Some(AppId(Uuid::from_u128(9)))];
    assert_eq!((usage.requests, usage.refused, usage.resource_units), (12, 1, 12));
    assert_eq!(usage.busiest_minute, 11, "what was refused counts too");
}

#[test]
fn a_spent_day_is_refused_without_rate_limit_headers() {
    let meter = Meter::default();
    let admit = |seconds| meter.admit(&app(), &read(), Some(SMALL), at(seconds));
    for minute in 0..5 {
        for _ in 0..5 {
            assert!(admit(minute * 60).is_ok());
        }
    }
    let refused = Refusal::Throttled {
        retry_after: 24 * 3_600 - 300,
        rate_limit: None,
    };
    assert_eq!(admit(300), Err(refused));
    assert!(admit(24 * 3_600).is_ok());
}

#[test]
fn a_person_has_3000_requests_in_five_minutes_and_takes_none_of_anothers() {
    let meter = Meter::default();
    let admit = |who, seconds| meter.admit(&person(who), &read(), Some(SMALL), at(seconds));
    for _ in 0..3_000 {
        assert!(admit(OWNER, 0).is_ok());
    }
    let refused = Refusal::Throttled {
        retry_after: 299,
        rate_limit: None,
    };
    assert_eq!(admit(OWNER, 1), Err(refused));
    assert!(admit(TARO, 1).is_ok());
    assert!(meter.admit(&person(OWNER), &read(), None, at(1)).is_ok());
    assert!(admit(OWNER, 300).is_ok());
}

#[test]
fn people_in_browsers_are_held_by_no_app_s_budget_and_nobody_where_there_is_none() {
    let meter = Meter::default();
    for _ in 0..30 {
        assert!(meter.admit(&person(OWNER), &read(), Some(SMALL), at(0)).is_ok());
        assert!(meter.admit(&app(), &read(), None, at(0)).is_ok());
    }
    assert_eq!(meter.usage()[&None].requests, 30);
}

#[test]
fn licences_choose_the_documented_band() {
    for (licences, minute) in [
        (0, 1_250),
        (1_000, 1_250),
        (1_001, 2_500),
        (15_000, 3_750),
        (60_000, 6_250),
    ] {
        assert_eq!(ResourceUnits::Licences(licences).limits().unwrap().minute, minute);
    }
}
