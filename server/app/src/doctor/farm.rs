//! SharePoint Server: whether the farm takes our tokens, and whether Entra knows the people of its domain.

use m365::{CredentialFault, Verdict};

use super::{App, Finding};
use crate::config::Farm;
use crate::people;

/// One call with a token of ours, and one look at people.
pub(super) async fn look(app: &App<'_>, farm: &Farm) -> Vec<Finding> {
    let what = format!("farm: {}", app.config.site.url);
    let token = match app.site.info().await {
        Ok(_) => Finding::good(what),
        Err(error) => refused(what, farm, &error),
    };
    vec![token, people_of(app).await]
}

fn refused(what: String, farm: &Farm, error: &m365::Error) -> Finding {
    let (ja, en) = match &error.verdict {
        Verdict::Credentials(CredentialFault::Expired) => (
            "farm.certificate の期限が切れています。新しい証明書をファームに登録してください".into(),
            "farm.certificate has run out: register a new one with the farm".into(),
        ),
        Verdict::Credentials(_) => untrusted(farm, error),
        Verdict::Denied { .. } => lacking(),
        Verdict::Broken => (
            "ファームが領域 (realm) を返しません。`Get-SPAuthenticationRealm` の値を farm.realm に書いてください"
                .into(),
            "the farm names no realm: write what `Get-SPAuthenticationRealm` says into farm.realm".into(),
        ),
        _ => return Finding::unknown(what, error),
    };
    Finding::wrong(what, ja, en)
}

/// The farm's own words say more than a status: they name the part of the token that it does not like.
fn untrusted(farm: &Farm, error: &m365::Error) -> (String, String) {
    let (issuer, said) = (farm.issuer, &error.message);
    let ja = format!(
        "ファームがトークンを拒否しました。発行者 {issuer} と farm.certificate を \
         `New-SPTrustedRootAuthority` と `New-SPTrustedSecurityTokenIssuer -IsTrustBroker` で登録し、\
         farm.issuer と farm.realm を確かめてください ({said})"
    );
    let en = format!(
        "the farm refuses our token: register issuer {issuer} and farm.certificate with \
         `New-SPTrustedRootAuthority` and `New-SPTrustedSecurityTokenIssuer -IsTrustBroker`, and check \
         farm.issuer and farm.realm ({said})"
    );
    (ja, en)
}

/// The right that `manifests/add-in/AppManifest.xml` asks for.
pub(super) fn lacking() -> (String, String) {
    (
        "アドイン (manifests/add-in/AppManifest.xml) を登録し、サイト コレクションの FullControl をアプリのみで与えてください"
            .into(),
        "register the add-in (manifests/add-in/AppManifest.xml) and grant it app-only FullControl of the site \
         collection"
            .into(),
    )
}

/// Of the administrators, who need accounts on both sides: where nobody is synchronised, nobody is known.
async fn people_of(app: &App<'_>) -> Finding {
    const WHAT: &str = "farm: people";
    match is_anybody_synchronised(app).await {
        Ok(true) => Finding::good(WHAT),
        Ok(false) => Finding::warning(
            WHAT,
            "管理者グループのどのメンバーも Active Directory から Entra に同期されていません。同期されていないアカウントの行は \
             `provisioning-flow jobs` に止まったまま残ります。Entra Connect の同期を確かめてください",
            "no member of the administrators' group is synchronised from Active Directory to Entra. Rows of accounts \
             that are not stay stopped in `provisioning-flow jobs`: check the synchronisation of Entra Connect",
        ),
        Err(error) => Finding::unknown(WHAT, &error),
    }
}

async fn is_anybody_synchronised(app: &App<'_>) -> Result<bool, m365::Error> {
    let graph = app.microsoft.graph();
    for member in graph.members(app.config.people.administrators).await? {
        if people::is_synchronised(&graph, member).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
