//! Definitions that use every member, one for each kind of plan.

use serde_json::{Value, json};

use crate::fixture::USER_CREATE;

fn people() -> Value {
    json!([{ "from": "people", "people": ["a", "b"] }])
}

fn days(count: u32) -> Value {
    json!({ "calendarDays": count })
}

/// Every source.
fn sources() -> Value {
    json!([
        { "from": "people", "people": ["a"] },
        { "from": "group", "group": "g" },
        { "from": "unit", "unit": "営業部", "post": "部長", "rank": 3, "parents": 2 },
        { "from": "manager", "levels": 2, "untilRank": 5 },
        { "from": "field", "field": "manager" },
        { "from": "master", "table": "t", "keys": { "system": "department" }, "person": "p", "matches": "all" },
        { "from": "owner", "of": "upnLocal" },
        { "from": "previousManager" },
        { "from": "choose", "choices": [{ "when": "empty(licence)", "sources": people() }] },
    ])
}

/// An approval that uses every member.
fn full_approval() -> Value {
    json!({
        "assignees": sources(), "quorum": { "of": "n", "n": 2 }, "mode": "opinion", "reject": "first", "sendBack": "none",
        "final": true, "editable": ["licence"], "due": days(3),
        "reminders": [{ "before": days(1) }, { "after": days(1) }],
        "atDeadline": { "do": "escalate", "to": people(), "replace": true }, "hold": "stopsClock", "reassign": false,
        "pullUp": { "after": days(2), "reviewWithin": days(5) },
    })
}

fn steps() -> Value {
    let title = || json!({ "ja": "題", "en": "Title" });
    let first = json!({ "assignees": people() });
    let outcomes = json!([{ "when": "plan.deletes > 1", "then": "reject" }, { "then": "pass" }]);
    let step = |key: &str, kind: Value| json!({ "key": key, "title": title(), "kind": kind });
    json!([
        step("one", json!({ "approval": first })),
        { "key": "two", "title": title(), "when": "empty(reason)", "next": [{ "when": "empty(licence)", "to": "four" }],
          "kind": { "approval": full_approval() } },
        step("three", json!({ "circulation": { "readers": people(), "due": { "businessDays": 1 } } })),
        step("four", json!({ "postReview": { "reviewers": people(), "due": { "businessHours": 8 } } })),
        step("five", json!({ "automatic": { "outcomes": outcomes } })),
        step("six", json!({ "manualWork": { "workers": people(), "quorum": { "of": "percent", "percent": 50 },
            "stage": "afterExecution", "proof": "words", "due": days(1) } })),
    ])
}

fn cases() -> Value {
    let post = json!({ "unit": "営業部", "title": "部長", "rank": 5, "main": true, "from": "2026-04-01", "until": null });
    json!([{
        "name": "例", "applicant": "a", "unit": "営業部", "values": { "licence": "E5" }, "plan": { "deletes": 1 },
        "baseDate": "2026-04-01",
        "organisation": {
            "people": { "a": { "manager": "b", "posts": [post], "enabled": true } },
            "units": { "営業部": { "parent": "本社" } }, "groups": { "g": { "members": ["a"] } },
            "masters": { "t": [{ "system": "x" }] }, "owners": { "o": ["a"] }, "administrators": ["b"],
        },
        "expect": [{ "step": "one", "people": ["b"] }, { "step": "two", "skipped": "rule" }],
    }])
}

/// A definition that uses every member.
pub(crate) fn full() -> Value {
    let mut definition: Value = serde_json::from_str(USER_CREATE).unwrap();
    definition["numbering"]["at"] = json!("approval");
    for (member, word) in [
        ("pullBack", "never"),
        ("withdraw", "never"),
        ("selfRule", "skip"),
        ("samePerson", "last"),
        ("applyFor", "deputies"),
        ("applyAs", "department"),
        ("baseDate", "startDate"),
    ] {
        definition[member] = json!(word);
    }
    definition["deputies"] = json!(false);
    definition["nobody"] = json!({ "then": "people", "people": ["a"] });
    definition["steps"] = steps();
    definition["cases"] = cases();
    definition
}

/// The same for a plan that changes what is there.
fn changing() -> Value {
    let mut definition = full();
    definition["execution"]["plan"] = json!({
        "action": "changeUser", "user": "manager", "properties": { "jobTitle": "{post}" }, "manager": "manager",
        "signIn": "block", "licences": { "add": "licence", "remove": "licence" },
        "groups": { "add": "groups", "remove": "groups" },
        "leave": { "access": "manager", "forward": "manager" }, "delete": true,
    });
    definition
}

