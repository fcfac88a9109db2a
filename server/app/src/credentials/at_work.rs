//! The instances that are at work: by what each proves itself, and whether it can go over to a renewed credential.

use serde::Serialize;
use store::{Instance, KeyHeld};

use super::standing::named;
use crate::config::Language;
use crate::setup::Words;

/// An instance that is at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AtWork {
    pub name: String,
    /// `configured`, or the name of the row that keeps it; `None`: an older version, which does not say.
    pub proof: Option<String>,
    /// `None`: another issuer proves the app, and nothing of ours is kept.
    pub master_key: Option<InstanceKey>,
}

/// The master key of an instance, beside that of our own configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub(crate) enum InstanceKey {
    Held {
        name: String,
    },
    /// Another one than `ours`.
    Other {
        name: String,
        ours: String,
    },
    /// No section `credentials`, or a key that cannot be had.
    Absent,
    /// An older version, which does not say.
    Unsaid,
}

impl AtWork {
    /// `ours`: name of the master key of our own configuration.
    pub(super) fn of(instance: Instance, is_kept: bool, ours: Option<&str>) -> Self {
        Self {
            name: instance.name,
            proof: instance.proof,
            master_key: is_kept.then(|| InstanceKey::of(instance.key, ours)),
        }
    }

    pub(super) fn line(&self, language: Language) -> String {
        let older = || Words::new("以前の版(不明)", "an older version, unknown");
        let proof = self.proof.as_deref().map_or_else(older, named);
        let key = self.master_key.as_ref().map(InstanceKey::words);
        let (name, proof) = (&self.name, proof.in_language(language));
        let mut line = match language {
            Language::Ja => format!("インスタンス {name}: {proof}"),
            Language::En => format!("instance {name}: {proof}"),
        };
        if let Some(key) = key {
            line.push_str(Words::new("、", ", ").in_language(language));
            line.push_str(key.in_language(language));
        }
        if let Some(remedy) = self.remedy() {
            line.push_str(Words::new("。", ": ").in_language(language));
            line.push_str(remedy.in_language(language));
        }
        line
    }

    pub(super) fn remedy(&self) -> Option<Words> {
        self.master_key.as_ref().and_then(InstanceKey::remedy)
    }
}

impl InstanceKey {
    fn of(said: KeyHeld, ours: Option<&str>) -> Self {
        match (said, ours) {
            (KeyHeld::Unsaid, _) => Self::Unsaid,
            (KeyHeld::Nothing, _) => Self::Absent,
            (KeyHeld::Named(name), Some(ours)) if name != ours => Self::Other {
                name,
                ours: ours.to_owned(),
            },
            (KeyHeld::Named(name), _) => Self::Held { name },
        }
    }

    fn words(&self) -> Words {
        match self {
            Self::Held { name } => Words::new(format!("マスターキー {name}"), format!("master key {name}")),
            Self::Other { name, ours } => Words::new(
                format!("マスターキー {name}(この設定の鍵は {ours})"),
                format!("master key {name} (this configuration has {ours})"),
            ),
            Self::Absent => Words::new(
                "マスターキーなし(更新後の資格情報に切り替わりません)",
                "no master key (it goes over to no renewed credential)",
            ),
            Self::Unsaid => Words::new("マスターキー不明", "master key unknown"),
        }
    }

    fn remedy(&self) -> Option<Words> {
        match self {
            Self::Held { .. } => None,
            Self::Other { .. } => Some(Words::new(
                "そのインスタンスの設定の credentials.master_key を同じ鍵にして、再起動してください",
                "give its configuration the same credentials.master_key and restart it",
            )),
            Self::Absent => Some(Words::new(
                "そのインスタンスの設定に [credentials] があり、serve を動かすユーザーが credentials.master_key を読めることを確かめて、再起動してください",
                "see that its configuration has the section [credentials] and that the user who runs serve can read credentials.master_key, then restart it",
            )),
            Self::Unsaid => Some(Words::new(
                "そのインスタンスを新しい版にして、再起動してください",
                "bring it up to date and restart it",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn said(key: KeyHeld) -> AtWork {
        let instance = Instance {
            name: "one".into(),
            proof: Some("configured".into()),
            key,
            seen: Timestamp::UNIX_EPOCH,
        };
        AtWork::of(instance, true, Some("ours"))
    }

    #[test]
    fn whoever_has_not_our_master_key_is_told_with_the_remedy() {
        let ours = said(KeyHeld::Named("ours".into()));
        assert_eq!(ours.remedy(), None);
        assert_eq!(
            ours.line(Language::En),
            "instance one: the configured one, master key ours"
        );
        for (key, told, remedy) in [
            (
                KeyHeld::Named("other".into()),
                "master key other",
                "the same credentials.master_key",
            ),
            (KeyHeld::Nothing, "no master key", "[credentials]"),
            (KeyHeld::Unsaid, "unknown", "up to date"),
        ] {
            let one = said(key);
            let (en, ja) = (one.line(Language::En), one.line(Language::Ja));
            assert!(en.contains(told) && en.contains(remedy), "{en}");
            assert!(
                ja.contains("マスターキー") && ja.contains("再起動してください"),
                "{ja}"
            );
        }
    }

    #[test]
    fn where_nothing_of_ours_is_kept_nobody_needs_a_key() {
        let mut one = said(KeyHeld::Nothing);
        one.master_key = None;
        assert_eq!(one.line(Language::Ja), "インスタンス one: 設定ファイルのもの");
    }
}
