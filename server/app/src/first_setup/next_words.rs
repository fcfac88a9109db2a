//! What `setup app` says last: the one thing that has to be done before it is run again.

use super::certificate::Certificate;
use super::next::{Missing, Next};
use super::{consent, grant_request, words};
use crate::config::Config;
use crate::permissions::{Api, Permission};
use crate::setup::Words;

/// One line each.
pub(crate) fn next_words(
    next: &Next,
    config: &Config,
    certificate: &Certificate,
) -> anyhow::Result<Vec<Words>> {
    let missing = match next {
        Next::Nothing => return Ok(vec![nothing()]),
        Next::Site => return Ok(vec![site()]),
        Next::Missing(missing) => missing,
    };
    let mut lines = match (missing, certificate) {
        (Missing::Certificate, _) => return Ok(vec![apply()]),
        (Missing::Upload, Certificate::Held(held)) if !held.is_public_there => return Ok(vec![apply()]),
        (Missing::Upload, Certificate::Held(held)) => vec![words::upload_words(held)],
        (Missing::Upload | Missing::Findings, _) => vec![findings()],
        (Missing::Consent { api, lacking }, _) => vec![consent(config, *api, lacking)?],
        (Missing::Grant, _) => grant(config),
    };
    lines.push(Words::new(
        "そのあと、もう一度 `provisioning-flow setup app` を実行してください(続きから進みます)",
        "Then run `provisioning-flow setup app` again: it goes on from there",
    ));
    Ok(lines)
}

fn nothing() -> Words {
    Words::new("足りないものはありません", "Nothing is missing")
}

fn site() -> Words {
    Words::new(
        "アプリの準備ができました。次にすること: `provisioning-flow serve` を起動し、`provisioning-flow setup` と `provisioning-flow doctor` を実行してください",
        "The app is ready. Next: start `provisioning-flow serve`, then run `provisioning-flow setup` and `provisioning-flow doctor`",
    )
}

fn apply() -> Words {
    Words::new(
        "次にすること: `--plan` なしで実行してください",
        "Next: run it without `--plan`",
    )
}

fn findings() -> Words {
    Words::new(
        "次にすること: 上の「異常」と「確認不能」を直してください",
        "Next: mend what is called wrong or unknown above",
    )
}

fn consent(config: &Config, api: Api, lacking: &[Permission]) -> anyhow::Result<Words> {
    let names: Vec<_> = lacking
        .iter()
        .map(|permission| permission.name.as_str())
        .collect();
    let (api_name, names) = (api.name(), names.join(", "));
    let link = consent::link(config, api)?;
    Ok(Words::new(
        format!(
            "次にすること: アプリの登録の「API のアクセス許可」に {api_name} の {names} があることを確かめ、管理者が次のリンクで同意してください(最後に開くページが表示されなくてもかまいません。反映に数分かかることがあります): {link}"
        ),
        format!(
            "Next: see that API permissions of the app registration list {names} of {api_name}; then an administrator consents by this link (never mind if the page at its end does not open; it may take some minutes until it counts): {link}"
        ),
    ))
}

fn grant(config: &Config) -> Vec<Words> {
    let permission = grant_request::PERMISSION;
    let mut lines = vec![Words::new(
        format!(
            "次にすること: サイトへの許可(Sites.Selected)はアプリ自身では与えられません。管理者が Graph エクスプローラー({permission} に同意)で次を送ってください。{{id}} は最初の応答の id です"
        ),
        format!(
            "Next: the app cannot grant itself the site (Sites.Selected). An administrator sends this in Graph Explorer (with consent to {permission}); {{id}} is the id in the first answer"
        ),
    )];
    let both = |line: String| Words::new(line.clone(), line);
    lines.extend(grant_request::requests(config).into_iter().map(both));
    lines.push(Words::new(
        "または PowerShell(Microsoft.Graph)で:",
        "or in PowerShell (Microsoft.Graph):",
    ));
    lines.extend(grant_request::commands(config).into_iter().map(both));
    lines
}
