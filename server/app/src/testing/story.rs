//! An application on its way, for tests.

use forms::Values;
use serde_json::json;
use store::jobs::{Claim, JobEnd};
use store::{ApplicationId, StoreError, transaction};
use workflow::application::Source;
use workflow::application::{Channel, Choice, Marks};
use workflow::journal::Line;
use workflow::journal::Place;
use workflow::route::{Route, RouteStep};
use workflow::{Command, Definition, Event, PersonId, State, StepKey};

use super::{GROUP, MANAGER, SKU};
use crate::cases::{self, Case, NewApplication, pin};
use crate::jobs::{JobError, MailWish, Task};
use crate::planning;
use crate::service::Service;
use crate::setup::WORKFLOWS;

pub(crate) fn person(number: u8) -> PersonId {
    PersonId::new(format!("00000000-0000-0000-0000-0000000000{number:02}"))
}

fn values() -> Values {
    let answers = json!({"lastName": "高橋", "firstName": "花", "employeeNumber": "123456", "department": "営業部",
        "manager": {"upn": "j.suzuki@contoso.example", "id": MANAGER}, "startDate": "2027-01-04",
        "upnLocal": "h.takahashi", "licence": SKU, "groups": [GROUP]});
    Values::parse(&answers.to_string()).unwrap()
}

async fn submitted(service: &Service, drafter: Option<PersonId>) -> Case {
    let definition = Definition::parse(WORKFLOWS[0]).unwrap();
    let case: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        pin(tx, &definition, WORKFLOWS[0]).await?;
        let source = Source::Row { inbox_item: 7, round: 1 };
        let via = Some(Place::Inbox { row: 7, version: 1 });
        let new = NewApplication {
            applicant: person(10), drafter: drafter.clone(), link: None, source, via, values: values(),
        };
        Case::submit(tx, service, &definition, new).await
    });
    case.unwrap()
}

/// An application that is with its applicant, person 10, again.
pub(crate) async fn sent_back(service: &Service, drafter: Option<PersonId>) -> ApplicationId {
    let id = submitted(service, drafter).await.row.id;
    let back = Command::Return { issues: Vec::new() };
    cases::act(service, &id, &back).await.unwrap();
    id
}

/// An application that everybody has approved.
pub(crate) async fn approved(service: &Service) -> ApplicationId {
    let case = submitted(service, None).await;
    let id = &case.application.id;
    let plan = planning::plan(service, id, &case.definition, (&values(), None))
        .await
        .unwrap()
        .unwrap();
    let asked = |key: &str, people: &[u8]| {
        let people = people.iter().map(|number| person(*number));
        RouteStep::asking(StepKey::new(key), people)
    };
    let accept = Command::Accept {
        plan: planning::seal(&plan).unwrap(),
        route: Route::of(vec![asked("manager", &[11]), asked("it", &[21, 22, 23])]),
    };
    cases::act(service, &case.row.id, &accept).await.unwrap();
    for by in [11, 21, 22] {
        let case = Case::of_job(service, &case.row.id).await.unwrap();
        let State::InApproval(review) = &case.application.state else {
            panic!("nothing is asked")
        };
        let vote = Command::Decide {
            by: person(by),
            token: review.token,
            choice: Choice::Approve,
            comment: None,
            marks: Marks::of(Channel::List),
        };
        cases::act(service, &case.row.id, &vote).await.unwrap();
    }
    case.row.id
}

/// The same, carried out.
pub(crate) async fn completed(service: &Service) -> ApplicationId {
    let id = approved(service).await;
    let end = crate::execute::run(service, &id).await.unwrap();
    assert_eq!(end, JobEnd::Done);
    id
}

/// Every mail that waits to be sent. Takes all jobs away.
pub(crate) async fn mails(service: &Service) -> Vec<MailWish> {
    let claim = Claim {
        now: "2100-01-01T00:00:00Z".parse().unwrap(),
        owner: "test".into(),
        lease: jiff::SignedDuration::from_secs(60),
        limit: 100,
        from: store::jobs::Priority::Person,
    };
    let mut mails = Vec::new();
    loop {
        let jobs = service.store.claim(&claim).await.unwrap();
        if jobs.is_empty() {
            return mails;
        }
        for job in jobs {
            let task = Task::read(&job).unwrap();
            let done: Result<_, StoreError> =
                transaction!(service.store.write(&job.tenant), tx => tx.finish(&job, &JobEnd::Done).await);
            done.unwrap();
            if let Task::Mail(wish) = task {
                mails.push(*wish);
            }
        }
    }
}

/// What the journal tells, oldest first.
pub(crate) async fn events(service: &Service, id: &ApplicationId) -> Vec<Event> {
    let lines: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.journal(id).await);
    let event = |line: store::JournalLine| serde_json::from_str::<Line>(&line.body).unwrap().event;
    lines.unwrap().into_iter().map(event).collect()
}
