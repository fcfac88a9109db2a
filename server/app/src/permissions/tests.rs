//! What the manifests ask for.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::testing::TestService;

const REGISTRATION: &str = include_str!("../../../../manifests/entra-app.json");

fn names(needs: &[Need]) -> BTreeSet<String> {
    union(needs)
        .into_iter()
        .map(|(_, permission)| permission.name)
        .collect()
}

#[tokio::test]
async fn the_registration_asks_for_exactly_what_the_workflows_that_are_shipped_need() {
    let testing = TestService::open().await;
    let service = &testing.service;
    let needed: BTreeSet<(String, String)> = union(&needs(&service.config, &service.workflows).unwrap())
        .into_iter()
        .map(|(api, permission)| (api.app_id().to_owned(), permission.id.to_string()))
        .collect();
    let registration: Value = serde_json::from_str(REGISTRATION).unwrap();
    let resources = registration["requiredResourceAccess"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let asked: Vec<(String, String)> = resources
        .flat_map(|resource| {
            let roles = resource["resourceAccess"].as_array().unwrap().iter();
            roles.map(move |role| (text(&resource["resourceAppId"]), text(&role["id"])))
        })
        .collect();
    assert_eq!(asked.iter().cloned().collect::<BTreeSet<_>>(), needed);
    assert_eq!(asked.len(), needed.len(), "nothing twice");
}

#[tokio::test]
async fn each_feature_brings_its_own_permissions_and_none_without_it() {
    let testing = TestService::open().await;
    let service = &testing.service;
    let only = |key: &str| {
        let mut own = service.workflows.clone();
        own.retain(|offered| offered.definition.key.as_str() == key);
        assert_eq!(own.len(), 1, "{key}");
        names(&needs(&service.config, &own).unwrap())
    };
    let (account, group, list) = (only("user-create"), only("group-create"), only("list-create"));
    assert!(account.contains("User.ReadWrite.All") && !account.contains("User.Read.All"));
    assert!(!account.contains("Group.ReadWrite.All") && !account.contains("Exchange.ManageAsApp"));
    assert!(group.contains("Group.ReadWrite.All") && group.contains("User.Read.All"));
    assert!(!group.contains("User.ReadWrite.All") && !group.contains("Exchange.ManageAsApp"));
    let (team, leaver) = (only("team-change"), only("user-offboard"));
    assert!(team.contains("TeamMember.ReadWrite.All") && !group.contains("TeamMember.ReadWrite.All"));
    assert!(leaver.contains("Exchange.ManageAsApp") && leaver.contains("User.ReadWrite.All"));
    assert!(list.contains("Exchange.ManageAsApp") && !list.contains("User.ReadWrite.All"));
}

#[test]
fn every_permission_of_the_manifest_belongs_to_a_feature_and_is_explained_in_both_languages() {
    let manifest: Manifest = serde_json::from_str(SOURCE).unwrap();
    let features = [
        Feature::Base,
        Feature::Accounts,
        Feature::Groups,
        Feature::Teams,
        Feature::Exchange,
        Feature::Absences,
        Feature::Credentials,
    ];
    let all: Vec<(Api, Permission)> = features
        .into_iter()
        .flat_map(|feature| manifest.of(feature, false))
        .collect();
    let raw: Value = serde_json::from_str(SOURCE).unwrap();
    let listed: usize = raw
        .as_object()
        .unwrap()
        .values()
        .map(|section| section.as_array().unwrap().len())
        .sum();
    assert_eq!(all.len(), listed);
    for (_, permission) in all {
        assert!(
            !permission.r#for.ja.is_empty() && !permission.r#for.en.is_empty(),
            "{}",
            permission.name
        );
    }
}