/// The same with the execution among the steps, which then says when work by hand is done.
fn placed() -> Value {
    let mut definition = full();
    let steps = definition["steps"].as_array_mut().unwrap();
    let title = json!({ "ja": "実行", "en": "Execution" });
    steps.insert(
        5,
        json!({ "key": "run", "title": title, "kind": { "execution": {} } }),
    );
    let work = steps[6]["kind"]["manualWork"].as_object_mut();
    work.unwrap().remove("stage");
    definition
}

/// Every setting of a team.
fn settings_of_teams() -> Value {
    let members = [
        "CreateUpdateChannels",
        "CreatePrivateChannels",
        "DeleteChannels",
        "AddRemoveApps",
    ];
    let members = members.into_iter().chain(["CreateUpdateRemoveTabs"]);
    let members = members.map(|name| format!("memberSettings.allow{name}"));
    let guests = ["CreateUpdateChannels", "DeleteChannels"].map(|name| format!("guestSettings.allow{name}"));
    let messages = [
        "UserEditMessages",
        "UserDeleteMessages",
        "OwnerDeleteMessages",
        "TeamMentions",
    ];
    let messages = messages.into_iter().chain(["ChannelMentions"]);
    let messages = messages.map(|name| format!("messagingSettings.allow{name}"));
    let all = members.chain(guests).chain(messages);
    Value::Object(all.map(|name| (name, json!("department"))).collect())
}

/// The same for plans that make groups, lists, mailboxes and contacts, change them, or ask other systems.
fn grouping() -> [Value; 12] {
    let plans = [
        json!({ "action": "createGroup", "kind": "security", "displayName": "SG-{lastName}",
                "mailNickname": "{upnLocal}", "owners": "manager" }),
        json!({ "action": "createGroup", "kind": "microsoft365", "displayName": "{lastName}",
                "mailNickname": "{upnLocal}", "description": "{post}", "visibility": "department",
                "team": true, "owners": "manager", "members": "manager" }),
        json!({ "action": "changeGroup", "group": "groups", "displayName": "{lastName}", "description": "{post}",
                "visibility": "department", "owners": { "add": "manager", "remove": "manager" },
                "members": { "add": "manager", "remove": "manager" }, "delete": true,
                "team": { "settings": settings_of_teams(), "archive": "department", "picture": "department" } }),
        json!({ "action": "changeGroup", "group": "groups", "owners": { "add": "manager" }, "team": {}, "adopt": true }),
        json!({ "action": "changeList", "list": "groups", "owners": { "add": "manager" }, "adopt": true }),
        json!({ "action": "createList", "kind": "distribution", "displayName": "{lastName}", "alias": "ml-{upnLocal}",
                "outside": "department", "owners": "manager", "members": "manager" }),
        json!({ "action": "changeList", "list": "groups", "displayName": "{lastName}", "outside": "department",
                "owners": { "add": "manager", "remove": "manager" },
                "members": { "add": "manager", "remove": "manager" }, "delete": true }),
        json!({ "action": "createMailbox", "displayName": "{lastName}", "alias": "desk-{upnLocal}",
                "fullAccess": "manager", "sendAs": "manager", "sendOnBehalf": "manager" }),
        json!({ "action": "changeMailbox", "mailbox": "groups", "displayName": "{lastName}",
                "addresses": { "primary": "{upnLocal}", "add": "{upnLocal}", "remove": "{upnLocal}" },
                "fullAccess": { "add": "manager", "remove": "manager" },
                "sendAs": { "add": "manager", "remove": "manager" },
                "sendOnBehalf": { "add": "manager", "remove": "manager" }, "delete": true }),
        json!({ "action": "createContact", "displayName": "{lastName}", "address": "{upnLocal}", "details": details() }),
        json!({ "action": "changeContact", "contact": "groups", "displayName": "{lastName}", "address": "{upnLocal}",
                "details": details(), "delete": true }),
        json!({ "action": "customAction", "calls": [call()] }),
    ];
    plans.map(|plan| {
        let mut definition = full();
        definition["execution"]["plan"] = plan;
        definition
    })
}

fn call() -> Value {
    json!({ "key": "issue-badge", "title": { "ja": "題", "en": "Title" }, "destination": "badge-office",
            "fields": ["lastName", "manager"], "answerWithin": days(3), "undo": true })
}

fn details() -> Value {
    json!({ "surname": "{lastName}", "givenName": "{lastName}", "companyName": "{lastName}", "department": "{post}",
            "jobTitle": "{post}", "officeLocation": "{post}", "phone": "{post}", "mobilePhone": "{post}" })
}

/// Every sample.
pub(crate) fn samples() -> Vec<Value> {
    [full(), changing(), placed()]
        .into_iter()
        .chain(grouping())
        .collect()
}
