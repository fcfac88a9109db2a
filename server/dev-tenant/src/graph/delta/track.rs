//! What the service remembers of users and groups, so that it can tell what changed since a moment.
//!
//! The directory is looked at when somebody asks for changes: what differs from the last look has changed since then.
//! Whatever changed the directory is seen so, and nothing that writes has to remember it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

use super::Kind;
use crate::directory::{Directory, Group, ObjectId, User};
use crate::graph::model::Entity;
use crate::graph::{groups, users};

/// The number of a look at the directory; 0 = before the first.
pub(crate) type Look = u64;

#[derive(Debug, Clone, Default)]
pub struct Track {
    last: Look,
    users: BTreeMap<ObjectId, Tracked>,
    groups: BTreeMap<ObjectId, Tracked>,
}

#[derive(Debug, Clone)]
pub(super) struct Tracked {
    /// Since when it is there without a break.
    pub(super) since: Look,
    pub(super) removed: Option<(Look, Removal)>,
    pub(super) shown: Entity,
    /// When each property was last seen changed.
    pub(super) changed: BTreeMap<String, Look>,
    pub(super) links: BTreeMap<Link, Linked>,
}

/// A relation and the object at its other end.
pub(super) type Link = (&'static str, ObjectId);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Linked {
    pub(super) at: Look,
    pub(super) present: bool,
    pub(super) is_user: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Removal {
    /// In the deleted items: can be restored.
    Restorable,
    Gone,
}

/// An object as the directory shows it now.
struct Seen {
    shown: Entity,
    links: BTreeMap<Link, bool>,
}

impl Track {
    pub(super) fn of(&self, kind: Kind) -> &BTreeMap<ObjectId, Tracked> {
        match kind {
            Kind::Users => &self.users,
            Kind::Groups => &self.groups,
        }
    }

    /// Looks at the directory as it has replicated by `now`.
    pub(crate) fn look(&mut self, directory: &Directory, now: Timestamp) -> Look {
        self.last += 1;
        let at = self.last;
        let there = directory.users.values().filter(|user| user.is_seen(now));
        let seen = there.map(|user| (user.id, see_user(directory, now, user)));
        compare(&mut self.users, seen.collect(), at, |id| {
            directory.users.contains_key(id)
        });
        let there = directory.groups.values().filter(|group| group.is_seen(now));
        let seen = there.map(|group| (group.id, see_group(directory, now, group)));
        compare(&mut self.groups, seen.collect(), at, |id| {
            directory.groups.contains_key(id)
        });
        at
    }
}

fn see_user(directory: &Directory, now: Timestamp, user: &User) -> Seen {
    let manager = user.manager.filter(|id| is_user_seen(directory, now, *id));
    Seen {
        shown: users::show::show(user),
        links: manager.map(|id| (("manager", id), true)).into_iter().collect(),
    }
}

fn see_group(directory: &Directory, now: Timestamp, group: &Group) -> Seen {
    let ends = |name: &'static str, ids: &BTreeSet<ObjectId>| -> Vec<(Link, bool)> {
        let ends = ids.iter().filter_map(|id| {
            let is_user = is_user_seen(directory, now, *id);
            let is_group = directory.groups.get(id).is_some_and(|group| group.is_seen(now));
            (is_user || is_group).then_some(((name, *id), is_user))
        });
        ends.collect()
    };
    let mut links = ends("members", &group.members);
    links.extend(ends("owners", &group.owners));
    Seen {
        shown: groups::show::show(group),
        links: links.into_iter().collect(),
    }
}

fn is_user_seen(directory: &Directory, now: Timestamp, id: ObjectId) -> bool {
    directory.users.get(&id).is_some_and(|user| user.is_seen(now))
}

fn compare(
    known: &mut BTreeMap<ObjectId, Tracked>,
    mut seen: BTreeMap<ObjectId, Seen>,
    at: Look,
    is_kept: impl Fn(&ObjectId) -> bool,
) {
    for (id, tracked) in known.iter_mut() {
        match seen.remove(id) {
            Some(now) if tracked.removed.is_none() => tracked.update(now, at),
            Some(now) => *tracked = Tracked::new(now, at),
            None => tracked.remove(
                if is_kept(id) {
                    Removal::Restorable
                } else {
                    Removal::Gone
                },
                at,
            ),
        }
    }
    known.extend(seen.into_iter().map(|(id, seen)| (id, Tracked::new(seen, at))));
}

impl Tracked {
    fn new(seen: Seen, at: Look) -> Self {
        let linked = |is_user| Linked {
            at,
            present: true,
            is_user,
        };
        Self {
            since: at,
            removed: None,
            shown: seen.shown,
            changed: BTreeMap::new(),
            links: seen
                .links
                .into_iter()
                .map(|(link, is_user)| (link, linked(is_user)))
                .collect(),
        }
    }

    fn remove(&mut self, how: Removal, at: Look) {
        if self.removed.is_none_or(|(_, before)| before != how) {
            self.removed = Some((at, how));
        }
    }

    fn update(&mut self, seen: Seen, at: Look) {
        let null = Value::Null;
        let names: BTreeSet<&String> = self.shown.keys().chain(seen.shown.keys()).collect();
        let differs =
            |name: &&String| self.shown.get(*name).unwrap_or(&null) != seen.shown.get(*name).unwrap_or(&null);
        let changed: Vec<String> = names.into_iter().filter(differs).cloned().collect();
        self.changed.extend(changed.into_iter().map(|name| (name, at)));
        self.shown = seen.shown;
        for (link, linked) in &mut self.links {
            let present = seen.links.contains_key(link);
            if linked.present != present {
                *linked = Linked {
                    at,
                    present,
                    ..*linked
                };
            }
        }
        for (link, is_user) in seen.links {
            self.links.entry(link).or_insert(Linked {
                at,
                present: true,
                is_user,
            });
        }
    }
}
