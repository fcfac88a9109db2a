//! No vote is lost and none forged, in whatever order people and the product write: each application is judged
//! by a model that knows the rules and not the product.

#[path = "interleavings/totals.rs"]
mod totals;
#[path = "interleavings/worlds.rs"]
mod worlds;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use e2e::house::House;
use e2e::large;
use e2e::meddling::{Meddler, Mood, Party};
use e2e::model::{Archive, Findings, Record, judge};
use e2e::soak;
use e2e::watch::Watch;
use jiff::SignedDuration;
use serde_json::json;
use tokio::task::JoinSet;
use totals::Totals;
use worlds::{set, worlds};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
/// So many applications are meddled with at the same time, at least and at most.
const BATCH: (usize, usize) = (40, 200);
/// So few batches share one house.
const FEW: usize = 2;
/// A tenant that has grown large is slow.
const LARGE: usize = 800;
/// Every so many applications an owner also forges.
const FORGED: u64 = 4;
/// A step has stood long enough for a plain form.
const STANDING: SignedDuration = SignedDuration::from_mins(6);
/// Pauses after failures grow: so often a quiet time is waited for.
const ROUNDS: u32 = 4;
const SHOWN: usize = 12;

/// Items of which an owner changed a version in place, and all as they were recorded before that.
#[derive(Default)]
struct Tampered {
    items: BTreeSet<u32>,
    before: Option<Archive>,
}

impl Tampered {
    fn before(&self, item: u32) -> Option<&Record> {
        let archive = self.before.as_ref().filter(|_| self.items.contains(&item))?;
        archive.record(item)
    }
}

struct Scene {
    watch: Watch,
    party: Arc<Party>,
}

impl Scene {
    async fn open() -> Self {
        let watch = large::open(BACKEND, "").await;
        let party = Party::sign_in(&watch.house).await;
        Self { watch, party }
    }

    async fn all(&mut self, mut tasks: JoinSet<(u64, Meddler)>) -> Vec<(u64, Meddler)> {
        let mut meddlers = Vec::new();
        while !tasks.is_empty() {
            self.watch.rest().await;
            while let Some(done) = tasks.try_join_next() {
                meddlers.push(done.expect("outsiders are refused"));
            }
        }
        meddlers
    }

    /// Faults that are gone after another quiet time are none: something was on its way.
    async fn judge(&mut self, rows: &BTreeSet<u32>, tampered: &Tampered) -> Vec<Findings> {
        let mut findings = Vec::new();
        for _ in 0..ROUNDS {
            self.watch.quiet().await;
            let archive = self.archive(rows);
            let roll = self.party.roll();
            let records = archive.records();
            assert_eq!(
                records.len(),
                rows.len(),
                "applications\n{}",
                self.watch.house.log_end()
            );
            findings = records
                .iter()
                .map(|record| judge(record, &roll, tampered.before(record.item)))
                .collect();
            if findings
                .iter()
                .all(|finding: &Findings| finding.faults.is_empty())
            {
                break;
            }
        }
        findings
    }

    fn archive(&self, rows: &BTreeSet<u32>) -> Archive {
        Archive::of(&self.watch.house.world().tenant(), rows)
    }

    /// The second stretch: in some cases an owner changes what stands and somebody votes after it, in the others
    /// everybody meddles on.
    async fn go_on(&mut self, meddlers: Vec<(u64, Meddler)>, rows: &BTreeSet<u32>) -> Tampered {
        let mut tampered = Tampered {
            before: Some(self.archive(rows)),
            ..Tampered::default()
        };
        let mut tasks = JoinSet::new();
        for (seed, mut meddler) in meddlers {
            let item = meddler.item().expect("an application");
            let is_tampered = seed % FORGED == 1 && meddler.tamper().await;
            if is_tampered {
                tampered.items.insert(item);
            }
            tasks.spawn(async move {
                if is_tampered {
                    meddler.vote().await;
                } else {
                    meddler.meddle(mood(seed)).await;
                }
                (seed, meddler)
            });
        }
        self.all(tasks).await;
        tampered
    }

