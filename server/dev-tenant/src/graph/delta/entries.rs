//! What changed since a look, as Graph tells it.

use serde_json::{Map, Value, json};

use super::Kind;
use super::track::{Linked, Look, Removal, Track, Tracked};
use crate::directory::ObjectId;
use crate::graph::model::Entity;

/// Links of one object that one entry holds; a group with more comes again with the others.
pub(super) const LINKS_AN_ENTRY: usize = 100;

/// The place of an entry in the order of a round: the object, and which part of it.
pub(super) type Place = (ObjectId, usize);

/// What a client wants to know.
pub(super) struct Interest<'a> {
    pub(super) kind: Kind,
    /// Spelled as Graph does; empty = the default of the kind.
    pub(super) select: &'a [String],
    /// Empty = all objects.
    pub(super) ids: &'a [ObjectId],
    /// What has not changed is told beside what has.
    pub(super) whole: bool,
}

/// The entries of a round that tells what came after `since`; `None` = the first round, which tells what is there.
pub(super) fn entries(track: &Track, interest: &Interest<'_>, since: Option<Look>) -> Vec<(Place, Entity)> {
    let all = track.of(interest.kind).iter();
    all.filter(|(id, _)| interest.ids.is_empty() || interest.ids.contains(id))
        .flat_map(|(id, tracked)| {
            let parts = interest.parts(*id, tracked, since);
            parts
                .into_iter()
                .enumerate()
                .map(|(part, entry)| ((*id, part), entry))
        })
        .collect()
}

impl Interest<'_> {
    fn parts(&self, id: ObjectId, tracked: &Tracked, since: Option<Look>) -> Vec<Entity> {
        let after = since.unwrap_or(0);
        if let Some((at, how)) = tracked.removed {
            let told = since.is_some() && at > after;
            return told.then(|| removed(id, how)).into_iter().collect();
        }
        let is_new = tracked.since > after;
        let mut properties = self.properties(tracked, after, is_new);
        let links: Vec<_> = tracked
            .links
            .iter()
            .filter(|((relation, _), _)| self.relations().contains(relation))
            .filter(|(_, linked)| if is_new { linked.present } else { linked.at > after })
            .map(|((relation, end), linked)| (*relation, link(*end, *linked)))
            .collect();
        if !is_new && properties.is_empty() && links.is_empty() {
            return Vec::new();
        }
        if self.whole && !is_new {
            properties = self.properties(tracked, after, true);
        }
        properties.insert("id".to_owned(), json!(id));
        if links.is_empty() {
            return vec![properties];
        }
        links
            .chunks(LINKS_AN_ENTRY)
            .map(|part| with_links(&properties, part))
            .collect()
    }

    /// The selected properties that changed; of a new object all that have a value.
    fn properties(&self, tracked: &Tracked, after: Look, all: bool) -> Entity {
        let is_selected = |name: &str| {
            let names = self.kind.default();
            match self.select {
                [] => names.is_empty() || names.contains(&name),
                chosen => chosen.iter().any(|chosen| chosen == name),
            }
        };
        let valued = || {
            let valued = tracked.shown.iter().filter(|(_, value)| !value.is_null());
            valued.map(|(name, value)| (name.clone(), value.clone()))
        };
        let changed = || {
            let changed = tracked.changed.iter().filter(|(_, at)| **at > after);
            changed.map(|(name, _)| {
                (
                    name.clone(),
                    tracked.shown.get(name).cloned().unwrap_or(Value::Null),
                )
            })
        };
        let found: Map<String, Value> = if all {
            valued().collect()
        } else {
            changed().collect()
        };
        found.into_iter().filter(|(name, _)| is_selected(name)).collect()
    }

    fn relations(&self) -> Vec<&'static str> {
        if self.select.is_empty() {
            return self.kind.default_relations().to_vec();
        }
        let all = self.kind.relations().iter().copied();
        all.filter(|relation| self.select.iter().any(|chosen| chosen == relation))
            .collect()
    }
}

fn removed(id: ObjectId, how: Removal) -> Entity {
    let reason = match how {
        Removal::Restorable => "changed",
        Removal::Gone => "deleted",
    };
    Entity::from_iter([
        ("id".to_owned(), json!(id)),
        ("@removed".to_owned(), json!({ "reason": reason })),
    ])
}

fn link(end: ObjectId, linked: Linked) -> Value {
    let kind = if linked.is_user {
        "#microsoft.graph.user"
    } else {
        "#microsoft.graph.group"
    };
    let mut shown = json!({"@odata.type": kind, "id": end});
    if !linked.present {
        shown["@removed"] = json!({"reason": "deleted"});
    }
    shown
}

fn with_links(properties: &Entity, links: &[(&str, Value)]) -> Entity {
    let mut entry = properties.clone();
    for (relation, end) in links {
        let ends = entry
            .entry(format!("{relation}@delta"))
            .or_insert_with(|| json!([]));
        if let Some(ends) = ends.as_array_mut() {
            ends.push(end.clone());
        }
    }
    entry
}
