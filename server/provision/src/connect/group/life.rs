//! The group itself.

use m365::Result;
use m365::graph::{Graph, Name, NewUnifiedGroup, UnifiedGroup};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{find, gone, id, shown};
use crate::connect::{Connector, Next, as_approved};
use crate::group::{GroupIdentity, GroupKey, GroupKind, Holders, NewGroup, Visibility, holders};
use crate::{Change, Failure};

pub(super) struct CreateGroup<'a> {
    pub(super) group: &'a GroupKey,
    pub(super) new: &'a NewGroup,
}

#[derive(Debug, PartialEq)]
pub(super) enum Write {
    Create,
    /// Ours already, with other properties than planned.
    Update(Uuid, Map<String, Value>),
}

impl CreateGroup<'_> {
    fn unique_name(&self) -> &str {
        match &self.group.identity {
            GroupIdentity::Ours { unique_name, .. } => unique_name,
            // A group that was there before is never made.
            GroupIdentity::Standing { .. } => "",
        }
    }

    fn wanted(&self) -> Map<String, Value> {
        let new = self.new;
        let mut wanted = Map::new();
        wanted.insert("displayName".to_owned(), json!(new.display_name));
        wanted.insert("mailNickname".to_owned(), json!(new.mail_nickname));
        if !new.description.is_empty() {
            wanted.insert("description".to_owned(), json!(new.description));
        }
        if let Some(visibility) = new.visibility {
            wanted.insert("visibility".to_owned(), json!(of_graph(visibility)));
        }
        wanted
    }
}

impl Connector for CreateGroup<'_> {
    type Have = Holders;
    type Change = Write;

    async fn find(&self, graph: &Graph) -> Result<Holders> {
        let ours = find(graph, self.group).await?;
        if ours.is_some() {
            return Ok(Holders {
                ours,
                ..Holders::default()
            });
        }
        let name = Name {
            nickname: &self.new.mail_nickname,
            address: &self.new.address,
            display_name: Some(&self.new.display_name),
        };
        // A copy may know it by its name already, and not yet by its key.
        holders(graph, &name, self.unique_name()).await
    }

    fn compare(&self, have: &Holders) -> Next<Write> {
        match &have.ours {
            None if !have.strangers.is_empty() => Next::Refuse(Failure::NameTaken),
            None if !have.unseen.is_empty() => Next::Wait,
            None => Next::Write(Write::Create),
            Some(found) => {
                let is = shown(found);
                let mut open = self.wanted();
                open.retain(|name, value| !crate::connect::covers(value, is.get(name)));
                if open.is_empty() {
                    Next::Nothing
                } else {
                    Next::Write(Write::Update(found.group.id, open))
                }
            }
        }
    }

    async fn apply(&self, graph: &Graph, change: Write) -> Result<()> {
        let new = self.new;
        match (change, new.kind) {
            (Write::Update(id, open), _) => graph.update_group(id, &open).await,
            (Write::Create, GroupKind::Security) => {
                let group = m365::graph::NewGroup {
                    unique_name: self.unique_name(),
                    display_name: &new.display_name,
                    mail_nickname: &new.mail_nickname,
                    description: &new.description,
                };
                graph.upsert_security_group(&group).await
            }
            (Write::Create, GroupKind::Microsoft365) => {
                let group = NewUnifiedGroup {
                    unique_name: self.unique_name(),
                    display_name: &new.display_name,
                    mail_nickname: &new.mail_nickname,
                    description: &new.description,
                    visibility: of_graph(new.visibility.unwrap_or(Visibility::Private)),
                };
                graph.upsert_unified_group(&group).await
            }
        }
    }

    fn image(&self, have: &Holders) -> Option<Value> {
        Some(json!({ "group": have.ours.as_ref().map(shown) }))
    }

    fn receipt(&self, have: &Holders) -> Value {
        json!({ "group": id(have.ours.as_ref()) })
    }
}

fn of_graph(visibility: Visibility) -> m365::graph::Visibility {
    match visibility {
        Visibility::Public => m365::graph::Visibility::Public,
        Visibility::Private => m365::graph::Visibility::Private,
    }
}

pub(super) struct UpdateGroup<'a> {
    pub(super) group: &'a GroupKey,
    pub(super) change: &'a Change,
}

impl Connector for UpdateGroup<'_> {
    type Have = Option<UnifiedGroup>;
    type Change = (Uuid, Map<String, Value>);

    async fn find(&self, graph: &Graph) -> Result<Self::Have> {
        find(graph, self.group).await
    }

    fn compare(&self, have: &Self::Have) -> Next<Self::Change> {
        let Some(found) = have else {
            return gone(self.group);
        };
        match as_approved(self.change, &shown(found)) {
            Err(failure) => Next::Refuse(failure),
            Ok(open) if open.is_empty() => Next::Nothing,
            Ok(_) if !found.group.is_writable_by_graph() => Next::Refuse(Failure::GroupNotWritable),
            Ok(open) => Next::Write((found.group.id, open)),
        }
    }

    async fn apply(&self, graph: &Graph, (id, open): Self::Change) -> Result<()> {
        graph.update_group(id, &open).await
    }

    fn image(&self, have: &Self::Have) -> Option<Value> {
        let shown = have.as_ref().map(shown)?;
        Some(json!({ "group": shown }))
    }

    fn receipt(&self, have: &Self::Have) -> Value {
        json!({ "group": id(have.as_ref()) })
    }
}

