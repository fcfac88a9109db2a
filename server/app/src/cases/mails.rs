//! Which event tells whom what.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Code, Issue};
use workflow::application::Verdict;
use workflow::journal::Line;
use workflow::judge::Reason;
use workflow::{Application, Definition, Event, PersonId, State, StepKey};

use super::follow_ups::Scene;
use super::{administered, beside, deadlines, recorded};
use crate::config::Language;
use crate::jobs::MailWish;
use crate::mail::{Facts, Kind};
use crate::publish::{comment, moment};
use crate::service::Service;
use crate::{issue_words, reason_words};

/// One mail to some people.
pub(super) struct Letter {
    kind: Kind,
    to: BTreeSet<PersonId>,
    by: Option<PersonId>,
    pub(super) facts: Facts,
}

impl Letter {
    pub(super) fn new(kind: Kind, to: impl IntoIterator<Item = PersonId>) -> Self {
        Self {
            kind,
            to: to.into_iter().collect(),
            by: None,
            facts: Facts::default(),
        }
    }

    pub(super) fn by(mut self, by: &PersonId, comment: &str) -> Self {
        self.by = Some(by.clone());
        comment.clone_into(&mut self.facts.comment);
        self
    }
}

/// The mails of a decision that was taken in another life of the database.
pub(crate) fn letters(
    service: &Service,
    definition: &Definition,
    (before, after): (Option<&Application>, &Application),
    decision: &[Line],
    administrators: &[PersonId],
) -> Vec<MailWish> {
    let Some(first) = decision.first() else {
        return Vec::new();
    };
    let events: Vec<Event> = decision.iter().map(|line| line.event.clone()).collect();
    mails(&Scene {
        before,
        after,
        events: &events,
        first_seq: i64::try_from(first.seq).unwrap_or(i64::MAX),
        at: first.at,
        via: first.via,
        definition,
        administrators,
        mail: &service.config.mail,
        language: service.config.mail.language,
    })
}

/// All mails of a decision, each in both languages; the same decision always gives the same keys.
pub(super) fn mails(scene: &Scene) -> Vec<MailWish> {
    let other = Scene {
        language: scene.language.other(),
        ..*scene
    };
    let translated = told(&other).into_iter().map(|wish| (wish.key, wish.facts));
    let mut translated: BTreeMap<String, Facts> = translated.collect();
    let mut wishes = told(scene);
    for wish in &mut wishes {
        let other = translated.remove(&wish.key);
        wish.translated = other.filter(|facts| *facts != wish.facts);
    }
    wishes
}

/// The same in the language of the scene.
fn told(scene: &Scene) -> Vec<MailWish> {
    let numbered = scene.events.iter().zip(scene.first_seq..);
    let wishes = numbered.flat_map(|(event, seq)| {
        let letters = administered::letters(scene, event).or_else(|| beside::letters(scene, event));
        let letters = letters.unwrap_or_else(|| of_event(scene, event)).into_iter();
        let letters = letters.chain(recorded::letter(scene, event));
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
        translated: None,
    };
    letter.to.iter().map(wish).collect()
}

fn of_event(scene: &Scene, event: &Event) -> Vec<Letter> {
    let applicant = || [scene.after.applicant.clone()];
    match event {
        // He was told of the end, and is told when it is done.
        Event::Accepted { .. } if scene.after.source.is_end() => Vec::new(),
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
            let mut letter = Letter::new(Kind::SentBack, writers(scene));
            letter.facts.issues = issue_words::lines(issues, &scene.definition.form, scene.language);
            let unroutable = issues.iter().find(|issue| issue.code == Code::NoApprover);
            let unroutable = unroutable.map(|issue| attention(scene, cause(issue, scene.language)));
            [letter].into_iter().chain(unroutable).collect()
        }
        Event::SentBack { by, comment, .. } => {
            vec![Letter::new(Kind::SentBack, writers(scene)).by(by, comment)]
        }
        Event::Rejected {} => vec![rejected(scene)],
        Event::Withdrawn { .. } => {
            let waiting = scene.before.map(pending).unwrap_or_default();
            vec![Letter::new(
                Kind::Withdrawn,
                waiting.into_iter().chain(applicant()),
            )]
        }
        Event::Completed {} if scene.after.source.is_end() => vec![Letter::new(Kind::Expired, applicant())],
        Event::Completed {} => vec![Letter::new(Kind::Completed, applicant())],
        Event::DeletionsHeld { .. } => {
            let why = comment(event, scene.language).unwrap_or_default();
            vec![attention(scene, why)]
        }
        Event::Parked { why } => vec![attention(scene, reason_words::sentence(why, scene.language))],
        Event::NotCounted { by, reason } => {
            let altered = is_altering(reason).then(|| tampered(scene, by));
            [not_counted(scene, by, reason)]
                .into_iter()
                .chain(altered)
                .collect()
        }
        Event::Represented { .. } => vec![newcomers(scene)],
        event => deadlines::letters(scene, event),
    }
}

