//! When a service takes calls again.

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn gate() -> Gate {
    Gate::new(Door::SharePoint)
}

fn away(seconds: u64) -> Result<Pass, Stay> {
    Err(Stay::Away(Duration::from_secs(seconds)))
}

const ORDINARY: Pass = Pass::Ordinary;
const PEOPLE: Priority = Priority::People;
const SWEEP: Priority = Priority::Background;

#[test]
fn a_refusal_holds_everyone_until_its_time_and_never_shortens() {
    let mut gate = gate();
    gate.refused(ORDINARY, Duration::from_secs(30), at(0));
    gate.refused(ORDINARY, Duration::from_secs(5), at(1));
    assert_eq!(gate.ask(PEOPLE, 1, at(10)), away(20));
    assert_eq!(gate.ask(SWEEP, 1, at(29)), away(1));
}

#[test]
fn after_a_refusal_one_call_tries_before_the_others_follow() {
    let mut gate = gate();
    gate.refused(ORDINARY, Duration::from_secs(30), at(0));
    assert_eq!(gate.ask(PEOPLE, 1, at(30)), Ok(Pass::Trial));
    assert_eq!(gate.ask(PEOPLE, 1, at(30)), Err(Stay::UntilTried));
    gate.taken(Pass::Ordinary);
    assert_eq!(
        gate.ask(PEOPLE, 1, at(31)),
        Err(Stay::UntilTried),
        "one from before proves nothing"
    );
    gate.taken(Pass::Trial);
    assert_eq!(gate.ask(PEOPLE, 1, at(31)), Ok(Pass::Ordinary));
}

#[test]
fn a_refused_trial_closes_again_and_a_lost_one_lets_another_try() {
    let mut gate = gate();
    gate.refused(ORDINARY, Duration::from_secs(30), at(0));
    assert_eq!(gate.ask(PEOPLE, 1, at(30)), Ok(Pass::Trial));
    gate.refused(Pass::Trial, Duration::from_mins(1), at(31));
    gate.lost(Pass::Trial, at(31));
    assert_eq!(gate.ask(PEOPLE, 1, at(32)), away(59));
    assert_eq!(gate.ask(PEOPLE, 1, at(91)), Ok(Pass::Trial));
    gate.lost(Pass::Trial, at(92));
    assert_eq!(gate.ask(PEOPLE, 1, at(92)), Ok(Pass::Trial));
}

#[test]
fn a_shrinking_budget_stops_background_work_and_spares_people_until_nothing_is_left() {
    let mut gate = gate();
    let limit = |remaining| RateLimit {
        remaining,
        reset: Duration::from_secs(30),
    };
    gate.told(limit(200), at(0));
    assert_eq!(gate.ask(SWEEP, 1, at(0)), away(30));
    assert_eq!(gate.ask(PEOPLE, 1, at(0)), Ok(Pass::Ordinary));
    gate.told(limit(0), at(1));
    assert_eq!(gate.ask(PEOPLE, 1, at(1)), away(30));
}

#[test]
fn pauses_of_our_own_choice_double_until_a_call_is_taken() {
    let mut gate = gate();
    let mut second = 0;
    let mut pauses = Vec::new();
    for pass in [ORDINARY].into_iter().chain([Pass::Trial; 6]) {
        let pause = gate.pause();
        pauses.push(pause.as_secs());
        gate.refused(pass, pause, at(second));
        gate.refused(ORDINARY, pause, at(second));
        second += 60;
        assert_eq!(gate.ask(PEOPLE, 1, at(second)), Ok(Pass::Trial));
    }
    assert_eq!(
        pauses,
        [2, 4, 8, 16, 32, 60, 60],
        "calls that were under way together count once"
    );
    gate.taken(Pass::Trial);
    assert_eq!(gate.pause(), FIRST_PAUSE);
}