    async fn batch(&mut self, world: u8, seeds: Range<u64>, totals: &mut Totals) {
        self.watch.house.switch(|switches| set(switches, world));
        let mut tasks = JoinSet::new();
        for seed in seeds {
            let mut meddler = Meddler::apply(&self.watch.house, &self.party, seed).await;
            tasks.spawn(async move {
                meddler.meddle(mood(seed)).await;
                (seed, meddler)
            });
        }
        let meddlers = self.all(tasks).await;
        let rows: BTreeSet<u32> = meddlers.iter().map(|(_, meddler)| meddler.row).collect();
        let first = self.judge(&rows, &Tampered::default()).await;
        totals
            .faults
            .extend(first.into_iter().flat_map(|finding| finding.faults));
        self.watch
            .house
            .tenant
            .advance(STANDING)
            .expect("the clock moves");
        let tampered = self.go_on(meddlers, &rows).await;
        totals.tampered += tampered.items.len();
        for finding in self.judge(&rows, &tampered).await {
            totals.add(finding, world);
        }
        let (faults, log) = (&totals.faults, self.watch.house.log_end());
        assert!(
            faults.is_empty(),
            "{} faults in world {world:05b}\n{}\n{log}",
            faults.len(),
            faults.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("\n")
        );
    }
}

fn mood(seed: u64) -> Mood {
    if seed.is_multiple_of(FORGED) {
        Mood::Forging
    } else {
        Mood::Usual
    }
}

/// Journals and history are whole; all that is named are versions that somebody changed in place.
fn journals_are_whole(house: &House, tampered: usize) {
    let verified = house.run(&["verify-journal"]);
    let said = String::from_utf8_lossy(&verified.stdout);
    let mut lines: Vec<_> = said.lines().collect();
    lines.pop().expect("the count of journals");
    let of_items = lines.iter().all(|line| line.contains(": item: version "));
    assert!(of_items && lines.len() <= tampered, "{said}");
}

/// What is to be done, and how much of it is.
struct Plan {
    /// Applications of a batch.
    each: usize,
    batches: usize,
    done: AtomicUsize,
}

impl Plan {
    fn of(wanted: usize) -> Self {
        let each = (wanted / 2).clamp(BATCH.0, BATCH.1);
        Self {
            each,
            batches: wanted.div_ceil(each),
            done: AtomicUsize::new(0),
        }
    }

    fn size(&self) -> usize {
        self.batches * self.each
    }

    /// The batches from this one on, `apart` from each other, in houses of their own.
    async fn carry_out(&self, first: usize, apart: usize) -> Totals {
        let (worlds, mut totals) = (worlds(), Totals::default());
        let mut scene = Scene::open().await;
        for (turn, batch) in (first..self.batches).step_by(apart).enumerate() {
            if turn > 0 && turn.is_multiple_of(LARGE / self.each) {
                journals_are_whole(&scene.watch.house, totals.tampered);
                scene = Scene::open().await;
            }
            let world = worlds[batch % worlds.len()];
            totals.worlds.insert(world);
            totals.sealed.extend(scene.party.sealed());
            let seeds = (batch * self.each) as u64..((batch + 1) * self.each) as u64;
            scene.batch(world, seeds, &mut totals).await;
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            soak::progress("interleavings", done * self.each, self.size());
        }
        journals_are_whole(&scene.watch.house, totals.tampered);
        totals
    }

    /// Two houses side by side, unless one is soon done.
    async fn all(&self) -> Totals {
        if self.batches <= FEW {
            return self.carry_out(0, 1).await;
        }
        let (mut totals, more) = tokio::join!(self.carry_out(0, 2), self.carry_out(1, 2));
        totals.join(more);
        totals
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_vote_is_lost_and_none_forged_in_whatever_order_people_write() {
    let plan = Plan::of(soak::interleavings(2 * BATCH.0));
    let totals = plan.all().await;
    let size = plan.size();
    assert!(totals.counted > size / 2, "too little counts to prove anything");
    let spared: Vec<_> = totals.sealed.difference(&totals.altered).collect();
    assert!(spared.is_empty(), "nobody wrote into {spared:?}");
    let figures = json!({
        "interleavings": size, "settings of the switches": totals.worlds.len(),
        "sealed columns, each written into by somebody who may not": totals.sealed.len(),
        "entries that counted": totals.counted, "entries that did not": totals.refused, "ends": totals.codes,
        "versions changed in place and detected": totals.tampered,
        "votes forged by an owner": totals.forged_by_owner,
        "votes forged where SharePoint lets every editor": totals.forged_below,
    });
    soak::keep("interleavings", &figures);
}
