//! The same act, by the item, by a row, by the API and on the shell, leaves the same lines in the journal, but for the
//! channel. One comparison for every act that can be done in more than one way.

#[path = "same/acts.rs"]
mod acts;
#[path = "same/cast.rs"]
mod cast;
#[path = "same/ways.rs"]
mod ways;

use e2e::house::House;
use e2e::journal;
use e2e::person::Person;
use serde_json::{Value, json};

use super::Pair;
use acts::Deeds;
use cast::Cast;
use ways::Act;

/// Three applications alike: each is led by another way.
const ALIKE: usize = 3;

/// Item and number.
type Case = (i64, String);

struct Three<'a> {
    pair: &'a Pair,
    cases: Vec<Case>,
}

impl<'a> Three<'a> {
    async fn apply(pair: &'a Pair, name: &str, more: &Value) -> Self {
        let mut cases = Vec::new();
        for number in 0..ALIKE {
            let by = (&pair.applicant, &pair.manager);
            let local = format!("{name}{number}.takahashi");
            cases.push(super::applied(&pair.house, by, &local, more).await);
        }
        Self { pair, cases }
    }

    /// Each application by the next of the ways, and all of them leave the same.
    async fn does(&self, act: &Act<'_>) {
        let ways = act.ways();
        let ways = ways.iter().cycle();
        let mut told = Vec::new();
        for (case, way) in self.cases.iter().zip(ways) {
            let before = count(&self.pair.house, &case.1, act.event);
            act.perform(self.pair, case, *way).await;
            until_one_more(&self.pair.house, case, (act.event, before)).await;
            told.push((*way, journal::at_once(&self.pair.house, &case.1, act.event)));
        }
        for (way, lines) in &told {
            assert_eq!(journal::channel(&lines[0]), way.place(), "{}", act.event);
            if let Some(channel) = lines[0]["event"]["channel"].as_str() {
                assert_eq!(channel, way.channel(), "{}", act.event);
            }
            assert_eq!(compared(lines), compared(&told[0].1), "{}: {way:?}", act.event);
        }
    }

    /// Until all of them stand so, as this person sees them.
    async fn are(&self, by: &Person, state: &str) {
        for (item, _) in &self.cases {
            let stands = |row: &Value| row["PFStatus"] == state;
            self.pair.until(by, *item, stands).await;
        }
    }

    /// Until the last line of each is this.
    async fn rest_at(&self, event: &str) {
        for (_, number) in &self.cases {
            let rests = || {
                let lines = journal::lines(&self.pair.house, number);
                lines.last().is_some_and(|line| line["event"]["type"] == event)
            };
            super::until_so(&self.pair.house, rests).await;
        }
    }
}

fn count(house: &House, number: &str, event: &str) -> usize {
    let lines = journal::lines(house, number);
    let same = lines.iter().filter(|line| line["event"]["type"] == event);
    same.count()
}

async fn until_one_more(house: &House, case: &Case, (event, before): (&str, usize)) {
    super::until_so(house, || count(house, &case.1, event) > before).await;
}

