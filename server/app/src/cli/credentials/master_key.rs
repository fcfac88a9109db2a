//! `credentials master-key` and `credentials rewrap`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use store::transaction;

use super::super::print;
use super::told;
use crate::config::Language;
use crate::credentials::{MasterKey, Vault, VaultError};
use crate::service::Service;
use crate::setup::Words;

#[derive(Debug, Args)]
pub(super) struct Wishes {
    file: PathBuf,
    /// Words in English instead of Japanese.
    #[arg(long)]
    english: bool,
}

pub(super) fn make(wishes: &Wishes) -> anyhow::Result<ExitCode> {
    let key = MasterKey::create(&wishes.file)?;
    let (name, file) = (key.name(), wishes.file.display());
    let words = Words::new(
        format!(
            "マスターキー {name} を {file} に作りました(読めるのは所有者だけです)。serve を動かすユーザーの所有にし、設定の credentials.master_key に書いてください"
        ),
        format!(
            "master key {name} was made in {file}, which its owner alone may read: give it to the user who runs serve, and name it as credentials.master_key in the configuration"
        ),
    );
    let language = if wishes.english {
        Language::En
    } else {
        Language::Ja
    };
    print(words.in_language(language));
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn rewrap(service: &Service) -> anyhow::Result<ExitCode> {
    let vault = match Vault::open(service) {
        Ok(vault) => vault,
        Err(error) => return told(service, error.into()),
    };
    let done: Result<usize, VaultError> =
        transaction!(service.store.write(&service.tenant), tx => vault.rewrap(tx).await);
    match done {
        Ok(count) => {
            print(rewrapped(count, vault.master()).in_language(service.config.mail.language));
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => told(service, error.into()),
    }
}

fn rewrapped(count: usize, master: &str) -> Words {
    Words::new(
        format!(
            "{count} 件をマスターキー {master} の下に移しました。保管されているものはすべてこの鍵で開きます。credentials.former_master_keys はもう要りません"
        ),
        format!(
            "{count} put under the master key {master}: it opens all that is kept, and credentials.former_master_keys is needed no more"
        ),
    )
}
