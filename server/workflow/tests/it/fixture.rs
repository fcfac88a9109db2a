//! One company: an applicant with managers above, three people of the information systems department.

use jiff::Timestamp;
use serde_json::json;
use workflow::application::{Source, Submission, apply};
use workflow::route::{Organisation, Person, resolve_all};
use workflow::{
    Application, ApplicationId, Command, Definition, Event, PersonId, Plan, PlanStepId, Refusal, decide,
};

pub(crate) const USER_CREATE: &str = include_str!("../../../../manifests/workflows/user-create.json");

pub(crate) fn definition() -> Definition {
    Definition::parse(USER_CREATE).unwrap()
}

pub(crate) fn person(name: &str) -> PersonId {
    PersonId::new(name)
}

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn employee(manager: Option<&str>, department: &str) -> Person {
    Person {
        manager: manager.map(person),
        department: Some(department.to_owned()),
        post: None,
        enabled: true,
    }
}

pub(crate) fn organisation() -> Organisation {
    let it = "情報システム部";
    let people = [
        ("applicant", employee(Some("manager"), "営業部")),
        ("manager", employee(Some("director"), "営業部")),
        ("director", employee(None, "役員")),
        ("it1", employee(Some("it2"), it)),
        ("it2", employee(Some("director"), it)),
        ("it3", employee(Some("it2"), it)),
        ("admin", employee(None, "管理")),
    ];
    Organisation {
        people: people
            .into_iter()
            .map(|(name, who)| (person(name), who))
            .collect(),
        groups: std::collections::BTreeMap::new(),
        administrators: [person("admin")].into(),
    }
}

pub(crate) fn plan(what: &str) -> Plan {
    let steps = ["user", "licence"].map(PlanStepId::new).to_vec();
    Plan::seal(steps, json!({ "creates": what }))
}

pub(crate) fn values() -> forms::Values {
    forms::Values::parse(r#"{"lastName":"佐藤","firstName":"花子"}"#).unwrap()
}

pub(crate) fn source(round: u32) -> Source {
    Source { inbox_item: 7, round }
}

pub(crate) fn submit() -> Command {
    Command::Submit(Submission {
        application: ApplicationId::new("a-1"),
        number: "USR-2026-00001".to_owned(),
        applicant: person("applicant"),
        viewers: vec![person("viewer")],
        source: source(1),
        values: values(),
    })
}

pub(crate) fn accept() -> Command {
    let route = resolve_all(&definition(), &person("applicant"), &organisation()).unwrap();
    Command::Accept {
        plan: plan("hanako"),
        route,
    }
}

/// An application and everything that ever happened to it.
#[derive(Default)]
pub(crate) struct Story {
    pub(crate) application: Option<Application>,
    pub(crate) events: Vec<(Timestamp, Event)>,
}

impl Story {
    pub(crate) fn tell(&mut self, command: Command) -> Result<(), Refusal> {
        let now = at(i64::try_from(self.events.len()).unwrap() * 60);
        let events = decide(self.application.as_ref(), command, &definition(), now)?;
        for event in events {
            self.application = Some(apply(self.application.take(), &event, now).unwrap());
            self.events.push((now, event));
        }
        Ok(())
    }

    pub(crate) fn of(commands: impl IntoIterator<Item = Command>) -> Self {
        let mut story = Self::default();
        for command in commands {
            story.tell(command).unwrap();
        }
        story
    }

    pub(crate) fn now(&self) -> &Application {
        self.application.as_ref().unwrap()
    }

    pub(crate) fn code(&self) -> &'static str {
        self.now().code().as_str()
    }

    pub(crate) fn token(&self) -> Option<workflow::StepToken> {
        match &self.application.as_ref()?.state {
            workflow::State::InApproval(review) => Some(review.token),
            _ => None,
        }
    }

    /// A vote at the step that stands now.
    pub(crate) fn vote(&mut self, by: &str, choice: workflow::Choice) -> Result<(), Refusal> {
        let token = self.token().unwrap();
        self.tell(decision(by, token, choice))
    }
}

pub(crate) fn decision(by: &str, token: workflow::StepToken, choice: workflow::Choice) -> Command {
    Command::Decide {
        by: person(by),
        token,
        choice,
        comment: Some("理由".to_owned()),
    }
}
