//! How the app's credentials stand: what is in use, until when, and how far a renewal is.

use jiff::Timestamp;
use m365::ClientProof;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::json;

use super::at_work::AtWork;
use super::event::{Event, Which};
use super::idle::{Idle, idle};
use super::obstacle::Stop;
use super::renewal::{Phase, Renewal};
use super::report::word;
use super::report_words::state;
use super::stopped::stopped;
use super::vault::{Vault, proof};
use super::{in_use, journal, lagging};
use crate::config::Language;
use crate::jobs::JobError;
use crate::service::Service;
use crate::setup::Words;

/// What is in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Standing {
    /// Newest first.
    pub in_use: Vec<InUse>,
    /// The last renewal.
    pub renewal: Option<LastRenewal>,
    /// Those that are at work.
    pub instances: Vec<AtWork>,
    /// Why that renewal has stopped on its way, if it has.
    #[serde(skip)]
    pub stopped: Option<Words>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InUse {
    /// `configured`, or the name of the row that keeps it.
    pub name: String,
    pub kind: &'static str,
    /// SHA-1 of a certificate, upper-case hexadecimal digits.
    pub thumbprint: Option<String>,
    /// `None`: somebody else keeps it fresh.
    pub ends: Option<Timestamp>,
    /// So long the former one stays registered, beside the one that the app has gone over to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stays_until: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LastRenewal {
    pub number: i64,
    pub phase: &'static str,
    pub since: Timestamp,
}

pub(crate) async fn standing(service: &Service) -> Result<Standing, Stop> {
    let mut shown = Vec::new();
    let last = journal::last(service).await?;
    for which in relied_on(service, last.as_ref().map(|(renewal, _)| renewal)) {
        let name = which.name().to_owned();
        for proof in in_use::proofs(service, &[which]).await? {
            shown.push(described(&name, &proof));
        }
    }
    if let (Some(Idle::Overlap { until, .. }), [_, former]) = (idle(service).await?, shown.as_mut_slice()) {
        former.stays_until = Some(until);
    }
    let renewal = last.and_then(|(renewal, lines)| LastRenewal::of(&renewal, &lines));
    Ok(Standing {
        in_use: shown,
        renewal,
        instances: instances(service).await?,
        stopped: stopped(service).await?.map(|(_, why)| why),
    })
}

/// All that live.
async fn instances(service: &Service) -> Result<Vec<AtWork>, Stop> {
    let is_kept = service.config.app.federation_alone().is_none();
    // That our own key cannot be had is told wherever something is kept under it.
    let vault = Vault::open(service).ok();
    let ours = vault.as_ref().map(Vault::master);
    let all = lagging::at_work(service).await?.into_iter();
    Ok(all.map(|one| AtWork::of(one, is_kept, ours)).collect())
}

impl LastRenewal {
    fn of(renewal: &Renewal, lines: &[(Timestamp, Event)]) -> Option<Self> {
        Some(Self {
            number: renewal.number,
            phase: word(&renewal.phase),
            since: lines.last()?.0,
        })
    }

    pub(crate) fn line(&self, language: Language) -> String {
        let phase = state(self.phase);
        let phase = phase.in_language(language);
        match language {
            Language::Ja => format!("更新 {}: {phase} ({:.0})", self.number, self.since),
            Language::En => format!("renewal {}: {phase} ({:.0})", self.number, self.since),
        }
    }
}

/// The renewal that is not over, if there is one: whoever renews goes on with it.
pub(crate) async fn under_way(service: &Service) -> Result<Option<LastRenewal>, Stop> {
    let last = journal::last(service).await?;
    let last = last.filter(|(renewal, _)| !renewal.is_over());
    Ok(last.and_then(|(renewal, lines)| LastRenewal::of(&renewal, &lines)))
}

fn described(name: &str, proof: &ClientProof) -> InUse {
    let (kind, thumbprint) = match proof {
        ClientProof::Certificate(credential) => ("certificate", Some(credential.sha1_hex())),
        ClientProof::Secret(_) => ("secret", None),
        ClientProof::TokenFile(_) => ("tokenFile", None),
        ClientProof::ManagedIdentity(_) => ("managedIdentity", None),
    };
    InUse {
        name: name.to_owned(),
        kind,
        thumbprint,
        ends: proof.expires(),
        stays_until: None,
    }
}

