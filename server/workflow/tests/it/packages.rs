//! Whoever changes a byte of an evidence package is found, and so is whoever writes all of it anew.

use crate::fixture::{Story, accept, at, person, submission, submit};
use crate::pack::{OURS, Secret, THEIRS, checked, lines, pack, packed, problems, resealed};
use proptest::prelude::*;
use serde_json::json;
use workflow::application::{Submission, represent};
use workflow::evidence::{Entry, Known, MOST_FAULTS, Package, Problem, PublicKey, story, verify};
use workflow::journal::Head;
use workflow::route::{Delegation, Register};
use workflow::{Choice, Command, PlanStepId};

fn executed() -> Story {
    let mut story = Story::of([submit(), accept()]);
    story.approve("manager");
    story.approve("it1");
    story.approve("it2");
    story.tell(Command::StartExecution).unwrap();
    for step in ["user", "licence"].map(PlanStepId::new) {
        let begin = Command::BeginStep {
            step: step.clone(),
            before: json!({ "there": null }),
        };
        story.tell(begin).unwrap();
        let receipt = json!({ "account": "4711" });
        story.tell(Command::FinishStep { step, receipt }).unwrap();
    }
    story
}

#[test]
fn a_package_as_it_was_made_is_good_and_names_the_key() {
    let file = packed(&executed()).text().unwrap();
    let verdict = checked(file.as_bytes());
    assert_eq!(verdict.faults, []);
    assert_eq!(verdict.fingerprint, Some(OURS.fingerprint()));
    assert_eq!((verdict.lines, verdict.heads, verdict.unsaid), (13, 13, 0));
}

#[test]
fn what_was_done_to_the_tenant_stands_with_what_was_there_before_and_who_agreed() {
    let told = packed(&executed()).told;
    assert_eq!(told.decisions.len(), 3);
    let calls: Vec<_> = told
        .calls
        .iter()
        .map(|call| (call.step.as_str(), call.done.is_some()))
        .collect();
    assert_eq!(calls, [("user", true), ("licence", true)]);
    assert_eq!(told.calls[0].before, json!({ "there": null }));
    assert_eq!(told.calls[0].receipt, Some(json!({ "account": "4711" })));
}

/// Whoever typed it, and whoever decided: never the one for whom he did it.
#[test]
fn x15_a_drafter_and_a_deputy_stand_in_the_audit_themselves() {
    let drafted = Submission {
        drafter: Some(person("drafter")),
        ..submission()
    };
    let mut told = Story::of([Command::Submit(Box::new(drafted)), accept()]);
    let delegation = Delegation {
        of: person("manager"),
        to: person("deputy"),
        from: at(0),
        until: None,
        workflows: None,
    };
    let register = Register {
        delegations: [delegation].into(),
    };
    let represented = represent(told.now(), &told.definition, &register, at(told.clock));
    told.tell(represented.unwrap()).unwrap();
    told.approve("deputy");
    let read = story(packed(&told).text().unwrap().as_bytes()).unwrap();
    let of = |what: &str| read.entries.iter().find(|entry| entry.what == what).unwrap();
    let who = |entry: &Entry| {
        let who = entry.who.as_ref()?;
        Some((who.person.clone(), who.is_applicant))
    };
    assert_eq!(who(of("submitted")), Some((person("drafter"), false)));
    let decided = of("decided");
    assert_eq!(who(decided), Some((person("deputy"), false)));
    let on_behalf_of = decided.on_behalf_of.as_ref().map(|who| &who.person);
    assert_eq!(on_behalf_of, Some(&person("manager")));
}

#[test]
fn every_changed_byte_is_found() {
    let file = packed(&executed()).text().unwrap().into_bytes();
    for at in (0..file.len()).step_by(29) {
        for mask in [1, 0x20] {
            let mut changed = file.clone();
            changed[at] ^= mask;
            assert_ne!(checked(&changed).faults, [], "byte {at}, mask {mask}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_byte_is_changed_added_or_lost_it_is_found(at in any::<prop::sample::Index>(), byte: u8, kind in 0..3_u8) {
        let mut file = packed(&executed()).text().unwrap().into_bytes();
        let at = at.index(file.len());
        match kind {
            0 if file[at] == byte => file.truncate(at),
            0 => file[at] = byte,
            1 => file.insert(at, byte),
            _ => drop(file.remove(at)),
        }
        prop_assert!(!checked(&file).faults.is_empty());
    }
}

#[test]
fn white_space_and_other_order_are_not_the_canonical_text() {
    let package = packed(&executed());
    let text = package.text().unwrap();
    for file in [
        text.replacen(',', ", ", 1),
        format!("{text}\n"),
        serde_json::to_string(&package).unwrap(),
    ] {
        let faults = checked(file.as_bytes()).faults;
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].problem, Problem::NotCanonical);
    }
    let at = text.find(',').unwrap() + 1;
    let faults = checked(text.replacen(',', ", ", 1).as_bytes()).faults;
    assert_eq!(
        faults[0].bytes.start, at,
        "the first byte that should not be there"
    );
}