pub(super) struct DeleteGroup<'a> {
    pub(super) group: &'a GroupKey,
}

impl Connector for DeleteGroup<'_> {
    type Have = Option<UnifiedGroup>;
    type Change = Uuid;

    async fn find(&self, graph: &Graph) -> Result<Self::Have> {
        find(graph, self.group).await
    }

    fn compare(&self, have: &Self::Have) -> Next<Uuid> {
        match have {
            None => Next::Nothing,
            Some(found) if found.group.is_writable_by_graph() => Next::Write(found.group.id),
            Some(_) => Next::Refuse(Failure::GroupNotWritable),
        }
    }

    async fn apply(&self, graph: &Graph, group: Uuid) -> Result<()> {
        graph.delete_group(group).await
    }

    fn image(&self, have: &Self::Have) -> Option<Value> {
        Some(json!({ "group": have.as_ref().map(shown) }))
    }

    fn receipt(&self, have: &Self::Have) -> Value {
        json!({ "group": id(have.as_ref()) })
    }
}

pub(super) struct RestoreGroup<'a> {
    pub(super) group: &'a GroupKey,
}

/// The group, or its place in the recycle bin.
pub(super) struct Restorable {
    there: Option<UnifiedGroup>,
    deleted: Option<Uuid>,
}

impl Connector for RestoreGroup<'_> {
    type Have = Restorable;
    type Change = Uuid;

    async fn find(&self, graph: &Graph) -> Result<Restorable> {
        let there = find(graph, self.group).await?;
        let deleted = match (&there, self.group.id()) {
            (None, Some(id)) => graph.deleted_group(id).await?.map(|group| group.id),
            _ => None,
        };
        Ok(Restorable { there, deleted })
    }

    fn compare(&self, have: &Restorable) -> Next<Uuid> {
        match (&have.there, have.deleted) {
            (Some(_), _) => Next::Nothing,
            (None, Some(id)) => Next::Write(id),
            // Restored, and not visible yet: planning has seen it in the bin.
            (None, None) => Next::Wait,
        }
    }

    async fn apply(&self, graph: &Graph, group: Uuid) -> Result<()> {
        graph.restore_group(group).await
    }

    fn image(&self, have: &Restorable) -> Option<Value> {
        Some(json!({ "group": have.there.as_ref().map(shown) }))
    }

    fn receipt(&self, have: &Restorable) -> Value {
        json!({ "group": id(have.there.as_ref()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect::testing::{GROUP, group};

    fn new() -> NewGroup {
        NewGroup {
            kind: GroupKind::Security,
            display_name: "営業".to_owned(),
            mail_nickname: "sales".to_owned(),
            address: "sales@contoso.example".to_owned(),
            description: "説明".to_owned(),
            visibility: None,
        }
    }

    #[test]
    fn r07_a_group_is_made_once_and_never_beside_a_stranger_nor_before_its_copy_shows_it() {
        let (key, new) = (GroupKey::ours("営業", "a-1"), new());
        let want = CreateGroup {
            group: &key,
            new: &new,
        };
        let other = || vec![Uuid::from_u128(77)];
        let held = |ours, strangers, unseen| Holders {
            strangers,
            unseen,
            ours,
        };
        let ours = |description: Value| Some(group(&json!({ "description": description })));
        let open = Map::from_iter([("description".to_owned(), json!("説明"))]);
        for (have, next) in [
            (held(None, vec![], vec![]), Next::Write(Write::Create)),
            (held(None, other(), vec![]), Next::Refuse(Failure::NameTaken)),
            (held(None, vec![], other()), Next::Wait),
            (held(ours(json!("説明")), vec![], vec![]), Next::Nothing),
            (
                held(ours(Value::Null), vec![], vec![]),
                Next::Write(Write::Update(GROUP, open)),
            ),
        ] {
            assert_eq!(want.compare(&have), next);
        }
    }

    #[test]
    fn r07_what_somebody_else_changed_since_the_approval_is_not_overwritten() {
        let key = GroupKey::of_standing("営業", GROUP);
        let map = |text: &str| Map::from_iter([("description".to_owned(), json!(text))]);
        let change = Change {
            from: map("前"),
            to: map("後"),
        };
        let want = UpdateGroup {
            group: &key,
            change: &change,
        };
        for (shown, next) in [
            (json!({ "description": "前" }), Next::Write((GROUP, map("後")))),
            (json!({ "description": "後" }), Next::Nothing),
            (
                json!({ "description": "別" }),
                Next::Refuse(Failure::ChangedMeanwhile),
            ),
            (
                json!({ "description": "前", "onPremisesSyncEnabled": true }),
                Next::Refuse(Failure::GroupNotWritable),
            ),
        ] {
            assert_eq!(want.compare(&Some(group(&shown))), next, "{shown}");
        }
        assert_eq!(want.compare(&None), Next::Refuse(Failure::UnknownGroup));
    }

    #[test]
    fn r07_only_what_lies_in_the_bin_is_restored() {
        let key = GroupKey::of_standing("営業", GROUP);
        let want = RestoreGroup { group: &key };
        for (there, deleted, next) in [
            (Some(group(&json!({}))), None, Next::Nothing),
            (None, Some(GROUP), Next::Write(GROUP)),
            (None, None, Next::Wait),
        ] {
            assert_eq!(want.compare(&Restorable { there, deleted }), next);
        }
    }
}
