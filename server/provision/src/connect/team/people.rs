//! People of a team, as Teams sees them: everybody in it has a membership, owners one with that role.

use m365::graph::{Graph, RefusedMember, TeamMember, TeamRole, UnifiedGroup};
use m365::{Error, Result};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Failure;
use crate::connect::group::{find, gone};
use crate::connect::{Connector, Next};
use crate::group::{GroupKey, People};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Owner,
    Member,
}

/// The group, and all who are in its team.
pub(super) struct Have {
    group: Option<UnifiedGroup>,
    there: Vec<TeamMember>,
}

impl Have {
    async fn find(graph: &Graph, key: &GroupKey) -> Result<Self> {
        let group = find(graph, key).await?;
        let there = match &group {
            Some(found) if found.is_team() => graph.team_members(found.group.id).await,
            _ => Ok(Vec::new()),
        };
        let there = there.map_err(Error::settling)?;
        Ok(Self { group, there })
    }

    /// The team, or why there is none.
    fn team<Change>(&self, key: &GroupKey) -> std::result::Result<Uuid, Next<Change>> {
        match &self.group {
            None => Err(gone(key)),
            Some(found) if found.is_team() => Ok(found.group.id),
            Some(_) => Err(Next::Refuse(Failure::NotTeam)),
        }
    }

    fn membership(&self, person: Uuid) -> Option<&TeamMember> {
        self.there.iter().find(|member| member.user_id == Some(person))
    }

    fn owners(&self) -> impl Iterator<Item = Uuid> {
        let owners = self.there.iter().filter(|member| member.is_owner());
        owners.filter_map(|member| member.user_id)
    }

    fn has(&self, person: Uuid, role: Role) -> bool {
        let found = self.membership(person);
        found.is_some_and(|member| role == Role::Member || member.is_owner())
    }

    /// Owners are few, and who they all were decides whether there is a way back; of the others those who are named.
    fn image(&self, people: &People) -> Option<Value> {
        let group = self.group.as_ref()?.group.id;
        let owners: Vec<Uuid> = self.owners().collect();
        let named = people.keys().filter(|id| self.membership(**id).is_some());
        let named: Vec<Uuid> = named.copied().collect();
        Some(json!({ "group": group, "owners": owners, "members": named }))
    }

    fn receipt(&self) -> Value {
        json!({ "group": self.group.as_ref().map(|found| found.group.id) })
    }
}

pub(super) struct Come<'a> {
    pub(super) group: &'a GroupKey,
    pub(super) role: Role,
    pub(super) people: &'a People,
}

/// Who joins, and whose membership gets the role.
#[derive(Debug, PartialEq)]
pub(super) struct Joining {
    team: Uuid,
    new: Vec<Uuid>,
    raised: Vec<m365::graph::MembershipId>,
}

impl Connector for Come<'_> {
    type Have = Have;
    type Change = Joining;

    async fn find(&self, graph: &Graph) -> Result<Have> {
        Have::find(graph, self.group).await
    }

    fn compare(&self, have: &Have) -> Next<Joining> {
        let team = match have.team(self.group) {
            Ok(team) => team,
            Err(next) => return next,
        };
        let (mut new, mut raised) = (Vec::new(), Vec::new());
        for &person in self.people.keys().filter(|id| !have.has(**id, self.role)) {
            match have.membership(person) {
                Some(membership) => raised.push(membership.id.clone()),
                None => new.push(person),
            }
        }
        if new.is_empty() && raised.is_empty() {
            return Next::Nothing;
        }
        Next::Write(Joining { team, new, raised })
    }

    async fn apply(&self, graph: &Graph, change: Joining) -> Result<()> {
        let Joining { team, new, raised } = change;
        for membership in &raised {
            graph.set_team_role(team, membership, TeamRole::Owner).await?;
        }
        if new.is_empty() {
            return Ok(());
        }
        let role = match self.role {
            Role::Owner => TeamRole::Owner,
            Role::Member => TeamRole::Member,
        };
        let new: Vec<_> = new.into_iter().map(|person| (person, role)).collect();
        let refused = graph.add_team_members(team, &new).await?;
        let first = refused.into_iter().next().map(RefusedMember::into_error);
        first.map_or(Ok(()), Err)
    }

    fn image(&self, have: &Have) -> Option<Value> {
        have.image(self.people)
    }

    fn receipt(&self, have: &Have) -> Value {
        have.receipt()
    }
}

pub(super) struct Go<'a> {
    pub(super) group: &'a GroupKey,
    pub(super) role: Role,
    pub(super) people: &'a People,
}

