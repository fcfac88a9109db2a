//! One journal line as a row.

use jiff::Timestamp;
use m365::sharepoint::{Item, ItemId};
use serde_json::{Map, Value, json};
use store::{ApplicationId, JournalLine, SignedHead};
use workflow::application::Actor;
use workflow::journal::Line;
use workflow::{Hash, hex};

use super::{piece, unhex};

/// A signature and the key it was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signed {
    pub(crate) key_id: String,
    pub(crate) signature: Vec<u8>,
}

/// Everything that a row says, in the order in which differences are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) application: ApplicationId,
    pub(crate) seq: i64,
    pub(crate) number: String,
    pub(crate) body: String,
    pub(crate) hash: String,
    pub(crate) prev: String,
    pub(crate) actor: String,
    /// SharePoint keeps whole seconds.
    pub(crate) second: i64,
    pub(crate) signed: Option<Signed>,
}

/// What the list is asked for.
pub(super) const COLUMNS: [&str; 9] = [
    "PFLineKey",
    "PFNumber",
    "PFSeq",
    "PFAt",
    "PFActorOid",
    "PFBody",
    "PFPrevHash",
    "PFHash",
    "PFSignature",
];

impl Signed {
    fn text(&self) -> String {
        format!("{}:{}", self.key_id, hex(&self.signature))
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let (key_id, signature) = text.split_once(':')?;
        Some(Self {
            key_id: key_id.to_owned(),
            signature: unhex(signature)?,
        })
    }
}

impl Row {
    pub(crate) fn of(
        application: &ApplicationId,
        number: &str,
        line: &JournalLine,
        head: Option<&SignedHead>,
    ) -> Self {
        Self {
            application: application.clone(),
            seq: line.seq,
            number: number.to_owned(),
            body: line.body.clone(),
            hash: Hash(line.hash.0).to_string(),
            prev: Hash(line.prev_hash.0).to_string(),
            actor: line.actor.clone(),
            second: line.at.as_second(),
            signed: head.map(|head| Signed {
                key_id: head.key_id.clone(),
                signature: head.signature.clone(),
            }),
        }
    }

    /// Unique in the list.
    pub(crate) fn key(&self) -> String {
        format!("{}:{}", self.application, self.seq)
    }

