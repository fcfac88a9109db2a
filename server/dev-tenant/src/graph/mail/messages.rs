//! All messages, and how many of an owner's bear a value: whoever looks for one of many by its property need not see
//! all of them.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde::Serialize;

use super::state::Message;
use crate::directory::ObjectId;

/// In the order in which they came.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Messages {
    all: Vec<Message>,
    #[serde(skip)]
    bearing: BTreeMap<(ObjectId, String), usize>,
}

impl Messages {
    pub(super) fn push(&mut self, message: Message) {
        for name in names(&message) {
            *self.bearing.entry(name).or_default() += 1;
        }
        self.all.push(message);
    }

    pub(super) fn remove(&mut self, at: usize) -> Message {
        let message = self.all.remove(at);
        for name in names(&message) {
            match self.bearing.get_mut(&name) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(self.bearing.remove(&name)),
            }
        }
        message
    }

    /// How many of the owner's messages have an extended property of this value, at most. Letters outside of ASCII may be
    /// folded in other ways: of such values nothing is known.
    pub(super) fn bearing(&self, owner: ObjectId, value: &str) -> Option<usize> {
        let count = |name: &str| self.bearing.get(&(owner, name.to_owned())).copied().unwrap_or(0);
        value
            .is_ascii()
            .then(|| count(&value.to_ascii_lowercase()) + count(ANY))
    }
}

impl Deref for Messages {
    type Target = [Message];

    fn deref(&self) -> &[Message] {
        &self.all
    }
}

/// Stands for all values that may be any.
const ANY: &str = "";

fn names(message: &Message) -> impl Iterator<Item = (ObjectId, String)> {
    let values = message.extended.iter().map(|property| property.value.as_str());
    let named = values.map(|value| {
        if value.is_ascii() {
            value.to_ascii_lowercase()
        } else {
            ANY.to_owned()
        }
    });
    let owner = message.owner;
    named
        .map(move |name| (owner, name))
        .collect::<Vec<_>>()
        .into_iter()
}
