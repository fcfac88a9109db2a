//! The report as a page of text, and each of its lines in both languages.

use super::checks::{Asked, Check};
use super::event::{Event, How};
use super::report::{Line, Report};
use crate::config::Language;
use crate::setup::Words;

impl Report {
    /// Lines of a page, to be printed or filed.
    pub(crate) fn page(&self, language: Language) -> Vec<String> {
        let body = &self.body;
        let new = body.new_thumbprint.as_deref().unwrap_or("-");
        let rows = [
            (
                ("資格情報の更新", "Renewal of credentials"),
                format!("{} ({})", body.number, body.name),
            ),
            (
                ("状態", "State"),
                state(body.phase).in_language(language).to_owned(),
            ),
            (("テナント", "Tenant"), body.tenant.clone()),
            (("アプリ", "App"), body.client_id.to_string()),
            (("実行者", "Run by"), body.by.clone()),
            (
                ("旧証明書", "Old certificate"),
                format!("{}  ~ {}", body.old.thumbprint, body.old.ends),
            ),
            (
                ("新証明書", "New certificate"),
                format!("{new}  ~ {}  RSA {}", body.new_ends, body.bits),
            ),
        ];
        let rows =
            rows.map(|((ja, en), value)| format!("{}: {value}", Words::new(ja, en).in_language(language)));
        let lines = body.lines.iter().map(|line| line.text(language));
        let end = [
            String::new(),
            format!("SHA-256 {}", self.hash),
            format!("Ed25519 {} ({})", self.signature, self.key_id),
        ];
        rows.into_iter()
            .chain([String::new()])
            .chain(lines)
            .chain(end)
            .collect()
    }
}

impl Line {
    /// For people.
    pub(crate) fn text(&self, language: Language) -> String {
        format!("{:.0}  {}", self.at, told(&self.event).in_language(language))
    }
}

/// The state that a phase is, by its word.
pub(crate) fn state(phase: &str) -> Words {
    match phase {
        "planned" => Words::new("計画済み", "planned"),
        "made" => Words::new("作成済み(未登録)", "made, not registered"),
        "added" => Words::new("登録済み(検証中)", "registered, being proven"),
        "proven" => Words::new("検証済み", "proven"),
        "switched" => Words::new(
            "切替済み(旧の削除待ち)",
            "switched; the old one is still registered",
        ),
        "removed" => Words::new("完了(旧は削除済み)", "done; the old one is removed"),
        "rollingBack" => Words::new("取り消し中", "being rolled back"),
        _ => Words::new("取り消し済み", "rolled back"),
    }
}

fn told(event: &Event) -> Words {
    match event {
        Event::Planned { plan } => Words::new(
            format!("計画: {} までの資格情報を作る", plan.ends),
            format!("planned: credentials that end at {}", plan.ends),
        ),
        Event::Made { certificate } => Words::new(
            format!("証明書を作り、封じて保管: {}", certificate.thumbprint),
            format!("certificate made and kept sealed: {}", certificate.thumbprint),
        ),
        Event::KeyAdded { key, how } => key_added(&key.to_string(), *how),
        Event::SecretAdded { secret } => Words::new(
            format!("シークレットを登録し、封じて保管: {}", secret.key),
            format!("secret registered and kept sealed: {}", secret.key),
        ),
        Event::Passed { checks } => passed(checks),
        Event::Unready { code } => {
            let code = code.as_deref().unwrap_or("-");
            Words::new(
                format!("まだ行き渡っていません({code})。数え直します"),
                format!("not known everywhere yet ({code}): counted anew"),
            )
        }
        Event::Proven => Words::new("検証を終えた", "proven"),
        Event::Switched => Words::new("新しい資格情報に切り替えた", "switched to the new credential"),
        Event::Taken { key } => Words::new(
            format!("登録から外した: {key}"),
            format!("taken out of the registration: {key}"),
        ),
        Event::Removed => Words::new("以前の資格情報の削除を終えた", "the old credential is removed"),
        Event::Undoing { why } => {
            Words::new(format!("取り消しを始めた: {why}"), format!("rolling back: {why}"))
        }
        Event::RolledBack => Words::new(
            "取り消しを終えた。元の資格情報で動いている",
            "rolled back: the former credential is in use",
        ),
        Event::Hindered { why, ja } => {
            let ja = ja.as_ref().unwrap_or(why);
            Words::new(format!("止まった: {ja}"), format!("stopped: {why}"))
        }
    }
}

fn key_added(key: &str, how: How) -> Words {
    let (ja, en) = match how {
        How::Possession => ("以前の鍵の署名付き", "with a proof by the old key"),
        How::List => ("一覧の書き換え", "by writing the list"),
        How::Found => ("登録済み", "it was there already"),
    };
    Words::new(
        format!("証明書を登録({ja}): {key}"),
        format!("certificate registered ({en}): {key}"),
    )
}

fn passed(checks: &[Check]) -> Words {
    let name = |check: &Check| match check.asked {
        Asked::Entra => "Entra",
        Asked::Graph => "Graph",
        Asked::SharePoint => "SharePoint",
        Asked::Exchange => "Exchange",
    };
    let list = |unused: &str| {
        let each = checks.iter().map(|check| {
            if check.used {
                format!("{} OK", name(check))
            } else {
                format!("{} ({unused})", name(check))
            }
        });
        each.collect::<Vec<_>>().join(", ")
    };
    Words::new(
        format!("新しい資格情報だけで確認: {}", list("使用しない")),
        format!("real calls by the new one alone: {}", list("not used")),
    )
}
