//! What `credentials` prints.

use std::process::ExitCode;

use serde_json::json;

use super::super::print;
use super::{Format, told};
use crate::config::Language;
use crate::credentials::{self, Allowed, LastRenewal, Obstacle, Survey};
use crate::service::Service;

pub(super) async fn status(service: &Service, format: Format) -> anyhow::Result<ExitCode> {
    let standing = match credentials::standing(service).await {
        Ok(standing) => standing,
        Err(stop) => return told(service, stop),
    };
    match format {
        Format::Json => print(&serde_json::to_string_pretty(&standing)?),
        Format::Text => standing
            .lines(service.config.mail.language)
            .iter()
            .for_each(|line| print(line)),
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn report(
    service: &Service,
    number: Option<i64>,
    format: Format,
) -> anyhow::Result<ExitCode> {
    let report = match credentials::report(service, number).await {
        Ok(Some(report)) => report,
        Ok(None) => {
            print("-");
            return Ok(ExitCode::SUCCESS);
        }
        Err(stop) => return told(service, stop),
    };
    match format {
        Format::Json => print(&serde_json::to_string_pretty(&report)?),
        Format::Text => report
            .page(service.config.mail.language)
            .iter()
            .for_each(|line| print(line)),
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn verify(service: &Service) -> anyhow::Result<ExitCode> {
    let proven = match credentials::verify(service).await {
        Ok(proven) => proven,
        Err(stop) => return told(service, stop),
    };
    let mut code = ExitCode::SUCCESS;
    for (name, outcome) in proven {
        if outcome.is_err() {
            code = ExitCode::FAILURE;
        }
        let outcome = outcome.map_or_else(|why| why, |()| "OK".to_owned());
        print(&format!("{name}: {outcome}"));
    }
    Ok(code)
}

pub(super) async fn plan(service: &Service, format: Format) -> anyhow::Result<ExitCode> {
    let found = match credentials::under_way(service).await {
        Ok(under_way) => credentials::survey(service, "plan")
            .await
            .map(|survey| (under_way, survey)),
        Err(stop) => Err(stop),
    };
    let (under_way, survey) = match found {
        Ok(found) => found,
        Err(stop) => return told(service, stop),
    };
    let language = service.config.mail.language;
    match format {
        Format::Json => {
            let mut said = in_json(&survey, language);
            said["underWay"] = json!(under_way);
            print(&serde_json::to_string_pretty(&said)?);
        }
        Format::Text => {
            if let Some(renewal) = &under_way {
                print(&goes_on(renewal, language));
            }
            for line in lines(&survey, language) {
                print(&line);
            }
        }
    }
    if survey.obstacles.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

/// A renewal that is not over is gone on with; what follows would be the one after it.
fn goes_on(renewal: &LastRenewal, language: Language) -> String {
    let line = renewal.line(language);
    match language {
        Language::Ja => format!("{line}。renew はこの続きから進みます。以下はその次の更新の計画です"),
        Language::En => {
            format!("{line}: renew goes on with it; what follows is planned for the one after it")
        }
    }
}

fn in_json(survey: &Survey, language: Language) -> serde_json::Value {
    let obstacles = survey
        .obstacles
        .iter()
        .map(|obstacle| json!({ "what": obstacle, "remedy": obstacle.words().in_language(language) }));
    json!({
        "plan": survey.plan,
        "certificateMayEnd": survey.rules.as_ref().map(|rules| allowed(&rules.certificate)),
        "secretMayEnd": survey.rules.as_ref().map(|rules| allowed(&rules.secret)),
        "obstacles": obstacles.collect::<Vec<_>>(),
    })
}

fn allowed(allowed: &Allowed) -> String {
    match allowed {
        Allowed::Any => "any".to_owned(),
        Allowed::Until { end, policy } => format!("{end} ({policy})"),
        Allowed::Never { policy } => format!("never ({policy})"),
    }
}

fn lines(survey: &Survey, language: Language) -> Vec<String> {
    let plan = &survey.plan;
    let rules = survey.rules.as_ref().map(|rules| allowed(&rules.certificate));
    let said = match language {
        Language::Ja => [
            format!("今の証明書: {} (期限 {})", plan.old.thumbprint, plan.old.ends),
            format!(
                "新しい証明書: {} RSA {} (期限 {})",
                plan.name, plan.bits, plan.ends
            ),
            format!(
                "シークレット: {}",
                if plan.secret {
                    "更新する"
                } else {
                    "使わない"
                }
            ),
            format!(
                "ポリシーが許す期限: {}",
                rules.unwrap_or_else(|| "読めません(Policy.Read.All があれば確かめます)".into())
            ),
        ],
        Language::En => [
            format!(
                "present certificate: {} (ends {})",
                plan.old.thumbprint, plan.old.ends
            ),
            format!(
                "new certificate: {} RSA {} (ends {})",
                plan.name, plan.bits, plan.ends
            ),
            format!("secret: {}", if plan.secret { "renewed" } else { "not used" }),
            format!(
                "policies allow an end at: {}",
                rules.unwrap_or_else(|| "not readable (Policy.Read.All would tell)".into())
            ),
        ],
    };
    said.into_iter().chain(obstacles(survey, language)).collect()
}

fn obstacles(survey: &Survey, language: Language) -> Vec<String> {
    let (mark, none) = match language {
        Language::Ja => ("障害", "なし"),
        Language::En => ("obstacle", "none"),
    };
    if survey.obstacles.is_empty() {
        return vec![format!("{mark}: {none}")];
    }
    let words = survey.obstacles.iter().map(Obstacle::words);
    words
        .map(|words| format!("{mark}: {}", words.in_language(language)))
        .collect()
}
