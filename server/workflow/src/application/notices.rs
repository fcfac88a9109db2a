//! 確認・後閲・異議: what people say to what they are shown.

use crate::application::desk::{Decided, Desk, reasoned};
use crate::application::{Command, Event, Marks, Notice, NoticeKind, Refusal, RefusalCode};
use crate::ids::{PersonId, StepKey};

impl Desk<'_> {
    pub(super) fn notices(&self, command: Command) -> Decided {
        match command {
            Command::Acknowledge {
                by,
                step,
                comment,
                marks,
            } => self.acknowledge(by, step.as_ref(), comment, &marks),
            Command::Object {
                by,
                step,
                comment,
                marks,
            } => self.object(by, step.as_ref(), comment, &marks),
            Command::SettleObjection {
                by,
                step,
                person,
                reason,
            } => self.settle_objection(by, step, person, reason),
            Command::RemindOfNotice { step } => {
                let late = self
                    .application
                    .late_notices(self.now)
                    .any(|notice| notice.step == step);
                if !late {
                    return Err(RefusalCode::NotDue.into());
                }
                Ok(vec![Event::NoticeLate { step }])
            }
            _ => Err(Refusal::not_now(self.application.code())),
        }
    }

    fn acknowledge(
        &self,
        by: PersonId,
        step: Option<&StepKey>,
        comment: Option<String>,
        marks: &Marks,
    ) -> Decided {
        let (notice, person) = self.shown((step, None), &by, marks)?;
        Ok(vec![Event::Acknowledged {
            on_behalf_of: (person != by).then_some(person),
            by,
            step: notice.step.clone(),
            comment,
            channel: Some(marks.channel),
        }])
    }

    fn object(&self, by: PersonId, step: Option<&StepKey>, comment: String, marks: &Marks) -> Decided {
        let kind = step.is_none().then_some(NoticeKind::PostReview);
        let (notice, person) = self.shown((step, kind), &by, marks)?;
        if notice.kind != NoticeKind::PostReview {
            return Err(RefusalCode::NotAllowed.into());
        }
        if comment.trim().is_empty() {
            return Err(RefusalCode::CommentMissing.into());
        }
        Ok(vec![Event::Objected {
            on_behalf_of: (person != by).then_some(person),
            by,
            step: notice.step.clone(),
            comment,
            channel: Some(marks.channel),
        }])
    }

    fn settle_objection(&self, by: PersonId, step: StepKey, person: PersonId, reason: String) -> Decided {
        reasoned(&reason)?;
        let mut notices = self
            .application
            .notices
            .iter()
            .filter(|notice| notice.step == step);
        if !notices.any(|notice| notice.objections().any(|objector| *objector == person)) {
            return Err(RefusalCode::NoSuchItem.into());
        }
        Ok(vec![Event::ObjectionSettled {
            by,
            step,
            person,
            reason,
        }])
    }

    /// The open notice of a person, or of somebody whose deputy he is.
    fn shown(
        &self,
        (step, kind): (Option<&StepKey>, Option<NoticeKind>),
        by: &PersonId,
        marks: &Marks,
    ) -> Result<(&Notice, PersonId), Refusal> {
        let fits = |person: &&PersonId| {
            let is_meant = marks.on_behalf_of.as_ref().is_none_or(|meant| meant == *person);
            is_meant && self.may_act_for(person, by)
        };
        let notices = self.application.notices.iter().rev();
        let mut open = notices
            .filter(|notice| step.is_none_or(|step| notice.step == *step))
            .filter(|notice| kind.is_none_or(|kind| notice.kind == kind))
            .filter_map(|notice| Some((notice, notice.open().find(fits)?.clone())));
        open.next().ok_or_else(|| RefusalCode::NoSuchItem.into())
    }
}
