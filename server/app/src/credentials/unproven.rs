//! Why a credential did not do a call, and what to do about it, in both languages.

use m365::{CredentialFault, Verdict};

use super::checks::{Asked, Failed};
use super::obstacle::Stop;
use super::untrusted;
use crate::config::Federation;
use crate::jobs::JobError;
use crate::setup::Words;

pub(super) fn words(failed: &Failed, federation: Option<&Federation>) -> Words {
    let why = match &failed.error {
        JobError::Remote(error) => remote(failed.asked, error, federation),
        error => Words::new(error.to_string(), error.to_string()),
    };
    asked(failed.asked, &why)
}

/// Why Microsoft 365 did not do a call of ours, and what to do about it.
pub(crate) fn refusal(error: &m365::Error, federation: Option<&Federation>) -> Words {
    let asked = match error.service {
        m365::Service::Login => Asked::Entra,
        m365::Service::Graph => Asked::Graph,
        m365::Service::SharePoint => Asked::SharePoint,
        m365::Service::Exchange => Asked::Exchange,
    };
    self::asked(asked, &remote(asked, error, federation))
}

/// Who was asked, before what came of it.
pub(super) fn asked(asked: Asked, why: &Words) -> Words {
    let asked = asked.name();
    Words::new(format!("{asked}: {}", why.ja), format!("{asked}: {}", why.en))
}

fn remote(asked: Asked, error: &m365::Error, federation: Option<&Federation>) -> Words {
    if let Some(words) = federation.and_then(|issuer| untrusted::remedy(issuer, error)) {
        return words;
    }
    let reference = reference(error);
    match &error.verdict {
        Verdict::Denied { .. } if asked == Asked::SharePoint => not_let_in(&reference),
        Verdict::Transient { .. }
        | Verdict::Throttled { .. }
        | Verdict::Ambiguous
        | Verdict::Settling
        | Verdict::SaveConflict => unanswered(&reference),
        Verdict::NotFound => Words::new(
            format!("見つかりません{reference}。site.url と tenant.id を確かめてください"),
            format!("nothing is there{reference}: check site.url and tenant.id"),
        ),
        _ => match (Stop::from(error.clone()), &error.verdict) {
            (Stop::Obstacle(obstacle), _) => obstacle.words(),
            (Stop::Job(_), Verdict::Credentials(fault)) => not_taken(*fault, &reference),
            (Stop::Job(_), _) => Words::new(
                format!(
                    "予期しない応答です{reference}。途中のプロキシが応答を書き換えていないかを確かめてください。続くときは、この行を添えてサポートに問い合わせてください"
                ),
                format!(
                    "an answer that was not expected{reference}: see that no proxy on the way changes answers; if it stays, send this line to whoever supports you"
                ),
            ),
        },
    }
}

/// By what support finds it, in parentheses.
fn reference(error: &m365::Error) -> String {
    // Only what never was sent has words of ours.
    let ours = error.status.is_none().then(|| error.message.clone());
    let status = error.status.map(|status| format!("HTTP {status}"));
    let request = error.request_id.as_ref().map(|id| format!("request {id}"));
    let all = [ours, error.code.clone(), status, request].into_iter().flatten();
    let all: Vec<_> = all.filter(|one| !one.is_empty()).collect();
    if all.is_empty() {
        return String::new();
    }
    format!(" ({})", all.join(", "))
}

fn not_let_in(reference: &str) -> Words {
    Words::new(
        format!(
            "アプリがサイトに入れません{reference}。サイトへの許可(Sites.Selected の fullcontrol)を確かめてください。`provisioning-flow setup app` が与え方を示します"
        ),
        format!(
            "the app is not let into the site{reference}: see to its grant (Sites.Selected, fullcontrol); `provisioning-flow setup app` tells how"
        ),
    )
}

fn unanswered(reference: &str) -> Words {
    Words::new(
        format!(
            "応答がないか、混み合っています{reference}。資格情報のせいとは限りません。数分後にもう一度実行し、続くときはネットワークとプロキシを確かめてください"
        ),
        format!(
            "no answer, or too busy{reference}: it need not be the credential's fault. Run it again in some minutes; if it stays, check network and proxy"
        ),
    )
}