impl Standing {
    pub(crate) fn lines(&self, language: Language) -> Vec<String> {
        let mut lines: Vec<_> = self.in_use.iter().map(|one| one.line(language)).collect();
        lines.extend(self.renewal.iter().map(|renewal| renewal.line(language)));
        lines.extend(
            self.stopped
                .iter()
                .map(|why| why.in_language(language).to_owned()),
        );
        lines.extend(self.instances.iter().map(|one| one.line(language)));
        lines
    }

    /// For machines, and the remedies for people.
    pub(crate) fn json(&self, language: Language) -> serde_json::Result<serde_json::Value> {
        let mut said = serde_json::to_value(self)?;
        let stopped = self.stopped.as_ref();
        said["stopped"] = json!(stopped.map(|words| words.in_language(language)));
        for (at, one) in self.instances.iter().enumerate() {
            let remedy = one.remedy();
            let remedy = remedy.as_ref().map(|words| words.in_language(language));
            said["instances"][at]["remedy"] = json!(remedy);
        }
        Ok(said)
    }
}

impl InUse {
    fn line(&self, language: Language) -> String {
        let thumbprint = self.thumbprint.as_deref().unwrap_or("-");
        let (name, kind, ends) = (named(&self.name), kind(self.kind), self.ends());
        let (name, kind) = (name.in_language(language), kind.in_language(language));
        let ends = ends.in_language(language);
        let place = match self.stays_until {
            Some(until) => Words::new(
                format!("登録に残っている(以前のもの。{until:.0} まで)"),
                format!("still registered (the former one, until {until:.0})"),
            ),
            None => Words::new("使用中", "in use"),
        };
        let place = place.in_language(language);
        format!("{place}: {name} {kind} {thumbprint} {ends}")
    }

    fn ends(&self) -> Words {
        match self.ends {
            Some(end) => Words::new(format!("期限 {end}"), format!("ends {end}")),
            None => Words::new(
                "期限なし(別の発行元が証明)",
                "never ends (another issuer proves it)",
            ),
        }
    }
}

/// A credential by its name.
pub(super) fn named(name: &str) -> Words {
    if name == Which::Configured.name() {
        return Words::new("設定ファイルのもの", "the configured one");
    }
    Words::new(name, name)
}

fn kind(kind: &str) -> Words {
    match kind {
        "certificate" => Words::new("証明書", "certificate"),
        "secret" => Words::new("シークレット", "secret"),
        "tokenFile" => Words::new("トークンファイル", "token file"),
        _ => Words::new("マネージド ID", "managed identity"),
    }
}

/// Each of which must do.
pub(super) fn relied_on(service: &Service, last: Option<&Renewal>) -> Vec<Which> {
    match last {
        Some(renewal) if service.config.app.federation_alone().is_none() => renewal.relied_on(),
        _ => vec![Which::Configured],
    }
}

/// The certificate that waits for somebody to register it, or that somebody may have taken out again, in PEM.
pub(crate) async fn waiting_certificate(service: &Service) -> Result<Option<String>, Stop> {
    let Some((renewal, _)) = journal::last(service).await? else {
        return Ok(None);
    };
    let (Phase::Made(fresh) | Phase::Switched { fresh, .. }) = renewal.phase else {
        return Ok(None);
    };
    let vault = Vault::open(service)?;
    let ClientProof::Certificate(credential) = proof(service, &vault, &fresh.certificate.id).await? else {
        return Ok(None);
    };
    let pem = openssl::x509::X509::from_der(credential.certificate()).and_then(|one| one.to_pem());
    let pem = pem.map_err(|error| JobError::Stuck(error.to_string()))?;
    Ok(String::from_utf8(pem).ok())
}

/// The text of the secret in use.
pub(crate) async fn secret(service: &Service) -> Result<Option<SecretString>, Stop> {
    let last = journal::last(service).await?;
    let Some(secret) = last.and_then(|(renewal, _)| renewal.current().secret) else {
        return Ok(None);
    };
    let vault = Vault::open(service)?;
    match proof(service, &vault, &secret.id).await? {
        ClientProof::Secret(secret) => Ok(Some(secret.text)),
        _ => Ok(None),
    }
}
