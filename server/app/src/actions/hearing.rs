//! Whether a genuine answer counts. Pure.

use jiff::Timestamp;
use workflow::Hash;

use super::{Answer, Dispatch};

/// What becomes of an answer.
#[derive(Debug, PartialEq)]
pub(crate) enum Heard {
    /// The call, with the answer.
    Now(Box<Dispatch>),
    /// It counted before.
    Before,
}

/// Why an answer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misplaced {
    /// Its id was that of an answer which said something else.
    IdReused,
    /// It answers another message.
    AnotherMessage,
    /// The call was answered.
    Answered,
    /// It came after its time.
    TooLate,
    /// Nobody waits for an answer: the step is done, passed over, or not begun.
    NotAwaited,
}

impl Misplaced {
    /// Stable, in English.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::IdReused => "webhookIdReused",
            Self::AnotherMessage => "anotherMessage",
            Self::Answered => "answeredBefore",
            Self::TooLate => "afterDeadline",
            Self::NotAwaited => "notAwaited",
        }
    }
}

/// `told`: id and content of the message, and what it answers; `is_awaited`: whether the application is at this step.
pub(crate) fn hear(
    dispatch: &Dispatch,
    (id, content): (&str, Hash),
    (message, answer): (&str, Answer),
    (is_awaited, now): (bool, Timestamp),
) -> Result<Heard, Misplaced> {
    match dispatch.heard.get(id) {
        Some(before) if *before == content => return Ok(Heard::Before),
        Some(_) => return Err(Misplaced::IdReused),
        None => {}
    }
    if message != dispatch.id() {
        return Err(Misplaced::AnotherMessage);
    }
    if dispatch.answer.is_some() {
        return Err(Misplaced::Answered);
    }
    if dispatch.due.is_some_and(|due| now >= due) {
        return Err(Misplaced::TooLate);
    }
    if !is_awaited || !dispatch.waits || dispatch.due.is_none() {
        return Err(Misplaced::NotAwaited);
    }
    let mut dispatch = dispatch.clone();
    dispatch.answer = Some(answer);
    dispatch.heard.insert(id.to_owned(), content);
    Ok(Heard::Now(Box::new(dispatch)))
}

#[cfg(test)]
mod tests {
    use store::ApplicationId;
    use workflow::PlanStepId;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn sent() -> Dispatch {
        Dispatch {
            application: ApplicationId::new("a"),
            step: PlanStepId::new("call:x"),
            destination: "d".to_owned(),
            message: "a_x".to_owned(),
            attempt: 2,
            begun: at(0),
            waits: true,
            taken: true,
            due: Some(at(100)),
            answer: None,
            heard: std::collections::BTreeMap::new(),
        }
    }

    fn failed(reason: &str) -> Answer {
        let reason = reason.to_owned();
        Answer::Failed { reason }
    }

    fn heard(dispatch: &Dispatch, id: &str, message: &str, now: i64) -> Result<Heard, Misplaced> {
        let content = Hash::of(message.as_bytes());
        hear(dispatch, (id, content), (message, failed("x")), (true, at(now)))
    }

    #[test]
    fn r24_an_answer_counts_once_however_often_it_comes() {
        let Ok(Heard::Now(answered)) = heard(&sent(), "r1", "a_x_2", 50) else {
            panic!("it does not count")
        };
        assert_eq!(answered.answer, Some(failed("x")));
        assert_eq!(heard(&answered, "r1", "a_x_2", 50), Ok(Heard::Before));
        assert_eq!(heard(&answered, "r1", "a_x_2", 500), Ok(Heard::Before));
        assert_eq!(heard(&answered, "r1", "a_x_3", 50), Err(Misplaced::IdReused));
        assert_eq!(heard(&answered, "r2", "a_x_2", 50), Err(Misplaced::Answered));
        // Also when the step was begun anew meanwhile.
        assert_eq!(heard(&answered.anew(), "r1", "a_x_2", 50), Ok(Heard::Before));
    }

    #[test]
    fn r24_an_answer_to_something_else_or_out_of_time_does_not_count() {
        for message in ["a_x_1", "a_x_3", "a_y_2", ""] {
            assert_eq!(heard(&sent(), "r1", message, 50), Err(Misplaced::AnotherMessage));
        }
        assert_eq!(heard(&sent(), "r1", "a_x_2", 100), Err(Misplaced::TooLate));
        let content = Hash::of(b"");
        let elsewhere = hear(&sent(), ("r1", content), ("a_x_2", failed("x")), (false, at(50)));
        assert_eq!(elsewhere, Err(Misplaced::NotAwaited));
        let unasked = Dispatch {
            waits: false,
            ..sent()
        };
        assert_eq!(heard(&unasked, "r1", "a_x_2", 50), Err(Misplaced::NotAwaited));
        let unsent = Dispatch { due: None, ..sent() };
        assert_eq!(heard(&unsent, "r1", "a_x_2", 50), Err(Misplaced::NotAwaited));
    }
}
