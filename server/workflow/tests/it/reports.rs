//! What a report tells of applications whose course is known to the second.

use jiff::SignedDuration;
use jiff::civil::{Date, date};
use serde_json::json;
use workflow::application::{Authority, SendBackTo};
use workflow::report::{Course, Days, Grain, Report, Spread, Survey};
use workflow::{Choice, Command, Definition, PersonId, PlanStepId};

use crate::fixture::{Story, approval, at, flow, person};
use crate::pack::lines;
use crate::story::calendar;

const MINUTE: u32 = 60;
const HOUR: i64 = 3600;

fn course(story: &Story) -> Course {
    Course::of(&lines(story)).unwrap().unwrap()
}

/// Friday to Sunday around the beginning of time of the stories, 2027-01-15 17:00 in Tokyo.
fn days() -> Days {
    Days::new(date(2027, 1, 15), date(2027, 1, 17)).unwrap()
}

fn surveyed(stories: &[&Story], seconds: i64) -> Report {
    let calendar = calendar();
    let mut survey = Survey::new(calendar, days(), at(seconds));
    for story in stories {
        survey.add(&course(story)).unwrap();
    }
    survey.report()
}

/// Two steps; the first is due at the end of the next business day.
fn two_steps() -> Definition {
    let first = json!({ "due": { "businessDays": 1 }, "quorum": { "of": "any" } });
    flow([
        approval("first", &["a", "b"], first),
        approval("second", &["c"], json!({})),
    ])
}

#[test]
fn x19_a_percentile_is_the_time_that_so_many_of_a_hundred_do_not_exceed() {
    assert_eq!(Spread::of(Vec::new()), None);
    let table: [(&[u32], _); 5] = [
        (&[7], (7, 7, 7)),
        (&[9, 1], (1, 9, 9)),
        (&[3, 1, 2], (2, 3, 3)),
        (&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], (5, 9, 10)),
        (&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], (6, 10, 11)),
    ];
    for (seconds, wanted) in table {
        let spread = Spread::of(seconds.to_vec()).unwrap();
        assert_eq!((spread.p50, spread.p90, spread.longest), wanted, "{seconds:?}");
    }
}

#[test]
fn x19_each_opening_of_a_step_has_its_time_and_its_people() {
    let mut story = Story::accepted(two_steps());
    story.clock += HOUR;
    story.approve("a");
    story
        .vote("c", Choice::SendBack(SendBackTo::Applicant {}))
        .unwrap();
    let course = course(&story);
    let told: Vec<_> = course
        .passages
        .iter()
        .map(|passage| {
            let lasted = passage.ended.unwrap().duration_since(passage.opened);
            let turns = passage.turns.iter();
            let turns = turns.map(|turn| (turn.person.as_str(), turn.is_answered));
            (passage.step.as_str(), lasted.as_secs(), turns.collect::<Vec<_>>())
        })
        .collect();
    let wanted = [
        ("first", HOUR + 60, vec![("a", true), ("b", false)]),
        ("second", 60, vec![("c", true)]),
    ];
    assert_eq!(told, wanted);
    assert_eq!((course.returns, course.closed), (1, None));
}

#[test]
fn x19_what_was_handed_over_waits_for_its_new_owner_from_then_on() {
    let mut story = Story::accepted(two_steps());
    story.clock += HOUR;
    let reassign = Command::Reassign {
        by: person("admin"),
        authority: Authority::Administrator,
        from: person("a"),
        to: person("d"),
        reason: "異動".to_owned(),
    };
    story.tell(reassign).unwrap();
    let course = course(&story);
    let [passage] = course.passages.as_slice() else {
        panic!("one step is asked")
    };
    let turns: Vec<_> = passage.turns.iter().map(|turn| turn.person.as_str()).collect();
    assert_eq!(turns, ["a", "b", "d"]);
    assert!(passage.turns[0].until.is_some() && !passage.turns[0].is_answered);
    let pending: Vec<_> = passage.pending().map(PersonId::as_str).collect();
    assert_eq!(pending, ["b", "d"]);
    assert!(passage.turns[2].since > passage.opened);
}

#[test]
fn x19_times_are_told_on_the_clock_and_in_business_time() {
    // Opened on Friday at 17:02; answered on Monday at 09:03.
    let mut story = Story::accepted(two_steps());
    story.clock += 2 * 24 * HOUR + 16 * HOUR;
    story.approve("b");
    let report = surveyed(&[&story], story.clock + 60);
    let first = report
        .steps
        .iter()
        .find(|step| step.step.as_str() == "first")
        .unwrap();
    let over_the_week_end = u32::try_from(64 * HOUR + 60).unwrap();
    assert_eq!(first.load.times.elapsed().unwrap().p50, over_the_week_end);
    // 28 minutes on Friday, 3 minutes on Monday.
    assert_eq!(first.load.times.business().unwrap().p50, 31 * MINUTE);
    assert_eq!(
        report.steps[0].step.as_str(),
        "first",
        "the bottleneck comes first"
    );
    assert!(report.steps[0].share > 900, "{:?}", report.steps);
}

