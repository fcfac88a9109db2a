//! `evidence`: one application's evidence, and its check by whoever receives it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use workflow::evidence::{Known, PublicKey};
use workflow::journal::Head;

use super::journal::Which;
use crate::config::Language;
use crate::{journal, licences, owner_only};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print what became of one application as one line of JSON.
    Show(Which),
    /// Write one application's evidence as one file that proves itself.
    Export(Export),
    /// Check such a file; needs neither configuration nor database nor network.
    Verify(Verify),
}

#[derive(Debug, Args)]
struct Export {
    #[command(flatten)]
    which: Which,
    /// Where to write it; standard output unless given.
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Verify {
    file: PathBuf,
    /// The public key that must have signed it, in PEM.
    #[arg(long)]
    key: Option<PathBuf>,
    /// The line "signature of the history's head" of the closing mail: the file must hold it.
    #[arg(long)]
    head: Option<String>,
    /// Words in English instead of Japanese.
    #[arg(long)]
    english: bool,
}

pub(super) async fn run(config: &Path, arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.what {
        What::Verify(verify) => check(&verify),
        What::Export(export) => write(config, export).await.map(|()| ExitCode::SUCCESS),
        What::Show(which) => {
            let service = super::open(config).await?;
            let line = journal::evidence(&service, &which.application).await?;
            super::print(&serde_json::to_string(&line)?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn write(config: &Path, export: Export) -> anyhow::Result<()> {
    let service = super::open(config).await?;
    licences::recall(&service).await?;
    let text = journal::package(&service, &export.which.application).await?;
    if let Some(file) = export.out {
        // It holds what the application holds.
        return owner_only::write(&file, text.as_bytes()).with_context(|| file.display().to_string());
    }
    super::output::print_text(&text);
    Ok(())
}

fn check(arguments: &Verify) -> anyhow::Result<ExitCode> {
    let read = |file: &Path| std::fs::read(file).with_context(|| file.display().to_string());
    let language = if arguments.english {
        Language::En
    } else {
        Language::Ja
    };
    let key = arguments.key.as_deref().map(|file| {
        journal::Pem::read(&read(file)?)
            .with_context(|| format!("--key {}: not a public key in PEM", file.display()))
    });
    let fingerprint = key.transpose()?.map(|key| key.fingerprint());
    let head = arguments.head.as_deref().map(|text| {
        Head::read(text).context("--head: not a line such as 12:HASH:SIGNATURE:KEY of the closing mail")
    });
    let known = Known {
        fingerprint,
        head: head.transpose()?,
    };
    let verdict = journal::check_package(&read(&arguments.file)?, known);
    for fault in &verdict.faults {
        super::print(&journal::fault_line(fault, language));
    }
    super::print(&journal::verdict_lines(&verdict, fingerprint.is_some(), language).join("\n"));
    Ok(if verdict.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
