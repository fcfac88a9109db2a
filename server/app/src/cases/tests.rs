//! The life of an application as the store keeps it.

use serde_json::json;
use store::{JournalLine, Role, Store, StoreError, TenantId, transaction};
use workflow::application::Source;
use workflow::application::{Channel, Choice, Marks};
use workflow::journal::{Place, Sealed, verify};
use workflow::route::{Route, RouteStep};
use workflow::{Code, Command, Definition, Hash, PersonId, Plan, RefusalCode, State, StepKey, replay};

use super::*;
use crate::jobs::JobError;
use crate::setup::WORKFLOWS;
use crate::testing::TestService;

fn person(number: u8) -> PersonId {
    PersonId::new(format!("00000000-0000-0000-0000-0000000000{number:02}"))
}

const APPLICANT: u8 = 10;
const MANAGER: u8 = 11;

fn values() -> forms::Values {
    forms::Values::parse(r#"{"lastName": "山田"}"#).unwrap()
}

async fn submitted(test: &TestService) -> Result<Case, JobError> {
    let definition = Definition::parse(WORKFLOWS[0]).unwrap();
    let service = &test.service;
    transaction!(service.store.write(&service.tenant), tx => {
        pin(tx, &definition, WORKFLOWS[0]).await?;
        let source = Source::Row { inbox_item: 7, round: 1 };
        let via = Some(Place::Inbox { row: 7, version: 1 });
        let new = NewApplication {
            applicant: person(APPLICANT), drafter: None, link: None, source, via, values: values(),
        };
        Case::submit(tx, service, &definition, new).await
    })
}

fn accept() -> Command {
    let asked = |key: &str, people: &[u8]| {
        let people = people.iter().map(|number| person(*number));
        RouteStep::asking(StepKey::new(key), people)
    };
    Command::Accept {
        plan: Plan::seal(vec![], json!({})),
        route: Route::of(vec![asked("manager", &[MANAGER]), asked("it", &[21, 22, 23])]),
    }
}

fn vote(case: &Case, by: u8) -> Command {
    let State::InApproval(review) = &case.application.state else {
        panic!("nothing is asked")
    };
    Command::Decide {
        by: person(by),
        token: review.token,
        choice: Choice::Approve,
        comment: None,
        marks: Marks::of(Channel::List),
    }
}

/// The kinds and keys of all jobs that wait, the application's own id left out.
async fn jobs(store: &Store, case: &Case) -> Vec<String> {
    let claim = store::jobs::Claim {
        now: "2100-01-01T00:00:00Z".parse().unwrap(),
        owner: "test".into(),
        lease: jiff::SignedDuration::from_secs(60),
        limit: 100,
        from: store::jobs::Priority::Person,
    };
    let id = case.row.id.to_string();
    let mut found = Vec::new();
    loop {
        let jobs = store.claim(&claim).await.unwrap();
        if jobs.is_empty() {
            found.sort();
            return found;
        }
        for job in jobs {
            found.push(format!("{} {}", job.kind, job.key.replace(&id, "A")));
            let done: Result<_, StoreError> = transaction!(store.write(&job.tenant), tx =>
                tx.finish(&job, &store::jobs::JobEnd::Done).await);
            done.unwrap();
        }
    }
}

async fn lines(store: &Store, tenant: &TenantId, case: &Case) -> Vec<JournalLine> {
    let lines: Result<_, StoreError> = transaction!(store.read(tenant), tx => tx.journal(&case.row.id).await);
    lines.unwrap()
}

#[tokio::test]
async fn a_submission_is_numbered_journalled_and_prepared() {
    let test = TestService::open().await;
    let case = submitted(&test).await.unwrap();
    assert!(case.row.number.starts_with("USR-") && case.row.number.ends_with("-00001"));
    assert_eq!((case.row.code.as_str(), case.row.source.as_str()), ("SU", "7.1"));
    assert_eq!(jobs(&test.service.store, &case).await, ["prepare A", "publish A"]);
    let again = submitted(&test).await;
    assert!(matches!(
        again,
        Err(JobError::Store(StoreError::UniqueTaken { what: "source" }))
    ));
}

#[tokio::test]
async fn two_of_three_approve_and_the_change_is_carried_out() {
    let test = TestService::open().await;
    let service = &test.service;
    let mut case = submitted(&test).await.unwrap();
    jobs(&service.store, &case).await;
    act(service, &case.row.id, &accept()).await.unwrap();
    let mut seen = Vec::new();
    for by in [MANAGER, 22, 23] {
        case = Case::of_job(service, &case.row.id).await.unwrap();
        assert_eq!(case.application.code(), Code::IA);
        act(service, &case.row.id, &vote(&case, by)).await.unwrap();
        seen.push(jobs(&service.store, &case).await);
    }
    let mail = |kind: &str, seq: u8, to: u8| format!("mail A:{kind}:{seq}:{}", person(to));
    assert_eq!(
        seen,
        [
            vec![
                "due A".to_owned(),
                mail("decide", 2, MANAGER),
                mail("decide", 4, 21),
                mail("decide", 4, 22),
                mail("decide", 4, 23),
                mail("received", 2, APPLICANT),
                "publish A".to_owned()
            ],
            vec!["due A".to_owned(), "publish A".to_owned()],
            vec!["execute A".to_owned(), "publish A".to_owned()],
        ]
    );
    case = Case::of_job(service, &case.row.id).await.unwrap();
    assert_eq!(case.application.code(), Code::AP);
}

/// The manager's vote, as it is counted when it was found at `via`; who is told that it was recorded.
async fn told(test: &TestService, via: Option<Place>) -> Vec<String> {
    let service = &test.service;
    let case = submitted(test).await.unwrap();
    act(service, &case.row.id, &accept()).await.unwrap();
    jobs(&service.store, &case).await;
    let voted: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        let mut case = Case::load(tx, &case.row.id).await?.unwrap();
        let vote = vote(&case, MANAGER);
        case.decide_at(tx, service, vote, via).await
    });
    voted.unwrap();
    let jobs = jobs(&service.store, &case).await.into_iter();
    jobs.filter(|job| job.contains(":recorded:")).collect()
}