    /// `at`: the line's moment.
    pub(crate) fn fields(&self, at: Timestamp) -> Map<String, Value> {
        let fields = json!({
            "Title": format!("{} #{}", self.number, self.seq),
            "PFLineKey": self.key(),
            "PFNumber": self.number,
            "PFSeq": self.seq,
            "PFAt": at.to_string(),
            "PFActorOid": self.actor,
            "PFBody": self.shown_body(),
            "PFPrevHash": self.prev,
            "PFHash": self.hash,
            "PFSignature": self.signed.as_ref().map(Signed::text),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn shown_body(&self) -> String {
        if piece::is_long(&self.body) {
            piece::announced(&self.body)
        } else {
            self.body.clone()
        }
    }

    /// A row of the list, or the column that says what we never write.
    pub(super) fn read(item: &Item) -> Result<Self, &'static str> {
        let text = |name: &'static str| Ok::<_, &'static str>(item.text(name).unwrap_or_default().to_owned());
        let key = text("PFLineKey")?;
        let (application, seq) = key.rsplit_once(':').ok_or("PFLineKey")?;
        let seq: i64 = seq.parse().map_err(|_| "PFLineKey")?;
        let told = item.fields.get("PFSeq").and_then(Value::as_f64);
        #[expect(clippy::cast_precision_loss, reason = "numbers of lines are small")]
        if told != Some(seq as f64) {
            return Err("PFSeq");
        }
        let at: Timestamp = text("PFAt")?.parse().map_err(|_| "PFAt")?;
        let signed = match item.text("PFSignature").unwrap_or_default() {
            "" => None,
            text => Some(Signed::read(text).ok_or("PFSignature")?),
        };
        let row = Self {
            application: ApplicationId::new(application),
            seq,
            number: text("PFNumber")?,
            body: text("PFBody")?,
            hash: text("PFHash")?,
            prev: text("PFPrevHash")?,
            actor: text("PFActorOid")?,
            second: at.as_second(),
            signed,
        };
        if row.key() == key {
            Ok(row)
        } else {
            Err("PFLineKey")
        }
    }

    /// The same with the hash of the text in its place, for keeping many.
    pub(crate) fn shortened(self) -> Self {
        let body = Hash::of(self.body.as_bytes()).to_string();
        Self { body, ..self }
    }

    /// The first column in which the two differ.
    pub(crate) fn difference(&self, other: &Self) -> Option<&'static str> {
        let columns = [
            ("PFNumber", self.number == other.number),
            ("PFBody", self.body == other.body),
            ("PFHash", self.hash == other.hash),
            ("PFPrevHash", self.prev == other.prev),
            ("PFActorOid", self.actor == other.actor),
            ("PFAt", self.second == other.second),
            ("PFSignature", self.signed == other.signed),
        ];
        columns
            .into_iter()
            .find(|(_, same)| !same)
            .map(|(column, _)| column)
    }

    /// As the journal keeps it, or the column that does not say what the text says. The chain is not looked at.
    pub(crate) fn line(&self) -> Result<JournalLine, &'static str> {
        let hash = |text: &str, column| {
            Hash::parse(text)
                .map(|hash| store::Hash(hash.0))
                .map_err(|_| column)
        };
        let told = Line::parse(&self.body).map_err(|_| "PFBody")?;
        let actor = match &told.actor {
            Actor::Service => "service",
            Actor::Person(person) => person.as_str(),
        };
        if self.actor != actor {
            return Err("PFActorOid");
        }
        if self.second != told.at.as_second() {
            return Err("PFAt");
        }
        let prev = hash(&self.prev, "PFPrevHash")?;
        if prev.0 != told.prev.0 {
            return Err("PFPrevHash");
        }
        Ok(JournalLine {
            seq: self.seq,
            at: told.at,
            actor: self.actor.clone(),
            body: self.body.clone(),
            prev_hash: prev,
            hash: hash(&self.hash, "PFHash")?,
        })
    }

    pub(crate) fn head(&self, line: &JournalLine) -> Option<SignedHead> {
        self.signed.as_ref().map(|signed| SignedHead {
            seq: line.seq,
            hash: line.hash,
            signature: signed.signature.clone(),
            key_id: signed.key_id.clone(),
        })
    }
}

/// What a row is called when its content cannot be read.
pub(super) fn name(item: &Item) -> (String, ItemId) {
    let text = |name| item.text(name).filter(|text| !text.is_empty());
    let name = text("PFNumber").or_else(|| text("PFLineKey"));
    (name.unwrap_or("?").to_owned(), item.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row {
            application: ApplicationId::new("a-1"),
            seq: 2,
            number: "USR-2026-00001".into(),
            body: "{}".into(),
            hash: "aa".into(),
            prev: "bb".into(),
            actor: "service".into(),
            second: 1_800_000_000,
            signed: Some(Signed {
                key_id: "0123".into(),
                signature: vec![1, 255],
            }),
        }
    }

    fn item(row: &Row) -> Item {
        let at = Timestamp::from_second(row.second).unwrap();
        Item {
            id: ItemId(1),
            etag: None,
            fields: row.fields(at),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(Row::read(&item(&row())), Ok(row()));
    }

    #[test]
    fn every_column_that_somebody_edits_is_named() {
        for (column, value) in [
            ("PFNumber", json!("USR-2026-00002")),
            ("PFBody", json!("{ }")),
            ("PFHash", json!("ab")),
            ("PFPrevHash", json!("")),
            ("PFActorOid", json!("x")),
            ("PFAt", json!("2030-01-01T00:00:00Z")),
            ("PFSignature", Value::Null),
        ] {
            let mut item = item(&row());
            item.fields.insert(column.into(), value);
            let read = Row::read(&item).unwrap();
            assert_eq!(read.difference(&row()), Some(column));
        }
        let mut item = item(&row());
        item.fields.insert("PFSeq".into(), json!(3.0));
        assert_eq!(Row::read(&item), Err("PFSeq"));
    }
}
