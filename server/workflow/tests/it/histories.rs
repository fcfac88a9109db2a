//! Random histories: whatever people and the service try, these things hold.

use crate::fixture::{Story, accept, decision, person, plan, source, submit, values};
use proptest::prelude::*;
use serde_json::json;
use workflow::application::{ItemState, SendBackTo, Verdict};
use workflow::{Choice, Command, Level, PlanStepId, PrincipalRef, State, StepKey, StepToken, access, replay};

const PEOPLE: [&str; 7] = ["applicant", "manager", "it1", "it2", "it3", "stranger", "admin"];

/// Chooses a command by number; `tokens` are all that ever stood.
fn command((kind, who, which): (u8, usize, usize), story: &Story, tokens: &[StepToken]) -> Command {
    let by = person(PEOPLE[who]);
    let token = tokens.get(which % tokens.len().max(1)).copied();
    let step = PlanStepId::new(["user", "licence"][which % 2]);
    match (kind, token) {
        (0, _) => accept(),
        (1, _) => Command::PullBack { by },
        (2, _) if which == 0 => Command::Withdraw { by, comment: None },
        (3, _) => {
            let round = story.now().round() + 1;
            Command::Resubmit {
                by: person("applicant"),
                source: source(round),
                values: values(),
            }
        }
        (4, _) => Command::StartExecution,
        (5, _) => Command::PlanChanged { plan: plan("other") },
        (6, _) => Command::FinishStep {
            step,
            receipt: json!({}),
        },
        (7, _) => Command::BeginStep {
            step,
            before: json!({}),
        },
        (8, _) => Command::Park {
            why: "why".to_owned(),
        },
        (9, _) => Command::Retry { by },
        (10, Some(token)) => decision(PEOPLE[who], token, Choice::SendBack(SendBackTo::Applicant {})),
        (11, Some(token)) => {
            let step = StepKey::new("manager");
            decision(PEOPLE[who], token, Choice::SendBack(SendBackTo::Step { step }))
        }
        (12, Some(token)) => decision(PEOPLE[who], token, Choice::Reject),
        (13, _) => Command::Skip {
            by,
            step,
            reason: "reason".to_owned(),
        },
        (_, Some(_)) => decision(PEOPLE[who], story.token().or(token).unwrap(), Choice::Approve),
        (_, None) => accept(),
    }
}

fn check(story: &Story) {
    let now = story.now();
    let replayed = replay(story.events.iter().map(|(at, event)| (*at, event))).unwrap();
    assert_eq!(replayed.as_ref(), Some(now));
    for (principal, level) in access(now) {
        let PrincipalRef::Person(who) = principal else {
            continue;
        };
        assert_ne!(who, person("stranger"));
        let deciding =
            matches!(&now.state, State::InApproval(review) if review.asking.pending().any(|p| *p == who));
        assert_eq!(level == Level::Decide, deciding);
    }
    if let State::Approved { .. } | State::Executing(_) | State::Completed { .. } = now.state {
        let approvals = |step: &str| {
            let of_round = now
                .past
                .iter()
                .filter(|a| a.step.as_str() == step && a.round == now.round());
            let items = of_round.flat_map(|asking| &asking.items);
            items
                .filter(|i| {
                    matches!(
                        i.state,
                        ItemState::Done {
                            verdict: Verdict::Approve,
                            ..
                        }
                    )
                })
                .count()
        };
        assert_eq!(
            (approvals("manager"), approvals("it")),
            (1, 2),
            "superseded votes never count"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn replay_is_the_state_and_superseded_votes_never_count(
        choices in prop::collection::vec((0u8..30, 0usize..7, 0usize..8), 1..60),
    ) {
        let mut story = Story::of([submit(), accept()]);
        let mut tokens = Vec::new();
        let mut lines = story.events.len();
        for choice in choices {
            tokens.extend(story.token());
            // A refused command must leave no trace.
            let before = story.now().clone();
            if story.tell(command(choice, &story, &tokens)).is_err() {
                prop_assert_eq!(story.now(), &before);
            }
            prop_assert!(story.events.len() >= lines);
            lines = story.events.len();
            check(&story);
        }
    }
}