impl Connector for Go<'_> {
    type Have = Have;
    type Change = (Uuid, Vec<m365::graph::MembershipId>);

    async fn find(&self, graph: &Graph) -> Result<Have> {
        Have::find(graph, self.group).await
    }

    /// Where the group is gone, nobody is left in it.
    fn compare(&self, have: &Have) -> Next<Self::Change> {
        if have.group.is_none() {
            return Next::Nothing;
        }
        let team = match have.team(self.group) {
            Ok(team) => team,
            Err(next) => return next,
        };
        let going = self.people.keys().filter(|id| have.has(**id, self.role));
        let going = going.filter_map(|id| have.membership(*id));
        let going: Vec<_> = going.map(|member| member.id.clone()).collect();
        if going.is_empty() {
            return Next::Nothing;
        }
        let mut owners = have.owners().peekable();
        if owners.peek().is_some() && owners.all(|owner| self.people.contains_key(&owner)) {
            return Next::Refuse(Failure::LastOwner);
        }
        Next::Write((team, going))
    }

    async fn apply(&self, graph: &Graph, (team, going): Self::Change) -> Result<()> {
        for membership in &going {
            match self.role {
                Role::Owner => graph.set_team_role(team, membership, TeamRole::Member).await?,
                Role::Member => graph.remove_team_member(team, membership).await?,
            }
        }
        Ok(())
    }

    /// Nobody is in a group that is gone.
    fn image(&self, have: &Have) -> Option<Value> {
        Some(
            have.image(self.people)
                .unwrap_or_else(|| json!({ "group": null })),
        )
    }

    fn receipt(&self, have: &Have) -> Value {
        have.receipt()
    }
}

#[cfg(test)]
mod tests {
    use m365::graph::MembershipId;

    use super::*;
    use crate::connect::testing::{GROUP, group};

    const HANA: Uuid = Uuid::from_u128(1);
    const JIRO: Uuid = Uuid::from_u128(2);

    fn key() -> GroupKey {
        GroupKey::of_standing("営業", GROUP)
    }

    fn people(ids: &[Uuid]) -> People {
        ids.iter().map(|id| (*id, String::new())).collect()
    }

    fn id(person: Uuid) -> MembershipId {
        MembershipId(format!("m-{person}"))
    }

    fn have(options: &Value, there: &[(Uuid, &str)]) -> Have {
        let member = |(person, role): &(Uuid, &str)| TeamMember {
            id: id(*person),
            roles: vec![(*role).to_owned()],
            user_id: Some(*person),
            display_name: None,
            email: None,
        };
        Have {
            group: Some(group(&json!({ "resourceProvisioningOptions": options }))),
            there: there.iter().map(member).collect(),
        }
    }

    fn team(there: &[(Uuid, &str)]) -> Have {
        have(&json!(["Team"]), there)
    }

    #[test]
    fn r12_whoever_is_in_the_team_is_raised_and_whoever_is_not_joins() {
        let (key, both) = (key(), people(&[HANA, JIRO]));
        let want = |role| Come {
            group: &key,
            role,
            people: &both,
        };
        let joining = |new: &[Uuid], raised: &[Uuid]| {
            let (new, raised) = (new.to_vec(), raised.iter().map(|one| id(*one)).collect());
            let team = GROUP;
            Next::Write(Joining { team, new, raised })
        };
        let hana = team(&[(HANA, "")]);
        assert_eq!(want(Role::Member).compare(&hana), joining(&[JIRO], &[]));
        assert_eq!(want(Role::Owner).compare(&hana), joining(&[JIRO], &[HANA]));
        let done = team(&[(HANA, "owner"), (JIRO, "owner")]);
        assert_eq!(want(Role::Owner).compare(&done), Next::Nothing);
        let none = have(&json!([]), &[]);
        assert_eq!(want(Role::Owner).compare(&none), Next::Refuse(Failure::NotTeam));
    }

    #[test]
    fn r12_the_last_owner_neither_steps_back_nor_leaves() {
        let (key, hana) = (key(), people(&[HANA]));
        let want = |role| Go {
            group: &key,
            role,
            people: &hana,
        };
        let going = || Next::Write((GROUP, vec![id(HANA)]));
        for role in [Role::Owner, Role::Member] {
            let alone = team(&[(HANA, "owner"), (JIRO, "")]);
            assert_eq!(want(role).compare(&alone), Next::Refuse(Failure::LastOwner));
            assert_eq!(
                want(role).compare(&team(&[(HANA, "owner"), (JIRO, "owner")])),
                going()
            );
            assert_eq!(want(role).compare(&team(&[(JIRO, "owner")])), Next::Nothing);
        }
        let plain = team(&[(HANA, ""), (JIRO, "owner")]);
        assert_eq!(want(Role::Owner).compare(&plain), Next::Nothing);
        assert_eq!(want(Role::Member).compare(&plain), going());
    }
}