#[tokio::test]
async fn whoever_decided_in_a_list_is_told_once_that_it_was_recorded_unless_nobody_is_to_be_told() {
    let version = Place::Item {
        version: 7,
        fingerprint: Hash([0; 32]),
    };
    let row = Place::Inbox { row: 12, version: 1 };
    let once = vec![format!("mail A:recorded:3:{}", person(MANAGER))];
    for (via, tells, wanted) in [
        (Some(version), true, once.clone()),
        (Some(row), true, once),
        (None, true, vec![]),
        (Some(version), false, vec![]),
    ] {
        let mut test = TestService::open().await;
        let service = std::sync::Arc::get_mut(&mut test.service).unwrap();
        service.config.mail.tell_deciders = tells;
        assert_eq!(told(&test, via).await, wanted, "{via:?} {tells}");
    }
}

#[tokio::test]
async fn the_journal_is_a_signed_chain_whose_fold_is_the_row() {
    let test = TestService::open().await;
    let service = &test.service;
    let case = submitted(&test).await.unwrap();
    act(service, &case.row.id, &accept()).await.unwrap();
    let case = Case::of_job(service, &case.row.id).await.unwrap();
    let chain: Vec<_> = lines(&service.store, &service.tenant, &case)
        .await
        .into_iter()
        .map(|line| Sealed {
            body: line.body,
            hash: Hash(line.hash.0),
        })
        .collect();
    let (head, lines) = verify(&case.application.id, &chain).unwrap();
    let fold = replay(lines.iter().map(|line| (line.at, &line.event))).unwrap();
    assert_eq!(fold.as_ref(), Some(&case.application));
    let heads: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.heads(&case.row.id).await);
    assert_eq!(heads.unwrap().last().unwrap().hash.0, head.hash.0);
}

#[tokio::test]
async fn a_refused_command_leaves_no_trace() {
    let test = TestService::open().await;
    let service = &test.service;
    let case = submitted(&test).await.unwrap();
    jobs(&service.store, &case).await;
    let stranger = Command::Withdraw {
        by: person(99),
        comment: None,
    };
    act(service, &case.row.id, &accept()).await.unwrap();
    jobs(&service.store, &case).await;
    let outcome = act(service, &case.row.id, &stranger).await.unwrap();
    assert!(matches!(outcome, Outcome::Refused(refusal) if refusal.code == RefusalCode::NotApplicant));
    assert!(jobs(&service.store, &case).await.is_empty());
    assert_eq!(lines(&service.store, &service.tenant, &case).await.len(), 2);
}

#[tokio::test]
async fn whoever_is_asked_holds_the_application_until_it_is_closed() {
    let test = TestService::open().await;
    let service = &test.service;
    let case = submitted(&test).await.unwrap();
    act(service, &case.row.id, &accept()).await.unwrap();
    let held = async |by: u8| -> usize {
        let who = store::PersonId::new(person(by).as_str());
        let rows: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx =>
            tx.applications_with(&who, Role::Holder, None, 10).await);
        rows.unwrap().len()
    };
    assert_eq!([held(MANAGER).await, held(21).await], [1, 0]);
    let withdraw = Command::Withdraw {
        by: person(APPLICANT),
        comment: None,
    };
    act(service, &case.row.id, &withdraw).await.unwrap();
    assert_eq!(held(MANAGER).await, 0);
}
