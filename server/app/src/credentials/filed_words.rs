//! What is wrong with a filed report, in both languages.

use super::filed::{Checked, Fault};
use crate::setup::Words;

impl Checked {
    /// Of a report that is as it was signed.
    pub(crate) fn unchanged(&self, key: &str) -> Words {
        let number = self.number.unwrap_or_default();
        Words::new(
            format!("更新 {number} の報告書は、証跡の鍵 {key} で署名したときのままです"),
            format!("the report of renewal {number} is as the evidence key {key} signed it"),
        )
    }
}

impl Fault {
    /// For people.
    pub(crate) fn words(&self) -> Words {
        match self {
            Self::Unreadable { why } => Words::new(
                format!("資格情報の更新の報告書として読めません({why})"),
                format!("this is no report of a renewal of credentials ({why})"),
            ),
            Self::NoJournal { number } => Words::new(
                format!(
                    "更新 {number} の記録がこのデータベースにないため、テキストの報告書は確かめられません(--format json の報告書なら、署名だけで確かめられます)"
                ),
                format!(
                    "this database has no journal of renewal {number}, without which a report as text cannot be checked (one of --format json can, by its signature alone)"
                ),
            ),
            Self::Contents => Words::new(
                "内容が、書かれている SHA-256(hash)と一致しません",
                "what it says does not have the SHA-256 (hash) that it names",
            ),
            Self::Signature => Words::new(
                "署名(signature)が、証跡の鍵によるものではありません",
                "its signature was not made by the evidence key",
            ),
            Self::OtherKey { named, ours } => Words::new(
                format!(
                    "別の証跡の鍵 {named} で署名されています(この設定の evidence.key は {ours})。その鍵の設定で確かめてください"
                ),
                format!(
                    "another evidence key is to have signed it ({named}; evidence.key of this configuration is {ours}): check it with the configuration of that key"
                ),
            ),
            Self::Changed { what, filed, right } => changed(what, filed.as_deref(), right.as_deref()),
        }
    }
}

fn changed(what: &str, filed: Option<&str>, right: Option<&str>) -> Words {
    match (filed, right) {
        (Some(filed), None) => {
            let filed = shown(filed);
            Words::new(
                format!("{what}: 署名時にはなかったものです: {}", filed.ja),
                format!("{what}: this was added and not signed: {}", filed.en),
            )
        }
        (None, Some(right)) => {
            let right = shown(right);
            Words::new(
                format!("署名時の {what} がファイルにありません: {}", right.ja),
                format!("{what} of what was signed is missing in the file: {}", right.en),
            )
        }
        (filed, right) => {
            let (filed, right) = (shown(filed.unwrap_or_default()), shown(right.unwrap_or_default()));
            Words::new(
                format!("{what}: ファイルでは {}、署名時は {}", filed.ja, right.ja),
                format!("{what}: the file says {}, signed was {}", filed.en, right.en),
            )
        }
    }
}

fn shown(text: &str) -> Words {
    if text.trim().is_empty() {
        return Words::new("(空行)", "(an empty line)");
    }
    Words::new(text, text)
}
