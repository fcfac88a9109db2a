//! SharePoint Server: whether the farm takes our tokens, and what this version does not cover there.

use m365::{CredentialFault, Verdict};

use super::Finding;
use crate::config::Farm;
use crate::service::Service;

/// One call with a token of ours, and a word on people.
pub(super) async fn look(service: &Service, farm: &Farm) -> Vec<Finding> {
    let what = format!("farm: {}", service.config.site.url);
    let token = match service.site.info().await {
        Ok(_) => Finding::good(what),
        Err(error) => refused(what, farm, &error),
    };
    vec![token, not_covered()]
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

fn not_covered() -> Finding {
    Finding::warning(
        "farm: people",
        "SharePoint Server のアカウントには Entra のオブジェクト ID がありません。リスト・権限・受付の監視だけに対応し、\
         申請と承認は処理しません。申請の行は `provisioning-flow jobs` に止まったまま残ります",
        "accounts of SharePoint Server carry no Entra object id: lists, permissions and intake are covered, \
         applications and approvals are not carried out. Rows of applicants stay stopped in `provisioning-flow jobs`",
    )
}
