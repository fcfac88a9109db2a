//! What `credentials` prints of what stands.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use super::super::{print, print_error};
use super::{Format, told};
use crate::credentials;
use crate::service::Service;
use crate::setup::Words;

pub(super) async fn status(service: &Service, format: Format) -> anyhow::Result<ExitCode> {
    let standing = match credentials::standing(service).await {
        Ok(standing) => standing,
        Err(stop) => return told(service, stop),
    };
    match format {
        Format::Json => print(&serde_json::to_string_pretty(
            &standing.json(service.config.mail.language)?,
        )?),
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
            print_error(no_report(number).in_language(service.config.mail.language));
            return Ok(ExitCode::FAILURE);
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

/// Of a report that was filed.
pub(super) async fn check(service: &Service, file: &Path) -> anyhow::Result<ExitCode> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let checked = match credentials::check_report(service, &text).await {
        Ok(checked) => checked,
        Err(stop) => return told(service, stop),
    };
    let language = service.config.mail.language;
    if checked.faults.is_empty() {
        let key = service.evidence.id()?;
        print(checked.unchanged(&key).in_language(language));
        return Ok(ExitCode::SUCCESS);
    }
    for fault in &checked.faults {
        print(fault.words().in_language(language));
    }
    Ok(ExitCode::FAILURE)
}

fn no_report(number: Option<i64>) -> Words {
    match number {
        Some(number) => Words::new(
            format!(
                "更新 {number} はありません。番号は `provisioning-flow credentials status` で確かめられます"
            ),
            format!(
                "there is no renewal {number}: `provisioning-flow credentials status` shows the number of the last one"
            ),
        ),
        None => Words::new(
            "更新がまだ一度も行われていないため、報告書はありません。`provisioning-flow credentials renew` で更新すると作られます",
            "there is no report, for nothing was renewed yet: `provisioning-flow credentials renew` renews, and makes one",
        ),
    }
}

pub(super) async fn verify(service: &Service) -> anyhow::Result<ExitCode> {
    let proven = match credentials::verify(service).await {
        Ok(proven) => proven,
        Err(stop) => return told(service, stop),
    };
    let mut code = ExitCode::SUCCESS;
    let language = service.config.mail.language;
    for one in &proven {
        let name = one.name.in_language(language);
        match &one.outcome {
            Ok(()) => print(&format!("{name}: OK")),
            Err(why) => {
                code = ExitCode::FAILURE;
                print(&format!("{name}: {}", why.in_language(language)));
            }
        }
    }
    Ok(code)
}
