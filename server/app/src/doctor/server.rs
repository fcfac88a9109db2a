//! Our own side: webhooks, and the database.

use store::{StoreError, transaction};

use super::Finding;
use crate::config::Config;
use crate::http::Readiness;
use crate::service::Service;
use crate::setup::{Changes, Mode, Words, hints};

pub(super) async fn look(service: &Service) -> Vec<Finding> {
    vec![
        webhook(service).await,
        database(service).await,
        work(service).await,
    ]
}

async fn webhook(service: &Service) -> Finding {
    let mut changes = Changes::new(Mode::Plan);
    let what = match &service.config.farm {
        None => "webhook",
        Some(_) => "event receivers",
    };
    match hints::ensure_all(service, &mut changes).await {
        Ok(()) if changes.made.is_empty() => Finding::good(what),
        Ok(()) => Finding::warning(
            what,
            "登録がありません。`serve` が起動すると自動で登録されます。それまでは定期巡回だけで動きます",
            "not registered: `serve` registers it when it runs; until then the timer alone does the work",
        ),
        Err(error) => Finding::broken_off(what, &error),
    }
}

/// Work that stopped for a person to look.
async fn work(service: &Service) -> Finding {
    const WHAT: &str = "jobs";
    let parked: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.parked_jobs().await);
    match parked {
        Ok(parked) if parked.is_empty() => Finding::good(WHAT),
        Ok(parked) => Finding::wrong(
            WHAT,
            format!(
                "{} 件の処理が止まっています。`provisioning-flow jobs` で理由を確かめ、直したあと `jobs --retry` を実行してください",
                parked.len()
            ),
            format!(
                "{} stopped: see why with `provisioning-flow jobs`, mend it, then run `jobs --retry`",
                parked.len()
            ),
        ),
        Err(error) => Finding::wrong(WHAT, error.to_string(), error.to_string()),
    }
}

async fn database(service: &Service) -> Finding {
    match service.ready().await {
        Ok(()) if could_be_encrypted(&service.config) => Finding::noted("database", unencrypted()),
        Ok(()) => Finding::good("database"),
        Err(missing) => Finding::wrong(
            "database",
            format!("{missing}。database.url を確かめ、`provisioning-flow migrate` を実行してください"),
            format!("{missing}: check database.url and run `provisioning-flow migrate`"),
        ),
    }
}

/// The master key is there; what people wrote lies in the clear all the same.
fn could_be_encrypted(config: &Config) -> bool {
    config.credentials.is_some() && !config.database.encrypted
}

fn unencrypted() -> Words {
    Words::new(
        "書かれた内容は暗号化されていません。マスターキーがあるので、[database] に encrypted = true と書いて再起動すれば暗号化されます(推奨)",
        "what people wrote lies in it unencrypted; the master key is there, so encrypted = true in [database] and a restart encrypt it (recommended)",
    )
}
