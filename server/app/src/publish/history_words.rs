//! The journal in words, newest line last.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use workflow::application::{Actor, Verdict};
use workflow::journal::Line;
use workflow::{Event, PersonId};

use crate::config::Language;
use crate::reason_words;

/// Names of people at the time of writing.
pub(super) type Names = BTreeMap<PersonId, String>;

/// The list column shows the newest lines; all of them stand in the history list.
const SHOWN: usize = 40;

/// One line for each event: when (in Japan), who, what, and what he said.
pub(super) fn history(lines: &[Line], names: &Names, language: Language) -> String {
    // Every begun step has its end, and only that is news.
    let told = |line: &&Line| !matches!(line.event, Event::StepBegun { .. });
    let lines: Vec<_> = lines.iter().filter(told).collect();
    let from = lines.len().saturating_sub(SHOWN);
    lines[from..]
        .iter()
        .map(|line| one(line, names, language))
        .collect::<Vec<_>>()
        .join("\n")
}

fn one(line: &Line, names: &Names, language: Language) -> String {
    let at = moment(line.at);
    let what = words(&line.event, language);
    let comment = comment(&line.event, language).map(|comment| format!(" 「{comment}」"));
    let comment = comment.unwrap_or_default();
    match &line.actor {
        Actor::Person(person) => {
            let name = names.get(person).map_or(person.as_str(), String::as_str);
            format!("{at} {name}: {what}{comment}")
        }
        Actor::Service => format!("{at} {what}{comment}"),
    }
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
        | Event::Withdrawn { comment, .. } => comment.clone(),
        Event::SentBack { comment, .. } | Event::SentBackToStep { comment, .. } => Some(comment.clone()),
        Event::StepSkipped { reason, .. } | Event::AcceptedAsIs { reason, .. } => Some(reason.clone()),
        Event::Parked { why } => Some(reason_words::sentence(why, language)),
        Event::Attached { files, .. } => {
            let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
            Some(names.join(", "))
        }
        _ => None,
    }
}

/// What happened.
pub(crate) fn words(event: &Event, language: Language) -> &'static str {
    let (ja, en) = match event {
        Event::Submitted { .. } => ("申請", "submitted"),
        Event::Resubmitted { .. } => ("再申請", "submitted again"),
        Event::Returned { .. } => ("入力内容の確認のため差戻し", "returned: the form needs mending"),
        Event::Accepted { .. } => ("受付", "accepted"),
        Event::Decided { verdict, .. } => match verdict {
            Verdict::Approve => ("承認", "approved"),
            Verdict::Reject => ("却下", "rejected"),
            Verdict::SendBack => ("差戻し", "sent back"),
        },
        Event::Held { .. } => ("保留", "put on hold"),
        Event::Released { .. } => ("保留を解除", "released"),
        Event::Confirmed { .. } => ("確認", "seen"),
        Event::StepPassed { .. } => ("次のステップへ", "next step"),
        Event::SentBack { .. } => ("申請者へ差戻し", "sent back to the applicant"),
        Event::SentBackToStep { .. } => ("前のステップへ差戻し", "sent back to an earlier step"),
        Event::Rejected {} => ("却下で終了", "ended: rejected"),
        Event::Approved {} => ("決裁", "fully approved"),
        Event::PulledBack { .. } => ("引戻し", "pulled back"),
        Event::Withdrawn { .. } => ("取下げ", "withdrawn"),
        Event::PlanChanged { .. } => ("変更内容が変わったため再判断", "the plan changed: asked again"),
        Event::ExecutionStarted {} => ("実行開始", "execution started"),
        Event::StepBegun { .. } => ("実行ステップ開始", "execution step begun"),
        Event::StepDone { .. } => ("実行ステップ完了", "execution step done"),
        Event::Parked { .. } => ("要確認", "needs attention"),
        Event::Attached { .. } => ("添付を受領", "files taken"),
        Event::Resumed {} => ("再開", "resumed"),
        Event::Retried { .. } => ("再実行", "retried"),
        Event::AskedAgain { .. } => ("再判断の依頼", "asked again"),
        Event::StepSkipped { .. } => ("実行ステップを省略", "execution step skipped"),
        Event::AcceptedAsIs { .. } => ("現状のまま受入", "accepted as it is"),
        Event::Completed {} => ("完了", "completed"),
        Event::NotCounted { .. } => ("記入は判断として数えない", "an entry that does not count"),
        Event::PasswordShown { .. } => ("パスワードを表示", "password shown"),
    };
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}
