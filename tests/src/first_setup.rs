//! An app that was registered a moment ago, and the administrator who lets it in as he is told to.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::Value;
use uuid::Uuid;

use crate::house::House;

const GRAPH: &str = "https://graph.microsoft.com/v1.0/";
const GLOBAL_ADMINISTRATOR: Uuid = Uuid::from_u128(0x62e9_0394_69f5_4237_9190_0121_7714_5e10);

impl House {
    /// The app has no certificate, nobody consented and no site is granted; the configuration names a certificate
    /// that is not there.
    pub fn is_just_registered(&self) {
        let ours = self.our_app().app_id;
        let mut tenant = self.world().tenant();
        let app = tenant.directory.apps.get_mut(&ours).expect("our registration");
        app.certificates.clear();
        app.roles.clear();
        tenant.sharepoint.sites[0].grants.clear();
        drop(tenant);
        self.configure(|text| {
            let line = text.lines().find(|line| line.starts_with("certificate = "));
            let line = line.expect("a certificate").to_owned();
            text.replace(&line, "certificate = \"app.pem\"")
        });
    }

    /// Makes a person an administrator of the tenant.
    pub fn appoint_globally(&self, person: Uuid) {
        let mut tenant = self.world().tenant();
        let user = tenant.directory.users.values().find(|user| user.id.0 == person);
        let id = user.expect("the person").id;
        let roles = BTreeSet::from([GLOBAL_ADMINISTRATOR]);
        tenant.directory.roles.insert(id, roles);
    }

    /// Sends the requests among these lines, as an administrator does in Graph Explorer: a body stands below its request,
    /// and `{id}` is the id in the answer before.
    pub async fn send_as_told(&self, told: &str) {
        let (mut lines, mut id) = (told.lines().map(str::trim), String::new());
        while let Some(line) = lines.next() {
            let Some((method, path)) = line
                .split_once(&format!(" {GRAPH}"))
                .filter(|(method, _)| ["GET", "POST"].contains(method))
            else {
                continue;
            };
            let method: Method = method.parse().expect("a method");
            let body = match method {
                Method::POST => serde_json::from_str(lines.next().unwrap_or_default()).expect("a body"),
                _ => Value::Null,
            };
            let (status, answer) = self.graph(method, &path.replace("{id}", &id), &body).await;
            assert!(
                [StatusCode::OK, StatusCode::CREATED].contains(&status),
                "{line}: {answer}"
            );
            answer["id"].as_str().unwrap_or_default().clone_into(&mut id);
        }
        assert!(!id.is_empty(), "no requests: {told}");
    }
}
