//! Programs that others wrote work against the dev tenant as they are, and are refused as Microsoft refuses them.

use e2e::client::ClientTenant;

/// Runs the script and shows all it said when it is not content.
fn content(script: &str, certificate: &str) {
    #[expect(clippy::disallowed_methods, reason = "the programs live in real time")]
    let now = jiff::Timestamp::now();
    let tenant = ClientTenant::start(now).unwrap();
    let ran = tenant.node(script, certificate).unwrap();
    assert!(ran.content && ran.said.contains(" passed"), "{}", ran.said);
    assert!(!ran.said.contains("FAILED"), "{}", ran.said);
}

#[test]
fn pnpjs_does_list_item_version_and_permission_work() {
    content("pnp.mjs", "almighty");
}

#[test]
fn microsofts_own_csom_client_does_list_item_and_permission_work() {
    content("csom.cjs", "almighty");
}

#[test]
fn pnpjs_does_the_account_group_and_licence_work_of_graph() {
    content("graph.mjs", "almighty");
}

#[test]
fn msal_is_told_that_its_certificate_is_not_registered() {
    content("wrong.cjs", "wrong");
}
