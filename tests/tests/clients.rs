//! Programs that others wrote work against the dev tenant as they are, and are refused as Microsoft refuses them.

use e2e::client::ClientTenant;

/// Runs the script against a fresh tenant and shows all it said when it was not content.
async fn content(script: &str, certificate: &str) {
    let ran = ClientTenant::start().await.node(script, certificate);
    assert!(ran.content && ran.said.contains(" passed"), "{}", ran.said);
}

#[tokio::test(flavor = "multi_thread")]
async fn pnpjs_does_list_item_version_and_permission_work() {
    content("pnp.mjs", "almighty").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pnpjs_sets_up_a_site_with_columns_views_groups_and_levels() {
    content("site.mjs", "almighty").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn microsofts_own_csom_client_does_list_item_and_permission_work() {
    content("csom.cjs", "almighty").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pnpjs_does_the_account_group_and_licence_work_of_graph() {
    content("graph.mjs", "almighty").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn msal_is_told_that_its_certificate_is_not_registered() {
    content("wrong.cjs", "wrong").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_member_that_the_tenant_tells_is_known_to_microsofts_metadata() {
    content("members.mjs", "almighty").await;
}
