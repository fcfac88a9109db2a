//! 回覧・後閲: what people are shown beside the approval. Nothing ever waits for it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, StepKey};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// The step that sent it; of a post-review also the one that was passed over.
    pub step: StepKey,
    pub round: u32,
    pub kind: NoticeKind,
    pub items: Vec<NoticeItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// The due date has passed, and that was told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_late: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NoticeKind {
    Circulation,
    PostReview,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeItem {
    pub person: PersonId,
    pub state: NoticeState,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum NoticeState {
    /// 未確認・後閲待ち
    Open,
    /// 確認済・後閲済
    Seen {
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
    },
    /// 異議: an administrator has to look
    Objected { at: Timestamp, comment: String },
    /// An administrator has looked at the objection.
    Settled { by: PersonId },
    /// 不要: what it was about is decided anew
    Cancelled,
}

impl Notice {
    pub fn open(&self) -> impl Iterator<Item = &PersonId> {
        let open = self.items.iter().filter(|item| item.state == NoticeState::Open);
        open.map(|item| &item.person)
    }

    /// Objections that nobody has looked at.
    pub fn objections(&self) -> impl Iterator<Item = &PersonId> {
        let objected = |item: &&NoticeItem| matches!(item.state, NoticeState::Objected { .. });
        self.items.iter().filter(objected).map(|item| &item.person)
    }

    pub(super) fn turn(&mut self, person: &PersonId, into: NoticeState) -> bool {
        let open = |item: &&mut NoticeItem| item.person == *person && item.state == NoticeState::Open;
        let Some(item) = self.items.iter_mut().find(open) else {
            return false;
        };
        item.state = into;
        true
    }

    pub(super) fn settle(&mut self, person: &PersonId, by: &PersonId) -> bool {
        let objected = |item: &&mut NoticeItem| {
            item.person == *person && matches!(item.state, NoticeState::Objected { .. })
        };
        let Some(item) = self.items.iter_mut().find(objected) else {
            return false;
        };
        item.state = NoticeState::Settled { by: by.clone() };
        true
    }

    pub(super) fn cancel(&mut self) {
        for item in &mut self.items {
            if item.state == NoticeState::Open {
                item.state = NoticeState::Cancelled;
            }
        }
    }
}