#[test]
fn x19_whoever_had_to_answer_is_told_apart_from_whoever_did_not() {
    let mut story = Story::accepted(two_steps());
    story.clock += HOUR / 6;
    story.approve("a");
    let report = surveyed(&[&story], story.clock + 60);
    let person = |name: &str| {
        let found = report.people.iter().find(|load| load.person.as_str() == name);
        let load = &found.unwrap().load;
        (load.times.count(), load.open, load.waited > 0)
    };
    assert_eq!(person("a"), (1, 0, true));
    assert_eq!(
        person("b"),
        (0, 0, true),
        "he was waited for, but answered nothing"
    );
    assert_eq!(person("c"), (0, 1, true));
}

#[test]
fn x19_late_is_what_stands_beyond_its_deadline_by_the_company_s_calendar() {
    let story = Story::accepted(two_steps());
    // Due on Monday at 17:30, three days and 29 minutes after the beginning.
    let due = 3 * 24 * HOUR + HOUR / 2;
    let table = [(due - 60, 0), (due + 60, 1), (due + 18 * HOUR, 1)];
    for (seconds, late) in table {
        let report = surveyed(&[&story], seconds);
        assert_eq!(
            (report.late_in_all, report.late.len()),
            (late, late as usize),
            "{seconds}"
        );
    }
    let report = surveyed(&[&story], due + 18 * HOUR);
    let [late] = report.late.as_slice() else {
        panic!("one is late")
    };
    assert_eq!(late.number, "USR-2026-00001");
    assert_eq!(late.due, at(due));
    // Over night; the company opened two and a half hours ago.
    assert_eq!(late.overdue, u64::try_from(HOUR * 5 / 2).unwrap());
    let people: Vec<_> = late.people.iter().map(PersonId::as_str).collect();
    assert_eq!(people, ["a", "b"]);
}

#[test]
fn x19_volumes_say_what_became_of_what_was_submitted() {
    let open = Story::accepted(two_steps());
    let mut completed = Story::accepted(two_steps());
    completed.approve("a");
    completed.approve("c");
    completed.tell(Command::StartExecution).unwrap();
    for step in ["user", "licence"].map(PlanStepId::new) {
        let (begun, before, receipt) = (step.clone(), json!(null), json!(null));
        completed
            .tell(Command::BeginStep { step: begun, before })
            .unwrap();
        completed.tell(Command::FinishStep { step, receipt }).unwrap();
    }
    let mut rejected = Story::accepted(two_steps());
    rejected.vote("a", Choice::Reject).unwrap();
    rejected.vote("b", Choice::Reject).unwrap();
    let mut withdrawn = Story::accepted(two_steps());
    let withdraw = Command::Withdraw {
        by: person("applicant"),
        comment: None,
    };
    withdrawn.tell(withdraw).unwrap();
    let report = surveyed(&[&open, &completed, &rejected, &withdrawn], 1200);
    let volume = report.volume;
    assert_eq!(
        (
            volume.submitted,
            volume.open,
            volume.completed,
            volume.rejected,
            volume.otherwise
        ),
        (4, 1, 1, 1, 1)
    );
    let days: Vec<_> = report
        .volumes
        .iter()
        .map(|(day, volume)| (*day, volume.submitted))
        .collect();
    let wanted = [(15, 4), (16, 0), (17, 0)].map(|(day, n)| (date(2027, 1, day), n));
    assert_eq!(days, wanted, "days without applications are told too");
    let [(_, total)] = report.workflows.as_slice() else {
        panic!("one workflow")
    };
    assert_eq!(total.times.count(), 3);
}

#[test]
fn x19_more_late_ones_than_are_shown_are_counted_and_the_oldest_shown() {
    let story = Story::accepted(two_steps());
    let mut survey = Survey::new(calendar(), days(), at(30 * 24 * HOUR));
    let pattern = course(&story);
    for number in 0..250_u32 {
        let mut course = pattern.clone();
        course.number = format!("N-{number:03}");
        let passage = &mut course.passages[0];
        // The highest number is overdue the longest.
        let earlier = SignedDuration::from_mins(i64::from(number));
        passage.due = passage.due.map(|due| due - earlier);
        survey.add(&course).unwrap();
    }
    let report = survey.report();
    assert_eq!(report.late_in_all, 250);
    let numbers: Vec<_> = report.late.iter().map(|late| late.number.as_str()).collect();
    assert_eq!((numbers.len(), numbers[0], numbers[99]), (100, "N-249", "N-150"));
}

#[test]
fn x19_long_periods_are_told_by_months() {
    let of = |first: Date, last: Date| Days::new(first, last).unwrap();
    let month = of(date(2027, 1, 1), date(2027, 1, 31));
    assert_eq!(month.grain(), Grain::Day);
    let longer = of(date(2027, 1, 15), date(2027, 3, 2));
    assert_eq!(longer.grain(), Grain::Month);
    let report = Survey::new(calendar(), longer, at(0)).report();
    let months: Vec<_> = report.volumes.iter().map(|(day, _)| *day).collect();
    assert_eq!(months, [1, 2, 3].map(|month| date(2027, month, 1)));
    assert_eq!(Days::new(date(2027, 1, 2), date(2027, 1, 1)), None);
    let (from, until) = month.moments(calendar().zone()).unwrap();
    assert_eq!(from.to_string(), "2026-12-31T15:00:00Z");
    assert_eq!(until.to_string(), "2027-01-31T15:00:00Z");
}
