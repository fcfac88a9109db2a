//! What the office says later of an order, genuine or not.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::letter::signature;
use super::{BadgeOffice, Order, SECRET};
use crate::house::House;

/// An answer on its way.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Where it is sent.
    pub to: String,
    pub id: String,
    pub secret: &'static str,
    /// Seconds from now at which it says that it was written.
    pub written: i64,
    pub content: Value,
}

impl Order {
    pub fn succeeded(&self, id: &str, values: &Value) -> Answer {
        let data = json!({ "message": self.message, "values": values });
        self.answer(id, json!({ "type": "action.succeeded", "data": data }))
    }

    pub fn failed(&self, id: &str, reason: &str) -> Answer {
        let data = json!({ "message": self.message, "reason": reason });
        self.answer(id, json!({ "type": "action.failed", "data": data }))
    }

    fn answer(&self, id: &str, content: Value) -> Answer {
        Answer {
            to: self.data["answerTo"].as_str().expect("an address").to_owned(),
            id: id.to_owned(),
            secret: SECRET,
            written: 0,
            content,
        }
    }
}

impl BadgeOffice {
    /// Sends it; what the product says, with the code of a refusal.
    pub async fn send(&self, house: &House, answer: &Answer) -> (StatusCode, String) {
        let body = answer.content.to_string();
        let time = (self.world.clock.now().as_second() + answer.written).to_string();
        let request = house.client().post(&answer.to);
        let request = request
            .header("content-type", "application/json")
            .header("webhook-id", &answer.id)
            .header("webhook-timestamp", &time)
            .header(
                "webhook-signature",
                signature(answer.secret, &answer.id, &time, body.as_bytes()),
            )
            .body(body);
        let said = request.send().await.expect("an answer");
        let status = said.status();
        let said: Value = said.json().await.unwrap_or_default();
        let word = said["code"].as_str().or_else(|| said["status"].as_str());
        (status, word.unwrap_or_default().to_owned())
    }
}
