//! The app's own permissions: what the manifest asks for against what the tokens carry.

use m365::{CredentialFault, Origin, ProvedBy, Verdict};
use serde::Deserialize;
use workflow::definition::PlanMapping;

use super::{Finding, farm};
use crate::service::Service;
use crate::setup::Words;

const SOURCE: &str = include_str!("../../../../manifests/permissions.json");
const GRAPH: &str = "https://graph.microsoft.com";
const EXCHANGE: &str = "https://outlook.office365.com";

/// `manifests/permissions.json`: the least application permissions this version needs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Needed {
    sharepoint: Vec<Permission>,
    graph: Vec<Permission>,
    /// Of Exchange, where a workflow is offered that Exchange carries out.
    exchange: Vec<Permission>,
    /// Of Graph, where a workflow is offered that makes or changes groups.
    groups: Vec<Permission>,
    /// The same for changes of teams.
    teams: Vec<Permission>,
    /// Of Graph, where the configuration has the section of this name.
    absences: Vec<Permission>,
    /// The same.
    credentials: Vec<Permission>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Permission {
    name: String,
    /// Id of the app role in the service's own registration, as `manifests/entra-app.json` asks for it.
    #[serde(rename = "id")]
    _id: uuid::Uuid,
    r#for: Words,
}

/// Tokens for both services, and each needed role in them; a farm grants rights and no roles.
pub(super) async fn look(service: &Service) -> Vec<Finding> {
    let mut needed: Needed = match serde_json::from_str(SOURCE) {
        Ok(needed) => needed,
        Err(error) => {
            let what = "manifests/permissions.json";
            return vec![Finding::wrong(what, error.to_string(), error.to_string())];
        }
    };
    let sharepoint = service.config.site.url.origin().ascii_serialization();
    let mut findings = match &service.config.farm {
        None => of(service, "SharePoint", &sharepoint, &needed.sharepoint).await,
        Some(farm) => farm::look(service, farm).await,
    };
    // The names of lists are looked for where those of groups are.
    if offers(service, |plan| plan.is_about_group() || plan.is_of_exchange()) {
        needed.graph.append(&mut needed.groups);
    }
    if offers(service, PlanMapping::is_of_teams) {
        needed.graph.append(&mut needed.teams);
    }
    if service.config.absences.is_some() {
        needed.graph.append(&mut needed.absences);
    }
    if service.config.credentials.is_some() {
        needed.graph.append(&mut needed.credentials);
    }
    findings.extend(of(service, "Graph", GRAPH, &needed.graph).await);
    if offers(service, PlanMapping::needs_exchange) {
        findings.extend(of(service, "Exchange", EXCHANGE, &needed.exchange).await);
    }
    findings
}

fn offers(service: &Service, what: impl Fn(&PlanMapping) -> bool) -> bool {
    let mut offered = service.workflows.iter();
    offered.any(|offered| what(&offered.definition.execution.plan))
}

async fn of(service: &Service, name: &str, resource: &str, needed: &[Permission]) -> Vec<Finding> {
    let what = format!("token: {name}");
    let Ok(origin) = Origin::parse(resource) else {
        return vec![Finding::wrong(
            what,
            "site.url を直してください",
            "correct site.url",
        )];
    };
    let facts = match service.microsoft.token_facts(&origin).await {
        Ok(facts) => facts,
        Err(error) => return vec![refused(what, &error)],
    };
    let mut findings = vec![if facts.proved_by == ProvedBy::Secret {
        Finding::wrong(
            what,
            "証明書でサインインしてください。SharePoint はシークレットのトークンを拒否します",
            "sign in with the certificate: SharePoint refuses tokens got with a secret",
        )
    } else {
        Finding::good(what)
    }];
    findings.extend(
        needed
            .iter()
            .map(|permission| role(name, permission, &facts.roles)),
    );
    findings
}

fn role(service: &str, permission: &Permission, granted: &[String]) -> Finding {
    let what = format!("{service}: {}", permission.name);
    if granted.contains(&permission.name) {
        return Finding::good(what);
    }
    let Permission { name, r#for, .. } = permission;
    Finding::wrong(
        what,
        format!(
            "アプリの登録に {service} のアプリケーション許可 {name}({})を追加し、管理者の同意を与えてください",
            r#for.ja
        ),
        format!(
            "add the application permission {name} of {service} ({}) to the app registration and grant admin consent",
            r#for.en
        ),
    )
}

fn refused(what: String, error: &m365::Error) -> Finding {
    let code = error.code.as_deref().unwrap_or("-");
    let (ja, en) = match &error.verdict {
        Verdict::Credentials(CredentialFault::Expired) => (
            "証明書の期限が切れています。新しい証明書を登録してください",
            "the certificate has run out: register a new one",
        ),
        Verdict::Credentials(CredentialFault::UnknownKey) => (
            "Entra がこの証明書を知りません。app.certificate の証明書をアプリの登録に追加してください",
            "Entra does not know this certificate: add the one of app.certificate to the app registration",
        ),
        Verdict::Credentials(CredentialFault::UnknownApp) => (
            "テナントにこのアプリがありません。app.client_id を確かめ、管理者の同意を与えてください",
            "the tenant has no such app: check app.client_id and grant admin consent",
        ),
        Verdict::Credentials(CredentialFault::UnknownTenant) => (
            "テナントが見つかりません。tenant.id を直してください",
            "no such tenant: correct tenant.id",
        ),
        _ => return Finding::unknown(what, error),
    };
    Finding::wrong(what, format!("{ja} ({code})"), format!("{en} ({code})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_permission_is_named_in_both_languages() {
        let needed: Needed = serde_json::from_str(SOURCE).unwrap();
        for permission in needed
            .graph
            .iter()
            .chain(&needed.sharepoint)
            .chain(&needed.groups)
            .chain(&needed.teams)
            .chain(&needed.exchange)
            .chain(&needed.absences)
            .chain(&needed.credentials)
        {
            let finding = role("Graph", permission, &[]);
            assert!(finding.is_wrong());
            for language in [crate::config::Language::Ja, crate::config::Language::En] {
                assert!(
                    finding.line(language).matches(&permission.name).count() == 2,
                    "{}",
                    permission.name
                );
            }
            assert!(!role("Graph", permission, std::slice::from_ref(&permission.name)).is_wrong());
        }
    }
}
