use serde_json::{Value, json};

use super::world::{send, world};
use crate::sharepoint::birth::classic_site;

#[test]
fn a_grant_is_made_widened_listed_and_taken_back_by_full_control_only() {
    let world = world(0);
    let mut tenant = world.tenant();
    let site = classic_site(&mut tenant.ids, "/sites/flow", "Flow", &[], world.clock.now());
    tenant.sharepoint.sites.push(site);
    drop(tenant);
    let act = |role: &str, line: &str, body: &Value| send(&world, &[role], line, &[], body);
    let (_, site) = act(
        "Sites.Read.All",
        "GET /sites/contoso.sharepoint.com:/sites/flow",
        &Value::Null,
    );
    let line = format!("/sites/{}/permissions", site["id"].as_str().unwrap());
    let application = json!({"id": "00000000-0000-0000-0000-000000000009", "displayName": "Flow"});
    let body = json!({"roles": ["write"], "grantedToIdentities": [{"application": application}]});
    assert_eq!(act("Sites.Read.All", &format!("POST {line}"), &body).0, 403);
    let full = "Sites.FullControl.All";
    let (status, made) = act(full, &format!("POST {line}"), &body);
    assert_eq!(status, 201, "{made}");
    let one = format!("{line}/{}", made["id"].as_str().unwrap());
    let wide = json!({"roles": ["fullcontrol"]});
    assert_eq!(act(full, &format!("PATCH {one}"), &wide).0, 200);
    let (_, all) = act(full, &format!("GET {line}"), &Value::Null);
    assert_eq!(all["value"][0]["roles"], json!(["fullcontrol"]));
    assert_eq!(act(full, &format!("DELETE {one}"), &Value::Null).0, 204);
    assert_eq!(act(full, &format!("GET {one}"), &Value::Null).0, 404);
}
