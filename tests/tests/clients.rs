//! Programs that others wrote work against the dev tenant as they are, and are refused as Microsoft refuses them.

use std::net::TcpListener;

use dev_tenant::shell::issue_leaf;
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

/// The same with an address of this host that the script makes SharePoint notify.
async fn content_and_notified(script: &str, host: &str) {
    let tenant = ClientTenant::start().await;
    tenant.running.world.tenant().switches.webhook_delay_seconds = 0;
    let leaf = issue_leaf(tenant.folder(), &[host]).expect("a certificate");
    let kept = |name: &str, pem: &[u8]| {
        let file = tenant.folder().join(name);
        std::fs::write(&file, pem).expect("a file");
        file
    };
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let address = free.expect("a free port");
    tenant.running.bend(host, address).expect("a way for webhooks");
    let output = tenant
        .command(script, "almighty")
        .env("HOOK_HOST", host)
        .env("HOOK_PORT", address.port().to_string())
        .env("HOOK_CERT", kept("hook.crt", &leaf.certificate))
        .env("HOOK_KEY", kept("hook.key", &leaf.key))
        .output();
    let output = output.expect("node runs");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.contains(" passed"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pnpjs_subscribes_to_a_list_after_a_handshake_and_is_notified() {
    content_and_notified("subscriptions.mjs", "hook.example").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_of_the_reference_answers_with_members_of_microsofts_metadata() {
    content_and_notified("routes.mjs", "flow.example").await;
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
