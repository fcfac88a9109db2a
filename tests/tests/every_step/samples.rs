//! One wish for each workflow of `manifests/workflows`, about an object of its own, that makes a plan with as many of
//! the workflow's kinds of step as fit into one.

#[path = "samples/groups.rs"]
mod groups;
#[path = "samples/mail.rs"]
mod mail;
#[path = "samples/teams.rs"]
mod teams;
#[path = "samples/users.rs"]
mod users;

use serde_json::{Value, json};

use super::ground::{Ground, MEMBER, OWNER, Settled};

pub(crate) struct Sample {
    /// Key of the workflow.
    pub(crate) workflow: &'static str,
    /// What must be in the tenant before anybody asks.
    pub(crate) equip: fn(&Ground<'_>),
    /// The form.
    pub(crate) wish: fn(&Settled<'_>) -> Value,
    /// What somebody else does after people have read what shall be done; none: nothing of it is there yet.
    pub(crate) meddle: Option<Meddle>,
}

#[derive(Clone, Copy)]
pub(crate) struct Meddle {
    pub(crate) by: fn(&Settled<'_>),
    pub(crate) then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// The last approver is asked anew.
    Asked,
    /// Nothing is left to do, or it may not be done: administrators are asked.
    Parked,
}

impl Sample {
    const fn asked_anew_where(self, by: fn(&Settled<'_>)) -> Self {
        self.meddled(by, Then::Asked)
    }

    const fn parked_where(self, by: fn(&Settled<'_>)) -> Self {
        self.meddled(by, Then::Parked)
    }

    const fn meddled(self, by: fn(&Settled<'_>), then: Then) -> Self {
        Self {
            meddle: Some(Meddle { by, then }),
            ..self
        }
    }
}

const fn sample(workflow: &'static str, equip: fn(&Ground<'_>), wish: fn(&Settled<'_>) -> Value) -> Sample {
    Sample {
        workflow,
        equip,
        wish,
        meddle: None,
    }
}

const NEXT_OWNER: &str = "mari.komatsu";
const NEXT_MEMBER: &str = "jun.arai";

pub(crate) fn all() -> impl Iterator<Item = &'static Sample> {
    [users::SAMPLES, groups::SAMPLES, mail::SAMPLES, teams::SAMPLES]
        .into_iter()
        .flatten()
}

fn about(ground: &Settled<'_>, local: &str) -> Value {
    json!({ "user": ground.person(local), "reason": "人事異動のため" })
}

fn new(ground: &Settled<'_>, name: &str, nickname: &str) -> Value {
    json!({ "name": name, "nickname": nickname, "description": "新製品の準備", "reason": "新製品のため",
        "owners": [ground.person(OWNER), ground.person(NEXT_OWNER)],
        "members": [ground.person(MEMBER), ground.person("kei.morita")] })
}

/// The same of Microsoft 365.
fn new_unified(ground: &Settled<'_>, name: &str, nickname: &str) -> Value {
    let mut form = new(ground, name, nickname);
    form["visibility"] = json!("private");
    form
}

fn changed(ground: &Settled<'_>, field: &str, name: &str, becomes: &str) -> Value {
    json!({ field: ground.group(name), "items": ["name", "description", "owners", "members"],
        "reason": "組織変更のため", "name": becomes, "description": "新しい説明",
        "addOwners": [ground.person(NEXT_OWNER)], "removeOwners": [ground.person(OWNER)],
        "addMembers": [ground.person(NEXT_MEMBER)], "removeMembers": [ground.person(MEMBER)] })
}

fn gone(ground: &Settled<'_>, field: &str, name: &str) -> Value {
    json!({ field: ground.group(name), "reason": "使わなくなったため" })
}

fn adopted(ground: &Settled<'_>, field: &str, name: &str) -> Value {
    json!({ field: ground.group(name), "owners": [ground.person(NEXT_OWNER)], "reason": "所有者が退職したため" })
}
