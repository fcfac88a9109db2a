//! The journal in words, newest line last.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use m365::standard_webhook::plain;
use workflow::application::{Actor, RowEnd, RowEnded, TooManyDeletions};
use workflow::journal::Line;
use workflow::{Event, PersonId};

use super::event_words::words;
use crate::actions::values_in_words;
use crate::config::Language;
use crate::reason_words;

/// Names of people at the time of writing.
pub(super) type Names = BTreeMap<PersonId, String>;

/// The list column shows the newest lines; all of them stand in the history list.
const SHOWN: usize = 40;

/// One line for each event: when (in Japan), who, what, and what he said.
pub(super) fn history(lines: &[Line], names: &Names, language: Language) -> String {
    let told = |line: &&Line| !is_begun(&line.event);
    let lines: Vec<_> = lines.iter().filter(told).collect();
    let from = lines.len().saturating_sub(SHOWN);
    lines[from..]
        .iter()
        .map(|line| one(line, names, language))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Of what begins, only the end is news.
pub(crate) fn is_begun(event: &Event) -> bool {
    matches!(event, Event::StepBegun { .. } | Event::RowsBegun { .. })
}

fn one(line: &Line, names: &Names, language: Language) -> String {
    let at = moment(line.at);
    let what = words(&line.event, language);
    let comment = comment(&line.event, language).map(|comment| format!(" 「{}」", on_one_line(&comment)));
    let comment = comment.unwrap_or_default();
    match &line.actor {
        Actor::Person(person) => {
            let name = |person: &PersonId| names.get(person).cloned().unwrap_or_else(|| person.to_string());
            let behalf = match (line.event.on_behalf_of().map(name), language) {
                (Some(of), Language::Ja) => format!("({of} さんの代理)"),
                (Some(of), Language::En) => format!(" (on behalf of {of})"),
                (None, _) => String::new(),
            };
            format!("{at} {}{behalf}: {what}{comment}", name(person))
        }
        Actor::Service => format!("{at} {what}{comment}"),
    }
}

/// What people say never looks like a line of ours.
fn on_one_line(said: &str) -> String {
    plain(said, usize::MAX)
}

/// Date and time in Japan.
pub(crate) fn moment(at: Timestamp) -> String {
    let at = at.to_zoned(TimeZone::fixed(offset(9)));
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// What somebody said with it, or what it names.
pub(crate) fn comment(event: &Event, language: Language) -> Option<String> {
    match event {
        Event::Decided { comment, .. }
        | Event::Held { comment, .. }
        | Event::Confirmed { comment, .. }
        | Event::PulledUp { comment, .. }
        | Event::Edited { comment, .. }
        | Event::Acknowledged { comment, .. }
        | Event::Withdrawn { comment, .. } => comment.clone(),
        Event::SentBack { comment, .. }
        | Event::SentBackToStep { comment, .. }
        | Event::Objected { comment, .. } => Some(comment.clone()),
        Event::DeletionsAllowed { reason, .. }
        | Event::StepSkipped { reason, .. }
        | Event::AcceptedAsIs { reason, .. }
        | Event::Reassigned { reason, .. }
        | Event::RouteChanged { reason, .. }
        | Event::Cancelled { reason, .. }
        | Event::Halted { reason, .. }
        | Event::WorkDeclined { reason, .. }
        | Event::CompensationStarted { reason, .. }
        | Event::ObjectionSettled { reason, .. } => Some(reason.clone()),
        Event::WorkDone { result, .. } => Some(result.clone()),
        Event::StepDone { receipt, .. } => values_in_words(receipt),
        Event::StepCompensated { receipt, .. } => {
            let lost = lost(receipt, language);
            (!lost.is_empty()).then(|| lost.join(" "))
        }
        Event::RowsCompensated { rows } => Some(rows_undone(rows, language)),
        Event::Numbered { number } => Some(number.clone()),
        Event::RowsEnded { rows } => Some(rows_told(rows, language)),
        Event::Scheduled { at } | Event::ExpirySet { at } => Some(moment(*at)),
        Event::ExpiryMoved { number, at, .. } => {
            Some(at.map_or_else(|| number.clone(), |at| format!("{} {number}", moment(at))))
        }
        Event::DeletionsHeld { deletions } => Some(deletions_held(deletions, language)),
        Event::Parked { why } => Some(reason_words::sentence(why, language)),
        Event::Attached { files, .. } => {
            let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
            Some(names.join(", "))
        }
        _ => None,
    }
}

/// How many that are, and how it goes on.
fn deletions_held(held: &TooManyDeletions, language: Language) -> String {
    let TooManyDeletions {
        wanted,
        before,
        most,
        hours,
    } = held;
    match language {
        Language::Ja => format!(
            "この申請は {wanted} 件を削除・停止します。直近 {hours} 時間の {before} 件と合わせて上限の {most} 件を超えるため、\
             何も実行せずに止めています。内容を確認し、続けてよければ「削除許可」、そうでなければ「強制終了」にしてください。"
        ),
        Language::En => format!(
            "This request deletes or blocks {wanted}. With the {before} of the last {hours} hours that is more than \
             the limit of {most}, so nothing of it has been done. Look at it; then allow the deletions, or cancel it."
        ),
    }
}

/// What did not come back when a step was undone.
fn lost(receipt: &serde_json::Value, language: Language) -> Vec<&str> {
    let language = match language {
        Language::Ja => "ja",
        Language::En => "en",
    };
    let lost = receipt["lost"][language].as_array();
    let lost = lost.into_iter().flatten();
    lost.filter_map(serde_json::Value::as_str).collect()
}

/// How many, and what did not come back with any of them.
fn rows_undone(rows: &[RowEnded], language: Language) -> String {
    let receipts = rows.iter().filter_map(|ended| match &ended.end {
        RowEnd::Done { receipt } => Some(receipt),
        RowEnd::Failed { .. } => None,
    });
    let lost: BTreeSet<&str> = receipts.flat_map(|receipt| lost(receipt, language)).collect();
    let told = [rows_told(rows, language)];
    let told: Vec<&str> = told.iter().map(String::as_str).chain(lost).collect();
    told.join(" ")
}

fn rows_told(rows: &[RowEnded], language: Language) -> String {
    let done = rows.iter().filter(|ended| ended.is_done()).count();
    let failed = rows.len() - done;
    match (language, failed) {
        (Language::Ja, 0) => format!("{done} 行完了"),
        (Language::Ja, _) => format!("{done} 行完了、{failed} 行失敗"),
        (Language::En, 0) => format!("{done} rows done"),
        (Language::En, _) => format!("{done} rows done, {failed} failed"),
    }
}