fn compared(lines: &[Value]) -> Vec<Value> {
    lines.iter().map(journal::comparable).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_vote_and_every_act_of_applicants_leaves_the_same_by_every_way() {
    let pair = Pair::new(cast::asking_two).await;
    let cast = Cast::of(&pair).await;
    let deeds = Deeds {
        pair: &pair,
        cast: &cast,
    };
    let nothing = json!({});
    let led = Three::apply(&pair, "votes", &nothing).await;
    for act in deeds.at_the_managers_step() {
        led.does(&act).await;
    }
    led.does(&acts::approve(&cast.manager, cast::MANAGERS)).await;
    led.does(&acts::send_back_to_the_manager(&cast.head)).await;
    led.does(&acts::approve(&cast.manager, cast::MANAGERS)).await;
    led.does(&acts::send_back(&cast.head, cast::HEADS)).await;
    led.are(&pair.applicant, "SB").await;
    let refused = Three::apply(&pair, "refused", &nothing).await;
    refused.does(&acts::reject(&cast.manager)).await;
    let handed = Three::apply(&pair, "handed", &nothing).await;
    handed.does(&acts::approve(&cast.manager, cast::MANAGERS)).await;
    for act in [deeds.take_back(), deeds.hand_over()] {
        handed.does(&act).await;
    }
    let taken = Three::apply(&pair, "taken", &nothing).await;
    for act in [deeds.edit(), deeds.pull_back(), deeds.withdraw()] {
        taken.does(&act).await;
    }
    taken.are(&pair.applicant, "WD").await;
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_deputy_decides_leaves_the_same_by_every_way() {
    let pair = Pair::new(cast::asking_two).await;
    let cast = Cast::of(&pair).await;
    let led = Three::apply(&pair, "deputy", &json!({})).await;
    let refused = Three::apply(&pair, "refused", &json!({})).await;
    cast::lets_another_decide(&pair).await;
    led.does(&acts::approve(&cast.another, cast::MANAGERS)).await;
    refused.does(&acts::reject(&cast.another)).await;
    let in_his_place = |line: &Value| line["event"]["onBehalfOf"] == json!(cast.manager.id);
    for (_, number) in &led.cases {
        let decided = journal::since(&pair.house, number, "decided");
        assert!(in_his_place(&decided[0]), "{decided:?}");
    }
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_beside_the_votes_leaves_the_same_by_every_way() {
    let pair = Pair::new(cast::asking_two).await;
    let cast = Cast::of(&pair).await;
    let deeds = Deeds {
        pair: &pair,
        cast: &cast,
    };
    let whole = Three::apply(&pair, "whole", &json!({})).await;
    for act in [deeds.acknowledge(), deeds.finish(), deeds.finish_work()] {
        whole.does(&act).await;
    }
    whole.are(&pair.applicant, "CO").await;
    for act in [deeds.object(), deeds.settle()] {
        whole.does(&act).await;
    }
    let declined = Three::apply(&pair, "declined", &json!({})).await;
    for act in [deeds.finish(), deeds.decline_work()] {
        declined.does(&act).await;
    }
    declined.are(&pair.applicant, "RV").await;
    let jumped = Three::apply(&pair, "jumped", &json!({})).await;
    super::days_pass(&pair.house, 2);
    jumped.rest_at("pullUpOffered").await;
    // Sessions ended meanwhile.
    let cast = Cast::of(&pair).await;
    let deeds = Deeds {
        pair: &pair,
        cast: &cast,
    };
    jumped.does(&deeds.pull_up()).await;
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_administrators_do_leaves_the_same_by_every_way() {
    let pair = Pair::new(cast::asking_two).await;
    let cast = Cast::of(&pair).await;
    let deeds = Deeds {
        pair: &pair,
        cast: &cast,
    };
    let open = Three::apply(&pair, "open", &json!({})).await;
    for act in deeds.of_administrators_while_open() {
        open.does(&act).await;
    }
    open.are(&pair.applicant, "CA").await;
    let [first, second] = cast::groups(&pair);
    let more = json!({ "groups": [first, second] });
    let stopped = Three::apply(&pair, "stopped", &more).await;
    let accepted = Three::apply(&pair, "accepted", &more).await;
    cast::take_away(&pair, second);
    for three in [&stopped, &accepted] {
        three.does(&deeds.finish()).await;
        three.rest_at("parked").await;
    }
    stopped.does(&deeds.retry()).await;
    stopped.rest_at("parked").await;
    for act in [deeds.skip(second), deeds.compensate()] {
        stopped.does(&act).await;
    }
    accepted.does(&deeds.accept()).await;
    for three in [&stopped, &accepted] {
        three.are(&pair.applicant, "FA").await;
    }
    pair.is_whole();
}
