use proptest::prelude::*;

use super::*;

fn at(milli: i64) -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_000 + milli).unwrap()
}

/// Spends one unit after the other in one moment; how many.
fn at_once(licences: u64, priority: Priority) -> u64 {
    let mut budget = Budget::of(Door::SharePoint);
    budget.set_licences(licences);
    (0..10_000)
        .find(|_| budget.spend(priority, 1, at(0)).is_err())
        .unwrap()
}

#[test]
fn licences_choose_the_row() {
    let minutes = [0, 1_000, 1_001, 5_000, 15_000, 50_000, 50_001, 1_000_000];
    assert_eq!(
        minutes.map(|licences| at_once(licences, Priority::People)),
        [1_250, 1_250, 2_500, 2_500, 3_750, 5_000, 6_250, 6_250]
    );
    assert_eq!(at_once(0, Priority::Background), 937);
}

/// What one of so many instances may spend at once.
fn part_of(sharers: u32, priority: Priority) -> u64 {
    let mut budget = Budget::of(Door::SharePoint);
    budget.set_sharers(NonZeroU32::new(sharers).unwrap());
    (0..10_000)
        .find(|_| budget.spend(priority, 1, at(0)).is_err())
        .unwrap()
}

#[test]
fn instances_that_share_spend_together_no_more_than_one_alone_and_none_is_left_out() {
    for sharers in [1, 2, 3, 8] {
        for (priority, whole) in [(Priority::People, 1_250), (Priority::Background, 937)] {
            let part = part_of(sharers, priority);
            let together = part * u64::from(sharers);
            assert!(
                together <= whole && together + 2 * u64::from(sharers) > whole,
                "{sharers}: {part}"
            );
        }
    }
}

#[test]
fn whoever_is_joined_keeps_what_he_spent_and_gets_his_part_back_when_the_other_leaves() {
    let mut budget = Budget::of(Door::SharePoint);
    assert!(budget.spend(Priority::People, 700, at(0)).is_ok());
    budget.set_sharers(NonZeroU32::new(2).unwrap());
    assert!(
        budget.spend(Priority::People, 1, at(1)).is_err(),
        "more than half is spent"
    );
    budget.set_licences(5_000);
    assert!(
        budget.spend(Priority::People, 500, at(2)).is_ok(),
        "half of a larger tenant's"
    );
    assert!(budget.spend(Priority::People, 100, at(3)).is_err());
    budget.set_sharers(NonZeroU32::MIN);
    assert!(budget.spend(Priority::People, 1_300, at(4)).is_ok());
}

#[test]
fn what_background_work_leaves_is_there_for_people_and_comes_back_after_a_minute() {
    let mut budget = Budget::of(Door::SharePoint);
    assert!(budget.spend(Priority::Background, 900, at(0)).is_ok());
    let room = budget.spend(Priority::Background, 100, at(10)).unwrap_err();
    assert!((at(60_000)..=at(61_000)).contains(&room), "{room}");
    assert!(budget.spend(Priority::People, 300, at(20)).is_ok());
    assert!(budget.spend(Priority::Background, 100, room).is_ok());
}

#[test]
fn a_day_has_its_own_end() {
    let mut budget = Budget::of(Door::SharePoint);
    let mut moment = 0;
    while budget.spend(Priority::People, 1_250, at(moment)).is_ok() {
        moment += 61_000;
    }
    assert_eq!(moment / 61_000, 960, "1,200,000 units");
    let room = budget.spend(Priority::People, 1_250, at(moment)).unwrap_err();
    assert!(
        (at(86_400_000)..=at(86_400_000 + 1_440_000)).contains(&room),
        "{room}"
    );
}

#[test]
fn a_call_larger_than_the_share_goes_alone() {
    let mut budget = Budget::of(Door::SharePoint);
    assert!(budget.spend(Priority::Background, 1_200, at(0)).is_ok());
    assert!(budget.spend(Priority::Background, 1, at(1)).is_err());
    assert!(budget.spend(Priority::Background, 1_200, at(120_000)).is_ok());
}

proptest! {
    /// Whoever asks, whenever: no minute holds more than the tenant grants, and background work alone never
    /// more than its share; and whoever waits as told gets through.
    #[test]
    fn no_minute_holds_more_than_is_granted(
        calls in prop::collection::vec((0_i64..4_000, 1_u32..200, any::<bool>()), 1..200)
    ) {
        let mut budget = Budget::of(Door::SharePoint);
        let (mut now, mut spent) = (0, Vec::new());
        for (pause, units, person) in calls {
            now += pause;
            let priority = if person { Priority::People } else { Priority::Background };
            match budget.spend(priority, units, at(now)) {
                Ok(()) => spent.push((now, u64::from(units), person)),
                Err(room) => {
                    prop_assert!(room > at(now));
                    let mut later = budget.clone();
                    prop_assert!(later.spend(priority, units, room).is_ok());
                }
            }
        }
        for (start, ..) in &spent {
            let minute = spent.iter().filter(|(moment, ..)| (*start..*start + 60_000).contains(moment));
            prop_assert!(minute.clone().map(|(_, units, _)| units).sum::<u64>() <= 1_250);
            let background = minute.filter(|(.., person)| !person).map(|(_, units, _)| units);
            prop_assert!(background.sum::<u64>() <= 937);
        }
    }
}
