//! `expiries`: everything that ends on some day.

use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use crate::credentials::Stop;
use crate::expiries::{calendar, gather, link};
use crate::service::Service;
use crate::setup::Words;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Prints a new link to the calendar; whoever has it reads the calendar without signing in. The link before it ends.
    #[arg(long, conflicts_with = "end_link")]
    new_link: bool,
    /// Nobody reads the calendar by a link any more.
    #[arg(long)]
    end_link: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    /// iCalendar, for Outlook.
    Ics,
}

pub(super) async fn run(service: Arc<Service>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    if arguments.new_link {
        super::print(&link::renew(&service).await?);
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.end_link {
        let made = link::end(&service).await?;
        super::print(ended(made).in_language(service.config.mail.language));
        return Ok(ExitCode::SUCCESS);
    }
    let language = service.config.mail.language;
    let expiries = match gather(&service).await {
        Ok(expiries) => expiries,
        Err(Stop::Obstacle(obstacle)) => {
            super::print_error(obstacle.words().in_language(language));
            return Ok(ExitCode::FAILURE);
        }
        Err(Stop::Job(error)) => return Err(error.into()),
    };
    match arguments.format {
        Format::Text => {
            if service.config.app.federation_alone().is_some() {
                super::print(never().in_language(language));
            }
            for expiry in &expiries {
                super::print(&expiry.line(language, service.now()));
            }
        }
        Format::Json => super::print(&serde_json::to_string_pretty(&expiries)?),
        Format::Ics => super::print(calendar(&expiries, language, service.now()).trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}

fn ended(made: Option<Timestamp>) -> Words {
    match made {
        Some(at) => Words::new(
            format!("{at:.0} に作ったカレンダーのリンクを無効にしました。もう誰もこのリンクで読めません"),
            format!(
                "the link to the calendar that was made at {at:.0} has ended: nobody reads by it any more"
            ),
        ),
        None => Words::new(
            "有効なカレンダーのリンクはありませんでした",
            "there was no link to the calendar",
        ),
    }
}

/// What stands in no calendar.
fn never() -> Words {
    Words::new(
        "アプリの資格情報: 期限なし(app.federation の発行元が証明)",
        "the app's credential: never ends (the issuer of app.federation proves it)",
    )
}
