//! Lines that are longer than a column, in pieces: a row for each, written before the row of the line itself, which
//! says how many there are.

use jiff::Timestamp;
use m365::sharepoint::{Filter, Item, ItemQuery};
use serde_json::{Map, Value, json};

use super::{LIST, Row};
use crate::service::Service;

/// Characters of a piece. A plain multi-line column takes 63,999 (Microsoft: "Note" fields).
const LENGTH: usize = 60_000;

/// Begins what stands in the place of a body in pieces; bodies are JSON and never begin so.
const PIECES: char = '+';

pub(super) fn is_long(body: &str) -> bool {
    body.chars().count() > LENGTH
}

pub(super) fn split(body: &str) -> Vec<String> {
    let characters: Vec<char> = body.chars().collect();
    characters
        .chunks(LENGTH)
        .map(|piece| piece.iter().collect())
        .collect()
}

/// What the row of the line says in the place of its body.
pub(super) fn announced(body: &str) -> String {
    format!("{PIECES}{}", split(body).len())
}

impl Row {
    /// The rows that go before this one: none for a line that fits.
    pub(crate) fn pieces(&self, at: Timestamp) -> Vec<(String, Map<String, Value>)> {
        if !is_long(&self.body) {
            return Vec::new();
        }
        let pieces = (1..).zip(split(&self.body));
        pieces
            .map(|(number, piece)| self.piece(at, number, &piece))
            .collect()
    }

    fn piece(&self, at: Timestamp, number: usize, piece: &str) -> (String, Map<String, Value>) {
        let key = key(&self.key(), number);
        let fields = json!({
            "Title": format!("{} #{} +{number}", self.number, self.seq),
            "PFLineKey": key,
            "PFNumber": self.number,
            "PFSeq": self.seq,
            "PFAt": at.to_string(),
            "PFActorOid": self.actor,
            "PFBody": piece,
            "PFPrevHash": self.prev,
            "PFHash": self.hash,
        });
        (key, fields.as_object().cloned().unwrap_or_default())
    }
}

fn key(line: &str, number: usize) -> String {
    format!("{line}{PIECES}{number}")
}

/// Whether a row of the list is one of the pieces of a line.
pub(super) fn is_piece(item: &Item) -> bool {
    let key = item.text("PFLineKey").unwrap_or_default();
    let number = key.rsplit_once(PIECES).map(|(_, number)| number);
    number.is_some_and(|number| number.parse::<usize>().is_ok())
}

/// Puts the pieces together where a line has some. What is missing stays missing, and its hash tells.
pub(super) async fn complete(service: &Service, item: &mut Item) -> Result<(), m365::Error> {
    let announced = item.text("PFBody").and_then(|body| body.strip_prefix(PIECES));
    let Some(pieces) = announced.and_then(|number| number.parse::<usize>().ok()) else {
        return Ok(());
    };
    let line = item.text("PFLineKey").unwrap_or_default().to_owned();
    let mut body = String::new();
    for number in 1..=pieces {
        let query = ItemQuery::select(&["PFBody"]).filter(Filter::text("PFLineKey", &key(&line, number)));
        let Some(piece) = service.list_at(LIST).page(&query).await?.items.into_iter().next() else {
            return Ok(());
        };
        body.push_str(piece.text("PFBody").unwrap_or_default());
    }
    item.fields.insert("PFBody".to_owned(), json!(body));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_body_is_told_in_pieces_that_fit_and_make_it_again() {
        let body = "あ😀".repeat(70_000);
        assert!(is_long(&body) && !is_long("{}"));
        let pieces = split(&body);
        assert_eq!((pieces.len(), announced(&body)), (3, "+3".to_owned()));
        assert!(pieces.iter().all(|piece| piece.chars().count() <= LENGTH));
        assert_eq!(pieces.concat(), body);
    }
}
