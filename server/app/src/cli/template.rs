//! `site-template`.

use clap::Args;

use crate::config::Language;
use crate::setup::{Manifest, template};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Titles in English instead of Japanese.
    #[arg(long)]
    english: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let language = if arguments.english {
        Language::En
    } else {
        Language::Ja
    };
    super::print(&template::xml(&Manifest::embedded()?, language)?);
    Ok(())
}
