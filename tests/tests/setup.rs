//! Setup over the wire with exactly the permissions of the manifests, and the doctor's eye for each of them.

#[path = "setup/app.rs"]
mod app;
#[path = "setup/content_types.rs"]
mod content_types;
#[path = "setup/doubles.rs"]
mod doubles;
#[path = "setup/listening.rs"]
mod listening;
#[path = "setup/manual.rs"]
mod manual;
#[path = "setup/scripts.rs"]
mod scripts;

use std::process::Output;

use dev_tenant::sharepoint::state::role;
use e2e::control::rule;
use e2e::house::{House, Wishes};
use e2e::person::Person;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

/// A site collection administrator.
const OWNER: &str = "toru.soma";

async fn house() -> House {
    House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn setup_makes_the_lists_and_running_it_again_changes_nothing() {
    let mut house = house().await;
    house.serve().await;
    let planned = text(&house.run(&["setup", "--plan"]));
    assert!(planned.contains("PFInbox"), "{planned}");
    let first = house.run(&["setup", "--site", "https://contoso.sharepoint.com/sites/flow"]);
    assert!(
        first.status.success() && text(&first).contains("PF-Decide"),
        "{}",
        text(&first)
    );
    let second = text(&house.run(&["setup"]));
    assert!(second.contains("0 change(s)"), "{second}");
    let healthy = house.run(&["doctor"]);
    assert!(healthy.status.success(), "{}\n{}", text(&healthy), house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doctor_who_is_asked_to_wait_waits_and_then_finds_everything_good() {
    let house = made().await;
    let busy = |path: &str| {
        let matching = json!({ "host": "contoso.sharepoint.com", "method": "GET", "pathContains": path });
        rule(matching, &json!({ "throttle": { "retryAfter": "1" } }))
    };
    house
        .strike(vec![busy("roleassignments"), busy("subscriptions")])
        .await;
    let healthy = house.run(&["doctor"]);
    assert!(healthy.status.success(), "{}", text(&healthy));
    let unstruck = house.unstruck().await;
    assert!(unstruck.is_empty(), "never struck: {unstruck:?}");
}

/// Takes a permission from our registration, or gives it back.
fn hold(house: &House, resource: Uuid, name: &str, held: bool) {
    let ours = house.our_app().app_id;
    let mut tenant = house.world().tenant();
    let app = tenant.directory.apps.get_mut(&ours).expect("our registration");
    let roles = app.roles.entry(resource).or_default();
    if held {
        roles.insert(name.to_owned());
    } else {
        roles.remove(name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_names_each_permission_that_is_taken_away() {
    let house = house().await;
    house.run(&["setup"]);
    for (resource, names) in house.our_app().roles {
        for name in names {
            hold(&house, resource, &name, false);
            let sick = house.run(&["doctor"]);
            hold(&house, resource, &name, true);
            let told = text(&sick);
            let named = told
                .lines()
                .any(|line| line.starts_with("異常") && line.contains(&format!(": {name}: ")));
            assert!(!sick.status.success() && named, "{name}:\n{told}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_names_a_missing_site_grant() {
    let house = house().await;
    house.world().tenant().sharepoint.sites[0].grants.clear();
    let told = text(&house.run(&["doctor"]));
    assert!(told.contains("異常    site grant"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_who_could_tamper_is_named_and_setup_takes_him_off() {
    let house = house().await;
    house.run(&["setup"]);
    let admin = {
        let mut tenant = house.world().tenant();
        let site = &mut tenant.sharepoint.sites[0];
        let admin = site
            .users
            .values()
            .find(|user| user.is_site_admin)
            .expect("an administrator")
            .clone();
        let list = site
            .lists
            .values_mut()
            .find(|list| list.root_folder.ends_with("PFApplications"))
            .expect("the list");
        list.scope
            .as_mut()
            .expect("its own permissions")
            .add(admin.id, role::FULL_CONTROL);
        admin.title
    };
    let told = text(&house.run(&["doctor"]));
    assert!(
        told.contains(&format!("{admin} (")) && told.contains("ManageLists"),
        "{told}"
    );
    house.run(&["setup"]);
    let told = text(&house.run(&["doctor"]));
    assert!(!told.contains("ManageLists"), "{told}");
}

/// A site that is set up and has its webhooks; the service itself no longer runs, so that only commands write.
async fn made() -> House {
    let mut house = house().await;
    house.serve().await;
    let first = house.run(&["setup"]);
    assert!(first.status.success(), "{}", text(&first));
    house.kill();
    house
}

/// One command, which must write as much as is said.
fn run(house: &House, arguments: &[&str], writes: bool) -> String {
    let before = house.count_effects();
    let output = house.run(arguments);
    let told = text(&output);
    assert!(output.status.success(), "{told}");
    assert_eq!(house.count_effects() > before, writes, "{arguments:?}: {told}");
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_writes_nothing_not_even_into_an_empty_site() {
    let mut house = house().await;
    house.serve().await;
    house.kill();
    let planned = run(&house, &["setup", "--plan"], false);
    for told in [
        "権限レベルを作成: PF-Apply",
        "サイトに登録: people.administrators",
        "リストを作成: Lists/PFApplications",
    ] {
        assert!(planned.contains(told), "{told}: {planned}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_by_hand_is_named_by_the_plan_and_taken_back_by_setup() {
    let house = made().await;
    run(&house, &["setup"], false);
    let owner = Person::sign_in(&house, OWNER).await;
    let cases = manual::cases();
    for case in &cases {
        case.change.make(&owner).await;
    }
    let planned = run(&house, &["setup", "--plan"], false);
    let repaired = run(&house, &["setup"], true);
    for case in &cases {
        assert_eq!(planned.matches(case.told).count(), 1, "{}:\n{planned}", case.told);
        assert_eq!(
            repaired.matches(case.told).count(),
            1,
            "{}:\n{repaired}",
            case.told
        );
    }
    let count = format!("{} change(s)", cases.len());
    assert!(planned.contains(&count), "{planned}");
    let again = run(&house, &["setup"], false);
    assert!(again.contains("0 change(s)"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_of_another_type_is_told_and_left_to_a_person() {
    let house = made().await;
    let owner = Person::sign_in(&house, OWNER).await;
    let column = "web/getlist('/sites/flow/Lists/PFApplications')/fields/getbyinternalnameortitle('PFFlags')";
    manual::Change::Delete(column).make(&owner).await;
    let number = json!({ "parameters": {
        "SchemaXml": "<Field Type=\"Number\" Name=\"PFFlags\" StaticName=\"PFFlags\" DisplayName=\"PFFlags\" />",
        "Options": 8,
    }});
    let fields = "web/getlist('/sites/flow/Lists/PFApplications')/fields/createfieldasxml";
    manual::Change::Post(fields, number).make(&owner).await;
    let output = house.run(&["setup"]);
    let told = text(&output);
    let named = "Lists/PFApplications: PFFlags (種類 Number → Text)";
    assert!(!output.status.success() && told.contains(named), "{told}");
    manual::Change::Delete(column).make(&owner).await;
    run(&house, &["setup"], true);
    run(&house, &["setup"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_level_can_remove_evidence_and_every_list_keeps_to_itself() {
    /// Delete, DeleteVersions, Override List Behaviors, ManageLists, ManagePermissions (SP.PermissionKind).
    const FORBIDDEN: u64 = 1 << 3 | 1 << 7 | 1 << 8 | 1 << 11 | 1 << 25;
    let house = made().await;
    let owner = Person::sign_in(&house, OWNER).await;
    let (_, levels) = owner.send(Method::GET, "web/roledefinitions", &[], None).await;
    let levels = levels["value"].as_array().expect("levels").iter();
    let ours: Vec<_> = levels
        .filter(|level| level["Name"].as_str().is_some_and(|name| name.starts_with("PF-")))
        .collect();
    assert_eq!(ours.len(), 4);
    for level in ours {
        let low = level["BasePermissions"]["Low"].as_str().expect("half a mask");
        let low: u64 = low.parse().expect("a number");
        assert_eq!(low & FORBIDDEN, 0, "{}", level["Name"]);
    }
    for (list, versions) in [
        ("PFInbox", 5000),
        ("PFApplications", 5000),
        ("PFHistory", 100),
        ("PFFiles", 100),
        ("PFDefinitions", 500),
    ] {
        let path = format!("web/getlist('/sites/flow/Lists/{list}')");
        let select = "$select=NoCrawl,MajorVersionLimit,EnableVersioning,HasUniqueRoleAssignments";
        let (_, found) = owner
            .send(Method::GET, &format!("{path}?{select}"), &[], None)
            .await;
        assert_eq!(found["NoCrawl"], true, "{list}");
        assert_eq!(found["HasUniqueRoleAssignments"], true, "{list}");
        assert_eq!(
            (&found["EnableVersioning"], &found["MajorVersionLimit"]),
            (&json!(true), &json!(versions)),
            "{list}"
        );
        let (_, fields) = owner
            .send(Method::GET, &format!("{path}/fields"), &[], None)
            .await;
        let fields = fields["value"].as_array().expect("fields").iter();
        let indexed = fields.filter(|field| field["Indexed"] == true).count();
        assert!((1..=20).contains(&indexed), "{list}: {indexed}");
    }
}
