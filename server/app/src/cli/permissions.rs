//! `permissions`: what the registration must hold, feature by feature, and no more.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::config::{self, Language};
use crate::permissions::{self, Api, Need, Permission};
use crate::workflows;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Asks nobody: the configuration and the definitions suffice, so it runs before there is a registration.
pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let config = config::load(config)?;
    let needs = permissions::needs(&config, &workflows::read(&config)?)?;
    match arguments.format {
        Format::Text => text(&needs, config.mail.language),
        Format::Json => super::print(&serde_json::to_string_pretty(&json(&needs))?),
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn text(needs: &[Need], language: Language) {
    for need in needs {
        let workflows = need.workflows.join(", ");
        let workflows = if workflows.is_empty() {
            workflows
        } else {
            format!(" ({workflows})")
        };
        super::print(&format!("{}{workflows}", need.feature.title(language)));
        for (api, permission) in &need.permissions {
            let words = match language {
                Language::Ja => &permission.r#for.ja,
                Language::En => &permission.r#for.en,
            };
            super::print(&format!("  {}: {}  {words}", api.name(), permission.name));
        }
    }
}

fn json(needs: &[Need]) -> Value {
    let features: Vec<Value> = needs
        .iter()
        .map(|need| {
            json!({ "feature": need.feature.key(), "workflows": need.workflows,
                "permissions": shown(&need.permissions) })
        })
        .collect();
    json!({ "features": features, "all": shown(&permissions::union(needs)) })
}

fn shown(permissions: &[(Api, Permission)]) -> Vec<Value> {
    let shown = permissions.iter().map(|(api, permission)| {
        json!({ "resource": api.name(), "resourceAppId": api.app_id(), "name": permission.name,
            "id": permission.id, "for": { "ja": permission.r#for.ja, "en": permission.r#for.en } })
    });
    shown.collect()
}
