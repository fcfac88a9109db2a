//! The report as a page of text, and each of its lines in both languages.

use super::checks::Check;
use super::event::{Event, How};
use super::report::{Line, Report};
use crate::config::Language;
use crate::setup::Words;

impl Report {
    /// Lines of a page, to be printed or filed.
    pub(crate) fn page(&self, language: Language) -> Vec<String> {
        let body = &self.body;
        let new = body.new_thumbprint.as_deref().unwrap_or("-");
        let ends = Words::new("期限", "ends");
        let ends = ends.in_language(language);
        let rows = [
            (title(), format!("{} ({})", body.number, body.name)),
            (
                Words::new("状態", "State"),
                state(&body.phase).in_language(language).to_owned(),
            ),
            (Words::new("テナント", "Tenant"), body.tenant.clone()),
            (Words::new("アプリ", "App"), body.client_id.to_string()),
            (Words::new("実行者", "Run by"), body.by.clone()),
            (
                Words::new("旧証明書", "Old certificate"),
                format!("{}  {ends} {}", body.old.thumbprint, body.old.ends),
            ),
            (
                Words::new("新証明書", "New certificate"),
                format!("{new}  {ends} {}  RSA {}", body.new_ends, body.bits),
            ),
        ];
        let rows = rows.map(|(name, value)| format!("{}: {value}", name.in_language(language)));
        let back = body.lines.iter().find_map(|line| match &line.event {
            Event::Undoing { by: Some(by), .. } => Some((by, line.at)),
            _ => None,
        });
        let back = back.map(|(by, at)| match language {
            Language::Ja => format!("取り消した人: {by} ({at:.0})"),
            Language::En => format!("Rolled back by: {by} ({at:.0})"),
        });
        let lines = body.lines.iter().map(|line| line.text(language));
        let end = [
            String::new(),
            format!("SHA-256 {}", self.hash),
            format!("Ed25519 {} ({})", self.signature, self.key_id),
            check().in_language(language).to_owned(),
        ];
        rows.into_iter()
            .chain(back)
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

/// How the page begins; by it its language is known again.
pub(super) fn title() -> Words {
    Words::new("資格情報の更新", "Renewal of credentials")
}

/// Whoever has the page and the installation sees whether it was altered.
fn check() -> Words {
    Words::new(
        "確かめ方: provisioning-flow credentials report --verify このファイル",
        "To check it: provisioning-flow credentials report --verify THIS-FILE",
    )
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
        Event::Taken { key, thumbprint } => {
            let shown = thumbprint
                .as_ref()
                .map_or_else(|| key.to_string(), |thumbprint| format!("{thumbprint} ({key})"));
            Words::new(
                format!("登録から外した: {shown}"),
                format!("taken out of the registration: {shown}"),
            )
        }
        Event::Removed => Words::new("以前の資格情報の削除を終えた", "the old credential is removed"),
        Event::Undoing { why, by } => undoing(why, by.as_deref()),
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

fn undoing(why: &str, by: Option<&str>) -> Words {
    // So the command line has it where nobody gave a reason.
    let why = match why.trim() {
        "" | "-" => String::new(),
        why => format!(": {why}"),
    };
    match by {
        Some(by) => Words::new(
            format!("{by} が取り消しを始めた{why}"),
            format!("rolled back by {by}{why}"),
        ),
        None => Words::new(format!("取り消しを始めた{why}"), format!("rolling back{why}")),
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
    let list = |unused: &str| {
        let each = checks.iter().map(|check| {
            if check.used {
                format!("{} OK", check.asked.name())
            } else {
                format!("{} ({unused})", check.asked.name())
            }
        });
        each.collect::<Vec<_>>().join(", ")
    };
    Words::new(
        format!("新しい資格情報だけで確認: {}", list("使用しない")),
        format!("real calls by the new one alone: {}", list("not used")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rollback_names_its_reason_where_there_is_one_and_nothing_else() {
        let said = |why: &str, by: Option<&str>| {
            let (why, by) = (why.to_owned(), by.map(str::to_owned));
            told(&Event::Undoing { why, by }).en
        };
        assert_eq!(said("-", Some("root")), "rolled back by root");
        assert_eq!(said("a test", Some("root")), "rolled back by root: a test");
        assert_eq!(said("-", None), "rolling back");
    }
}
