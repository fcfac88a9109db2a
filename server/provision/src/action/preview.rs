//! Calls of other systems in words: who is told what.

use forms::Label;

use super::{ActionStep, Call};
use crate::preview::Words;

/// What is sent with every call, whatever the definition says.
const ALWAYS: (&str, &str) = (
    "申請番号、申請者、承認者",
    "number, applicant and approvers of the application",
);

/// Who is told, and each thing that he is told.
pub(crate) fn step(words: &Words, step: &ActionStep) -> Vec<String> {
    let call = step.call();
    match step {
        ActionStep::Call(_) => {
            let mut lines = vec![whom(
                words,
                ("他システムへの依頼", "Request to another system"),
                call,
            )];
            lines.extend(call.sent.iter().map(|sent| {
                let what = words.say("送信する項目", "Sent");
                format!("{what} {}: {}", words.of(&sent.label), words.of(&sent.shown))
            }));
            let what = words.say("送信する項目", "Sent");
            lines.push(format!("{what}: {}", words.say(ALWAYS.0, ALWAYS.1)));
            lines.extend(call.answer_within.as_ref().map(|within| waits(words, within)));
            lines
        }
        ActionStep::UndoCall(_) => {
            let what = ("他システムへの取消しの依頼", "Another system is asked to undo");
            vec![whom(words, what, call)]
        }
    }
}

fn whom(words: &Words, (ja, en): (&str, &str), call: &Call) -> String {
    let (open, close) = (words.say("「", " \""), words.say("」", "\""));
    let what = format!("{}{open}{}{close}", words.say(ja, en), words.of(&call.title));
    let to = format!("{} ({})", call.destination, call.host);
    words.added(&what, &to)
}

fn waits(words: &Words, within: &Label) -> String {
    let what = words.say("相手の回答を待つ期間", "Its answer is waited for");
    format!("{what}: {}", words.of(within))
}
