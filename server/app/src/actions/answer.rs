//! What another system says came of a call.

use m365::standard_webhook::plain;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Named results of one call.
const MOST_VALUES: usize = 20;
const LONGEST_NAME: usize = 60;
const LONGEST_VALUE: usize = 300;
const LONGEST_REASON: usize = 500;

/// What counts of it, safe to show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "camelCase")]
pub(crate) enum Answer {
    Succeeded { values: Map<String, Value> },
    Failed { reason: String },
}

/// The body of an answer. Other members are ignored.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", content = "data")]
pub(crate) enum Told {
    #[serde(rename = "action.succeeded")]
    Succeeded {
        /// The `webhook-id` of the message that is answered.
        message: String,
        #[serde(default)]
        values: Map<String, Value>,
    },
    #[serde(rename = "action.failed")]
    Failed { message: String, reason: String },
}

impl Told {
    /// The message that it answers.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Succeeded { message, .. } | Self::Failed { message, .. } => message,
        }
    }

    /// What counts; the error names the field and the remedy.
    pub(crate) fn answer(self) -> Result<Answer, (&'static str, &'static str)> {
        match self {
            Self::Failed { reason, .. } => {
                let reason = plain(&reason, LONGEST_REASON);
                if reason.is_empty() {
                    return Err(("data.reason", "say why in words"));
                }
                Ok(Answer::Failed { reason })
            }
            Self::Succeeded { values, .. } => Ok(Answer::Succeeded {
                values: results(&values)?,
            }),
        }
    }
}

fn results(values: &Map<String, Value>) -> Result<Map<String, Value>, (&'static str, &'static str)> {
    if values.len() > MOST_VALUES {
        return Err(("data.values", "give at most 20"));
    }
    let shown = |(name, value): (&String, &Value)| {
        let name = plain(name, LONGEST_NAME);
        let value = match value {
            Value::String(text) => plain(text, LONGEST_VALUE).into(),
            Value::Number(_) | Value::Bool(_) => value.clone(),
            _ => return Err(("data.values", "give texts, numbers, true or false")),
        };
        Ok((name, value))
    };
    values.iter().map(shown).collect()
}

/// The results on a step's receipt as one line; none where there are none.
pub(crate) fn values_in_words(receipt: &Value) -> Option<String> {
    let values = receipt["action"]["values"].as_object()?;
    let told = values.iter().map(|(name, value)| match value {
        Value::String(text) => format!("{name}: {text}"),
        other => format!("{name}: {other}"),
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(" / "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(body: Value) -> Result<Answer, (&'static str, &'static str)> {
        let told: Told = serde_json::from_value(body).unwrap();
        assert_eq!(told.message(), "m_1");
        told.answer()
    }

    #[test]
    fn r24_results_are_named_texts_and_figures_that_are_safe_to_show() {
        let good = told(
            json!({ "type": "action.succeeded", "timestamp": "2027-01-01T00:00:00Z",
            "data": { "message": "m_1", "values": { "番号": "A\u{202E}1\n2", "扉": 3, "可": true } } }),
        );
        let Ok(Answer::Succeeded { values }) = good else {
            panic!("{good:?}")
        };
        let receipt = json!({ "action": { "values": values } });
        assert_eq!(
            values_in_words(&receipt).unwrap(),
            "可: true / 扉: 3 / 番号: A1 2"
        );
        assert_eq!(values_in_words(&json!({ "account": "x" })), None);
        let nested =
            json!({ "type": "action.succeeded", "data": { "message": "m_1", "values": { "a": {} } } });
        assert_eq!(told(nested).unwrap_err().0, "data.values");
        let many: Map<String, Value> = (0..21).map(|at| (at.to_string(), json!(at))).collect();
        let many = json!({ "type": "action.succeeded", "data": { "message": "m_1", "values": many } });
        assert_eq!(told(many).unwrap_err().0, "data.values");
    }

    #[test]
    fn r24_a_failure_says_why() {
        let told = |reason: &str| {
            told(json!({ "type": "action.failed", "data": { "message": "m_1", "reason": reason } }))
        };
        let reason = "在庫 なし".to_owned();
        assert_eq!(told("在庫\r\nなし"), Ok(Answer::Failed { reason }));
        assert_eq!(told("\u{200B} ").unwrap_err().0, "data.reason");
        assert!(serde_json::from_value::<Told>(json!({ "type": "action.done", "data": {} })).is_err());
    }
}
