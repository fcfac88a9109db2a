//! Owners and members of a group.

use m365::graph::{Graph, UnifiedGroup};
use m365::{Error, Result};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{find, gone, id};
use crate::Failure;
use crate::connect::{Connector, Next};
use crate::group::{GroupKey, People};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Owner,
    Member,
}

/// The group, and all who have the role.
pub(super) struct Have {
    group: Option<UnifiedGroup>,
    there: Vec<Uuid>,
}

impl Have {
    async fn find(graph: &Graph, key: &GroupKey, role: Role) -> Result<Self> {
        let group = find(graph, key).await?;
        let there = match (id(group.as_ref()), role) {
            (None, _) => Ok(Vec::new()),
            (Some(id), Role::Owner) => graph.owners(id).await,
            (Some(id), Role::Member) => graph.members(id).await,
        };
        let there = there.map_err(Error::settling)?;
        Ok(Self { group, there })
    }

    /// Owners are few, and who they all were decides whether there is a way back; of members those who are named.
    fn image(&self, role: Role, people: &People) -> Option<Value> {
        let group = self.group.as_ref()?.group.id;
        Some(match role {
            Role::Owner => json!({ "group": group, "owners": self.there }),
            Role::Member => {
                let named = self.there.iter().filter(|id| people.contains_key(id));
                json!({ "group": group, "members": named.collect::<Vec<_>>() })
            }
        })
    }

    fn receipt(&self) -> Value {
        json!({ "group": id(self.group.as_ref()) })
    }
}

pub(super) struct AddPeople<'a> {
    pub(super) group: &'a GroupKey,
    pub(super) role: Role,
    pub(super) people: &'a People,
}

impl Connector for AddPeople<'_> {
    type Have = Have;
    type Change = (Uuid, Vec<Uuid>);

    async fn find(&self, graph: &Graph) -> Result<Have> {
        Have::find(graph, self.group, self.role).await
    }

    fn compare(&self, have: &Have) -> Next<Self::Change> {
        let Some(found) = &have.group else {
            return gone(self.group);
        };
        let missing = self.people.keys().filter(|id| !have.there.contains(id));
        let missing: Vec<Uuid> = missing.copied().collect();
        if missing.is_empty() {
            Next::Nothing
        } else if found.group.is_writable_by_graph() {
            Next::Write((found.group.id, missing))
        } else {
            Next::Refuse(Failure::GroupNotWritable)
        }
    }

    async fn apply(&self, graph: &Graph, (group, missing): Self::Change) -> Result<()> {
        if self.role == Role::Member {
            return graph.add_members(group, &missing).await;
        }
        for owner in missing {
            graph.add_owner(group, owner).await?;
        }
        Ok(())
    }

    fn image(&self, have: &Have) -> Option<Value> {
        have.image(self.role, self.people)
    }

    fn receipt(&self, have: &Have) -> Value {
        have.receipt()
    }
}

pub(super) struct RemovePeople<'a> {
    pub(super) group: &'a GroupKey,
    pub(super) role: Role,
    pub(super) people: &'a People,
}

impl Connector for RemovePeople<'_> {
    type Have = Have;
    type Change = (Uuid, Vec<Uuid>);

    async fn find(&self, graph: &Graph) -> Result<Have> {
        Have::find(graph, self.group, self.role).await
    }

    /// Where the group is gone, nobody is left in it.
    fn compare(&self, have: &Have) -> Next<Self::Change> {
        let Some(found) = &have.group else {
            return Next::Nothing;
        };
        let (going, staying): (Vec<Uuid>, Vec<Uuid>) =
            have.there.iter().partition(|id| self.people.contains_key(id));
        if going.is_empty() {
            Next::Nothing
        } else if !found.group.is_writable_by_graph() {
            Next::Refuse(Failure::GroupNotWritable)
        } else if self.role == Role::Owner && staying.is_empty() {
            Next::Refuse(Failure::LastOwner)
        } else {
            Next::Write((found.group.id, going))
        }
    }

    async fn apply(&self, graph: &Graph, (group, going): Self::Change) -> Result<()> {
        for person in going {
            match self.role {
                Role::Owner => graph.remove_owner(group, person).await?,
                Role::Member => graph.remove_member(group, person).await?,
            }
        }
        Ok(())
    }

    /// Nobody is in a group that is gone.
    fn image(&self, have: &Have) -> Option<Value> {
        let none = || json!({ "group": null });
        Some(have.image(self.role, self.people).unwrap_or_else(none))
    }

    fn receipt(&self, have: &Have) -> Value {
        have.receipt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect::testing::{GROUP, group};

    const HANA: Uuid = Uuid::from_u128(1);
    const JIRO: Uuid = Uuid::from_u128(2);

    fn people(ids: &[Uuid]) -> People {
        ids.iter().map(|id| (*id, String::new())).collect()
    }

    fn have(there: &[Uuid]) -> Have {
        Have {
            group: Some(group(&json!({}))),
            there: there.to_vec(),
        }
    }

    #[test]
    fn r07_only_those_who_are_missing_are_added() {
        let (key, both) = (GroupKey::ours("営業", "a-1"), people(&[HANA, JIRO]));
        let want = AddPeople {
            group: &key,
            role: Role::Member,
            people: &both,
        };
        assert_eq!(want.compare(&have(&[HANA])), Next::Write((GROUP, vec![JIRO])));
        assert_eq!(want.compare(&have(&[HANA, JIRO])), Next::Nothing);
        let unseen = Have {
            group: None,
            there: Vec::new(),
        };
        assert_eq!(want.compare(&unseen), Next::Wait);
    }

    #[test]
    fn r19_the_last_owner_stays_and_the_last_member_may_go() {
        let (key, hana) = (GroupKey::of_standing("営業", GROUP), people(&[HANA]));
        let want = |role| RemovePeople {
            group: &key,
            role,
            people: &hana,
        };
        let going = || Next::Write((GROUP, vec![HANA]));
        assert_eq!(
            want(Role::Owner).compare(&have(&[HANA])),
            Next::Refuse(Failure::LastOwner)
        );
        assert_eq!(want(Role::Owner).compare(&have(&[HANA, JIRO])), going());
        assert_eq!(want(Role::Member).compare(&have(&[HANA])), going());
        assert_eq!(want(Role::Owner).compare(&have(&[JIRO])), Next::Nothing);
    }
}
