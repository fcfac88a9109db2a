//! What a person asks through a row of his own, as JSON in `PFPayload`.

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::ids::PersonId;
use crate::judge::ActRefusal;
use crate::judge::column;
use crate::judge::version::{Editor, Version};

/// What is asked, and when. Only version 1.0 counts, whatever was written later.
pub(super) fn judge_ask<Ask: DeserializeOwned>(
    versions: &[Version],
    author: &PersonId,
) -> Result<(Ask, Timestamp), ActRefusal> {
    let first = versions.iter().find(|version| version.label == "1.0");
    let first = first.ok_or(ActRefusal::FirstVersionMissing)?;
    if first.editor != Editor::Person(author.clone()) {
        return Err(ActRefusal::NotAuthor);
    }
    let payload = first.text(column::PAYLOAD).unwrap_or_default();
    let ask = serde_json::from_str(payload).map_err(|_| ActRefusal::UnknownAction)?;
    Ok((ask, first.created))
}
