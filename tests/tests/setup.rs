//! Setup over the wire with exactly the permissions of the manifests, and the doctor's eye for each of them.

use std::process::Output;

use dev_tenant::sharepoint::state::role;
use e2e::house::{House, Wishes};
use uuid::Uuid;

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
    assert!(healthy.status.success(), "{}", text(&healthy));
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
