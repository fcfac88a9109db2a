//! Whom it concerns when work is handed over, taken back or ended, or when an administrator lets it go on.

use std::collections::BTreeSet;

use workflow::application::WORKERS_LEFT;
use workflow::{Code, Event, PersonId};

use super::beside;
use super::follow_ups::Scene;
use super::mails::{Letter, asked, at_step, attention, pending};
use crate::config::Language;
use crate::mail::Kind;
use crate::reason_words::sentence;

/// None for other events.
pub(super) fn letters(scene: &Scene, event: &Event) -> Option<Vec<Letter>> {
    Some(match event {
        Event::Reassigned {
            by, from, to, reason, ..
        } => {
            let asked = at_step(scene, Letter::new(Kind::Decide, [to.clone()]));
            let relieved = relieved(scene, HANDED_OVER, [from.clone()], by).by(by, reason);
            vec![asked, relieved]
        }
        Event::TakenBack { by, .. } => {
            let (before, after) = (asked_before(scene), pending(scene.after));
            let again = after
                .iter()
                .filter(|person| !before.contains(person) && *person != by);
            let again = at_step(scene, Letter::new(Kind::Decide, again.cloned()));
            let over = before.difference(&after).cloned();
            vec![again, relieved(scene, TAKEN_BACK, over, by)]
        }
        Event::RouteChanged { by, reason, .. } => {
            let (before, after) = (asked_before(scene), pending(scene.after));
            let over = relieved(scene, HANDED_OVER, before.difference(&after).cloned(), by);
            let mut letters = beside::letters(scene, event).unwrap_or_default();
            letters.push(over.by(by, reason));
            letters
        }
        Event::Cancelled { by, reason, .. } => {
            let concerned = asked_before(scene)
                .into_iter()
                .chain([scene.after.applicant.clone()]);
            vec![Letter::new(Kind::Cancelled, concerned).by(by, reason)]
        }
        Event::Halted { by, reason } => stopped(scene, ENDED, (by, reason)),
        Event::WorkDeclined { by, reason, .. } => stopped(scene, DECLINED, (by, reason)),
        Event::WorkersLeft {} => vec![attention(scene, sentence(WORKERS_LEFT, scene.language))],
        Event::Released {
            by,
            on_behalf_of: None,
            ..
        } if holder(scene) != Some(by) => vec![asked(scene, Kind::Decide)],
        Event::Completed {} if scene.after.code() != Code::CO => {
            vec![Letter::new(Kind::Unfinished, [scene.after.applicant.clone()])]
        }
        Event::AcceptedAsIs { by, reason, .. } => {
            vec![Letter::new(Kind::Unfinished, [scene.after.applicant.clone()]).by(by, reason)]
        }
        _ => return None,
    })
}

type Words = (&'static str, &'static str);

const HANDED_OVER: Words = (
    "ほかの人に振り替えられました。",
    "It was handed over to somebody else.",
);
const TAKEN_BACK: Words = (
    "前のステップの判断が引き戻されました。",
    "The decision of the step before was taken back.",
);

const ENDED: Words = ("管理者が処理を止めました。", "An administrator has stopped it.");
const DECLINED: Words = (
    "ほかの作業者が「作業不可」と報告しました。",
    "Another worker has said that the work cannot be done.",
);

/// Administrators have to look, and whoever was asked for work need not do it now.
fn stopped(scene: &Scene, words: Words, (by, reason): (&PersonId, &str)) -> Vec<Letter> {
    let workers = scene.before.filter(|before| before.code() == Code::MW);
    let workers: BTreeSet<PersonId> = workers
        .map(|before| before.deciders().into_iter().cloned().collect())
        .unwrap_or_default();
    let told = relieved(scene, words, workers, by).by(by, reason);
    vec![attention(scene, reason.to_owned()), told]
}

/// Whoever is asked no more; who did it knows.
fn relieved(
    scene: &Scene,
    (ja, en): Words,
    people: impl IntoIterator<Item = PersonId>,
    by: &PersonId,
) -> Letter {
    let people = people.into_iter().filter(|person| person != by);
    let mut letter = Letter::new(Kind::NotNeeded, people).by(by, "");
    let reason = match scene.language {
        Language::Ja => ja,
        Language::En => en,
    };
    reason.clone_into(&mut letter.facts.reason);
    letter
}

fn asked_before(scene: &Scene) -> BTreeSet<PersonId> {
    scene.before.map(pending).unwrap_or_default()
}

fn holder<'a>(scene: &Scene<'a>) -> Option<&'a PersonId> {
    scene.before?.review()?.held_by.as_ref()
}
