//! Whoever decided in a list is told so: the owner of a site can write there in anybody's name, and only the person
//! himself can say that it was not he.

use workflow::journal::Place;
use workflow::{Event, PersonId};

use super::follow_ups::Scene;
use super::mails::{Letter, step};
use crate::config::Language;
use crate::mail::Kind;
use crate::publish::{comment, moment, words};

/// None: nobody decided in a list, or deciders are not told.
pub(super) fn letter(scene: &Scene, event: &Event) -> Option<Letter> {
    let via = scene.via.filter(|_| scene.mail.tell_deciders)?;
    let language = scene.language;
    let mut letter = Letter::new(Kind::Recorded, [decider(event)?.clone()]);
    words(event, language).clone_into(&mut letter.facts.decision);
    letter.facts.comment = comment(event, language).unwrap_or_default();
    letter.facts.step = scene.before.map(|before| step(scene, before)).unwrap_or_default();
    letter.facts.at = moment(scene.at);
    letter.facts.channel = channel(via, language);
    Some(letter)
}

/// Of what he does nobody else would tell him. A withdrawal is told to the applicant in any case.
fn decider(event: &Event) -> Option<&PersonId> {
    match event {
        Event::Decided { by, .. }
        | Event::Held { by, .. }
        | Event::Released { by, .. }
        | Event::Confirmed { by, .. }
        | Event::SentBack { by, .. }
        | Event::SentBackToStep { by, .. }
        | Event::TakenBack { by, .. }
        | Event::Reassigned { by, .. }
        | Event::Cancelled { by, .. }
        | Event::Halted { by, .. }
        | Event::WorkDeclined { by, .. }
        | Event::Retried { by }
        | Event::AskedAgain { by, .. }
        | Event::DeletionsAllowed { by, .. }
        | Event::StepSkipped { by, .. }
        | Event::AcceptedAsIs { by, .. }
        | Event::PulledUp { by, .. }
        | Event::Acknowledged { by, .. }
        | Event::Objected { by, .. }
        | Event::ObjectionSettled { by, .. }
        | Event::Edited { by, .. }
        | Event::RouteChanged { by, .. }
        | Event::WorkDone { by, .. }
        | Event::CompensationStarted { by, .. }
        | Event::PulledBack { by } => Some(by),
        _ => None,
    }
}

/// Where the person, or whoever wrote in his name, can be seen to have written it.
pub(super) fn channel(via: Place, language: Language) -> String {
    match (via, language) {
        (Place::Item { version, .. }, Language::Ja) => format!("申請リストの項目への記入(版 {version}.0)"),
        (Place::Item { version, .. }, Language::En) => {
            format!("an entry into the item in the list of applications (version {version}.0)")
        }
        (Place::Inbox { row, .. }, Language::Ja) => format!("受付リストの操作(行 {row})"),
        (Place::Inbox { row, .. }, Language::En) => format!("a row of the inbox (row {row})"),
        (Place::System {}, Language::Ja) => "サーバーのコマンドライン".to_owned(),
        (Place::System {}, Language::En) => "the command line of the server".to_owned(),
    }
}
