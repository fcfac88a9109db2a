use jiff::SignedDuration;
use serde_json::{Value, json};
use workflow::application::Source;
use workflow::application::{Channel, Choice as Vote, Marks};
use workflow::journal::Place;
use workflow::route::{Route, RouteStep};
use workflow::{Command, Definition, Plan, State, StepKey};

use super::*;
use crate::cases::{NewApplication, act, pin};
use crate::mail::Facts;
use crate::setup::WORKFLOWS;
use crate::testing::{TestService, person};

const APPROVER: u8 = 11;
const REVIEWER: u8 = 31;
const WORKER: u8 = 21;

/// An approval, somebody who looks afterwards, and work by hand, each due in a month.
fn body() -> String {
    let step =
        |key: &str, kind: Value| json!({ "key": key, "title": { "ja": key, "en": key }, "kind": kind });
    let named = |number: u8| json!([{ "from": "people", "people": [person(number)] }]);
    let due = json!({ "calendarDays": 30 });
    let mut body: Value = serde_json::from_str(WORKFLOWS[0]).unwrap();
    body["steps"] = json!([
        step(
            "one",
            json!({ "approval": { "assignees": named(APPROVER), "due": due } })
        ),
        step(
            "seen",
            json!({ "postReview": { "reviewers": named(REVIEWER), "due": due } })
        ),
        step(
            "work",
            json!({ "manualWork": {
            "workers": named(WORKER), "stage": "beforeExecution", "due": due } })
        ),
    ]);
    body.to_string()
}

async fn in_approval(service: &Service, row: i64) -> store::ApplicationId {
    let body = body();
    let definition = Definition::parse(&body).unwrap();
    let case: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        pin(tx, &definition, &body).await?;
        let source = Source::Row { inbox_item: row, round: 1 };
        let via = Some(Place::Inbox { row, version: 1 });
        let new = NewApplication {
            applicant: person(10), drafter: None, link: None, source, via, values: forms::Values::default(),
        };
        Case::submit(tx, service, &definition, new).await
    });
    let id = case.unwrap().row.id;
    let asking = |(key, number)| RouteStep::asking(StepKey::new(key), [person(number)]);
    let steps = [("one", APPROVER), ("seen", REVIEWER), ("work", WORKER)];
    let accept = Command::Accept {
        plan: Plan::seal(vec![], json!({})),
        route: Route::of(steps.map(asking).into()),
    };
    act(service, &id, &accept).await.unwrap();
    id
}

/// Approved by all; then the work is asked for.
async fn at_work(service: &Service) -> store::ApplicationId {
    let id = in_approval(service, 8).await;
    let case = Case::of_job(service, &id).await.unwrap();
    let State::InApproval(review) = &case.application.state else {
        panic!("nothing is asked")
    };
    let approve = Command::Decide {
        by: person(APPROVER),
        token: review.token,
        choice: Vote::Approve,
        comment: None,
        marks: Marks::of(Channel::List),
    };
    act(service, &id, &approve).await.unwrap();
    act(service, &id, &Command::StartExecution).await.unwrap();
    id
}

/// Whether a mail of this kind waits for the digest of its reader, who wishes one a day.
async fn waits(service: &Service, id: &store::ApplicationId, (kind, to, key): (Kind, u8, &str)) -> bool {
    let wished: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx => {
        let choice = Choice { mails: Mails::Daily, row: 1 };
        choice.keep(tx, &person(to), service.now()).await
    });
    wished.unwrap();
    let wish = MailWish {
        key: format!("{key} {kind:?}"),
        application: id.clone(),
        to: person(to),
        by: None,
        kind,
        facts: Facts::default(),
        translated: None,
    };
    defer(service, &wish).await.unwrap()
}

#[tokio::test]
async fn w30_what_is_asked_for_by_today_does_not_wait_for_the_mail_of_the_next_day() {
    let test = TestService::open().await;
    let service = &test.service;
    let (asked, working) = (in_approval(service, 7).await, at_work(service).await);
    let kinds = [
        (&asked, Kind::Decide, APPROVER),
        (&asked, Kind::PullUp, APPROVER),
        (&working, Kind::PostReview, REVIEWER),
        (&working, Kind::Work, WORKER),
    ];
    for (id, kind, to) in kinds {
        assert!(
            waits(service, id, (kind, to, "early")).await,
            "{kind:?} is due in a month"
        );
    }
    let case = Case::of_job(service, &working).await.unwrap();
    let due = due(&case.application).unwrap();
    test.later(due.duration_since(service.now()) - SignedDuration::from_mins(1));
    for (id, kind, to) in kinds {
        assert!(
            !waits(service, id, (kind, to, "late")).await,
            "{kind:?} is due now"
        );
    }
}
