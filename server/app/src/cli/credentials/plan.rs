//! `credentials plan`: what a renewal would do, and what stands in its way.

use std::process::ExitCode;

use serde_json::json;

use super::super::print;
use super::{Format, told};
use crate::config::Language;
use crate::credentials::{self, Allowed, LastRenewal, Obstacle, Stop, Survey};
use crate::service::Service;
use crate::setup::Words;

pub(super) async fn show(service: &Service, format: Format) -> anyhow::Result<ExitCode> {
    let found = async {
        let under_way = credentials::under_way(service).await?;
        let idle = credentials::idle(service).await?;
        let mut survey = credentials::survey(service, "plan").await?;
        let is_present = survey.obstacles.iter().any(Obstacle::is_of_the_present);
        if is_present && credentials::is_registered(service).await? {
            survey.obstacles.retain(|obstacle| !obstacle.is_of_the_present());
        }
        Ok::<_, Stop>((under_way, idle, survey))
    };
    let (under_way, idle, survey) = match found.await {
        Ok(found) => found,
        Err(stop) => return told(service, stop),
    };
    let (zone, language) = (service.calendar.zone(), service.config.mail.language);
    // What proves nothing any more is not left alone.
    let idle = idle.filter(|_| !survey.obstacles.iter().any(Obstacle::is_of_the_present));
    let left = idle.as_ref().map(|idle| idle.words(zone));
    match format {
        Format::Json => {
            let mut said = in_json(&survey, language);
            said["underWay"] = json!(under_way);
            said["idle"] = json!(idle);
            print(&serde_json::to_string_pretty(&said)?);
        }
        Format::Text => {
            if let Some(renewal) = &under_way {
                let left = left.or_else(|| survey.obstacles.contains(&Obstacle::NewLost).then(goes_back));
                print(&goes_on(renewal, left.as_ref(), language));
            } else if let Some(words) = &left {
                print(words.in_language(language));
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

/// A renewal that is not over is gone on with, once it is not `left` alone any more; what follows would be the one after it.
fn goes_on(renewal: &LastRenewal, left: Option<&Words>, language: Language) -> String {
    let line = renewal.line(language);
    let then = left.map_or_else(
        || Words::new("renew はこの続きから進みます", "renew goes on with it"),
        Clone::clone,
    );
    let then = then.in_language(language);
    match language {
        Language::Ja => format!("{line}。{then}。以下はその次の更新の計画です"),
        Language::En => format!("{line}: {then}; what follows is planned for the one after it"),
    }
}

/// The new one is lost: the obstacle tells the rest.
fn goes_back() -> Words {
    Words::new(
        "先へは進めません(下の障害のとおり)",
        "it cannot go on (see the obstacle below)",
    )
}

fn in_json(survey: &Survey, language: Language) -> serde_json::Value {
    let obstacles = survey
        .obstacles
        .iter()
        .map(|obstacle| json!({ "what": obstacle, "remedy": obstacle.words().in_language(language) }));
    let shortened = credentials::shortened(&survey.plan);
    let warnings: Vec<_> = shortened
        .iter()
        .map(|words| words.in_language(language))
        .collect();
    json!({
        "plan": survey.plan,
        "certificateMayEnd": survey.rules.as_ref().map(|rules| allowed(&rules.certificate)),
        "secretMayEnd": survey.rules.as_ref().map(|rules| allowed(&rules.secret)),
        "warnings": warnings,
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
    let warning = credentials::shortened(plan);
    let warning = warning.map(|words| match language {
        Language::Ja => format!("注意: {}", words.ja),
        Language::En => format!("warning: {}", words.en),
    });
    let rest = obstacles(survey, language);
    said.into_iter().chain(warning).chain(rest).collect()
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
