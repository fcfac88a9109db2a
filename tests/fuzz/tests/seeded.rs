//! Each target with a fixed number of seeded mutations of its corpus, and all together with as many as a time allows:
//! a part of what `scripts/fuzz` does at length.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fastrand::Rng;
use fuzz::{
    TARGETS, Target,
    mutation::{heaps, mutated},
};

const SEED: u64 = 20_260_401;
const RUNS: usize = 40_000;
/// What all targets have together; `PF_FUZZ_SECONDS` says otherwise.
const MINUTE: u64 = 60;
/// So many mutations go by between two looks at the clock.
const RUNS_A_LOOK: usize = 100;

fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)
}

fn samples(name: &str) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(corpus(name)).unwrap_or_else(|_| panic!("{name} has no corpus"));
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let read = |file| std::fs::read(file).expect("a readable file");
    files.into_iter().map(read).collect()
}

fn run(target: Target, bytes: &[u8]) {
    let ended = catch_unwind(AssertUnwindSafe(|| (target.run)(bytes)));
    assert!(
        ended.is_ok(),
        "{} panics at \"{}\"",
        target.name,
        bytes.escape_ascii()
    );
}

/// On a thread of a test, so that its stack is as small as that of a worker of the service.
fn storm(name: &str) {
    let target = *TARGETS
        .iter()
        .find(|target| target.name == name)
        .expect("a target");
    let samples = samples(name);
    for sample in &samples {
        run(target, sample);
        heaps(sample).for_each(|heap| run(target, &heap));
    }
    strike(target, &samples, &mut Rng::with_seed(SEED), RUNS);
}

fn strike(target: Target, samples: &[Vec<u8>], rng: &mut Rng, runs: usize) {
    for _ in 0..runs {
        run(target, &mutated(samples, rng));
    }
}

/// Number of mutations that went by.
#[expect(clippy::disallowed_methods, reason = "how long it lasts lies in real time")]
fn storm_for(target: Target, seed: u64, time: Duration) -> usize {
    let (samples, mut rng) = (samples(target.name), Rng::with_seed(seed));
    let began = Instant::now();
    let mut runs = 0;
    while began.elapsed() < time {
        strike(target, &samples, &mut rng, RUNS_A_LOOK);
        runs += RUNS_A_LOOK;
    }
    runs
}

#[expect(clippy::disallowed_methods, reason = "scripts/test says how long")]
fn seconds() -> u64 {
    let wanted = std::env::var("PF_FUZZ_SECONDS").ok();
    wanted.map_or(MINUTE, |text| text.parse().expect("PF_FUZZ_SECONDS is a number"))
}

/// Every run begins elsewhere; what breaks something is shown whole, and needs no seed to be tried again.
#[test]
#[ignore = "takes a minute: scripts/test"]
fn all_targets_for_a_minute() {
    let each = Duration::from_secs(seconds()) / u32::try_from(TARGETS.len()).expect("a few");
    for target in TARGETS {
        let runs = storm_for(target, fastrand::u64(..), each);
        eprintln!("{}: {runs} mutations", target.name);
        assert!(runs > 0, "{} had no time", target.name);
    }
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test] fn $name() { storm(stringify!($name)); })*
        const TESTED: &[&str] = &[$(stringify!($name)),*];
    };
}

targets! {
    csom_request batch graph_batch caml filter address change_token soap manifest byte_range farm_token challenge
    csom_answer refusal delta exchange_answer notification remote_event token form csv rows_file condition definition
    journal decision
}

#[test]
fn every_target_is_tested_and_every_corpus_has_its_target() {
    let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names, TESTED);
    for folder in std::fs::read_dir(corpus("")).expect("the corpora") {
        let name = folder.expect("a folder").file_name();
        assert!(
            names.iter().any(|target| name == **target),
            "{} has no target",
            name.display()
        );
    }
}
