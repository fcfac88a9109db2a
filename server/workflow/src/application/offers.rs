//! What a person may do now: every act that the machine would take from him, found by asking the machine itself.

use forms::Values;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::application::{
    Application, Authority, Channel, Choice, Command, Marks, NoticeKind, SendBackTo, State, Terms, decide,
};
use crate::ids::{PersonId, StepKey};
use crate::sealed::{SealedFile, StepToken};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Offer {
    /// 承認
    Approve,
    /// 承認終了
    Finish,
    /// 差戻し
    SendBack,
    /// 却下
    Reject,
    /// 保留
    Hold,
    /// 確認 without deciding
    Confirm,
    /// 解除 by the holder
    Release,
    /// 修正
    Edit,
    /// 振替 of his own part
    Reassign,
    /// 引上げ承認
    PullUp,
    /// 確認・後閲
    Acknowledge,
    /// 異議
    Object,
    /// 作業完了
    FinishWork,
    /// 作業不可
    DeclineWork,
    /// 判断の引戻し
    TakeBack,
    /// 再申請
    Resubmit,
    /// 引戻し
    PullBack,
    /// 取下げ
    Withdraw,
}

/// Something that waits for a person to look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub step: StepKey,
    pub kind: NoticeKind,
    pub due: Option<Timestamp>,
}

const SAID: &str = "-";

/// In the order in which they are offered.
pub fn offers(application: &Application, terms: Terms, now: Timestamp, person: &PersonId) -> Vec<Offer> {
    let asker = Asker { application, person };
    let candidates = asker.of_step().into_iter().chain(asker.beside());
    let taken = candidates.filter(|(_, command)| {
        let decided = decide(Some(application), command.clone(), terms, now);
        decided.is_ok()
    });
    let mut offers: Vec<Offer> = taken.map(|(offer, _)| offer).collect();
    if asker.may_edit(terms) {
        offers.push(Offer::Edit);
    }
    offers.sort();
    offers
}

/// What waits for a person to look at it, oldest first.
pub fn shown(application: &Application, person: &PersonId) -> Vec<Shown> {
    let is_his =
        |one: &PersonId| one == person || application.deputies_of(one).any(|deputy| deputy == person);
    let open = application
        .notices
        .iter()
        .filter(|notice| notice.open().any(is_his));
    open.map(|notice| Shown {
        step: notice.step.clone(),
        kind: notice.kind,
        due: notice.due,
    })
    .collect()
}

struct Asker<'a> {
    application: &'a Application,
    person: &'a PersonId,
}

impl Asker<'_> {
    fn by(&self) -> PersonId {
        self.person.clone()
    }

    fn of_step(&self) -> Vec<(Offer, Command)> {
        let Some(token) = token(&self.application.state) else {
            return Vec::new();
        };
        let to_applicant = Choice::SendBack(SendBackTo::Applicant {});
        let seen = if self
            .application
            .review()
            .is_some_and(|review| review.held_by.is_some())
        {
            Offer::Release
        } else {
            Offer::Confirm
        };
        let choices = [
            (Offer::Approve, Choice::Approve),
            (Offer::Finish, Choice::Finish),
            (Offer::SendBack, to_applicant),
            (Offer::Reject, Choice::Reject),
            (Offer::Hold, Choice::Hold),
            (seen, Choice::Confirm),
        ];
        let decide = choices.map(|(offer, choice)| (offer, self.decision(token, choice)));
        let work = Command::FinishWork {
            by: self.by(),
            token,
            result: SAID.to_owned(),
            // A file can still be added.
            proof: vec![SealedFile::named(SAID)],
            marks: marks(),
        };
        let declined = Command::DeclineWork {
            by: self.by(),
            token,
            reason: SAID.to_owned(),
            marks: marks(),
        };
        let ahead = Command::PullUp {
            by: self.by(),
            token,
            comment: None,
            marks: marks(),
        };
        decide
            .into_iter()
            .chain([
                (Offer::PullUp, ahead),
                (Offer::FinishWork, work),
                (Offer::DeclineWork, declined),
            ])
            .collect()
    }

    fn decision(&self, token: StepToken, choice: Choice) -> Command {
        Command::Decide {
            by: self.by(),
            token,
            choice,
            comment: Some(SAID.to_owned()),
            marks: marks(),
        }
    }

    fn beside(&self) -> [(Offer, Command); 7] {
        let (by, said) = (|| self.by(), || SAID.to_owned());
        let seen = Command::Acknowledge {
            by: by(),
            step: None,
            comment: None,
            marks: marks(),
        };
        let objection = Command::Object {
            by: by(),
            step: None,
            comment: said(),
            marks: marks(),
        };
        let hand_over = Command::Reassign {
            by: by(),
            authority: Authority::Assignee,
            from: by(),
            to: PersonId::new(SAID),
            reason: said(),
        };
        // Whether the form is good is found out only when it is sent.
        let again = Command::Resubmit {
            by: by(),
            source: self.application.source.next(),
            values: Values::default(),
        };
        let comment = None;
        [
            (Offer::Acknowledge, seen),
            (Offer::Object, objection),
            (Offer::Reassign, hand_over),
            (Offer::TakeBack, Command::TakeBack { by: by() }),
            (Offer::Resubmit, again),
            (Offer::PullBack, Command::PullBack { by: by() }),
            (Offer::Withdraw, Command::Withdraw { by: by(), comment }),
        ]
    }

    /// What a change leads to is found out only when it is asked for.
    fn may_edit(&self, terms: Terms) -> bool {
        let State::InApproval(review) = &self.application.state else {
            return false;
        };
        let step = terms.definition.approval(&review.asking.step);
        let is_free = review.held_by.as_ref().is_none_or(|holder| holder == self.person);
        let is_asked = self.application.deciders().contains(self.person);
        is_free && is_asked && step.is_some_and(|step| !step.editable.is_empty())
    }
}

fn token(state: &State) -> Option<StepToken> {
    match state {
        State::InApproval(review) => Some(review.token),
        State::ManualWork(working) => Some(working.token),
        _ => None,
    }
}

fn marks() -> Marks {
    Marks::of(Channel::System)
}
