//! What setup does or would do, in words for the admin.

use std::fmt;

use super::Words;
use crate::config::Language;

/// One difference between the site and the manifests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub action: Action,
    /// The object, e.g. `Lists/PFInbox: PFStatus`.
    pub object: String,
    /// What differs, where the action alone does not say it.
    pub detail: Option<Words>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    CreateLevel,
    ChangeLevel,
    CreateList,
    ConfigureList,
    BreakInheritance,
    NameContentType,
    CreateColumn,
    IndexColumn,
    RenameColumn,
    OfferChoices,
    ShowColumn,
    FormatColumn,
    /// A column of our name but another type: only a person can say what becomes of its values.
    ForeignColumn,
    CreateView,
    ChangeView,
    AdmitPrincipal,
    Assign,
    Unassign,
    PublishDefinition,
    Subscribe,
    RenewSubscription,
    RemoveSubscription,
    AddReceiver,
    RemoveReceiver,
}

impl Action {
    fn words(self, language: Language) -> &'static str {
        let (ja, en) = match self {
            Self::CreateLevel => ("権限レベルを作成", "create permission level"),
            Self::ChangeLevel => ("権限レベルを修正", "correct permission level"),
            Self::CreateList => ("リストを作成", "create list"),
            Self::ConfigureList => ("リストの設定を修正", "correct list settings"),
            Self::BreakInheritance => ("リストの権限の継承を中止", "stop inheriting permissions on list"),
            Self::NameContentType => ("コンテンツ タイプの名前を修正", "correct name of content type"),
            Self::CreateColumn => ("列を作成", "create column"),
            Self::IndexColumn => (
                "列の索引・一意の設定を修正",
                "correct index or uniqueness of column",
            ),
            Self::RenameColumn => ("列の表示名を修正", "correct column title"),
            Self::OfferChoices => ("列の選択肢を修正", "correct choices of column"),
            Self::ShowColumn => ("列のフォーム表示を修正", "correct column's place in forms"),
            Self::FormatColumn => ("列の書式を修正", "correct column formatting"),
            Self::ForeignColumn => (
                "同じ名前で種類の違う列があります。名前を変えるか削除してください",
                "a column of this name but of another type stands there; rename or remove it",
            ),
            Self::CreateView => ("ビューを作成", "create view"),
            Self::ChangeView => ("ビューを修正", "correct view"),
            Self::AdmitPrincipal => ("サイトに登録", "make known to the site"),
            Self::Assign => ("権限を付与", "grant"),
            Self::Unassign => ("権限を削除", "take away"),
            Self::PublishDefinition => ("定義を公開", "publish definition"),
            Self::Subscribe => ("Webhook を登録", "create webhook"),
            Self::RenewSubscription => ("Webhook の期限を延長", "renew webhook"),
            Self::RemoveSubscription => ("重複した Webhook を削除", "remove doubled webhook"),
            Self::AddReceiver => ("イベント レシーバーを登録", "create event receiver"),
            Self::RemoveReceiver => (
                "使わなくなったイベント レシーバーを削除",
                "remove event receiver that is no longer used",
            ),
        };
        match language {
            Language::Ja => ja,
            Language::En => en,
        }
    }
}

impl Change {
    /// One line for people.
    pub fn line(&self, language: Language) -> impl fmt::Display {
        let line = format!("{}: {}", self.action.words(language), self.object);
        match &self.detail {
            None => line,
            Some(detail) => format!("{line} ({})", detail.in_language(language)),
        }
    }
}

/// Whether differences are removed or only told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Plan,
    Apply,
}

/// The list of changes, and the one question each step asks before it writes.
#[derive(Debug)]
pub struct Changes {
    mode: Mode,
    pub made: Vec<Change>,
}

impl Changes {
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            made: Vec::new(),
        }
    }

    /// Notes a difference; true when it is to be removed now.
    pub fn wanted(&mut self, action: Action, object: impl Into<String>) -> bool {
        self.note(action, object.into(), None)
    }

    /// The same, with what differs.
    pub fn wanted_since(&mut self, action: Action, object: impl Into<String>, detail: Words) -> bool {
        self.note(action, object.into(), Some(detail))
    }

    fn note(&mut self, action: Action, object: String, detail: Option<Words>) -> bool {
        self.made.push(Change {
            action,
            object,
            detail,
        });
        self.mode == Mode::Apply
    }
}

/// `name found → wanted`, when they differ.
pub(super) fn differing<T: fmt::Display + PartialEq>(
    name: (&str, &str),
    found: &T,
    wanted: &T,
) -> Option<Words> {
    let line = |name: &str| format!("{name} {found} → {wanted}");
    (found != wanted).then(|| Words::new(line(name.0), line(name.1)))
}

/// All of them in one; `None` when there is none.
pub(super) fn together(all: impl IntoIterator<Item = Option<Words>>) -> Option<Words> {
    let all: Vec<_> = all.into_iter().flatten().collect();
    if all.is_empty() {
        return None;
    }
    let joined = |word: fn(&Words) -> &str, between: &str| {
        let words: Vec<_> = all.iter().map(word).collect();
        words.join(between)
    };
    Some(Words::new(
        joined(|words| &words.ja, "、"),
        joined(|words| &words.en, ", "),
    ))
}
