//! What leads back from requests, by what they are about, and what nothing leads back from.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage;
use super::play::Play;

/// Requests that nothing leads back from, and what whoever tries is told.
const ONE_WAY: [(&str, &str); 7] = [
    // Nobody knows the password that was there.
    ("user-password", "not_restorable"),
    // Entra keeps no security group.
    ("group-delete", "not_restorable"),
    // Exchange keeps no list.
    ("list-delete", "nothing_to_do"),
    ("distribution-delete", "nothing_to_do"),
    // The first owners stay.
    ("group-adopt", "nothing_to_do"),
    ("m365-group-adopt", "nothing_to_do"),
    ("list-adopt", "nothing_to_do"),
];

/// Every kind of step that leads back from what was planned on a form.
const KINDS: [(&str, &[&str]); 6] = [
    (
        "user",
        &[
            "add-to-group",
            "add-to-list",
            "allow-sign-in",
            "assign-licence",
            "block-sign-in",
            "change-licences",
            "close-mailbox",
            "delete-user",
            "remove-from-group",
            "remove-licence",
            "remove-manager",
            "restore-user",
            "row",
            "set-forwarding",
            "set-manager",
            "unshare-mailbox",
            "update-user",
        ],
    ),
    (
        "group",
        &[
            "add-members",
            "add-owners",
            "delete-group",
            "remove-members",
            "remove-owners",
            "restore-group",
            "update-group",
        ],
    ),
    (
        "team",
        &[
            "add-members",
            "add-owners",
            "delete-group",
            "remove-members",
            "remove-owners",
            "restore-group",
            "unarchive-team",
            "update-group",
            "update-team",
        ],
    ),
    (
        "list",
        &[
            "add-members",
            "add-owners",
            "delete-list",
            "remove-members",
            "remove-owners",
            "update-list",
        ],
    ),
    (
        "mailbox",
        &[
            "delete-mailbox",
            "give",
            "restore-mailbox",
            "take",
            "update-mailbox",
        ],
    ),
    (
        "contact",
        &[
            "create-contact",
            "delete-contact",
            "update-contact",
            "update-details",
        ],
    ),
];

/// Why nothing leads back from a request.
pub(crate) fn refusal(workflow: &str) -> Option<&'static str> {
    let mut ways = ONE_WAY.iter();
    ways.find(|(key, _)| *key == workflow).map(|(_, code)| *code)
}

/// Kinds of steps that no application leads back by.
pub(crate) fn ungone(play: &Play) -> Vec<String> {
    let mut gone: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (workflow, steps) in coverage::plans(play) {
        let kinds = steps.iter().map(|step| kind(step).to_owned());
        gone.entry(family(workflow)).or_default().extend(kinds);
    }
    let is_gone = |family: &str, kind: &str| gone.get(family).is_some_and(|kinds| kinds.contains(kind));
    let all = KINDS
        .iter()
        .flat_map(|(family, kinds)| kinds.iter().map(|kind| (*family, *kind)));
    all.filter(|(family, kind)| !is_gone(family, kind))
        .map(|(family, kind)| format!("{family}: {kind}"))
        .collect()
}

/// What a workflow is about.
fn family(workflow: &str) -> &str {
    match workflow.split('-').next().unwrap_or_default() {
        "users" => "user",
        "m365" => "group",
        "distribution" => "list",
        family => family,
    }
}

/// The id of a step without the object that it names.
fn kind(step: &str) -> &str {
    step.split(':').next().unwrap_or_default()
}