/// Whoever can mend the form: the row is the drafter's, where somebody else typed it.
fn writers(scene: &Scene) -> Vec<PersonId> {
    let drafter = scene.after.drafter.iter();
    drafter.chain([&scene.after.applicant]).cloned().collect()
}

/// To all administrators: something waits for them.
pub(super) fn attention(scene: &Scene, reason: String) -> Letter {
    let mut letter = Letter::new(Kind::Attention, scene.administrators.iter().cloned());
    letter.facts.reason = reason;
    letter
}

/// Why nobody can be asked, and how that is mended.
fn cause(issue: &Issue, language: Language) -> String {
    let cause = issue.args.get("cause");
    issue_words::fill(&reason_words::sentence(cause, language), issue)
}

/// Why what he wrote decides nothing, and whether he is still waited for.
fn not_counted(scene: &Scene, by: &PersonId, reason: &str) -> Letter {
    let mut letter = Letter::new(Kind::NotCounted, [by.clone()]);
    letter.facts.reason = reason_words::sentence(reason, scene.language);
    letter.facts.retry = pending(scene.after).contains(by);
    letter
}

fn is_altering(reason: &str) -> bool {
    serde_json::to_value(Reason::SealedAltered).is_ok_and(|code| code == reason)
}

/// To all administrators: somebody altered what only we may write. He himself is told that it does not count.
fn tampered(scene: &Scene, by: &PersonId) -> Letter {
    let letter = Letter::new(Kind::Tampered, scene.administrators.iter().cloned());
    let mut letter = at_step(scene, letter).by(by, "");
    letter.facts.at = moment(scene.at);
    let channel = scene.via.map(|via| recorded::channel(via, scene.language));
    letter.facts.channel = channel.unwrap_or_default();
    letter
}

/// To those who were not asked before.
pub(super) fn newcomers(scene: &Scene) -> Letter {
    let before = scene.before.map(pending).unwrap_or_default();
    let new = pending(scene.after)
        .into_iter()
        .filter(|person| !before.contains(person));
    at_step(scene, Letter::new(Kind::Decide, new))
}

/// To everyone who is asked now.
pub(super) fn asked(scene: &Scene, kind: Kind) -> Letter {
    at_step(scene, Letter::new(kind, pending(scene.after)))
}

pub(super) fn at_step(scene: &Scene, mut letter: Letter) -> Letter {
    letter.facts.step = step(scene, scene.after);
    letter
}

/// Title of the step that is asked.
pub(super) fn step(scene: &Scene, application: &Application) -> String {
    let asked = application.asking();
    asked.map_or_else(String::new, |asking| title(scene, &asking.step))
}

/// What a step is called.
pub(super) fn title(scene: &Scene, step: &StepKey) -> String {
    let step = scene.definition.step(step);
    step.map_or_else(String::new, |step| {
        step.title.in_language(scene.language.into()).to_owned()
    })
}

/// Who may decide now: those who are asked, and their deputies.
pub(super) fn pending(application: &Application) -> BTreeSet<PersonId> {
    match &application.state {
        State::InApproval(_) => application.deciders().into_iter().cloned().collect(),
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
