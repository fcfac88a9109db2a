//! What the office was told, what it did, and in what mood it is.

use std::collections::VecDeque;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::Letter;

/// How it answers a message.
#[derive(Debug, Clone)]
pub enum Mood {
    /// Does what it is asked, and the answer is lost.
    LosesItsAnswer,
    /// Does nothing.
    Says(u16),
    /// Does nothing, and asks for so many seconds.
    Busy(u32),
    /// Does nothing, for this reason.
    Refuses(&'static str),
}

/// Something that it did, once for each id of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The id of the message that asked for it.
    pub message: String,
    /// `action.call` or `action.undo`.
    pub kind: String,
    pub data: Value,
}

#[derive(Debug, Default)]
pub struct Books {
    pub orders: Vec<Order>,
    /// Ids of all messages that were proved, as they came.
    pub messages: Vec<String>,
    /// Messages that were not.
    pub forged: usize,
    pub(super) moods: VecDeque<Mood>,
}

impl Books {
    /// None: the answer is lost.
    pub(super) fn take(&mut self, letter: Letter) -> Option<Response> {
        self.messages.push(letter.id.clone());
        match self.moods.pop_front() {
            None => {
                self.carry_out(letter);
                Some(StatusCode::ACCEPTED.into_response())
            }
            Some(Mood::LosesItsAnswer) => {
                self.carry_out(letter);
                None
            }
            Some(Mood::Says(status)) => {
                let status = StatusCode::from_u16(status).expect("a status");
                Some(status.into_response())
            }
            Some(Mood::Busy(seconds)) => {
                let after = [(header::RETRY_AFTER, seconds.to_string())];
                Some((StatusCode::TOO_MANY_REQUESTS, after).into_response())
            }
            Some(Mood::Refuses(why)) => {
                let problem = json!({ "status": 400, "detail": why }).to_string();
                Some((StatusCode::BAD_REQUEST, problem).into_response())
            }
        }
    }

    fn carry_out(&mut self, letter: Letter) {
        if self.orders.iter().any(|order| order.message == letter.id) {
            return;
        }
        let kind = letter.content["type"].as_str().unwrap_or_default().to_owned();
        let data = letter.content["data"].clone();
        self.orders.push(Order {
            message: letter.id,
            kind,
            data,
        });
    }
}
