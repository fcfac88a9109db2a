//! The browser's door: the bytes of a file in, JSON text out. The browser's own key answers in between.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::evidence::{Known, Question, Story, Verdict, answered, questions as asked, story};
use crate::hash::Hash;
use crate::journal::Head;

/// What the reader knows from the closing mail; empty: nothing.
#[derive(Deserialize)]
struct Given {
    fingerprint: String,
    head: String,
}

#[derive(Serialize)]
struct Judgement {
    verdict: Verdict,
    story: Option<Story>,
}

/// `{"key": base64 | null, "asked": [{"digest", "signature"}]}`.
#[wasm_bindgen]
pub fn questions(file: &[u8]) -> Result<String, JsError> {
    Ok(serde_json::to_string(&asked(file))?)
}

/// `made`: those of the questions that the key answered with yes. `given`: `{"fingerprint", "head"}`; a text that is
/// neither is an error named after its member. Gives `{"verdict", "story"}`.
#[wasm_bindgen]
pub fn judge(file: &[u8], made: &str, given: &str) -> Result<String, JsError> {
    let made: BTreeSet<Question> = serde_json::from_str(made)?;
    let given: Given = serde_json::from_str(given)?;
    let known = known(&given).map_err(JsError::new)?;
    let judgement = Judgement {
        verdict: answered(file, &made, known),
        story: story(file),
    };
    Ok(serde_json::to_string(&judgement)?)
}

fn known(given: &Given) -> Result<Known, &'static str> {
    let (fingerprint, head) = (given.fingerprint.trim(), given.head.trim());
    let mut known = Known::default();
    if !fingerprint.is_empty() {
        known.fingerprint = Some(Hash::parse(fingerprint).map_err(|_| "fingerprint")?);
    }
    if !head.is_empty() {
        known.head = Some(Head::read(head).ok_or("head")?);
    }
    Ok(known)
}