fn not_taken(fault: CredentialFault, reference: &str) -> Words {
    match fault {
        CredentialFault::Expired => Words::new(
            format!(
                "この資格情報は期限が切れています{reference}。`provisioning-flow credentials renew` で更新してください"
            ),
            format!(
                "this credential has run out{reference}: renew it with `provisioning-flow credentials renew`"
            ),
        ),
        CredentialFault::UnknownKey => Words::new(
            format!(
                "Entra がこの資格情報を知りません{reference}。登録したばかりなら 30 分ほど待って、もう一度実行してください。そうでなければ、アプリの登録の「証明書とシークレット」に、`provisioning-flow credentials status` が示す拇印があるかを確かめてください"
            ),
            format!(
                "Entra does not know this credential{reference}: if it was registered just now, run it again within half an hour; otherwise see that \"Certificates & secrets\" of the app registration has the thumbprint that `provisioning-flow credentials status` shows"
            ),
        ),
        CredentialFault::UnknownTenant => Words::new(
            format!("そのようなテナントはありません{reference}。tenant.id を確かめてください"),
            format!("there is no such tenant{reference}: check tenant.id"),
        ),
        CredentialFault::CertificateRequired => Words::new(
            format!("SharePoint は証明書でしか認証できません{reference}。app.certificate を確かめてください"),
            format!("SharePoint takes certificates only{reference}: check app.certificate"),
        ),
        _ => Words::new(
            format!(
                "資格情報が拒まれました{reference}。理由は Entra 管理センターの「サインイン ログ」(サービス プリンシパル)で確かめてください。`provisioning-flow doctor` が許可とサイトへの許可を調べます"
            ),
            format!(
                "the credential was refused{reference}: the sign-in logs of service principals in the Entra admin center tell why; `provisioning-flow doctor` looks at permissions and site grant"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use m365::Service;

    use super::*;

    fn failed(asked: Asked, verdict: Verdict) -> Failed {
        let error = m365::Error {
            service: Service::Login,
            operation: "get a token",
            status: Some(400),
            code: Some("AADSTS90002".into()),
            message: "AADSTS90002: Tenant not found. Trace ID: 1".into(),
            request_id: None,
            verdict,
        };
        Failed {
            asked,
            error: error.into(),
        }
    }

    #[test]
    fn each_failure_names_who_was_asked_and_what_to_do_and_shows_nothing_of_the_inside() {
        use CredentialFault::{Expired, Refused, UnknownApp, UnknownKey, UnknownTenant};
        let denied = || Verdict::Denied { needs: "Mail.Send" };
        for (asked, verdict, remedy) in [
            (Asked::Entra, Verdict::Credentials(Expired), "credentials renew"),
            (
                Asked::Entra,
                Verdict::Credentials(UnknownKey),
                "credentials status",
            ),
            (Asked::Entra, Verdict::Credentials(UnknownTenant), "tenant.id"),
            (Asked::Entra, Verdict::Credentials(UnknownApp), "app.client_id"),
            (
                Asked::Entra,
                Verdict::Credentials(Refused),
                "provisioning-flow doctor",
            ),
            (Asked::Graph, denied(), "Mail.Send"),
            (Asked::SharePoint, denied(), "setup app"),
            (Asked::SharePoint, Verdict::NotFound, "site.url"),
        ] {
            let inside = format!("{verdict:?}");
            let Words { ja, en } = words(&failed(asked, verdict), None);
            for told in [&ja, &en] {
                assert!(told.starts_with(asked.name()) && told.contains(remedy), "{told}");
                assert!(!told.contains(&inside) && !told.contains("Trace"), "{told}");
            }
            assert!(en.is_ascii() && !ja.is_ascii(), "{en} {ja}");
        }
        for busy in [Verdict::Ambiguous, Verdict::Transient { retry_after: None }] {
            let told = words(&failed(Asked::Exchange, busy), None).en;
            assert!(
                told.contains("Run it again") && told.contains("HTTP 400"),
                "{told}"
            );
        }
    }
}
