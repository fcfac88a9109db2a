//! What setup does or would do, in words for the admin.

use std::fmt;

use crate::config::Language;

/// One difference between the site and the manifests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub action: Action,
    /// The object, e.g. `Lists/PFInbox: PFStatus`.
    pub object: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    CreateLevel,
    ChangeLevel,
    CreateList,
    ConfigureList,
    BreakInheritance,
    CreateColumn,
    IndexColumn,
    RenameColumn,
    CreateView,
    Assign,
    Unassign,
    PublishDefinition,
    Subscribe,
    RenewSubscription,
}

impl Action {
    fn words(self, language: Language) -> &'static str {
        let (ja, en) = match self {
            Self::CreateLevel => ("権限レベルを作成", "create permission level"),
            Self::ChangeLevel => ("権限レベルを修正", "correct permission level"),
            Self::CreateList => ("リストを作成", "create list"),
            Self::ConfigureList => ("リストの設定を修正", "correct list settings"),
            Self::BreakInheritance => ("リストの権限の継承を中止", "stop inheriting permissions on list"),
            Self::CreateColumn => ("列を作成", "create column"),
            Self::IndexColumn => (
                "列の索引・一意の設定を修正",
                "correct index or uniqueness of column",
            ),
            Self::RenameColumn => ("列の表示名を修正", "correct column title"),
            Self::CreateView => ("ビューを作成", "create view"),
            Self::Assign => ("権限を付与", "grant"),
            Self::Unassign => ("権限を削除", "take away"),
            Self::PublishDefinition => ("定義を公開", "publish definition"),
            Self::Subscribe => ("Webhook を登録", "create webhook"),
            Self::RenewSubscription => ("Webhook の期限を延長", "renew webhook"),
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
        format!("{}: {}", self.action.words(language), self.object)
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
        self.made.push(Change {
            action,
            object: object.into(),
        });
        self.mode == Mode::Apply
    }
}
