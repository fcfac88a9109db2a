//! Who besides us could tamper: anyone who may manage lists, override list behaviours or delete versions.

use m365::sharepoint::{Assignment, Permission, SHAREPOINT_APP};

use super::Finding;
use crate::service::Service;
use crate::setup;

const TAMPERING: [(Permission, &str); 3] = [
    (Permission::ManageLists, "ManageLists"),
    (Permission::CancelCheckout, "Override List Behaviors"),
    (Permission::DeleteVersions, "DeleteVersions"),
];

/// Looks at the permissions of every list that people write into.
pub(super) async fn look(service: &Service) -> Vec<Finding> {
    let lists = match setup::watched(&service.site).await {
        Ok(lists) => lists,
        Err(error) => return vec![Finding::unknown("lists: strangers", &error)],
    };
    let mut findings = Vec::new();
    for which in lists {
        let what = format!("{}: strangers", which.url());
        match service.list(which).assignments().await {
            Ok(rows) => findings.push(judge(what, &rows)),
            Err(error) => findings.push(Finding::unknown(what, &error)),
        }
    }
    findings
}

fn judge(what: String, rows: &[Assignment]) -> Finding {
    let mut named = Vec::new();
    for row in rows.iter().filter(|row| row.principal_id != SHAREPOINT_APP) {
        for role in &row.role_definition_bindings {
            let held = TAMPERING
                .iter()
                .filter(|(right, _)| role.base_permissions.has(*right));
            named.extend(held.map(|(_, name)| format!("{} ({}: {name})", row.member.title, role.name)));
        }
    }
    if named.is_empty() {
        return Finding::good(what);
    }
    let named = named.join(", ");
    Finding::wrong(
        what,
        format!("改ざんできる権限を持つ人がいます: {named}。`provisioning-flow setup` で外してください"),
        format!("these could tamper: {named}. `provisioning-flow setup` takes them off"),
    )
}
