//! Nobody changes a journal unseen.

use crate::fixture::{Story, accept, at, submit};
use workflow::journal::{ChainProblem, Head, Line, Place, Sealed, verify};
use workflow::{ApplicationId, Choice, Event, Hash, PlanStepId};

fn application() -> ApplicationId {
    ApplicationId::new("a-1")
}

fn chain() -> Vec<Sealed> {
    let mut story = Story::of([submit(), accept()]);
    story.vote("manager", Choice::Approve).unwrap();
    let mut head = Head::START;
    let mut seal = |(at, event)| {
        let line = Line::after(head, application(), event, at);
        let sealed = line.seal().unwrap();
        head = Head {
            seq: line.seq,
            hash: sealed.hash,
        };
        sealed
    };
    story.events.into_iter().map(&mut seal).collect()
}

#[test]
fn a_chain_as_written_is_good_and_its_head_names_the_last_line() {
    let chain = chain();
    let (head, lines) = verify(&application(), &chain).unwrap();
    assert_eq!((head.seq, lines.len()), (4, 4));
    assert_ne!(
        head.digest(&application()),
        head.digest(&ApplicationId::new("a-2"))
    );
}

/// A number that comes back as its neighbour would make a good line look like one that somebody changed.
#[test]
fn numbers_of_a_line_come_back_as_they_were_written() {
    let event = |size: f64| Event::StepBegun {
        step: PlanStepId::new("user"),
        before: serde_json::json!({ "size": size }),
    };
    for size in [1.000_000_000_000_01e45, 0.1, -0.0, 5e-324, f64::MAX] {
        let line = Line::after(Head::START, application(), event(size), at(0));
        let (_, lines) = verify(&application(), &[line.seal().unwrap()]).unwrap();
        assert_eq!(lines, [line]);
    }
}

/// Writes a line anew, with the hash that fits.
fn rewrite(chain: &mut [Sealed], at: usize, from: &str, to: &str) {
    let body = chain[at].body.replacen(from, to, 1);
    assert_ne!(body, chain[at].body);
    chain[at] = Sealed {
        hash: Hash::of(body.as_bytes()),
        body,
    };
}

#[test]
fn every_change_is_found_at_the_line_where_it_shows() {
    type Tamper = fn(&mut Vec<Sealed>);
    let cases: [(Tamper, u64, ChainProblem); 7] = [
        (
            |c| c[2].body = c[2].body.replace("理由", "嘘"),
            3,
            ChainProblem::HashDiffers,
        ),
        (|c| rewrite(c, 2, "理由", "嘘"), 4, ChainProblem::PreviousDiffers),
        (|c| drop(c.remove(1)), 2, ChainProblem::OutOfOrder),
        (|c| c.swap(1, 2), 2, ChainProblem::OutOfOrder),
        (
            |c| rewrite(c, 1, "\"a-1\"", "\"a-9\""),
            2,
            ChainProblem::OtherApplication,
        ),
        (
            |c| rewrite(c, 2, "{\"person\":\"manager\"}", "\"service\""),
            3,
            ChainProblem::ActorDiffers,
        ),
        (|c| rewrite(c, 0, "{", " {"), 1, ChainProblem::Unreadable),
    ];
    for (tamper, seq, problem) in cases {
        let mut chain = chain();
        tamper(&mut chain);
        let broken = verify(&application(), &chain).unwrap_err();
        assert_eq!((broken.seq, broken.problem), (seq, problem));
    }
}

#[test]
fn a_line_tells_where_it_was_written_and_nobody_changes_that_unseen() {
    let mut chain = chain();
    let place = Place::Item {
        version: 3,
        fingerprint: Hash::of(b"version 3"),
    };
    let line = Line::parse(&chain[3].body).unwrap();
    assert_eq!(line.via, None);
    chain[3] = line.led_to_by(Some(place)).seal().unwrap();
    let (_, lines) = verify(&application(), &chain).unwrap();
    assert_eq!(lines[3].via, Some(place));
    chain[3].body = chain[3].body.replace("\"version\":3", "\"version\":4");
    let broken = verify(&application(), &chain).unwrap_err();
    assert_eq!((broken.seq, broken.problem), (4, ChainProblem::HashDiffers));
}
