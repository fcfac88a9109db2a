//! An act as it stands in a row of the inbox.

use forms::Values;
use serde_json::{Map, Value};

use crate::ids::{PersonId, PlanStepId, StepKey};
use crate::judge::act::{Act, ActRefusal, Administration, NewPeople};
use crate::judge::column;
use crate::judge::version::{Editor, Version};
use crate::sealed::StepToken;

/// The application's number and what is asked of it. Only version 1.0 counts, whatever was written later.
pub fn judge_act(versions: &[Version], author: &PersonId) -> Result<(String, Act), ActRefusal> {
    let first = versions.iter().find(|version| version.label == "1.0");
    let first = first.ok_or(ActRefusal::FirstVersionMissing)?;
    if first.editor != Editor::Person(author.clone()) {
        return Err(ActRefusal::NotAuthor);
    }
    let number = first.text(column::NUMBER).ok_or(ActRefusal::NumberMissing)?;
    Ok((number.to_owned(), act(first)?))
}

fn act(first: &Version) -> Result<Act, ActRefusal> {
    let asked = Asked { first };
    let comment = asked.text(column::COMMENT);
    Ok(match first.text(column::ACTION) {
        Some("再申請") => Act::Resubmit { form: asked.form()? },
        Some("引戻し") => Act::PullBack,
        Some("取下げ") => Act::Withdraw { comment },
        Some("判断") => Act::Decide {
            token: asked.token()?,
            choice: first.choice().ok_or(ActRefusal::UnknownChoice)?,
            comment,
        },
        Some("判断の引戻し") => Act::TakeBack,
        Some("振替") => Act::Reassign {
            from: asked.text(column::ACT_FOR),
            to: asked.text(column::ACT_TO).ok_or(ActRefusal::PersonMissing)?,
            reason: asked.reason(),
        },
        Some("引上げ承認") => Act::PullUp {
            token: asked.token()?,
            comment,
        },
        Some("確認") => Act::Acknowledge {
            step: asked.step(),
            comment,
        },
        Some("異議") => Act::Object {
            step: asked.step(),
            comment: asked.reason(),
        },
        Some("作業完了") => Act::FinishWork {
            token: asked.token()?,
            result: asked.reason(),
        },
        Some("作業不可") => Act::DeclineWork {
            token: asked.token()?,
            reason: asked.reason(),
        },
        Some("修正") => Act::Edit {
            token: asked.token()?,
            changes: asked.changes()?,
            comment,
        },
        _ => Act::Administer {
            what: asked.administration()?,
        },
    })
}

/// The columns of an act's row.
struct Asked<'a> {
    first: &'a Version,
}

impl Asked<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.first.text(name).map(str::to_owned)
    }

    fn reason(&self) -> String {
        self.text(column::COMMENT).unwrap_or_default()
    }

    fn token(&self) -> Result<StepToken, ActRefusal> {
        let token = self.first.text(column::STEP_TOKEN);
        StepToken::parse(token.unwrap_or_default()).map_err(|_| ActRefusal::TokenMissing)
    }

    fn step(&self) -> Option<StepKey> {
        self.text(column::ACT_STEP).map(StepKey::new)
    }

    fn form(&self) -> Result<Values, ActRefusal> {
        let payload = self.first.text(column::PAYLOAD).unwrap_or_default();
        Values::parse(payload).map_err(|_| ActRefusal::FormUnreadable)
    }

    fn changes(&self) -> Result<Map<String, Value>, ActRefusal> {
        let payload = self.first.text(column::PAYLOAD).unwrap_or_default();
        serde_json::from_str(payload).map_err(|_| ActRefusal::ChangesUnreadable)
    }

    fn administration(&self) -> Result<Administration, ActRefusal> {
        let reason = self.reason();
        let step = || self.text(column::ACT_STEP).ok_or(ActRefusal::StepMissing);
        Ok(match self.first.text(column::ACTION) {
            Some("解除") => Administration::Release,
            Some("強制終了") => Administration::Cancel { reason },
            Some("経路変更") => Administration::ChangeRoute {
                to: self.new_people()?,
                reason,
            },
            Some("異議対応") => Administration::SettleObjection {
                step: StepKey::new(step()?),
                person: self.text(column::ACT_FOR).ok_or(ActRefusal::PersonMissing)?,
                reason,
            },
            Some("再実行") => Administration::Retry,
            Some("飛ばす") => Administration::Skip {
                step: PlanStepId::new(step()?),
                reason,
            },
            Some("補償") => Administration::Compensate { reason },
            Some("受入") => Administration::Accept { reason },
            Some("削除許可") => Administration::AllowDeletions { reason },
            _ => return Err(ActRefusal::UnknownAction),
        })
    }

    /// Several people are parted by commas, semicolons or spaces.
    fn new_people(&self) -> Result<Option<NewPeople>, ActRefusal> {
        let Some(step) = self.step() else {
            return Ok(None);
        };
        let named = self.text(column::ACT_TO).unwrap_or_default();
        let parts = named.split(|c: char| c.is_whitespace() || ",;、".contains(c));
        let people: Vec<_> = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
        if people.is_empty() {
            return Err(ActRefusal::PersonMissing);
        }
        Ok(Some(NewPeople { step, people }))
    }
}
