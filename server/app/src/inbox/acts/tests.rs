use m365::sharepoint::ItemId;
use workflow::Event;

use super::*;
use crate::testing::{TestService, events, person, sent_back};

const APPLICANT: u8 = 10;
const DRAFTER: u8 = 12;
const STRANGER: u8 = 99;

/// What the row is answered once so many runs have carried this person's act out.
async fn answer(service: &Service, number: &str, (author, act): (u8, &Act), runs: usize) -> Option<Answer> {
    let row = Row {
        item: ItemId(i32::from(author)),
        author: person(author),
        versions: Vec::new(),
    };
    let who = Asker {
        by: &row.author,
        channel: Channel::WebPart,
    };
    let asked = Asked::of(service, number, &who, act).await.unwrap();
    let judged = Ok((number.to_owned(), asked));
    for _ in 0..runs {
        keep(service, &row, &judged).await.unwrap();
    }
    Seen::load(service, row.item).await.unwrap().answer
}

fn done(state: &str) -> Answer {
    Answer::Done {
        state: state.to_owned(),
    }
}

#[tokio::test]
async fn an_act_counts_once_although_a_lost_lease_had_it_carried_out_twice() {
    let test = TestService::open().await;
    let service = &test.service;
    let id = sent_back(service, None).await;
    let number = Case::of_job(service, &id).await.unwrap().row.number;
    let withdraw = Act::Withdraw { comment: None };
    assert_eq!(
        answer(service, &number, (APPLICANT, &withdraw), 2).await,
        Some(done("WD"))
    );
    let told = events(service, &id).await;
    let refused = |event: &&Event| matches!(event, Event::NotCounted { .. });
    assert_eq!(told.iter().filter(refused).count(), 0, "{told:?}");
}

#[tokio::test]
async fn t2_whoever_is_the_applicant_of_somebody_elses_row_applies_again_by_a_row_of_his_own() {
    let test = TestService::open().await;
    let service = &test.service;
    let id = sent_back(service, Some(person(DRAFTER))).await;
    let number = Case::of_job(service, &id).await.unwrap().row.number;
    let form = forms::Values::parse(r#"{"lastName": "山田"}"#).unwrap();
    let again = Act::Resubmit { form: form.clone() };
    assert_eq!(answer(service, &number, (STRANGER, &again), 1).await, None);
    assert_eq!(
        answer(service, &number, (APPLICANT, &again), 1).await,
        Some(done("SU"))
    );
    let told = events(service, &id).await;
    let Some(Event::Resubmitted { by, source, payload }) = told.last() else {
        panic!("{told:?}")
    };
    assert_eq!((by, source.to_string().as_str()), (&person(APPLICANT), "7.2"));
    assert_eq!(payload.values.text("lastName"), form.text("lastName"));
}
