//! Which event tells whom what.

use std::collections::BTreeSet;

use workflow::application::Verdict;
use workflow::{Application, Event, PersonId, State};

use super::follow_ups::Scene;
use crate::jobs::MailWish;
use crate::mail::{Facts, Kind};
use crate::{issue_words, reason_words};

/// One mail to some people.
struct Letter {
    kind: Kind,
    to: BTreeSet<PersonId>,
    by: Option<PersonId>,
    facts: Facts,
}

impl Letter {
    fn new(kind: Kind, to: impl IntoIterator<Item = PersonId>) -> Self {
        Self {
            kind,
            to: to.into_iter().collect(),
            by: None,
            facts: Facts::default(),
        }
    }

    fn by(mut self, by: &PersonId, comment: &str) -> Self {
        self.by = Some(by.clone());
        comment.clone_into(&mut self.facts.comment);
        self
    }
}

/// All mails of a decision; the same decision always gives the same keys.
pub(super) fn mails(scene: &Scene) -> Vec<MailWish> {
    let numbered = scene.events.iter().zip(scene.first_seq..);
    let wishes = numbered.flat_map(|(event, seq)| {
        let letters = letters(scene, event).into_iter();
        letters.flat_map(move |letter| wishes(&scene.after.id, seq, &letter))
    });
    wishes.collect()
}

fn wishes(application: &workflow::ApplicationId, seq: i64, letter: &Letter) -> Vec<MailWish> {
    let wish = |to: &PersonId| MailWish {
        key: format!("{application}:{}:{seq}:{to}", letter.kind.word()),
        application: store::ApplicationId::new(application.as_str()),
        to: to.clone(),
        by: letter.by.clone(),
        kind: letter.kind,
        facts: letter.facts.clone(),
    };
    letter.to.iter().map(wish).collect()
}

fn letters(scene: &Scene, event: &Event) -> Vec<Letter> {
    let applicant = || [scene.after.applicant.clone()];
    match event {
        Event::Accepted { .. } => vec![
            at_step(scene, Letter::new(Kind::Received, applicant())),
            asked(scene, Kind::Decide),
        ],
        Event::StepPassed { .. }
        | Event::SentBackToStep { .. }
        | Event::AskedAgain { .. }
        | Event::Resumed {} => {
            vec![asked(scene, Kind::Decide)]
        }
        Event::PlanChanged { .. } => vec![asked(scene, Kind::PlanChanged)],
        Event::Returned { issues } => {
            let mut letter = Letter::new(Kind::SentBack, applicant());
            letter.facts.issues = issue_words::lines(issues, &scene.definition.form, scene.language);
            vec![letter]
        }
        Event::SentBack { by, comment } => vec![Letter::new(Kind::SentBack, applicant()).by(by, comment)],
        Event::Rejected {} => vec![rejected(scene)],
        Event::Withdrawn { .. } => {
            let waiting = scene.before.map(pending).unwrap_or_default();
            vec![Letter::new(
                Kind::Withdrawn,
                waiting.into_iter().chain(applicant()),
            )]
        }
        Event::Completed {} | Event::AcceptedAsIs { .. } => vec![Letter::new(Kind::Completed, applicant())],
        Event::Parked { why } => {
            let mut letter = Letter::new(Kind::Attention, scene.administrators.iter().cloned());
            letter.facts.reason = reason_words::sentence(why, scene.language);
            vec![letter]
        }
        _ => Vec::new(),
    }
}

/// To everyone who is asked now.
fn asked(scene: &Scene, kind: Kind) -> Letter {
    at_step(scene, Letter::new(kind, pending(scene.after)))
}

fn at_step(scene: &Scene, mut letter: Letter) -> Letter {
    if let State::InApproval(review) = &scene.after.state {
        let step = scene.definition.approval(&review.asking.step);
        letter.facts.step = step.map_or_else(String::new, |step| {
            step.title.in_language(scene.language.into()).to_owned()
        });
    }
    letter
}

fn pending(application: &Application) -> BTreeSet<PersonId> {
    match &application.state {
        State::InApproval(review) => review.asking.pending().cloned().collect(),
        _ => BTreeSet::new(),
    }
}

/// Names the one whose vote ended it.
fn rejected(scene: &Scene) -> Letter {
    let letter = Letter::new(Kind::Rejected, [scene.after.applicant.clone()]);
    let last = scene.events.iter().find_map(|event| match event {
        Event::Decided {
            by,
            verdict: Verdict::Reject,
            comment,
            ..
        } => Some((by, comment.as_deref().unwrap_or_default())),
        _ => None,
    });
    match last {
        Some((by, comment)) => letter.by(by, comment),
        None => letter,
    }
}
