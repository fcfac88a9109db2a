//! The app's own permissions: what the installation needs against what the tokens carry.

use m365::{CredentialFault, ProvedBy, Verdict};

use super::{App, Finding, farm};
use crate::credentials::untrusted;
use crate::permissions::{self, Api, Permission};

/// Tokens for the services, each needed role in them, and each role that nothing needs; a farm grants rights and no
/// roles.
pub(super) async fn look(app: &App<'_>) -> Vec<Finding> {
    let needed = match permissions::needs(app.config, app.workflows) {
        Ok(needs) => permissions::union(&needs),
        Err(error) => {
            let what = "manifests/permissions.json";
            return vec![Finding::wrong(what, error.to_string(), error.to_string())];
        }
    };
    let of = async |api: Api| {
        let own = needed.iter().filter(|(own, _)| *own == api);
        let own: Vec<&Permission> = own.map(|(_, permission)| permission).collect();
        look_at(app, api, &own).await
    };
    let mut findings = match &app.config.farm {
        None => of(Api::SharePoint).await,
        Some(farm) => farm::look(app, farm).await,
    };
    findings.extend(of(Api::Graph).await);
    findings.extend(of(Api::Exchange).await);
    findings
}

async fn look_at(app: &App<'_>, api: Api, needed: &[&Permission]) -> Vec<Finding> {
    let name = api.short_name();
    let what = format!("token: {name}");
    let Ok(origin) = api.resource(app.config) else {
        return vec![Finding::wrong(
            what,
            "site.url を直してください",
            "correct site.url",
        )];
    };
    let facts = match app.microsoft.token_facts(&origin).await {
        Ok(facts) => facts,
        // Nobody would use it.
        Err(_) if needed.is_empty() => return Vec::new(),
        Err(error) => return vec![refused(app, what, &error)],
    };
    let token = (!needed.is_empty()).then(|| proof(what, facts.proved_by));
    let roles = needed
        .iter()
        .map(|permission| role(name, permission, &facts.roles));
    let mut findings: Vec<Finding> = token.into_iter().chain(roles).collect();
    findings.extend(superfluous(name, needed, &facts.roles));
    findings
}

fn proof(what: String, by: ProvedBy) -> Finding {
    if by == ProvedBy::Secret {
        return Finding::wrong(
            what,
            "証明書でサインインしてください。SharePoint はシークレットのトークンを拒否します",
            "sign in with the certificate: SharePoint refuses tokens got with a secret",
        );
    }
    Finding::good(what)
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

/// Whoever steals the certificate gets these, too.
fn superfluous(service: &str, needed: &[&Permission], granted: &[String]) -> Vec<Finding> {
    let is_needed = |name: &str| needed.iter().any(|permission| permission.name == name);
    let granted = granted.iter().filter(|name| !is_needed(name));
    granted
        .map(|name| {
            Finding::warning(
                format!("{service}: {name}"),
                format!("有効な機能のどれも {name} を使いません。アプリの登録から外してください(一覧: provisioning-flow permissions)"),
                format!("no feature in use needs {name}: take it out of the app registration (provisioning-flow permissions lists them)"),
            )
        })
        .collect()
}

fn refused(app: &App<'_>, what: String, error: &m365::Error) -> Finding {
    let federation = app.config.app.federation.as_ref();
    if let Some(words) = federation.and_then(|federation| untrusted::remedy(federation, error)) {
        return Finding::wrong(what, words.ja, words.en);
    }
    let code = error
        .code
        .as_ref()
        .map(|code| format!(" ({code})"))
        .unwrap_or_default();
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
    Finding::wrong(what, format!("{ja}{code}"), format!("{en}{code}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::Language;

    fn permission(name: &str) -> Permission {
        let text = json!({ "name": name, "id": uuid::Uuid::nil(), "for": { "ja": "用途", "en": "purpose" } });
        serde_json::from_value(text).unwrap()
    }

    #[test]
    fn a_missing_permission_is_wrong_and_a_superfluous_one_a_warning_each_named_in_both_languages() {
        let own = permission("User.Read.All");
        let missing = role("Graph", &own, &["Mail.Send".to_owned()]);
        let too_many = superfluous(
            "Graph",
            &[&own],
            &["User.Read.All".to_owned(), "Mail.Send".to_owned()],
        );
        assert!(missing.is_wrong() && !role("Graph", &own, std::slice::from_ref(&own.name)).is_wrong());
        assert!(too_many.len() == 1 && !too_many[0].is_wrong());
        for language in [Language::Ja, Language::En] {
            let (missing, too_many) = (missing.line(language), too_many[0].line(language));
            assert_eq!(missing.matches("User.Read.All").count(), 2, "{missing}");
            assert_eq!(too_many.matches("Mail.Send").count(), 2, "{too_many}");
        }
    }
}
