//! The registration holds what `permissions` prints for the workflows that are offered, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use e2e::house::{House, Wishes};
use e2e::registration::said;
use serde_json::Value;
use uuid::Uuid;

use super::play::Play;
use super::samples::{self, Sample};
use super::{BACKEND, quorum};

/// What `permissions` prints.
fn printed(house: &House) -> Value {
    let output = house.run(&["permissions", "--format", "json"]);
    assert!(output.status.success(), "{}", said(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Workflows of each feature that needs permissions of its own, those of another feature left out.
fn families(house: &House) -> BTreeMap<String, BTreeSet<String>> {
    let printed = printed(house);
    let mut families: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for feature in printed["features"].as_array().expect("features") {
        for workflow in feature["workflows"].as_array().expect("workflows") {
            let key = feature["feature"].as_str().expect("a key").to_owned();
            of.entry(workflow.as_str().expect("a key").to_owned())
                .or_default()
                .push(key);
        }
    }
    for (workflow, features) in of {
        families.entry(features.join("+")).or_default().insert(workflow);
    }
    families
}

/// Offers these workflows alone, and grants what is printed then.
fn reduce(house: &House, workflows: &BTreeSet<String>) {
    let folder = house.folder.path().join("workflows");
    std::fs::create_dir_all(&folder).expect("a folder");
    let shipped = quorum::shipped();
    for key in workflows {
        let text = shipped[key].to_string();
        std::fs::write(folder.join(format!("{key}.json")), text).expect("a definition");
    }
    house.configure(|text| text.replace("[site]\n", "[site]\nworkflows = \"workflows\"\n"));
    let mut roles: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    for permission in printed(house)["all"].as_array().expect("permissions") {
        let text = |name: &str| permission[name].as_str().expect("a text").to_owned();
        let resource = text("resourceAppId").parse().expect("an id");
        roles.entry(resource).or_default().insert(text("name"));
    }
    let ours = house.our_app().app_id;
    let mut tenant = house.world().tenant();
    let app = tenant.directory.apps.get_mut(&ours).expect("our registration");
    app.roles = roles;
}

async fn house() -> House {
    House::build(BACKEND, Wishes::default()).await
}

/// A doctor who finds nothing missing and nothing to spare.
fn assert_exact(house: &House) {
    let checked = house.run(&["doctor"]);
    let told = said(&checked);
    assert!(
        checked.status.success() && !told.contains("外してください"),
        "{told}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_is_carried_out_with_the_permissions_of_its_feature_alone() {
    for (family, workflows) in families(&house().await) {
        let house = house().await;
        reduce(&house, &workflows);
        let of_family = |sample: &&Sample| workflows.contains(sample.workflow);
        let samples: Vec<&Sample> = samples::all().filter(of_family).collect();
        assert!(!samples.is_empty(), "{family}");
        let mut play = Play::of(house, &samples).await;
        play.carry_through().await;
        assert_exact(&play.watch.house);
    }
}

/// Whatever is granted beyond them is named.
#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_warns_of_a_permission_that_no_feature_needs() {
    let house = house().await;
    let ours = house.our_app().app_id;
    let widest = "Directory.ReadWrite.All";
    for roles in house
        .world()
        .tenant()
        .directory
        .apps
        .get_mut(&ours)
        .expect("our registration")
        .roles
        .values_mut()
    {
        roles.insert(widest.to_owned());
    }
    let told = said(&house.run(&["doctor"]));
    for service in ["SharePoint", "Graph", "Exchange"] {
        let named = format!("注意    {service}: {widest}: ");
        assert!(told.contains(&named), "{told}");
    }
}
