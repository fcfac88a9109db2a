//! How many applications there were, and what became of them.

use crate::application::Code;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Volume {
    pub submitted: u32,
    /// Of these: not closed yet.
    pub open: u32,
    /// 完了・一部完了
    pub completed: u32,
    /// 却下
    pub rejected: u32,
    /// 実行失敗・取下げ・期限切れ・強制終了
    pub otherwise: u32,
}

impl Volume {
    pub(super) fn add(&mut self, code: Code) {
        self.submitted += 1;
        let part = match code {
            Code::CO | Code::PC => &mut self.completed,
            Code::RJ => &mut self.rejected,
            closed if closed.is_closed() => &mut self.otherwise,
            _ => &mut self.open,
        };
        *part += 1;
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            submitted: self.submitted + other.submitted,
            open: self.open + other.open,
            completed: self.completed + other.completed,
            rejected: self.rejected + other.rejected,
            otherwise: self.otherwise + other.otherwise,
        }
    }
}