/// Another history, made with all hashes and another key.
#[test]
fn a_history_that_another_key_rewrote_is_named() {
    let story = executed();
    let forged = pack(&lines(&story), serde_json::to_value(story.now()).unwrap(), THEIRS);
    let named = (Problem::OtherKey, None, "/key".to_owned());
    assert_eq!(problems(&forged), [named]);
    let unasked = verify(forged.text().unwrap().as_bytes(), Secret::read, Known::default());
    assert_eq!(unasked.faults, []);
    assert_eq!(
        unasked.fingerprint,
        Some(THEIRS.fingerprint()),
        "is to be compared by hand"
    );
    let dressed = Package {
        key: packed(&story).key,
        ..forged
    };
    let found = problems(&dressed);
    assert!(
        found.contains(&(Problem::HeadOfOtherKey, Some(1), "/heads/0/keyId".to_owned())),
        "{found:?}"
    );
    assert!(
        found.contains(&(Problem::SealSignatureWrong, None, "/seal/signature".to_owned())),
        "{found:?}"
    );
}

/// The key is the right one: whoever holds it still cannot make a history that does not hold together.
#[test]
fn what_does_not_hold_together_is_named_by_line_and_member() {
    let package = packed(&executed());
    let mut line = package.clone();
    line.lines[3].body = line.lines[3].body.replacen("it", "is", 1);
    assert_eq!(
        problems(&resealed(line, OURS))[0],
        (Problem::LineHashDiffers, Some(4), "/lines/3/body".to_owned())
    );
    let mut state = package.clone();
    state.state["applicant"] = json!("somebody");
    assert_eq!(
        problems(&resealed(state, OURS)),
        [(Problem::StateDiffers, None, "/state".to_owned())]
    );
    let mut head = package.clone();
    head.heads.pop();
    assert_eq!(
        problems(&resealed(head, OURS)),
        [(Problem::EndUnsigned, Some(13), "/heads".to_owned())]
    );
    let mut said = package.clone();
    let text = said.versions[0].said.as_mut().unwrap();
    text.fields.insert("PFDecision".to_owned(), json!("却下"));
    assert_eq!(
        problems(&resealed(said, OURS)),
        [(Problem::VersionRewritten, Some(3), "/versions/0/said".to_owned())]
    );
    let mut told = package.clone();
    told.told.calls.pop();
    assert_eq!(
        problems(&resealed(told, OURS)),
        [(Problem::ToldDiffers, None, "/told".to_owned())]
    );
    let mut unjudged = package;
    unjudged.versions.clear();
    assert_eq!(
        problems(&resealed(unjudged, OURS)),
        [(Problem::VersionsDiffer, None, "/versions".to_owned())]
    );
}

/// The plan is exchanged after the vote: the vote's token stands for the other one.
#[test]
fn a_plan_that_nobody_approved_is_named_at_the_line_that_brought_it() {
    let story = executed();
    let mut events = story.events.clone();
    let workflow::Event::Accepted { plan, .. } = &mut events[1].1 else {
        panic!("accepted")
    };
    *plan = crate::fixture::plan("another");
    let mut forged = Story {
        events,
        ..Story::default()
    };
    forged.application = workflow::replay(forged.events.iter().map(|(at, event)| (*at, event))).unwrap();
    let found = problems(&packed(&forged));
    assert!(
        found.contains(&(Problem::TokenDiffers, Some(2), "/lines/1/body".to_owned())),
        "{found:?}"
    );
}

#[test]
fn a_plan_of_which_a_word_was_changed_does_not_have_its_hash() {
    let mut story = executed();
    let workflow::Event::Accepted { plan, .. } = &mut story.events[1].1 else {
        panic!("accepted")
    };
    plan.body = json!({ "creates": "something else" });
    story.application = workflow::replay(story.events.iter().map(|(at, event)| (*at, event))).unwrap();
    assert_eq!(
        problems(&packed(&story)),
        [(Problem::PlanHashDiffers, Some(2), "/lines/1/body".to_owned())]
    );
}

/// Rejections, sendings back, rounds: no history of ours is found fault with.
#[test]
fn a_history_that_ends_otherwise_is_good_too() {
    let mut story = Story::of([submit(), accept()]);
    story.vote("manager", Choice::Reject).unwrap();
    assert_eq!(problems(&packed(&story)), []);
}

/// Lines are cut off at the end, and everything is signed anew; the closing mail knows of more.
#[test]
fn a_history_without_its_end_is_not_the_one_that_the_mail_names() {
    let story = executed();
    let all = lines(&story);
    let end = all.last().unwrap();
    let known = Known {
        fingerprint: None,
        head: Some(Head {
            seq: end.seq,
            hash: end.seal().unwrap().hash,
        }),
    };
    let file = |package: &Package| package.text().unwrap();
    let whole = verify(file(&packed(&story)).as_bytes(), Secret::read, known);
    assert_eq!(whole.faults, []);
    let kept = &all[..all.len() - 2];
    let events = kept.iter().map(|line| (line.at, &line.event));
    let state = serde_json::to_value(workflow::replay(events).unwrap()).unwrap();
    let cut = verify(file(&pack(kept, state, OURS)).as_bytes(), Secret::read, known);
    let found: Vec<_> = cut
        .faults
        .iter()
        .map(|fault| (fault.problem, fault.line))
        .collect();
    assert_eq!(found, [(Problem::OtherHead, Some(13))]);
}

#[test]
fn a_file_that_is_wrong_everywhere_is_told_of_as_far_as_somebody_reads() {
    let mut package = serde_json::to_value(packed(&executed())).unwrap();
    let line = json!({ "seq": 0, "body": "", "hash": "0".repeat(64) });
    package["lines"] = json!(vec![line; 1_000]);
    let verdict = checked(package.to_string().as_bytes());
    assert_eq!(verdict.faults.len(), MOST_FAULTS);
}
