//! How the app's credentials stand: what is in use, until when, and how far a renewal is.

use jiff::{SignedDuration, Timestamp};
use m365::ClientProof;
use secrecy::SecretString;
use serde::Serialize;

use super::checks;
use super::event::{Event, Which};
use super::obstacle::Stop;
use super::renewal::{Phase, Renewal};
use super::report::word;
use super::report_words::state;
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
    /// By what the instances that are at work say that they prove themselves.
    pub instances: Vec<AtWork>,
}

/// An instance that is at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AtWork {
    pub name: String,
    /// `configured`, or the name of the row that keeps it; `None`: an older version, which does not say.
    pub proof: Option<String>,
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
    let relied_on = last.as_ref().map(|(renewal, _)| renewal.relied_on());
    for which in relied_on.unwrap_or_else(|| vec![Which::Configured]) {
        let name = which.name().to_owned();
        for proof in in_use::proofs(service, &[which]).await? {
            shown.push(described(&name, &proof));
        }
    }
    let renewal = last.and_then(|(renewal, lines)| LastRenewal::of(&renewal, &lines));
    let at_work = lagging::at_work(service).await?.into_iter();
    let instances = at_work.map(|one| AtWork {
        name: one.name,
        proof: one.proof,
    });
    Ok(Standing {
        in_use: shown,
        renewal,
        instances: instances.collect(),
    })
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
    }
}

impl Standing {
    pub(crate) fn lines(&self, language: Language) -> Vec<String> {
        let mut lines: Vec<_> = self
            .in_use
            .iter()
            .map(|one| {
                let ends = one.ends.map_or("-".to_owned(), |end| end.to_string());
                let thumbprint = one.thumbprint.as_deref().unwrap_or("-");
                let (name, kind) = (named(&one.name), kind(one.kind));
                let (name, kind) = (name.in_language(language), kind.in_language(language));
                match language {
                    Language::Ja => format!("使用中: {name} {kind} {thumbprint} 期限 {ends}"),
                    Language::En => format!("in use: {name} {kind} {thumbprint} ends {ends}"),
                }
            })
            .collect();
        lines.extend(self.renewal.iter().map(|renewal| renewal.line(language)));
        lines.extend(self.instances.iter().map(|one| one.line(language)));
        lines
    }
}

impl AtWork {
    fn line(&self, language: Language) -> String {
        let older = || Words::new("以前の版(不明)", "an older version, unknown");
        let proof = self.proof.as_deref().map_or_else(older, named);
        let proof = proof.in_language(language);
        match language {
            Language::Ja => format!("インスタンス {}: {proof}", self.name),
            Language::En => format!("instance {}: {proof}", self.name),
        }
    }
}

/// A credential by its name.
fn named(name: &str) -> Words {
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

/// Each credential that is relied on and has not run out, alone: its name, and whether it does its calls.
pub(crate) async fn verify(service: &Service) -> Result<Vec<(String, Result<(), String>)>, Stop> {
    let mut proven = Vec::new();
    let now = service.now();
    let last = journal::last(service).await?;
    let relied_on = last.map_or_else(|| vec![Which::Configured], |(renewal, _)| renewal.relied_on());
    for which in relied_on {
        let name = which.name().to_owned();
        for proof in in_use::proofs(service, &[which]).await? {
            if proof.expires().is_some_and(|end| end <= now) {
                continue;
            }
            let done = checks::round(service, &proof).await;
            proven.push((name.clone(), done.map(drop).map_err(|error| error.to_string())));
        }
    }
    Ok(proven)
}

/// Whether a renewal ended or switched less than `age` ago.
pub(crate) async fn young(service: &Service, age: SignedDuration) -> Result<bool, Stop> {
    let last = journal::last(service).await?;
    let since = last.filter(|(renewal, _)| matches!(renewal.phase, Phase::Removed(_)));
    let since = since.and_then(|(_, lines)| {
        let switched = lines.iter().find(|(_, event)| *event == Event::Switched);
        switched.map(|(at, _)| *at)
    });
    Ok(since.is_some_and(|since| service.now().duration_since(since) < age))
}

/// The certificate that waits for somebody to register it, in PEM.
pub(crate) async fn waiting_certificate(service: &Service) -> Result<Option<String>, Stop> {
    let Some((renewal, _)) = journal::last(service).await? else {
        return Ok(None);
    };
    let Phase::Made(fresh) = renewal.phase else {
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
